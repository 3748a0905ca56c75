"""The example provider of the demo: its messages hold before xmlsec1 and before the product, at every level."""

import base64
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from sandbox import saml
from sandbox.identity_provider import WAYS, IdentityProvider, page
from tests.people.bundid.provider import Provider
from tests.people.bundid.test_way import post
from tests.submissions import objection

from direktdraht.people.bundid import own
from direktdraht.people.models import Identification

pytestmark = pytest.mark.django_db
HIGH, SUBSTANTIAL, LOW = (level for level, *_ in WAYS)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IdentityProvider:
    """The provider, which this house trusts; it knows us by our own metadata."""
    made = IdentityProvider(tmp_path, "http://127.0.0.1:9", "")
    path = tmp_path / "provider.xml"
    path.write_text(saml.provider_metadata(made.base, made.key))
    monkeypatch.setattr(own, "provider_file", lambda: path)
    monkeypatch.setattr(made, "service", lambda: saml.Service.of(own.metadata()))
    return made


def choose(client: Client, example: IdentityProvider, **choice: str) -> str:
    """Go there, choose; returns the message that comes back."""
    away = client.post(f"/antrag/{objection.frozen(client).draft_id}/unterschreiben/mit/bundid")
    shown = example.choose_page(urlsplit(away.headers["Refresh"].removeprefix("0; url=")).query)
    key = re.findall(r'name="key" value="([^"]+)"', shown)[0]
    sent = example.answer_page({"key": key, **choice})
    return base64.b64decode(re.findall(r'name="SAMLResponse" value="([^"]+)"', sent)[0]).decode()


def test_a_visitor_of_the_demo_signs_as_an_invented_person(client: Client, example: IdentityProvider, provider: Provider) -> None:
    message = choose(client, example, person="robin", level=HIGH)
    certificate = example.key.certificate.public_bytes(Encoding.PEM)
    (provider.folder / "example.pem").write_bytes(certificate)
    provider.xmlsec(
        [
            "--verify",
            "--pubkey-cert-pem",
            str(provider.folder / "example.pem"),
            "--id-attr:ID",
            "urn:oasis:names:tc:SAML:2.0:protocol:Response",
        ],
        message,
    )

    receipt = client.get(post(client, message).headers["Location"], follow=True).content.decode()

    assert "Ihr Antrag ist eingegangen" in receipt
    assert Identification.objects.get().attributes == {"given_name": "Robin", "family_name": "Weber"}


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"person": "robin", "level": SUBSTANTIAL}, "nicht sicher genug"),
        ({"person": "robin", "level": LOW}, "nicht sicher genug"),
        ({}, "abgebrochen"),
    ],
)
def test_every_other_choice_leads_to_its_sentence(client: Client, example: IdentityProvider, choice: dict[str, str], sentence: str) -> None:
    message = choose(client, example, **choice)

    assert sentence in client.get(post(client, message).headers["Location"]).content.decode()


def test_the_example_knows_only_our_requests(client: Client, example: IdentityProvider) -> None:
    away = client.post(f"/antrag/{objection.frozen(client).draft_id}/unterschreiben/mit/bundid")
    query = urlsplit(away.headers["Refresh"].removeprefix("0; url=")).query

    with pytest.raises(saml.BadRequest):
        example.choose_page(query.replace("RelayState=", "RelayState=x"))
    with pytest.raises(KeyError):
        example.answer_page({"key": "unknown"})
    assert "<script>" not in page("<script>", "")
