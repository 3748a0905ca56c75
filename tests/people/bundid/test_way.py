"""The way of a person: to BundID and back, with a signature or with a plain sentence; nothing is lost."""

import base64
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from lxml import etree
from tests.people.bundid.provider import AT, IDP, Identity, Provider, Said, assertion, response, stamp
from tests.submissions import objection

from direktdraht.foundation import clock
from direktdraht.people import jobs, methods
from direktdraht.people.bundid import answers, own
from direktdraht.people.models import Identification, IdentificationRequest, UsedAnswer
from direktdraht.submissions.models import Declaration, Submission
from direktdraht.writtenform.actions import recheck
from direktdraht.writtenform.models import Proof

pytestmark = pytest.mark.django_db
CODES = "urn:oasis:names:tc:SAML:2.0:status:"
NAMES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "akdb": "https://www.akdb.de/request/2018/09",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
}
NAME = {"urn:oid:2.5.4.42": "Robin", "urn:oid:2.5.4.4": "Weber", "urn:oid:1.2.40.0.10.2.1.1.55": "1984-02-29"}


@pytest.fixture(autouse=True)
def connected(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The house trusts the provider of the tests; it is Monday afternoon."""
    path = tmp_path / "provider.xml"
    path.write_text(provider.metadata())
    monkeypatch.setattr(own, "provider_file", lambda: path)
    with clock.frozen(AT):
        yield path


def begin(client: Client, declaration: Declaration) -> tuple[etree._Element, str]:
    """Press the button; returns the message that goes to the provider, and what travels beside it."""
    page = client.post(f"/antrag/{declaration.draft_id}/unterschreiben/mit/bundid")
    assert page.status_code == 200, page.content.decode()
    query = parse_qs(urlsplit(page.headers["Refresh"].removeprefix("0; url=")).query)
    return etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15)), query["RelayState"][0]


def said(request: etree._Element, **changes: Any) -> Said:
    """What an ordinary provider answers to this request."""
    audience = f"<saml:AudienceRestriction><saml:Audience>{own.entity_id()}</saml:Audience></saml:AudienceRestriction>"
    common = {"destination": own.acs(), "recipient": own.acs(), "audience": audience, "person": NAME}
    return Said(**{**common, "request": request.get("ID"), "confirmed_request": request.get("ID"), **changes})


def post(client: Client, message: str, relay: str = "") -> Any:
    """The provider's page sends the answer, without our cookies; the browser of ``client`` then goes where it leads."""
    sent = {"SAMLResponse": base64.b64encode(message.encode()).decode(), "RelayState": relay}
    answered = Client(enforce_csrf_checks=True).post("/bundid/antwort", sent)
    return client.get(answered.headers["Location"]) if answered.status_code == 302 else answered


def test_a_signature_by_bundid_sends_the_declaration(client: Client, provider: Provider) -> None:
    declaration = objection.frozen(client)
    request, relay = begin(client, declaration)

    answered = post(client, provider.sign(response(said(request))), relay)
    receipt = client.get(answered.headers["Location"], follow=True).content.decode()

    proof = Proof.objects.get()
    assert "Ihr Antrag ist eingegangen" in receipt
    assert (proof.way, proof.level, proof.signer, proof.paragraph) == ("bundid", "high", "Robin Weber", "§ 9a Abs. 5 OZG")
    assert Submission.objects.get().digest == proof.digest == declaration.digest
    assert {file.role for file in proof.evidence.all()} == {"response", "assertion", "metadata", "certificate"}


def test_the_request_asks_for_the_name_the_level_and_shows_what_is_signed(client: Client) -> None:
    declaration = objection.frozen(client)

    request, relay = begin(client, declaration)

    wanted = IdentificationRequest.objects.get()
    asked = [node.get("Name") for node in request.iterfind(".//akdb:RequestedAttribute", NAMES)]
    assert request.get("ID") == answers.request_id_of(wanted)
    assert relay == str(wanted.pk)
    assert request.get("ForceAuthn") == "true"
    assert sorted(map(str, asked)) == ["urn:oid:2.5.4.4", "urn:oid:2.5.4.42"]
    assert request.findtext(".//saml:AuthnContextClassRef", namespaces=NAMES) == "STORK-QAA-Level-4"
    assert declaration.code in (request.findtext(".//{https://www.akdb.de/request/2018/09/classic-ui/v1}Purpose") or "")


@pytest.mark.parametrize("encrypted", [False, True])
def test_the_proof_gives_the_same_answer_years_later_and_without_the_connection(
    client: Client, provider: Provider, connected: Path, encrypted: bool, tmp_path: Path
) -> None:
    request, _relay = begin(client, objection.frozen(client))
    certificate = tmp_path / "own.pem"
    certificate.write_bytes(own.own_key().certificate.public_bytes(Encoding.PEM))
    hidden = provider.encrypt(assertion(said(request)), to=Identity(certificate, certificate)) if encrypted else None
    answered = post(client, provider.sign(response(said(request), hidden), "_r1"))
    client.get(answered.headers["Location"])
    first = Proof.objects.get()
    connected.unlink()

    with clock.frozen(AT.replace(year=2036)):
        checks = recheck(first)

    assert [check for check in checks if check.ok is not True] == []
    names = [check.name for check in checks]
    assert {"signature", "audience", "request", "evidence", "binding"} <= set(names)
    assert ("decryption" in names) is encrypted


def test_evidence_that_was_changed_no_longer_proves_anything(client: Client, provider: Provider) -> None:
    request, _relay = begin(client, objection.frozen(client))
    post(client, provider.sign(response(said(request))))
    found = Identification.objects.get()
    found.attributes["family_name"] = "Anders"

    assert [check.name for check in answers.recheck(found) if not check.ok] == ["evidence"]

    found.evidence = {"files": {}}
    assert [check.name for check in answers.recheck(found)] == ["evidence"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"status": f'<samlp:StatusCode Value="x"><samlp:StatusCode Value="{CODES}AuthnFailed"/></samlp:StatusCode>'},
            "abgebrochen",
        ),
        (
            {"status": f'<samlp:StatusCode Value="x"><samlp:StatusCode Value="{CODES}NoAuthnContext"/></samlp:StatusCode>'},
            "nicht sicher genug",
        ),
        ({"status": '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/>'}, "meldet eine Störung"),
        ({"level": "STORK-QAA-Level-3"}, "nicht sicher genug"),
        ({"confirmed_until": stamp(-30)}, "zu lange gedauert"),
        ({"begins": stamp(30)}, "Uhren"),
        ({"person": {"urn:oid:2.5.4.42": "Robin"}}, "fehlt eine Angabe"),
        ({"issuer": "https://anderswo.example"}, "nicht sicher echt"),
        ({"audience": ""}, "nicht sicher echt"),
        ({"around": "<samlp:x/>"}, "nicht lesbar"),
    ],
)
def test_every_failure_has_its_own_sentence_and_loses_nothing(
    client: Client, provider: Provider, changes: dict[str, Any], sentence: str
) -> None:
    declaration = objection.frozen(client)
    request, relay = begin(client, declaration)

    answered = post(client, provider.sign(response(said(request, **changes))), relay)
    page = client.get(answered.headers["Location"])

    assert sentence in page.content.decode()
    assert "So können Sie unterschreiben" in page.content.decode()
    assert not Submission.objects.exists()
    assert Declaration.objects.get(discarded_at=None) == declaration


def test_a_broken_answer_finds_its_request_by_what_travelled_beside_it(client: Client) -> None:
    declaration = objection.frozen(client)
    _request, relay = begin(client, declaration)

    answered = post(client, "<samlp:Response", relay)

    assert "nicht lesbar" in client.get(answered.headers["Location"]).content.decode()


def test_an_answer_for_another_key_is_told(client: Client, provider: Provider) -> None:
    request, relay = begin(client, objection.frozen(client))

    answered = post(client, provider.sign(response(said(request), provider.encrypt(assertion(said(request)))), "_r1"), relay)

    assert "ließ sich nicht öffnen" in client.get(answered.headers["Location"]).content.decode()


def test_an_answer_works_once(client: Client, provider: Provider) -> None:
    request, relay = begin(client, objection.frozen(client))
    message = provider.sign(response(said(request)))
    post(client, message, relay)

    again = post(client, message, relay)

    assert again.status_code == 404
    assert "nicht mehr offen" in again.content.decode()
    assert Identification.objects.count() == 1


def test_an_assertion_id_works_once_even_in_another_request(client: Client, provider: Provider) -> None:
    declaration = objection.frozen(client)
    first, _relay = begin(client, declaration)
    second, _relay = begin(client, declaration)
    post(client, provider.sign(response(said(first))))

    answered = post(client, provider.sign(response(said(second, response_id="_r2"))))

    assert "schon einmal verwendet" in client.get(answered.headers["Location"]).content.decode()
    assert Identification.objects.count() == 1


def test_marks_of_used_answers_go_when_the_answers_are_too_old(client: Client, provider: Provider) -> None:
    request, _relay = begin(client, objection.frozen(client))
    post(client, provider.sign(response(said(request))))
    assert UsedAnswer.objects.count() == 2

    with clock.frozen(AT.replace(hour=20)):
        jobs.forget_requests(0)

    assert not UsedAnswer.objects.exists()


def test_an_hour_later_nobody_is_identified(client: Client, provider: Provider) -> None:
    request, relay = begin(client, objection.frozen(client))

    with clock.frozen(AT.replace(hour=15)):
        answered = post(client, provider.sign(response(said(request, confirmed_until=stamp(600), ends=stamp(600)))), relay)

    assert answered.status_code == 404


def test_an_answer_that_nobody_asked_for_is_not_taken(provider: Provider) -> None:
    unknown = response(Said(request=f"_{UUID(int=7).hex}", destination=own.acs()))

    assert post(Client(), provider.sign(unknown)).status_code == 404
    assert post(Client(), "", "quatsch").status_code == 404
    assert Client().post("/bundid/antwort").status_code == 404
    assert Client().get("/bundid/antwort").status_code == 405


def test_an_answer_counts_only_in_the_browser_that_asked(client: Client, provider: Provider) -> None:
    """Else somebody could begin a signature and let another person sign in for it."""
    declaration = objection.frozen(client)
    request, relay = begin(client, declaration)
    victim = Client()

    assert post(victim, provider.sign(response(said(request))), relay).status_code == 404
    guessed = client.get(f"/bundid/zurueck?anfrage={relay}&marke=geraten")

    assert guessed.status_code == 404
    assert not Identification.objects.exists()
    assert (
        "noch nicht abgeschlossen" in client.get(f"/antrag/{declaration.draft_id}/unterschreiben/zurueck?anfrage={relay}").content.decode()
    )


def test_an_identification_is_not_carried_to_another_browser(client: Client, provider: Provider) -> None:
    request, relay = begin(client, objection.frozen(client))
    answered = post(client, provider.sign(response(said(request))), relay)

    assert Client().get(answered.headers["Location"]).status_code == 404
    assert not Submission.objects.exists()


def test_the_failure_words_have_an_end_for_everything() -> None:
    method = methods.REMOTE.get("bundid")
    known = {*answers.FAILURES.values(), *answers.CASES.values()}

    sentences = {method.failure_words(failure) for failure in known}

    assert len(sentences) == len(known)
    assert "nicht sicher echt" in method.failure_words("irgendwas")


def test_the_provider_is_the_one_of_the_file() -> None:
    known = own.provider()

    assert known is not None
    assert known.entity_id == IDP
