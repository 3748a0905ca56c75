"""The receipt's PDF holds every letter of DIN 91379, in the house's own fonts."""

from typing import Any

import pytest

from direktdraht.foundation import pdf
from direktdraht.questions.din91379 import CHARACTERS, SEQUENCES
from direktdraht.submissions import receipts
from tests.harness.pdfs import font_families, words_of
from tests.submissions import way

pytestmark = pytest.mark.django_db
LETTERS = sorted(CHARACTERS["C"] - {" "}) + sorted(SEQUENCES)
FACTS: dict[str, Any] = {
    **dict.fromkeys(("language", "city", "address", "title", "heading", "lead", "received", "number_label", "next_title"), "x"),
    **dict.fromkeys(("number", "proof_title", "proof_text", "digest", "check_label", "check_url", "check_code_label", "check_code"), "x"),
    **{"copy_title": "x", "files_title": "x", "files": [], "next": [], "language": "de"},
}


def test_every_letter_of_din_91379_is_set_with_a_glyph() -> None:
    rows = [["x", " ".join(LETTERS[start : start + 12])] for start in range(0, len(LETTERS), 12)]

    content = pdf.render(receipts.TEMPLATE, {**FACTS, "sections": [{"title": "x", "rows": rows}]})

    text = "".join(words_of(content).split())
    assert [letter for letter in LETTERS if letter not in text] == []
    assert font_families(content) == {"FiraSans", "NotoSans"}
    assert "\ufffd" not in text


def test_the_receipt_of_a_person_shows_what_they_sent(client: Any) -> None:
    submission = way.sent(client, (way.picture(),))

    content = client.get(f"/antrag/{submission.pk}/quittung.pdf").content

    text = words_of(content)
    assert submission.case.number in text
    assert submission.check_code in text
    assert "Lange Straße 12" in text
    assert "sofa.jpg" in text
