"""Random forms leave the house whole: as XDatenfelder and back, and as the PDF of a receipt."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings

from direktdraht.forms.exports import as_xdatenfelder
from direktdraht.forms.xdatenfelder import import_schema
from direktdraht.foundation import pdf
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.files import FileFacts
from direktdraht.questions.rendering import sections
from direktdraht.submissions.receipts import TEMPLATE
from tests.questions.fuzzing import ANSWERS, definitions, mended
from tests.scale import examples

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
FILES = {"f1": FileFacts("a.jpg", 1000, "image/jpeg")}
WORDS = (
    *("city", "address", "title", "heading", "lead", "received", "number_label", "number", "next_title", "proof_title"),
    *("proof_text", "digest", "check_label", "check_url", "check_code_label", "check_code", "copy_title", "files_title"),
)
EXAMPLES = examples(50)  # TEST_SCALE 40 makes 2,000 of them


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW, deadline=None)
@given(data=definitions())
def test_any_form_goes_out_as_xdatenfelder_and_comes_back_the_same(data: dict[str, Any]) -> None:
    mended(data)

    there = as_xdatenfelder(data, at=datetime(2026, 6, 15, tzinfo=UTC))

    assert import_schema(there, beside={}).definition == data


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW, deadline=None)
@given(data=definitions(), answers=ANSWERS)
def test_any_answers_can_be_set_as_a_pdf(data: dict[str, Any], answers: Any) -> None:
    definition = mended(data)
    clean = evaluate(definition, answers, today=date(2026, 6, 15), files=FILES).answers
    parts = [
        {"title": part.title, "rows": [[f"{row.entry} {row.label}", row.value] for row in part.rows]}
        for part in sections(definition, clean, "de", FILES)
    ]
    facts = {**dict.fromkeys(WORDS, "–"), "language": "de", "next": [["Zuständig", "Abfall"]], "sections": parts, "files": ["a.jpg"]}

    assert pdf.render(TEMPLATE, facts).startswith(b"%PDF-")
