"""What this house says of itself and how it signs out: metadata, problems, findings for operators, sign-out."""

import base64
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from django.test import Client
from lxml import etree
from tests.people.bundid.provider import AT, IDP, NAMES, RSA256, SUCCESS, Provider, response, stamp
from tests.people.bundid.test_way import begin, connected, post, said
from tests.submissions import objection

from direktdraht.foundation import clock
from direktdraht.people import methods
from direktdraht.people.bundid import own
from direktdraht.people.bundid.method import look_at_connection

__all__ = ["connected"]
pytestmark = pytest.mark.django_db
MD = {"md": "urn:oasis:names:tc:SAML:2.0:metadata", "ds": "http://www.w3.org/2000/09/xmldsig#"}


def problems() -> list[str]:
    """Why nobody can go this way."""
    return list(methods.REMOTE.get("bundid").problems())


def signed_query(provider: Provider, kind: str, message: str, **more: str) -> str:
    """A query as the provider signs it (saml-bindings 3.4.4.1)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(packer.compress(message.encode()) + packer.flush()).decode()
    query = f"{kind}={quote(packed, safe='')}&RelayState=zur%C3%BCck&SigAlg={quote(more.get('method', RSA256), safe='')}"
    key = load_pem_private_key(provider.idp.key.read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    signature = key.sign(query.encode(), PKCS1v15(), hashes.SHA256())
    return f"{query}&Signature={quote(base64.b64encode(signature).decode(), safe='')}"


def sign_out_message(name: str, inside: str, **changes: str) -> str:
    """A sign-out message of the provider."""
    facts = {"Destination": own.sign_out_address(), "IssueInstant": stamp(), "issuer": IDP, **changes}
    issuer = facts.pop("issuer")
    attributes = " ".join(f'{key}="{value}"' for key, value in facts.items())
    return f'<samlp:{name} {NAMES} ID="_out" Version="2.0" {attributes}><saml:Issuer>{issuer}</saml:Issuer>{inside}</samlp:{name}>'


def test_the_metadata_are_signed_and_name_addresses_and_certificate(client: Client, provider: Provider, tmp_path: Path) -> None:
    answer = client.get("/bundid/metadata")

    root = etree.fromstring(answer.content)
    certificate = tmp_path / "own.pem"
    certificate.write_bytes(own.own_key().certificate.public_bytes(Encoding.PEM))
    provider.xmlsec(
        ["--verify", "--pubkey-cert-pem", str(certificate), "--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor"],
        answer.content.decode().partition("?>")[2].strip(),
    )
    assert answer.headers["Content-Type"] == "application/samlmetadata+xml"
    assert root.get("entityID") == own.entity_id()
    assert root.find(".//md:AssertionConsumerService", MD).get("Location") == own.acs()  # type: ignore[union-attr]  # None would fail the test
    assert {node.get("use") for node in root.iterfind(".//md:KeyDescriptor", MD)} == {"signing", "encryption"}
    assert len({node.text for node in root.iterfind(".//md:SPSSODescriptor//ds:X509Certificate", MD)}) == 1


def test_the_request_is_signed_over_the_query_as_it_is_sent(client: Client) -> None:
    page = client.post(f"/antrag/{objection.frozen(client).draft_id}/unterschreiben/mit/bundid")

    query = urlsplit(page.headers["Refresh"].removeprefix("0; url=")).query
    signed, _, signature = query.partition("&Signature=")
    key = own.own_key().certificate.public_key()
    assert isinstance(key, RSAPublicKey)
    key.verify(base64.b64decode(parse_qs(f"x={signature}")["x"][0]), signed.encode(), PKCS1v15(), hashes.SHA256())
    assert parse_qs(signed)["SigAlg"] == [RSA256]
    assert "Jetzt dort anmelden" in page.content.decode()


def test_the_own_key_is_kept_and_only_ours(client: Client, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    first = own.own_key().certificate.serial_number

    again = own.own_key().certificate.serial_number

    assert first == again
    assert (tmp_path / "keys" / "bundid.pem").stat().st_mode & 0o777 == 0o600
    (tmp_path / "keys" / "bundid.pem").write_bytes(b"nothing")
    with pytest.raises(own.KeyProblem):
        own.own_key()
    assert "Schlüssel" in problems()[0]


def test_without_metadata_the_way_is_shown_as_closed(client: Client, connected: Path) -> None:
    connected.unlink()
    declaration = objection.frozen(client)

    page = client.post(f"/antrag/{declaration.draft_id}/unterschreiben/mit/bundid").content.decode()

    assert problems() == ["BundID ist hier noch nicht eingerichtet."]
    assert "Das geht gerade nicht" in page
    assert list(look_at_connection()) == []


def test_what_expired_is_told_before_anybody_signs_in(connected: Path, provider: Provider) -> None:
    assert problems() == []

    connected.write_text(provider.metadata(valid_until=stamp(-1)))
    assert problems() == ["Die Angaben über BundID sind abgelaufen. Wir kümmern uns darum."]
    with clock.frozen(AT.replace(year=2031)):
        assert len(problems()) == 3
    with clock.frozen(AT.replace(year=2020)):
        assert "Die Uhr unseres Servers geht falsch. Wir kümmern uns darum." in problems()


@pytest.mark.parametrize("content", [b"", b"<a/>", b"\xff", b"<!DOCTYPE a><a/>"])
def test_unreadable_metadata_close_the_way_and_are_an_error_for_operators(connected: Path, content: bytes) -> None:
    connected.write_bytes(content)

    assert problems() == ["Die Einrichtung von BundID ist fehlerhaft. Wir kümmern uns darum."]
    assert [finding.level.name for finding in look_at_connection()] == ["ERROR"]


def test_operators_are_warned_six_weeks_before_something_expires(connected: Path, provider: Provider) -> None:
    assert list(look_at_connection()) == []

    connected.write_text(provider.metadata(valid_until="2026-12-24T00:00:00Z"))

    assert [(finding.level.name, finding.text) for finding in look_at_connection()] == [
        ("WARNING", "BundID: metadata or a certificate expire on 2026-12-24.")
    ]


def test_metadata_without_the_agreed_address_close_the_way(connected: Path, provider: Provider) -> None:
    connected.write_text(provider.metadata().replace("HTTP-Redirect", "HTTP-POST"))

    assert problems() == ["BundID ist auf dem verabredeten Weg nicht erreichbar."]


def test_after_signing_the_person_can_sign_out_there(client: Client, provider: Provider) -> None:
    request, relay = begin(client, objection.frozen(client))
    client.get(post(client, provider.sign(response(said(request))), relay).headers["Location"])

    page = client.get("/bundid/abmelden").content.decode()

    url = page.split(f'href="{IDP}/slo?')[1].split('"')[0].replace("&amp;", "&")
    message = zlib.decompress(base64.b64decode(parse_qs(url)["SAMLRequest"][0]), -15).decode()
    assert ">_n1<" in message
    assert ">_s1<" in message
    assert "nicht bekannt" not in page
    assert "ist von uns aus keine Anmeldung" in Client().get("/bundid/abmelden").content.decode()


def test_the_providers_answer_to_signing_out_is_believed_only_signed(client: Client, provider: Provider) -> None:
    done = sign_out_message("LogoutResponse", f'<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>', InResponseTo="_x")
    query = signed_query(provider, "SAMLResponse", done)

    good, forged = client.get(f"/bundid/abmelden?{query}"), client.get(f"/bundid/abmelden?{query[:-8]}AAAA%3D%3D")

    assert "Sie sind bei BundID abgemeldet" in good.content.decode()
    assert "Sie sind bei BundID abgemeldet" not in forged.content.decode()


def test_the_provider_may_end_a_session_and_is_answered(client: Client, provider: Provider) -> None:
    asked = sign_out_message("LogoutRequest", "<saml:NameID>_n1</saml:NameID>")

    answer = client.get(f"/bundid/abmelden?{signed_query(provider, 'SAMLRequest', asked)}")

    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    message = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLResponse"][0]), -15))
    assert answer.headers["Location"].startswith(f"{IDP}/slo?")
    assert message.get("InResponseTo") == "_out"
    assert query["RelayState"] == ["zurück"]


@pytest.mark.parametrize(
    ("changes", "method"),
    [
        ({"issuer": "https://anderswo.example"}, RSA256),
        ({"Destination": "https://anderswo.example"}, RSA256),
        ({"IssueInstant": stamp(-90)}, RSA256),
        ({"IssueInstant": stamp(90)}, RSA256),
        ({}, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    ],
)
def test_a_request_to_sign_out_that_is_not_in_order_is_not_answered(
    client: Client, provider: Provider, changes: dict[str, str], method: str
) -> None:
    asked = sign_out_message("LogoutRequest", "<saml:NameID>_n1</saml:NameID>", **changes)

    answer = client.get(f"/bundid/abmelden?{signed_query(provider, 'SAMLRequest', asked, method=method)}")

    assert answer.status_code == 400


def test_garbage_in_a_redirect_is_not_answered(client: Client, provider: Provider) -> None:
    bomb = base64.b64encode(zlib.compress(b" " * 3_000_000)[2:-4]).decode()

    answers = [client.get(f"/bundid/abmelden?SAMLRequest={quote(part)}") for part in ("", "x", bomb)]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
