"""The way of a person through the AusweisApp and back: signed, or a plain sentence and nothing lost."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from sandbox.eid_app import MISHAPS
from sandbox.eid_messages import FAILURES as STATES
from tests import cast
from tests.people.eid.counterpart import Counterpart, path_of
from tests.people.eid.persons import begin, fetched, follows, goes_through, token_path
from tests.submissions import objection

from direktdraht.cases.models import CaseProof, Match
from direktdraht.forms import registration
from direktdraht.foundation import clock
from direktdraht.people import methods
from direktdraht.people.eid import asking, steps
from direktdraht.people.eid.asking import tell
from direktdraht.people.eid.sentences import FAILURES
from direktdraht.people.models import Identification, IdentificationRequest
from direktdraht.submissions.models import Declaration, Submission
from direktdraht.writtenform.actions import recheck
from direktdraht.writtenform.models import Proof

pytestmark = pytest.mark.django_db

SENTENCES = {
    **dict.fromkeys(("abort", "deactivated", "blocked-pin", "transport-pin"), "Die fünfstellige Transport-PIN müssen Sie zuerst ändern."),
    "timeout": "Es hat zu lange gedauert.",
    "locked": "Der Ausweis ist gesperrt oder abgelaufen.",
    "denied": "Dieser Ausweis ist für diesen Vorgang nicht zugelassen.",
    "channel": "keine sichere Verbindung",
    "internal": "Der eID-Server meldet einen Fehler.",
    "attribute-missing": "Eine Angabe fehlt, die wir brauchen.",
    "session-over": "Der Vorgang ist abgelaufen.",
    "counter": "Der Vorgang ist abgelaufen.",
    "wrong-signature": "Der Antwort des eID-Servers ist nicht zu trauen.",
    "broken": "Der Antwort des eID-Servers ist nicht zu trauen.",
    "waiting": "Der eID-Server hat nach einer Minute noch kein Ergebnis.",
}
BEFORE_THE_CARD = {
    "busy": "Der eID-Server ist ausgelastet.",
    "no-rights": "Der Stadt fehlt die Berechtigung",
    "wrong-signature": "Der Antwort des eID-Servers ist nicht zu trauen.",
    "broken": "Der Antwort des eID-Servers ist nicht zu trauen.",
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is asked for twice, without a pause."""
    monkeypatch.setattr(steps, "MOST_QUESTIONS", 2)
    monkeypatch.setattr(steps, "LEAST_PAUSE", timedelta())


def test_a_signature_by_the_card_sends_the_declaration(client: Client, counterpart: Counterpart) -> None:
    declaration = objection.frozen(client)

    receipt = follows(client, goes_through(client, declaration, counterpart, "robin"))

    proof = Proof.objects.get()
    assert "Ihr Antrag ist eingegangen" in receipt
    assert (proof.way, proof.level, proof.signer) == ("eid", "high", "ROBIN WEBER")
    assert proof.paragraph == "§ 3a Abs. 3 Nr. 1 VwVfG, § 18 PAuswG"
    assert Submission.objects.get().digest == proof.digest == declaration.digest
    assert {file.role for file in proof.evidence.all()} == {"answer", "request", "session", "certificate", "asked"}
    assert (CaseProof.objects.get().match, CaseProof.objects.get().likeness) == (Match.CLEAR, "same")
    assert Identification.objects.get().attributes == {"given_name": "ROBIN", "family_name": "WEBER"}


def test_every_state_of_the_counterpart_has_its_way_in_these_tests() -> None:
    assert set(SENTENCES) == set(MISHAPS)
    assert set(STATES) <= set(SENTENCES) | set(BEFORE_THE_CARD)


@pytest.mark.parametrize("state", SENTENCES)
def test_every_failure_leads_back_with_its_sentence_and_paper_still_works(
    client: Client, counterpart: Counterpart, impatient: None, state: str
) -> None:
    declaration = objection.frozen(client)

    path = goes_through(client, declaration, counterpart, state)
    first = follows(client, path)
    text = follows(client, path) if state == "waiting" else first

    assert SENTENCES[state] in text
    assert "So können Sie unterschreiben" in text
    assert not Identification.objects.exists()
    objection.take_in_letter(cast.signed_in(Client(), cast.kim()), declaration)
    assert Submission.objects.get().digest == declaration.digest


@pytest.mark.parametrize("state", BEFORE_THE_CARD)
def test_without_a_session_the_token_leads_straight_back(client: Client, counterpart: Counterpart, state: str) -> None:
    declaration = objection.frozen(client)
    page = begin(client, declaration)
    counterpart.switch(state)

    root = etree.fromstring(Client().get(token_path(client, page)).content)
    text = follows(client, path_of(f"{root.findtext('CommunicationErrorAddress')}?ResultMajor=error"))

    assert {child.tag for child in root if child.text} == {"CommunicationErrorAddress"}
    assert BEFORE_THE_CARD[state] in text
    counterpart.switch("ok")
    assert "Ihr Antrag ist eingegangen" in follows(client, goes_through(client, declaration, counterpart, "robin"))


def test_the_words_of_the_app_alone_prove_nothing(client: Client, counterpart: Counterpart) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "locked")

    text = follows(client, f"{path.partition('?')[0]}?ResultMajor=ok")

    assert "gesperrt oder abgelaufen" in text
    assert not Identification.objects.exists()


def test_who_cancelled_in_the_app_has_not_signed_whatever_the_server_says(client: Client, counterpart: Counterpart) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "robin")

    text = follows(client, f"{path.partition('?')[0]}?ResultMajor=error&ResultMinor=cancellationByUser")

    assert "Der Vorgang wurde abgebrochen." in text
    assert not Identification.objects.exists()


@pytest.mark.parametrize(
    ("card", "paragraph"), [("amara", "§ 3a Abs. 3 Nr. 1 VwVfG, § 78 Abs. 5 AufenthG"), ("luca", "§ 3a Abs. 3 Nr. 1 VwVfG, § 12 eIDKG")]
)
def test_each_kind_of_card_is_kept_with_its_own_law(client: Client, counterpart: Counterpart, card: str, paragraph: str) -> None:
    follows(client, goes_through(client, objection.frozen(client), counterpart, card))

    assert Proof.objects.get().paragraph == paragraph
    assert CaseProof.objects.get().match == Match.OPEN  # another name than the declaration's


@pytest.mark.parametrize(("card", "born"), [("jonas", "1958-12-03"), ("amara", "1979-11-20")])
def test_a_partial_day_of_birth_goes_to_a_clerk(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch, card: str, born: str
) -> None:
    names = {"jonas": ("Jonas Friedrich", "Öztürk-Meyer"), "amara": ("Amara", "Okoye")}[card]
    monkeypatch.setattr(registration, "declared_person", with_birth_date(registration.declared_person, born))
    person = {"objector.given_name": names[0], "objector.family_name": names[1]}

    follows(client, goes_through(client, objection.frozen(client, **person), counterpart, card))

    found = CaseProof.objects.get()
    page = cast.signed_in(Client(), cast.kim()).get("/buero/abgleich").content.decode()
    assert (found.match, found.likeness) == (Match.OPEN, "unclear")
    assert (found.declared["birth_date"], found.proved["birth_date"]) == (born, {"jonas": "1958", "amara": "1979-11"}[card])
    assert found.case.number in page


def with_birth_date(known: Callable[..., dict[str, str]], born: str) -> Callable[..., dict[str, str]]:
    """The same declaration, which also names a day of birth."""
    return lambda *given: {**known(*given), "birth_date": born}


def test_the_proof_gives_the_same_answer_years_later_and_without_any_network(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    follows(client, goes_through(client, objection.frozen(client), counterpart, "robin"))
    proof = Proof.objects.get()

    def no_network(*_given: object) -> Any:
        raise AssertionError("somebody was asked")

    with monkeypatch.context() as blocked, clock.frozen(datetime.now(UTC).replace(year=2036, day=1)):
        blocked.setattr(socket, "socket", no_network)
        blocked.setattr(socket, "create_connection", no_network)
        checks = recheck(proof)

    assert [check for check in checks if check.ok is not True] == []
    assert {"record", "evidence", "signature", "certificate", "time", "confirmation", "document", "binding"} <= {c.name for c in checks}


def test_the_first_report_says_that_the_answer_came_for_the_first_time(client: Client, counterpart: Counterpart) -> None:
    follows(client, goes_through(client, objection.frozen(client), counterpart, "robin"))

    assert {"name": "replay", "ok": True, "detail": "Diese Antwort kam zum ersten Mal."} in Proof.objects.get().checks


def test_a_repeated_answer_is_refused_by_name(client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def remembered(*given: Any) -> Any:
        told.append(tell(*given))
        return told[0]

    monkeypatch.setattr(asking, "tell", remembered)
    declaration = objection.frozen(client)
    paths = [goes_through(client, declaration, counterpart, "robin") for _ in range(2)]
    client.get(paths[0])

    text = follows(client, paths[1])

    assert "Diese Antwort des eID-Servers wurde schon einmal verwendet." in text
    assert Identification.objects.count() == 1


def test_only_what_is_needed_is_asked_and_the_text_is_the_declaration(client: Client, counterpart: Counterpart) -> None:
    declaration = objection.frozen(client)
    Declaration.objects.filter(pk=declaration.pk).update(title="Wider\u00adspruch")

    fetched(client, declaration)

    question = etree.fromstring(IdentificationRequest.objects.get().memo["question"].encode())
    words = {etree.QName(node).localname: node.text for node in question.iter() if node.text}
    assert [name for name, word in words.items() if word == "REQUIRED"] == ["DocumentType", "GivenNames", "FamilyNames"]
    assert words["TransactionInfo"] == f"Wider spruch, Code {declaration.code}"


def test_the_failure_words_have_an_end_for_everything() -> None:
    method = methods.REMOTE.get("eid")

    assert len({method.failure_words(failure) for failure in FAILURES}) == len(FAILURES)
    assert method.failure_words("irgendwas") == method.failure_words("unknown")
