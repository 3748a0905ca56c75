"""A declaration that needs the written form: frozen, signed one way or another, sent once, never lost."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from direktdraht.cases.models import CaseProof, Match
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.submissions import access, actions, freezing, jobs, kinds
from direktdraht.submissions.errors import NotFrozen
from direktdraht.submissions.models import Declaration, Draft, Submission
from direktdraht.writtenform.models import Proof
from tests import cast
from tests.submissions import objection, way

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)
SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def clerk() -> Client:
    return cast.signed_in(Client(), cast.kim())


def test_without_a_signature_nothing_is_sent(client: Client) -> None:
    draft_id = objection.fill(client)

    refused = way.send(client, draft_id)

    assert refused.headers["Location"] == f"/antrag/{draft_id}/pruefen"
    assert not Submission.objects.exists()


def test_the_review_page_leads_to_the_signature_and_not_to_sending(client: Client) -> None:
    draft_id = objection.fill(client)

    text = client.get(f"/antrag/{draft_id}/pruefen").content.decode()

    assert "Weiter zur Unterschrift" in text
    assert "Verbindlich absenden" not in text


def test_the_ways_that_the_law_opens_are_offered_with_its_paragraph(client: Client) -> None:
    declaration = objection.frozen(client)

    text = client.get(f"/antrag/{declaration.draft_id}/unterschreiben").content.decode()

    assert "So können Sie unterschreiben" in text
    assert f"/antrag/{declaration.draft_id}/unterschreiben/papier" in text
    assert "§ 3a Abs. 2 und 3 VwVfG, § 9a Abs. 5 OZG" in text


def test_freezing_twice_gives_one_declaration(client: Client) -> None:
    draft_id = objection.fill(client)
    seen = way.seen_digest(client, draft_id)

    for _ in range(2):
        client.post(f"/antrag/{draft_id}/einfrieren", {"seen": seen})

    assert Declaration.objects.filter(draft=draft_id).count() == 1


def test_what_changed_since_the_review_is_not_frozen(client: Client) -> None:
    draft_id = objection.fill(client)
    seen = way.seen_digest(client, draft_id)
    way.post_page(client, draft_id, "objection", {"scope": "all", "reasons_when": "now", "reasons": "Falsch gerechnet."})

    answer = client.post(f"/antrag/{draft_id}/einfrieren", {"seen": seen})

    assert answer.headers["Location"] == f"/antrag/{draft_id}/pruefen?geaendert=1"
    assert not Declaration.objects.exists()


def test_a_frozen_draft_cannot_be_changed(client: Client) -> None:
    declaration = objection.frozen(client)
    page = f"/antrag/{declaration.draft_id}"

    answers = [client.get(f"{page}/seite/person"), client.get(f"{page}/pruefen")]
    answers.append(way.post_page(client, declaration.draft_id, "person", {**objection.PERSON, "objector.family_name": "Anders"}))

    assert {answer.headers["Location"] for answer in answers} == {f"{page}/unterschreiben"}
    assert Draft.objects.get().answers["objector"]["family_name"] == "Weber"


def test_the_pdf_has_the_code_the_text_and_the_digest(client: Client) -> None:
    declaration = objection.frozen(client)

    answer = client.get(f"/antrag/{declaration.draft_id}/unterschreiben/erklaerung.pdf")

    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert declaration.code in text
    assert "66-2026-0815" in text
    assert declaration.digest in "".join(text.split())
    assert "Ort, Datum" in text


def test_letting_go_asks_first_and_ends_the_letter(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)
    address = f"/antrag/{declaration.draft_id}/unterschreiben/aendern"
    assert "Ein schon gedruckter Brief gilt nicht mehr" in client.get(address).content.decode()

    answer = client.post(address)

    assert answer.headers["Location"] == f"/antrag/{declaration.draft_id}/pruefen"
    assert objection.take_in_letter(clerk, declaration).status_code == 404
    assert objection.frozen(Client()).code != declaration.code


def test_a_signed_letter_sends_the_declaration_once(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)
    found = clerk.post("/buero/unterschriften", {"code": declaration.code.lower().replace("-", " ")})
    assert found.headers["Location"] == f"/buero/unterschriften/{declaration.code}"

    first = objection.take_in_letter(clerk, declaration, scan=SimpleUploadedFile("brief.pdf", SCAN))
    again = objection.take_in_letter(clerk, declaration)

    submission = Submission.objects.get()
    proof = Proof.objects.get()
    assert first.headers["Location"] == f"/buero/vorgang/{submission.case.number}"
    assert again.status_code == 404
    assert submission.digest == proof.digest == declaration.digest
    assert (proof.way, proof.paragraph) == ("paper", "§ 126 Abs. 1 BGB entsprechend")
    assert proof.facts["received_on"] == "2026-11-23"
    assert proof.evidence.get().role == "letter"


def test_the_person_sees_receipt_and_report_without_having_done_anything_more(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)
    objection.take_in_letter(clerk, declaration)
    number = Submission.objects.get().case.number

    receipt = client.get(f"/antrag/{declaration.draft_id}/unterschreiben", follow=True).content.decode()

    assert "Ihr Antrag ist eingegangen" in receipt
    assert "Robin Weber, von Hand auf Papier" in receipt
    assert number in receipt


def test_who_comes_by_signs_before_a_clerk(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)

    answer = clerk.post(f"/buero/unterschriften/{declaration.code}/vor-ort", {"document": "id_card", "confirmed": "on"})

    case = Submission.objects.get().case
    assert answer.headers["Location"] == f"/buero/vorgang/{case.number}"
    assert case.proofs.get().proof.way == "counter"
    assert "persönlich vor Ort" in clerk.get(f"/buero/vorgang/{case.number}").content.decode()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"received_on": "2026-11-24", "signed": "on"}, "liegt in der Zukunft"),
        ({"received_on": "2026-11-23"}, "Der Brief ist von Hand unterschrieben"),
        ({"received_on": "gestern", "signed": "on"}, "Tag des Eingangs"),
    ],
)
def test_a_letter_that_is_not_in_order_is_not_taken_in(client: Client, clerk: Client, posted: dict[str, str], sentence: str) -> None:
    declaration = objection.frozen(client)

    answer = clerk.post(f"/buero/unterschriften/{declaration.code}/brief", posted)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_scan_that_is_no_scan_is_told(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)

    answer = objection.take_in_letter(clerk, declaration, scan=SimpleUploadedFile("brief.exe", b"MZ\x90\x00"))

    assert answer.status_code == 422
    assert "PDF oder ein Bild" in answer.content.decode()


def test_a_clerk_of_another_unit_finds_nothing(client: Client) -> None:
    declaration = objection.frozen(client)
    stranger = cast.signed_in(Client(), cast.sascha())

    asked = stranger.post("/buero/unterschriften", {"code": declaration.code})

    assert asked.status_code == 422
    assert "wartet in Ihren Stellen keine Erklärung" in asked.content.decode()
    assert stranger.get(f"/buero/unterschriften/{declaration.code}").status_code == 404
    assert objection.take_in_letter(stranger, declaration).status_code == 404
    assert stranger.get(f"/datei/{declaration.document_id}").status_code == 404


def test_codes_cannot_be_guessed_for_ever(client: Client, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "CODE_TRIES_PER_HOUR", 5)
    declaration = objection.frozen(client)
    for _ in range(5):
        clerk.post("/buero/unterschriften", {"code": "AAAA-AAAA-AAAA"})

    answer = clerk.post("/buero/unterschriften", {"code": declaration.code})

    assert answer.status_code == 422


def test_a_letter_that_comes_a_year_later_still_finds_its_declaration(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)

    with clock.frozen(MONDAY + timedelta(days=364)):
        jobs.clear_drafts(0)
        late = cast.signed_in(Client(), cast.kim())
        answer = objection.take_in_letter(late, declaration, received_on="2027-11-20")

    assert answer.status_code == 302
    assert Submission.objects.get().digest == declaration.digest


def test_leaving_the_computer_does_not_end_the_declaration(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)

    client.post(f"/antrag/{declaration.draft_id}/beenden")

    assert client.get(f"/antrag/{declaration.draft_id}/unterschreiben").status_code == 404
    assert objection.take_in_letter(clerk, declaration).status_code == 302


def test_a_proof_and_its_case_are_in_the_journal(client: Client, clerk: Client) -> None:
    objection.take_in_letter(clerk, objection.frozen(client))

    recorded = set(Entry.objects.values_list("kind", flat=True))

    assert {"declaration.frozen", "proof.kept", "case.signed", "submission.received"} <= recorded
    assert CaseProof.objects.get().match == Match.CLEAR


def test_forgotten_declarations_go_with_their_draft(client: Client) -> None:
    objection.frozen(client)

    with clock.frozen(MONDAY + timedelta(days=401)):
        jobs.clear_drafts(0)

    assert not Draft.objects.exists()
    assert not Declaration.objects.exists()


def test_a_draft_is_sent_with_its_proof_only_while_they_belong_together(client: Client, clerk: Client) -> None:
    declaration = objection.frozen(client)
    proof = Proof.objects.create(
        digest="0" * 64,
        way="paper",
        level="none",
        rule="written",
        paragraph="–",
        ruled_on=MONDAY.date(),
        signer="",
        given_at=MONDAY,
        salt=b"1" * 32,
    )

    with pytest.raises(kinds.NotReady, match="unterschreiben"):
        actions.submit(declaration.draft, seen_digest=declaration.digest)

    assert proof.digest != declaration.digest
    assert not Submission.objects.exists()


def test_two_windows_that_let_go_at_once_both_end_at_the_review(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = objection.frozen(client)
    other_window = freezing.let_go

    def let_go_twice(found: Declaration) -> None:
        other_window(found)
        other_window(found)

    monkeypatch.setattr(freezing, "let_go", let_go_twice)
    answer = client.post(f"/antrag/{declaration.draft_id}/unterschreiben/aendern")

    assert answer.headers["Location"] == f"/antrag/{declaration.draft_id}/pruefen"


def test_a_letter_for_what_was_sent_meanwhile_is_told_and_not_a_fault(
    client: Client, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    declaration = objection.frozen(client)

    def somebody_was_faster(*words: object) -> None:
        raise NotFrozen

    monkeypatch.setattr(freezing, "sign", somebody_was_faster)
    answer = objection.take_in_letter(clerk, declaration)

    assert answer.status_code == 422
    assert "ist schon abgeschickt" in answer.content.decode()
