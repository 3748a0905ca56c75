"""Signatures in a case: the report for both sides, the same answer years later, and matching of persons."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader
from tests import cast
from tests.submissions import objection

from direktdraht.cases.models import Case, CaseProof, Match
from direktdraht.foundation import clock
from direktdraht.foundation.documents.storage import key_of
from direktdraht.foundation.post.models import Mail
from direktdraht.foundation.verdicts import Check
from direktdraht.people.models import Level
from direktdraht.submissions import actions, freezing
from direktdraht.submissions.models import Submission
from direktdraht.writtenform import actions as writtenform
from direktdraht.writtenform.actions import Evidence, Outcome
from direktdraht.writtenform.errors import ProofRefused, WayNotOpen
from direktdraht.writtenform.models import Proof

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def clerk() -> Client:
    return cast.signed_in(Client(), cast.kim())


def outcome(**changes: Any) -> Outcome:
    """What a way that names the person led to; ``counter`` stands for any of them."""
    usual: dict[str, Any] = {
        "way": "counter",
        "level": Level.HIGH,
        "signer": "ROBIN WEBER",
        "given_at": MONDAY,
        "checks": [Check("code", True, "Der Code gehört zu genau dieser Erklärung."), Check("age", None, "Das Alter wurde nicht gefragt.")],
        "facts": {"person": {"given_name": "Robin", "family_name": "Weber"}},
        "evidence": [Evidence("answer", "antwort.xml", b"<Antwort/>", "application/xml")],
    }
    return Outcome(**{**usual, **changes})


def signed_case(client: Client, person: dict[str, str] | None = None, **changes: Any) -> Case:
    """A case whose objection is signed; ``person`` is who the proof names, ``changes`` are of the outcome."""
    declaration = objection.frozen(client)
    facts = {"person": person or {"given_name": "Robin", "family_name": "Weber"}}
    freezing.sign(declaration, outcome(facts=facts, **changes))
    return actions.submit(declaration.draft, seen_digest=declaration.digest).case


def test_the_clerk_reads_the_signature_in_one_line_and_in_depth(client: Client, clerk: Client) -> None:
    case = signed_case(client)

    short = clerk.get(f"/buero/vorgang/{case.number}").content.decode()
    deep = clerk.get(f"/buero/vorgang/{case.number}/unterschrift").content.decode()

    assert "ROBIN WEBER, persönlich vor Ort, Mo., 23. November 2026, 14:07 Uhr" in short
    assert "Diese Erklärung ist gültig unterschrieben." in deep
    assert "Das Alter wurde nicht gefragt." in deep
    assert "antwort.xml" in deep


def test_the_report_as_pdf_says_the_same(client: Client, clerk: Client) -> None:
    case = signed_case(client)

    answer = clerk.get(f"/buero/vorgang/{case.number}/unterschrift.pdf")

    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Prüfprotokoll" in text
    assert "Nicht geprüft" in text
    assert "§ 3a Abs. 3 Nr. 1 VwVfG" in text


def test_years_later_the_evidence_gives_the_same_answer(client: Client) -> None:
    proof = Proof.objects.get(pk=signed_case(client).proofs.get().proof_id)

    with clock.frozen(MONDAY + timedelta(days=3650)):
        checks = writtenform.recheck(proof)

    assert [(check.name, check.ok) for check in checks] == [("record", True), ("evidence", True), ("code", True), ("age", None)]


def test_evidence_that_was_changed_is_found(client: Client, clerk: Client) -> None:
    own = [Evidence("answer", "antwort.xml", b"<Antwort>nur hier</Antwort>", "application/xml")]
    case = signed_case(client, evidence=own)
    document = case.proofs.get().proof.evidence.get().document
    (Path(settings.DATA_DIR) / "documents" / key_of(document.sha256)).write_bytes(b"<Faelschung/>")

    text = clerk.post(f"/buero/vorgang/{case.number}/unterschrift/pruefen").content.decode()

    assert "Dieser Nachweis gilt nicht." in text
    assert "Die aufbewahrten Belege fehlen oder wurden verändert." in text


def test_a_record_that_was_changed_is_found(client: Client) -> None:
    proof = signed_case(client).proofs.get().proof
    Proof.objects.filter(pk=proof.pk).update(signer="Alex Anders")

    checks = writtenform.recheck(Proof.objects.get(pk=proof.pk))

    assert {check.name: check.ok for check in checks}["record"] is False


def test_a_check_that_does_not_hold_gives_no_proof(client: Client) -> None:
    declaration = objection.frozen(client)
    broken = outcome(checks=[Check("code", True, "Gut."), Check("integrity", False, "Das Dokument wurde verändert.")])

    with pytest.raises(ProofRefused, match="Das Dokument wurde verändert"):
        freezing.sign(declaration, broken)

    assert not Proof.objects.exists()


@pytest.mark.parametrize("changes", [{"checks": []}, {"level": "substantial"}, {"way": "fax"}])
def test_too_little_gives_no_proof(client: Client, changes: dict[str, Any]) -> None:
    declaration = objection.frozen(client)

    with pytest.raises((ProofRefused, WayNotOpen)):
        freezing.sign(declaration, outcome(**changes))


def test_the_second_proof_of_a_declaration_is_the_first(client: Client) -> None:
    declaration = objection.frozen(client)

    first, second = (freezing.sign(declaration, outcome(signer=name)) for name in ("Robin Weber", "Robin W."))

    assert first == second
    assert Proof.objects.count() == 1


def test_a_proof_is_discarded_with_its_declaration(client: Client) -> None:
    declaration = objection.frozen(client)
    freezing.sign(declaration, outcome())

    freezing.let_go(declaration)

    assert Proof.objects.get().discarded_at == MONDAY


def test_a_case_of_another_unit_shows_nothing(client: Client) -> None:
    case = signed_case(client)
    document = case.proofs.get().proof.evidence.get().document_id
    stranger = cast.signed_in(Client(), cast.sascha())

    for address in (f"/buero/vorgang/{case.number}/unterschrift", f"/buero/vorgang/{case.number}/unterschrift.pdf", f"/datei/{document}"):
        assert stranger.get(address).status_code == 404


def test_a_case_without_signature_has_no_such_page(clerk: Client, client: Client) -> None:
    case = signed_case(client)
    CaseProof.objects.all().delete()

    assert clerk.get(f"/buero/vorgang/{case.number}/unterschrift").status_code == 404
    assert f"/buero/vorgang/{case.number}/unterschrift" not in clerk.get(f"/buero/vorgang/{case.number}").content.decode()


def test_the_person_who_clearly_is_who_they_say_needs_no_clerk(client: Client) -> None:
    assert signed_case(client).proofs.get().match == Match.CLEAR


def test_another_spelling_goes_to_a_clerk_with_both_records(client: Client, clerk: Client) -> None:
    case = signed_case(client, {"given_name": "Robin", "family_name": "Weeber"})

    listed = clerk.get("/buero/abgleich").content.decode()
    shown = clerk.get(f"/buero/vorgang/{case.number}/unterschrift").content.decode()

    assert case.number in listed
    assert "Ist das dieselbe Person?" in shown
    assert "Weeber" in shown
    assert "Weber" in shown


def test_a_clerk_settles_it_with_a_reason_and_the_person_reads_it(client: Client, clerk: Client) -> None:
    case = signed_case(client, {"given_name": "Robin", "family_name": "Weeber"})
    client.get(f"/antrag/{Submission.objects.get().pk}/eingegangen")
    actions_url = f"/buero/vorgang/{case.number}/unterschrift/anerkennen"

    assert clerk.post(actions_url, {"reason": ""}).status_code == 422
    assert clerk.post(actions_url, {"reason": "Tippfehler im Formular."}).status_code == 302
    again = clerk.post(actions_url, {"reason": "Noch einmal."})

    found = case.proofs.get()
    assert (found.match, found.settled_by) == (Match.ACCEPTED, cast.kim())
    assert again.status_code == 422
    assert "schon entschieden" in again.content.decode()
    assert Mail.objects.filter(key=f"case-match:{found.pk}").count() == 1
    assert "Es gibt nichts abzugleichen." in clerk.get("/buero/abgleich").content.decode()


def test_a_signature_of_somebody_else_is_refused(client: Client, clerk: Client) -> None:
    case = signed_case(client, {"given_name": "Alex", "family_name": "Anders"})

    clerk.post(f"/buero/vorgang/{case.number}/unterschrift/ablehnen", {"reason": "Anderer Mensch."})

    assert case.proofs.get().match == Match.REFUSED
    assert "(andere Person)" in clerk.get(f"/buero/vorgang/{case.number}").content.decode()


def test_who_may_only_read_may_not_settle(client: Client) -> None:
    case = signed_case(client, {"given_name": "Alex", "family_name": "Anders"})
    stranger = cast.signed_in(Client(), cast.sascha())

    assert stranger.post(f"/buero/vorgang/{case.number}/unterschrift/anerkennen", {"reason": "Ja."}).status_code == 404
    assert case.proofs.get().match == Match.OPEN
