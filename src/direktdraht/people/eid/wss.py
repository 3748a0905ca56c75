"""WS-Security with X.509 tokens: the one place that knows the signature library (signxml). Pure.

Messages are signed over body and timestamp; the certificate is named by issuer and serial number and never sent
(TR-03130-1 section 3.5.2). ``opened`` gives back only what was signed, read anew from the signed bytes.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from direktdraht.foundation.safe_xml import UnsafeXml, read_xml
from direktdraht.people.eid.names import DS, EXCLUSIVE, SOAP, WSSE, WSSE11, WSU, tag
from direktdraht.people.eid.sentences import Refused

MOST_BYTES = 1_000_000
LASTS = timedelta(minutes=5)
METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
    }
)
DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
LEAST_RSA_BITS, LEAST_EC_BITS = 2048, 256
SIGNED_PARTS = {tag(SOAP, "Body"), tag(WSU, "Timestamp"), tag(WSSE11, "SignatureConfirmation")}
_ID = tag(WSU, "Id")
_ENVELOPE = [tag(SOAP, "Header"), tag(SOAP, "Body")]

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True)
class Opened:
    """What an answer's signature covers: the only element of the body, the time, the confirmed signature if there is one."""

    message: etree._Element
    created: str
    expires: str
    confirmed: str

    def digest(self) -> str:
        """SHA-256 over all that is signed; what stands around it, or another signature over the same, does not change it."""
        content = etree.tostring(self.message, method="c14n", exclusive=True)
        return hashlib.sha256("\0".join((self.created, self.expires, self.confirmed)).encode() + b"\0" + content).hexdigest()


def sealed(message: etree._Element, *, key: PrivateKey, certificate: Certificate, at: datetime) -> bytes:
    """A SOAP envelope around ``message`` with timestamp and signature."""
    envelope = etree.Element(tag(SOAP, "Envelope"), nsmap={"soapenv": SOAP, "wsu": WSU})
    header = etree.SubElement(envelope, tag(SOAP, "Header"))
    body = etree.SubElement(envelope, tag(SOAP, "Body"), {_ID: "body"})
    body.append(message)
    security = etree.SubElement(header, tag(WSSE, "Security"), {tag(SOAP, "mustUnderstand"): "1"}, nsmap={"wsse": WSSE})
    stamp = etree.SubElement(security, tag(WSU, "Timestamp"), {_ID: "timestamp"})
    etree.SubElement(stamp, tag(WSU, "Created")).text = _instant(at)
    etree.SubElement(stamp, tag(WSU, "Expires")).text = _instant(at + LASTS)
    signer = XMLSigner(
        method=SignatureConstructionMethod.detached,
        signature_algorithm=SignatureMethod.RSA_SHA256 if isinstance(key, RSAPrivateKey) else SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    security.append(
        signer.sign(envelope, key=key, reference_uri=["#body", "#timestamp"], key_info=_key_info(certificate), id_attribute="Id")
    )
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _key_info(certificate: Certificate) -> etree._Element:
    """The certificate by issuer and serial number (section 3.5.2.1, RequireIssuerSerialReference)."""
    info = etree.Element(tag(DS, "KeyInfo"), nsmap={"ds": DS})
    data = etree.SubElement(etree.SubElement(info, tag(WSSE, "SecurityTokenReference"), nsmap={"wsse": WSSE}), tag(DS, "X509Data"))
    named = etree.SubElement(data, tag(DS, "X509IssuerSerial"))
    etree.SubElement(named, tag(DS, "X509IssuerName")).text = certificate.issuer.rfc4514_string()
    etree.SubElement(named, tag(DS, "X509SerialNumber")).text = str(certificate.serial_number)
    return info


def signature_value(envelope: bytes) -> str:
    """The value of the signature of one of our own messages, without white space; an answer may confirm it."""
    found = read_xml(envelope).findtext(f".//{tag(DS, 'SignatureValue')}", "")
    return "".join(found.split())


def opened(answer: bytes, certificate: Certificate) -> Opened:
    """What the eID server's signature covers. Raises Refused."""
    signature, root = _signature_of(answer)
    places = _signed_places(root, signature)
    _check_profile(signature, certificate)
    parts = _verified(root, signature, certificate)
    if {element.get(_ID, ""): element.tag for element in parts} != places:
        raise Refused("structure", "references")
    found = {str(element.tag): element for element in parts}
    body, stamp = found[tag(SOAP, "Body")], found[tag(WSU, "Timestamp")]
    if len(body) != 1 or (body.text or "").strip():
        raise Refused("structure")
    confirmation = found.get(tag(WSSE11, "SignatureConfirmation"))
    return Opened(
        message=body[0],
        created=stamp.findtext(tag(WSU, "Created"), ""),
        expires=stamp.findtext(tag(WSU, "Expires"), ""),
        confirmed="" if confirmation is None else "".join(confirmation.get("Value", "").split()),
    )


def _signature_of(answer: bytes) -> tuple[etree._Element, etree._Element]:
    """The one signature, in the one security header of an envelope with one body; and the envelope."""
    try:
        root = read_xml(answer, most_bytes=MOST_BYTES)
    except UnsafeXml as problem:
        raise Refused("xml", problem.case if problem.case in {"size", "depth", "doctype"} else "") from problem
    if root.tag != tag(SOAP, "Envelope"):
        raise Refused("structure")
    children = [child.tag for child in root]
    if children == [tag(SOAP, "Body")]:
        raise Refused("signature", "missing")
    if children != _ENVELOPE:
        raise Refused("structure")
    headers = [child for child in root[0] if child.tag == tag(WSSE, "Security")]
    everywhere = list(root.iter(tag(DS, "Signature")))
    if not everywhere:
        raise Refused("signature", "missing")
    if len(headers) != 1 or len(everywhere) != 1 or everywhere[0].getparent() is not headers[0]:
        raise Refused("structure", "signatures")
    return everywhere[0], root


def _signed_places(root: etree._Element, signature: etree._Element) -> dict[str, str]:
    """Id → name of the parts that must be signed, at the only places where they may stand."""
    ids = [str(value) for node in root.iter() for name, value in node.attrib.items() if etree.QName(name).localname.lower() == "id"]
    if len(ids) != len(set(ids)):
        raise Refused("structure", "ids")
    security = signature.getparent()
    beside = [] if security is None else [child for child in security if child.tag in SIGNED_PARTS]
    names = [root[1].tag, *(child.tag for child in beside)]
    if len(names) != len(set(names)) or tag(WSU, "Timestamp") not in names:
        raise Refused("structure")
    places = {part.get(_ID, ""): str(part.tag) for part in [root[1], *beside]}
    uris = [reference.get("URI", "") for reference in signature.iter(tag(DS, "Reference"))]
    signed = {uri.removeprefix("#") for uri in uris if uri.startswith("#")}
    if "" in places or len(uris) != len(set(uris)) or signed != set(places) or len(uris) != len(signed):
        raise Refused("structure", "references")
    return places


def _check_profile(signature: etree._Element, certificate: Certificate) -> None:
    """Only exclusive canonicalisation, strong methods, and the expected certificate by issuer and serial number."""
    info = signature.find(tag(DS, "SignedInfo"))
    if info is None:
        raise Refused("structure", "signatures")
    transforms = [node.get("Algorithm") for node in info.iter(tag(DS, "Transform"), tag(DS, "CanonicalizationMethod"))]
    if set(transforms) != {EXCLUSIVE} or len(transforms) != 1 + len(info.findall(tag(DS, "Reference"))):
        raise Refused("structure", "transforms")
    methods = {node.get("Algorithm") for node in info.iter(tag(DS, "SignatureMethod"))}
    digests = {node.get("Algorithm") for node in info.iter(tag(DS, "DigestMethod"))}
    if (
        not methods <= {method.value for method in METHODS}
        or not digests <= {digest.value for digest in DIGESTS}
        or not _strong(certificate)
    ):
        raise Refused("algorithms")
    serials = [(node.text or "").strip() for node in signature.iter(tag(DS, "X509SerialNumber"))]
    if serials not in ([], [str(certificate.serial_number)]):
        raise Refused("signature", "other_certificate")


def _strong(certificate: Certificate) -> bool:
    key = certificate.public_key()
    if isinstance(key, RSAPublicKey):
        return key.key_size >= LEAST_RSA_BITS
    return isinstance(key, EllipticCurvePublicKey) and key.key_size >= LEAST_EC_BITS


def _verified(root: etree._Element, signature: etree._Element, certificate: Certificate) -> list[etree._Element]:
    """The parts under the signature, each read anew from the bytes that were signed. Raises Refused."""
    config = SignatureConfiguration(
        location=f"./{tag(SOAP, 'Header')}/{tag(WSSE, 'Security')}/",
        expect_references=True,
        signature_methods=METHODS,
        digest_algorithms=DIGESTS,
        # Whether the certificate was valid at the time of checking is a check of its own.
        verification_time=certificate.not_valid_before_utc + timedelta(seconds=1),
    )
    try:
        results = XMLVerifier().verify(etree.tostring(root), x509_cert=certificate, expect_config=config, id_attribute="Id")
        found = results if isinstance(results, list) else [results]
        return [read_xml(result.signed_data, most_bytes=MOST_BYTES) for result in found]
    except (SignXMLException, UnsupportedAlgorithm, etree.LxmlError, UnsafeXml, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Refused("signature") from problem


def fresh(opened_answer: Opened, at: datetime) -> None:
    """Refuse an answer that was not made around ``at`` (WS-Security 1.0, section 10). Raises Refused."""
    try:
        created, expires = (datetime.fromisoformat(text.strip()) for text in (opened_answer.created, opened_answer.expires))
        good = created - LASTS <= at <= min(created + LASTS, expires)
    except (ValueError, TypeError, OverflowError) as problem:
        raise Refused("time", "unreadable") from problem
    if not good:
        raise Refused("time")
