"""The whole way with a real identity provider, SimpleSAMLphp of Debian: signed, encrypted, and what it cannot do right."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from tests.people.bundid import simplesamlphp
from tests.people.bundid.provider import Provider
from tests.people.bundid.simplesamlphp import SimpleSAML
from tests.people.bundid.test_way import post
from tests.submissions import objection

from direktdraht.people.bundid import answers, own
from direktdraht.people.models import Identification
from direktdraht.submissions.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(bool(simplesamlphp.missing()), reason=simplesamlphp.missing() or "there")]
Start = Callable[[str], SimpleSAML]


@pytest.fixture
def start(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start the provider and trust its own metadata; it ends with the test."""
    running: list[SimpleSAML] = []

    def begin(cipher: str) -> SimpleSAML:
        certificate = base64.b64encode(own.own_key().certificate.public_bytes(Encoding.DER)).decode()
        service = {"entity_id": own.entity_id(), "acs": own.acs(), "slo": own.sign_out_address(), "certificate": certificate}
        running.append(SimpleSAML(tmp_path / "idp", service, provider.idp, cipher))
        path = tmp_path / "provider.xml"
        path.write_bytes(running[0].metadata())
        monkeypatch.setattr(own, "provider_file", lambda: path)
        return running[0]

    yield begin
    for one in running:
        one.stop()


def way_to(client: Client) -> str:
    """The address to which our page leads."""
    page = client.post(f"/antrag/{objection.frozen(client).draft_id}/unterschreiben/mit/bundid")
    return str(page.headers["Refresh"].removeprefix("0; url="))


@pytest.mark.parametrize("cipher", ["", "AES256_GCM"])
def test_a_person_signs_with_a_real_provider(client: Client, start: Start, cipher: str) -> None:
    idp = start(cipher)

    sent = idp.sign_in(way_to(client))
    answered = post(client, base64.b64decode(sent["SAMLResponse"]).decode(), sent["RelayState"])
    receipt = client.get(answered.headers["Location"], follow=True).content.decode()

    found = Identification.objects.get()
    assert "Ihr Antrag ist eingegangen" in receipt
    assert found.attributes == {"given_name": "Robin", "family_name": "Weber"}
    assert ("EncryptedAssertion" in base64.b64decode(sent["SAMLResponse"]).decode()) is bool(cipher)
    assert [check.name for check in answers.recheck(found) if check.ok is not True] == []


def test_its_usual_encryption_is_refused_and_nothing_is_lost(client: Client, start: Start) -> None:
    idp = start("AES128_CBC")

    sent = idp.sign_in(way_to(client))
    answered = post(client, base64.b64decode(sent["SAMLResponse"]).decode(), sent["RelayState"])

    assert "ließ sich nicht öffnen" in client.get(answered.headers["Location"]).content.decode()
    assert not Submission.objects.exists()


def test_it_refuses_a_request_that_was_changed(client: Client, start: Start) -> None:
    idp = start("")
    url = way_to(client)

    with pytest.raises(RuntimeError, match="Unhandled exception"):
        idp.sign_in(url.replace("RelayState=", "RelayState=x"))


def test_signing_out_there_comes_back_to_us(client: Client, start: Start) -> None:
    idp = start("")
    sent = idp.sign_in(way_to(client))
    answered = post(client, base64.b64decode(sent["SAMLResponse"]).decode(), sent["RelayState"])
    client.get(answered.headers["Location"])

    page = client.get("/bundid/abmelden").content.decode()
    url = page.split(f'href="{idp.base}')[1].split('"')[0].replace("&amp;", "&")
    with pytest.raises(OSError):  # it leads back to our address, at which nothing listens in this test
        idp.open(f"{idp.base}{url}")
    ended = client.get(f"/bundid/abmelden?{idp.redirects.last.partition('?')[2]}")

    assert "Sie sind bei BundID abgemeldet" in ended.content.decode()
