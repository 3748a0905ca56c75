"""Messages of an eID server (TR-03130-1): answers signed and requests verified by lxml and cryptography alone.

Nothing of the product and not its signature library is used here: two hands read one guideline.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import NameOID
from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
EID = "http://bsi.bund.de/eID/"
DSS = "urn:oasis:names:tc:dss:1.0:core:schema"
DS = "http://www.w3.org/2000/09/xmldsig#"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
WSSE11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
OK = "http://www.bsi.bund.de/ecard/api/1.1/resultmajor#ok"
ERROR = "http://www.bsi.bund.de/ecard/api/1.1/resultmajor#error"
SERVER = "http://www.bsi.bund.de/eid/server/2.0/resultminor"
ECARD = "http://www.bsi.bund.de/ecard/api/1.1/resultminor"
HOCH = "http://bsi.bund.de/eID/LoA/hoch"

FAILURES = {
    "deactivated": f"{ECARD}/sal#cancellationByUser",
    "blocked-pin": f"{ECARD}/sal#cancellationByUser",
    "transport-pin": f"{ECARD}/sal#cancellationByUser",
    "abort": f"{ECARD}/sal#cancellationByUser",
    "timeout": f"{ECARD}/ifdl/common#timeoutError",
    "locked": f"{SERVER}/getResult#invalidDocument",
    "denied": f"{SERVER}/getResult#deniedDocument",
    "busy": f"{SERVER}/useID#tooManyOpenSessions",
    "no-rights": f"{SERVER}/useID#missingTerminalRights",
    "session-over": f"{SERVER}/getResult#invalidSession",
    "counter": f"{SERVER}/getResult#invalidCounter",
    "internal": f"{SERVER}/common#internalError",
    "channel": f"{ECARD}/dp#trustedChannelEstablishmentFailed",
    "waiting": f"{SERVER}/getResult#noResultYet",
}
"""State → ResultMinor. Card states that only the app sees reach a service as an abort (TR-03124-1 section 2.5.4)."""


@dataclass(frozen=True)
class Holder:
    """A key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True)
class Person:
    """An invented holder of a card; places of birth and residence are free text."""

    values: dict[str, str] = field(
        default_factory=lambda: {
            "DocumentType": "ID",
            "IssuingState": "D",
            "GivenNames": "ROBIN",
            "FamilyNames": "BEISPIEL",
            "DateOfBirth": "19640812",
            "Nationality": "D",
            "PlaceOfResidence": "51147 KÖLN",
            "RestrictedID": "01A4FB509CEBC6595151A4FB5F9C75C6FE01A4FB59CB655A4FB5F9C75C6FEE00",
        }
    )
    level: str = HOCH


def new_holder(name: str, *, since: datetime, days: int = 365) -> Holder:
    """A new key on the curve P-256 with a certificate that it signed itself, which holds for this machine, too."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(since + timedelta(days=days))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    return Holder(key, builder.sign(key, hashes.SHA256()))


def element(parent: etree._Element, namespace: str, name: str, text: str | None = None) -> etree._Element:
    """A child with its text."""
    made = etree.SubElement(parent, f"{{{namespace}}}{name}")
    made.text = text
    return made


def result(parent: etree._Element, minor: str = "") -> None:
    """The element Result; children without namespace, as the guideline prints them."""
    made = element(parent, DSS, "Result")
    etree.SubElement(made, "ResultMajor").text = ERROR if minor else OK
    if minor:
        etree.SubElement(made, "ResultMinor").text = minor


def use_id_response(session: str, psk_id: str, psk_key: str, *, minor: str = "") -> etree._Element:
    """useIDResponse (section 3.2.1.2)."""
    root = etree.Element(f"{{{EID}}}useIDResponse", nsmap={"eid": EID, "dss": DSS})
    if not minor:
        element(element(root, EID, "Session"), EID, "ID", session)
        psk = element(root, EID, "PSK")
        element(psk, EID, "ID", psk_id)
        element(psk, EID, "Key", psk_key)
    result(root, minor)
    return root


def get_result_response(person: Person, asked: list[str], *, minor: str = "", missing: str = "") -> etree._Element:
    """getResultResponse (section 3.2.2.2) with what was asked; ``missing`` names a group that the person did not allow."""
    root = etree.Element(f"{{{EID}}}getResultResponse", nsmap={"eid": EID, "dss": DSS})
    if not minor:
        data = element(root, EID, "PersonalData")
        for name in asked:
            if name not in {missing, "AgeVerification", "PlaceVerification"} and name in person.values:
                _value(data, name, person.values[name])
        for name, function in (("AgeVerification", "FulfilsAgeVerification"), ("PlaceVerification", "FulfilsPlaceVerification")):
            if name in asked:
                element(element(root, EID, function), EID, "FulfilsRequest", person.values.get(name, "true"))
        allowed = element(root, EID, "OperationsAllowedByUser")
        for name in asked:
            element(allowed, EID, name, "PROHIBITED" if name == missing else "ALLOWED")
        element(root, EID, "LevelOfAssuranceResult", person.level)
    result(root, minor)
    return root


def _value(data: etree._Element, name: str, text: str) -> None:
    if name == "DateOfBirth":
        day = element(data, EID, name)
        element(day, EID, "DateString", text)
        if " " not in text:
            element(day, EID, "DateValue", f"{text[:4]}-{text[4:6]}-{text[6:]}")
    elif name in {"PlaceOfResidence", "PlaceOfBirth"}:
        element(element(data, EID, name), EID, "FreetextPlace", text)
    elif name == "RestrictedID":
        element(element(data, EID, name), EID, "ID", text)
    else:
        element(data, EID, name, text)


def server_info_response(rights: list[str]) -> etree._Element:
    """getServerInfoResponse (section 3.2.3.2)."""
    root = etree.Element(f"{{{EID}}}getServerInfoResponse", nsmap={"eid": EID})
    version = element(root, EID, "ServerVersion")
    for name, text in (("VersionString", "Version 2.4.0 02.08.2021"), ("Major", "2"), ("Minor", "4"), ("Bugfix", "0")):
        element(version, EID, name, text)
    allowed = element(root, EID, "DocumentVerificationRights")
    for name in rights:
        element(allowed, EID, name, "ALLOWED")
    return root


def signed(
    message: etree._Element, holder: Holder, at: datetime, *, confirms: str = "", named: x509.Certificate | None = None, lasts: int = 300
) -> bytes:
    """The envelope with timestamp and signature; ``named`` is the certificate that the signature names."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "wsu": WSU, "wsse": WSSE, "ds": DS})
    security = element(element(envelope, SOAP, "Header"), WSSE, "Security")
    body = element(envelope, SOAP, "Body")
    body.set(f"{{{WSU}}}Id", "b-1")
    body.append(message)
    stamp = element(security, WSU, "Timestamp")
    stamp.set(f"{{{WSU}}}Id", "t-1")
    element(stamp, WSU, "Created", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    element(stamp, WSU, "Expires", (at + timedelta(seconds=lasts)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    parts = [("#t-1", stamp), ("#b-1", body)]
    if confirms:
        confirmation = element(security, WSSE11, "SignatureConfirmation")
        confirmation.set(f"{{{WSU}}}Id", "c-1")
        confirmation.set("Value", confirms)
        parts.append(("#c-1", confirmation))
    security.append(signature_over(parts, holder, named or holder.certificate))
    return etree.tostring(envelope)


def signature_over(parts: list[tuple[str, etree._Element]], holder: Holder, named: x509.Certificate) -> etree._Element:
    """An XML signature over elements that stand in their envelope already."""
    root = etree.Element(f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = element(root, DS, "SignedInfo")
    element(info, DS, "CanonicalizationMethod").set("Algorithm", C14N)
    element(info, DS, "SignatureMethod").set("Algorithm", ECDSA)
    for uri, part in parts:
        reference = element(info, DS, "Reference")
        reference.set("URI", uri)
        element(element(reference, DS, "Transforms"), DS, "Transform").set("Algorithm", C14N)
        element(reference, DS, "DigestMethod").set("Algorithm", SHA256)
        element(reference, DS, "DigestValue", base64.b64encode(hashlib.sha256(canonical(part)).digest()).decode())
    first, second = decode_dss_signature(holder.key.sign(canonical(info), ec.ECDSA(hashes.SHA256())))
    element(root, DS, "SignatureValue", base64.b64encode(first.to_bytes(32, "big") + second.to_bytes(32, "big")).decode())
    data = element(element(element(root, DS, "KeyInfo"), WSSE, "SecurityTokenReference"), DS, "X509Data")
    serial = element(data, DS, "X509IssuerSerial")
    element(serial, DS, "X509IssuerName", named.issuer.rfc4514_string())
    element(serial, DS, "X509SerialNumber", str(named.serial_number))
    return root


def canonical(node: etree._Element) -> bytes:
    """Exclusive canonical XML without comments."""
    return bytes(etree.tostring(node, method="c14n", exclusive=True, with_comments=False))


class BadRequest(ValueError):
    """A request is not signed as the guideline asks."""


def verified_request(request: bytes, certificate: x509.Certificate) -> tuple[etree._Element, str]:
    """The message of a request signed with the key of ``certificate``, and its signature value. Raises BadRequest."""
    root = etree.fromstring(request, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    info, value = root.find(f".//{{{DS}}}SignedInfo"), root.findtext(f".//{{{DS}}}SignatureValue") or ""
    key, body = certificate.public_key(), root.find(f"{{{SOAP}}}Body")
    if info is None or body is None or not isinstance(key, ec.EllipticCurvePublicKey):
        raise BadRequest("not signed")
    raw = base64.b64decode(value)
    try:
        encoded = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key.verify(encoded, canonical(info), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as problem:
        raise BadRequest("forged") from problem
    covered = []
    for reference in info.iter(f"{{{DS}}}Reference"):
        parts = [node for node in root.iter() if node.get(f"{{{WSU}}}Id") == (reference.get("URI") or "")[1:]]
        digest = reference.findtext(f"{{{DS}}}DigestValue")
        if len(parts) != 1 or base64.b64encode(hashlib.sha256(canonical(parts[0])).digest()).decode() != digest:
            raise BadRequest("changed")
        covered.append(parts[0].tag)
    if set(covered) != {f"{{{SOAP}}}Body", f"{{{WSU}}}Timestamp"}:
        raise BadRequest("body or timestamp not signed")
    return body[0], "".join(value.split())
