"""SAML messages of the example provider, signed and encrypted by hand with ``cryptography`` (the product uses another library)."""

import base64
import hashlib
import secrets
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from lxml import etree

NS = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "akdb": "https://www.akdb.de/request/2018/09",
    "ui": "https://www.akdb.de/request/2018/09/classic-ui/v1",
}
NAMES = f'xmlns:samlp="{NS["samlp"]}" xmlns:saml="{NS["saml"]}" xmlns:akdb="{NS["akdb"]}"'
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def stamp(minutes: int = 0) -> str:
    """An instant, in minutes from now."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_id() -> str:
    """A fresh ID."""
    return f"_{secrets.token_hex(16)}"


def escaped(text: str) -> str:
    """Text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@dataclass(frozen=True)
class Key:
    """The provider's key and certificate, kept in one file."""

    private: RSAPrivateKey
    certificate: x509.Certificate

    @classmethod
    def in_file(cls, path: Path) -> "Key":
        """Read it, or make one that is valid for ten years."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            private = generate_private_key(65537, 2048)
            name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "BundID (Beispiel)")])
            builder = x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
            now = datetime.now(UTC)
            made = (
                builder.not_valid_before(now - timedelta(days=30))
                .not_valid_after(now + timedelta(days=3650))
                .sign(private, hashes.SHA256())
            )
            pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
            path.touch(mode=0o600)
            path.write_bytes(pem)
        content = path.read_bytes()
        private_key = load_pem_private_key(content, password=None)
        if not isinstance(private_key, RSAPrivateKey):
            raise TypeError("the example provider's key is RSA")
        return cls(private_key, x509.load_pem_x509_certificate(content))

    @property
    def base64(self) -> str:
        """The certificate as metadata carry it."""
        return base64.b64encode(self.certificate.public_bytes(Encoding.DER)).decode()

    def signature(self, content: bytes) -> str:
        """RSA with SHA-256, in base64."""
        return base64.b64encode(self.private.sign(content, PKCS1v15(), hashes.SHA256())).decode()


def provider_metadata(base: str, key: Key) -> str:
    """The provider's own metadata."""
    return (
        f'<md:EntityDescriptor xmlns:md="{NS["md"]}" entityID="{base}/idp"><md:IDPSSODescriptor '
        f'protocolSupportEnumeration="{NS["samlp"]}" WantAuthnRequestsSigned="true"><md:KeyDescriptor use="signing">'
        f'<ds:KeyInfo xmlns:ds="{NS["ds"]}"><ds:X509Data><ds:X509Certificate>{key.base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>'
        f'</md:KeyDescriptor><md:SingleLogoutService Binding="{REDIRECT}" Location="{base}/slo"/>'
        f'<md:SingleSignOnService Binding="{REDIRECT}" Location="{base}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
    )


@dataclass(frozen=True)
class Service:
    """The service provider as its metadata describe it."""

    entity_id: str
    acs: str
    slo: str
    certificate: x509.Certificate

    @classmethod
    def of(cls, metadata: bytes) -> "Service":
        """Read metadata."""
        root = etree.fromstring(metadata, PARSER)
        found = root.findtext(".//md:KeyDescriptor[@use='encryption']//ds:X509Certificate", namespaces=NS) or ""
        acs, slo = (
            next((node.get("Location", "") for node in root.iterfind(f".//md:{name}", NS)), "")
            for name in ("AssertionConsumerService", "SingleLogoutService")
        )
        return cls(root.get("entityID", ""), acs, slo, x509.load_der_x509_certificate(base64.b64decode(found)))


class BadRequest(Exception):
    """A message is not from the service provider that this provider knows."""


def read_request(query: str, service: Service) -> tuple[etree._Element, str]:
    """The message of a signed redirect, and what travels beside it. Raises BadRequest."""
    signed, _, signature = query.partition("&Signature=")
    given = parse_qs(query)
    public = service.certificate.public_key()
    try:
        if not isinstance(public, RSAPublicKey) or given["SigAlg"] != [RSA_SHA256]:
            raise BadRequest("the signature has another algorithm")
        public.verify(base64.b64decode(parse_qs(f"x={signature}")["x"][0]), signed.encode(), PKCS1v15(), hashes.SHA256())
        root = etree.fromstring(zlib.decompress(base64.b64decode(given["SAMLRequest"][0]), -15), PARSER)
    except Exception as problem:  # whatever is wrong with it, this example says only that it is
        raise BadRequest(str(problem) or type(problem).__name__) from problem
    if root.findtext("saml:Issuer", namespaces=NS) != service.entity_id:
        raise BadRequest("another service provider")
    return root, given.get("RelayState", [""])[0]


@dataclass(frozen=True)
class Answer:
    """What is answered to a request."""

    issuer: str
    request_id: str
    level: str
    attributes: dict[str, tuple[str, str]]


def assertion(answer: Answer, service: Service) -> str:
    """The statement on the person."""
    attributes = "".join(
        f'<saml:Attribute Name="{name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" akdb:TrustLevel="{trust}">'
        f"<saml:AttributeValue>{escaped(value)}</saml:AttributeValue></saml:Attribute>"
        for name, (value, trust) in answer.attributes.items()
    )
    return (
        f'<saml:Assertion {NAMES} ID="{new_id()}" Version="2.0" IssueInstant="{stamp()}"><saml:Issuer>{answer.issuer}</saml:Issuer>'
        f'<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">{new_id()}</saml:NameID>'
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
        f'NotOnOrAfter="{stamp(5)}" Recipient="{service.acs}" InResponseTo="{answer.request_id}"/></saml:SubjectConfirmation>'
        f'</saml:Subject><saml:Conditions NotBefore="{stamp(-1)}" NotOnOrAfter="{stamp(5)}"><saml:AudienceRestriction>'
        f"<saml:Audience>{service.entity_id}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{stamp()}" SessionIndex="{new_id()}"><saml:AuthnContext><saml:AuthnContextClassRef>'
        f"{answer.level}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
    )


def signed(message: str, key: Key) -> str:
    """The message with an enveloped signature over its ID, behind its issuer (exclusive canonical form)."""
    root = etree.fromstring(message.encode(), PARSER)
    digest = base64.b64encode(hashlib.sha256(etree.tostring(root, method="c14n", exclusive=True)).digest()).decode()
    info = (
        f'<ds:SignedInfo xmlns:ds="{NS["ds"]}"><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
        f'<ds:SignatureMethod Algorithm="{RSA_SHA256}"/><ds:Reference URI="#{root.get("ID")}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{NS["ds"]}enveloped-signature"/><ds:Transform Algorithm="{EXCLUSIVE}"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>{digest}</ds:DigestValue>'
        "</ds:Reference></ds:SignedInfo>"
    )
    value = key.signature(etree.tostring(etree.fromstring(info.encode(), PARSER), method="c14n", exclusive=True))
    signature = f'<ds:Signature xmlns:ds="{NS["ds"]}">{info}<ds:SignatureValue>{value}</ds:SignatureValue></ds:Signature>'
    issuer = root.find("saml:Issuer", NS)
    if issuer is None:
        raise ValueError("a message without issuer")
    issuer.addnext(etree.fromstring(signature.encode(), PARSER))
    return etree.tostring(root, encoding="unicode")


def encrypted(content: str, service: Service) -> str:
    """An assertion that only the service provider can open: AES-256-GCM under RSA-OAEP."""
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    public = service.certificate.public_key()
    if not isinstance(public, RSAPublicKey):
        raise TypeError("the service provider's key is RSA")
    wrapped = base64.b64encode(public.encrypt(key, OAEP(mgf=MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None))).decode()  # noqa: S303  # as the standard names it
    hidden = base64.b64encode(nonce + AESGCM(key).encrypt(nonce, content.encode(), None)).decode()
    xenc = "http://www.w3.org/2001/04/xmlenc#"
    return (
        f'<saml:EncryptedAssertion {NAMES}><xenc:EncryptedData xmlns:xenc="{xenc}" Type="{xenc}Element"><xenc:EncryptionMethod '
        f'Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><ds:KeyInfo xmlns:ds="{NS["ds"]}"><xenc:EncryptedKey>'
        f'<xenc:EncryptionMethod Algorithm="{xenc}rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>{wrapped}</xenc:CipherValue>'
        f"</xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{hidden}</xenc:CipherValue>"
        "</xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>"
    )


def response(answer: Answer, service: Service, *, status: str, inside: str) -> str:
    """The response around an assertion, or around nothing when it did not work."""
    below = "" if status == "Success" else f'<samlp:StatusCode Value="{STATUS}{status}"/>'
    code = f'<samlp:StatusCode Value="{STATUS}{"Success" if status == "Success" else "Responder"}">{below}</samlp:StatusCode>'
    return (
        f'<samlp:Response {NAMES} ID="{new_id()}" Version="2.0" IssueInstant="{stamp()}" Destination="{service.acs}" '
        f'InResponseTo="{answer.request_id}"><saml:Issuer>{answer.issuer}</saml:Issuer><samlp:Status>{code}</samlp:Status>{inside}</samlp:Response>'
    )


def sign_out_url(issuer: str, request_id: str, service: Service, relay: str, key: Key) -> str:
    """Where a person goes after signing out."""
    message = (
        f'<samlp:LogoutResponse {NAMES} ID="{new_id()}" Version="2.0" IssueInstant="{stamp()}" Destination="{service.slo}" '
        f'InResponseTo="{request_id}"><saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{STATUS}Success"/>'
        "</samlp:Status></samlp:LogoutResponse>"
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(packer.compress(message.encode()) + packer.flush()).decode()
    beside = f"&RelayState={quote(relay, safe='')}" if relay else ""
    query = f"SAMLResponse={quote(packed, safe='')}{beside}&SigAlg={quote(RSA_SHA256, safe='')}"
    return f"{service.slo}?{query}&Signature={quote(key.signature(query.encode()), safe='')}"
