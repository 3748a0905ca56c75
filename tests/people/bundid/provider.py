"""An identity provider made of tools that are not the product's: messages as text, signed and encrypted by xmlsec1."""

import subprocess
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

AT = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)
SP = "https://stadt.example/bundid/metadata"
ACS = "https://stadt.example/bundid/antwort"
IDP = "https://konto.example/idp"
REQUEST = "_8f2b"
PERSON = {
    "urn:oid:2.5.4.42": "Robin",
    "urn:oid:2.5.4.4": "Weber",
    "urn:oid:1.2.40.0.10.2.1.1.55": "1984-02-29",
    "urn:oid:1.3.6.1.4.1.25484.494450.3": "BPK2-4711",
}
NAMES = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA256 = f"{MORE}rsa-sha256"
SHA256 = f"{XENC}sha256"


def stamp(minutes: float = 0) -> str:
    """An instant as SAML writes it, in minutes from the time of the tests."""
    return (AT + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Said:
    """What an answer says; each part is the text that stands in the message."""

    response_id: str = "_r1"
    assertion_id: str = "_a1"
    destination: str | None = ACS
    issuer: str = IDP
    request: str | None = REQUEST
    confirmed_request: str | None = REQUEST
    recipient: str = ACS
    audience: str = f"<saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction>"
    status: str = f'<samlp:StatusCode Value="{SUCCESS}"/>'
    issued: str = field(default_factory=stamp)
    begins: str = field(default_factory=lambda: stamp(-1))
    ends: str = field(default_factory=lambda: stamp(5))
    confirmed_until: str | None = field(default_factory=lambda: stamp(5))
    confirmed_from: str | None = None
    session_ends: str | None = None
    level: str = "STORK-QAA-Level-4"
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    attributes: str = ""
    person: dict[str, str] = field(default_factory=lambda: dict(PERSON))
    advice: str = ""
    around: str = ""

    def but(self, **changes: Any) -> "Said":
        """The same with other parts."""
        return replace(self, **changes)


def optional(name: str, value: str | None) -> str:
    """An attribute of XML that may be absent."""
    return "" if value is None else f' {name}="{value}"'


def attribute(name: str, value: str, more: str = "") -> str:
    """One attribute of the person."""
    return f'<saml:Attribute Name="{name}"{more}><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'


def assertion(said: Said) -> str:
    """The assertion alone; it declares its own names so that it can be encrypted."""
    confirmation = (
        f'<saml:SubjectConfirmation Method="{said.method}"><saml:SubjectConfirmationData'
        f"{optional('NotOnOrAfter', said.confirmed_until)}{optional('NotBefore', said.confirmed_from)}"
        f'{optional("InResponseTo", said.confirmed_request)} Recipient="{said.recipient}"/></saml:SubjectConfirmation>'
    )
    attributes = "".join(attribute(name, value) for name, value in said.person.items()) + said.attributes
    return (
        f'<saml:Assertion {NAMES} ID="{said.assertion_id}" Version="2.0" IssueInstant="{said.issued}">'
        f"<saml:Issuer>{said.issuer}</saml:Issuer>"
        f'<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">_n1</saml:NameID>{confirmation}'
        f'</saml:Subject><saml:Conditions NotBefore="{said.begins}" NotOnOrAfter="{said.ends}">{said.audience}</saml:Conditions>'
        f"{said.advice}"
        f'<saml:AuthnStatement AuthnInstant="{said.issued}"{optional("SessionNotOnOrAfter", said.session_ends)} SessionIndex="_s1">'
        f"<saml:AuthnContext><saml:AuthnContextClassRef>{said.level}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
    )


def response(said: Said, inside: str | None = None) -> str:
    """The response around an assertion (or around other content)."""
    return (
        f'<samlp:Response {NAMES} ID="{said.response_id}" Version="2.0" IssueInstant="{said.issued}"'
        f"{optional('Destination', said.destination)}{optional('InResponseTo', said.request)}>"
        f"<saml:Issuer>{said.issuer}</saml:Issuer>{said.around}<samlp:Status>{said.status}</samlp:Status>"
        f"{assertion(said) if inside is None else inside}</samlp:Response>"
    )


@dataclass(frozen=True)
class Identity:
    """A key with its self-signed certificate, as files for xmlsec1."""

    key: Path
    certificate: Path

    @property
    def base64(self) -> str:
        """The certificate without its marks, as metadata carry it."""
        return "".join(line for line in self.certificate.read_text().splitlines() if "-----" not in line)


def make_identity(folder: Path, name: str, key: Any, *, begins: datetime = AT, days: int = 400) -> Identity:
    """Write a key and a certificate for it."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1)
    builder = builder.not_valid_before(begins - timedelta(days=30)).not_valid_after(begins + timedelta(days=days))
    made = builder.sign(key, hashes.SHA256())
    identity = Identity(folder / f"{name}.key", folder / f"{name}.pem")
    identity.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    identity.certificate.write_bytes(made.public_bytes(Encoding.PEM))
    return identity


class Provider:
    """Keys in a folder, and what the provider does with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.idp = make_identity(folder, "idp", rsa.generate_private_key(65537, 2048))
        self.curve = make_identity(folder, "curve", ec.generate_private_key(ec.SECP256R1()))
        self.stranger = make_identity(folder, "stranger", ec.generate_private_key(ec.SECP256R1()))
        self.small = make_identity(folder, "small", rsa.generate_private_key(65537, 1024))
        self.old = make_identity(folder, "old", ec.generate_private_key(ec.SECP256R1()), begins=AT - timedelta(days=100), days=50)
        self.sp = make_identity(folder, "sp", rsa.generate_private_key(65537, 2048))

    def metadata(self, *others: Identity, valid_until: str | None = None) -> str:
        """The provider's metadata, with its own certificate and those of ``others``."""
        keys = "".join(
            f'<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="{DSIG}"><ds:X509Data><ds:X509Certificate>{one.base64}'
            "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            for one in (self.idp, *others)
        )
        redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        return (
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{IDP}"{optional("validUntil", valid_until)}>'
            '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            f'{keys}<md:SingleLogoutService Binding="{redirect}" Location="{IDP}/slo"/>'
            f'<md:SingleSignOnService Binding="{redirect}" Location="{IDP}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    def sign(
        self,
        message: str,
        element_id: str = "_a1",
        *,
        by: Identity | None = None,
        method: str = RSA256,
        digest: str = SHA256,
        c14n: str = EXCLUSIVE,
        uri: str | None = None,
        transforms: str = f'<ds:Transform Algorithm="{DSIG}enveloped-signature"/><ds:Transform Algorithm="{EXCLUSIVE}"/>',
    ) -> str:
        """Sign the element with this ID; its signature stands behind its issuer."""
        signature = (
            f'<ds:Signature xmlns:ds="{DSIG}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{c14n}"/>'
            f'<ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="{f"#{element_id}" if uri is None else uri}">'
            f'<ds:Transforms>{transforms}</ds:Transforms><ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference>'
            "</ds:SignedInfo><ds:SignatureValue/></ds:Signature>"
        )
        where = message.index("</saml:Issuer>", message.index(f'ID="{element_id}"')) + len("</saml:Issuer>")
        identity = by or self.idp
        names = ("assertion:Assertion", "protocol:Response")
        ids = [word for name in names for word in ("--id-attr:ID", f"urn:oasis:names:tc:SAML:2.0:{name}")]
        return self.xmlsec(
            ["--sign", "--privkey-pem", f"{identity.key},{identity.certificate}", *ids], message[:where] + signature + message[where:]
        )

    def encrypt(
        self, content: str, *, cipher: str = f"{XENC11}aes256-gcm", transport: str = f"{XENC}rsa-oaep-mgf1p", to: Identity | None = None
    ) -> str:
        """An ``EncryptedAssertion`` for the service provider."""
        template = (
            f'<xenc:EncryptedData xmlns:xenc="{XENC}" Type="{XENC}Element"><xenc:EncryptionMethod Algorithm="{cipher}"/>'
            f'<ds:KeyInfo xmlns:ds="{DSIG}"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{transport}"/><xenc:CipherData>'
            "<xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/>"
            "</xenc:CipherData></xenc:EncryptedData>"
        )
        plain = self.folder / "plain.xml"
        plain.write_text(content, encoding="utf-8")
        words = ["--encrypt", "--pubkey-cert-pem", str((to or self.sp).certificate), "--session-key", f"aes-{cipher[-7:-4]}"]
        made = self.xmlsec([*words, "--xml-data", str(plain)], template)
        return f"<saml:EncryptedAssertion {NAMES}>{made}</saml:EncryptedAssertion>"

    def xmlsec(self, words: list[str], message: str) -> str:
        """Run xmlsec1 on a message."""
        given = self.folder / "given.xml"
        given.write_text(message, encoding="utf-8")
        done = subprocess.run(["xmlsec1", *words, str(given)], capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        return done.stdout.decode().removeprefix('<?xml version="1.0"?>\n').strip()
