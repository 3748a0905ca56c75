"""Messages of this house to the provider: requests to sign in, sign-out both ways, and the signed redirect. Pure.

Sources: saml-core 3.4.1 and 3.7; saml-bindings 3.4.4 (redirect, signature over the query as it is sent).
"""

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote_plus

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509 import Certificate
from lxml import etree

from direktdraht.people.bundid import algorithms
from direktdraht.people.bundid.names import AKDB, AKDB_DISPLAY, ASKED_LEVELS, OIDS, POST, SAML, SAMLP, SUCCESS, TRANSIENT
from direktdraht.people.bundid.reading import MOST_BYTES, Refused, read_xml, tag
from direktdraht.people.bundid.statements import Session

NAMES = {"samlp": SAMLP, "saml": SAML, "akdb": AKDB, "classic-ui": AKDB_DISPLAY}
_HASHES = {
    algorithms.RSA_SHA256: hashes.SHA256(),
    f"{algorithms.MORE}rsa-sha384": hashes.SHA384(),
    f"{algorithms.MORE}rsa-sha512": hashes.SHA512(),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request asks for; ``text`` is what the person sees at the provider about it."""

    request_id: str
    at: datetime
    destination: str
    issuer: str
    acs: str
    level: str
    attributes: Sequence[str]
    organization: str
    text: str
    service_id: str


def authn_request(asked: Asked) -> etree._Element:
    """A request to sign in anew, with the extension of BundID (names and order as its public clients send them)."""
    root = _message("AuthnRequest", asked.request_id, asked.at, asked.destination, asked.issuer)
    root.set("AssertionConsumerServiceURL", asked.acs)
    root.set("ProtocolBinding", POST)
    # The person signs: an old session at the provider is not enough.
    root.set("ForceAuthn", "true")
    extension = _below(_below(root, SAMLP, "Extensions"), AKDB, "AuthenticationRequest")
    extension.set("Version", "2")
    attributes = _below(extension, AKDB, "RequestedAttributes")
    for name in asked.attributes:
        if name in OIDS:
            node = _below(attributes, AKDB, "RequestedAttribute")
            node.set("Name", OIDS[name])
            node.set("RequiredAttribute", "true")
    shown = _below(_below(extension, AKDB, "DisplayInformation"), AKDB_DISPLAY, "Version")
    for name, text in (
        ("Purpose", asked.text),
        ("OrganizationDisplayName", asked.organization),
        ("Lang", "de"),
        ("OnlineServiceId", asked.service_id),
    ):
        if text:
            # XML has no place for control characters, and a title may hold any.
            _below(shown, AKDB_DISPLAY, name).text = "".join(letter for letter in text if letter.isprintable())
    policy = _below(root, SAMLP, "NameIDPolicy")
    policy.set("Format", TRANSIENT)
    policy.set("AllowCreate", "true")
    context = _below(root, SAMLP, "RequestedAuthnContext")
    context.set("Comparison", "minimum")
    _below(context, SAML, "AuthnContextClassRef").text = ASKED_LEVELS[asked.level]
    return root


def logout_request(request_id: str, at: datetime, *, destination: str, issuer: str, session: Session) -> etree._Element:
    """A request to end the person's session at the provider (saml-core 3.7.1)."""
    root = _message("LogoutRequest", request_id, at, destination, issuer)
    name = _below(root, SAML, "NameID")
    name.text = session.name_id
    for key, value in (("Format", session.name_format), ("NameQualifier", session.qualifier), ("SPNameQualifier", session.sp_qualifier)):
        if value:
            name.set(key, value)
    if session.index:
        _below(root, SAMLP, "SessionIndex").text = session.index
    return root


def logout_response(response_id: str, at: datetime, *, destination: str, issuer: str, answers: str) -> etree._Element:
    """The answer to a request of the provider: nobody is signed in here through it any more (saml-core 3.7.2)."""
    root = _message("LogoutResponse", response_id, at, destination, issuer)
    root.set("InResponseTo", answers)
    _below(_below(root, SAMLP, "Status"), SAMLP, "StatusCode").set("Value", SUCCESS)
    return root


def _message(name: str, message_id: str, at: datetime, destination: str, issuer: str) -> etree._Element:
    root = etree.Element(tag(SAMLP, name), nsmap={prefix: NAMES[prefix] for prefix in ("samlp", "saml")})
    root.set("ID", message_id)
    root.set("Version", "2.0")
    root.set("IssueInstant", f"{at:%Y-%m-%dT%H:%M:%SZ}")
    root.set("Destination", destination)
    _below(root, SAML, "Issuer").text = issuer
    return root


def _below(parent: etree._Element, namespace: str, name: str) -> etree._Element:
    return etree.SubElement(parent, tag(namespace, name), nsmap={key: value for key, value in NAMES.items() if value == namespace})


def redirect_url(address: str, message: etree._Element, *, kind: str, relay: str, key: RSAPrivateKey) -> str:
    """The address that carries a message, signed (saml-bindings 3.4.4.1); ``kind`` is SAMLRequest or SAMLResponse."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(etree.tostring(message, encoding="utf-8")) + packer.flush()
    parts = [(kind, base64.b64encode(packed).decode()), *([("RelayState", relay)] if relay else []), ("SigAlg", algorithms.RSA_SHA256)]
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts)
    signature = base64.b64encode(key.sign(query.encode(), PKCS1v15(), hashes.SHA256())).decode()
    return f"{address}{'&' if '?' in address else '?'}{query}&Signature={quote(signature, safe='')}"


@dataclass(frozen=True)
class Received:
    """A message that came by redirect with a good signature of the provider."""

    root: etree._Element
    relay: str


def read_redirect(query: str, *, kind: str, certificates: Sequence[Certificate], at: datetime) -> Received:
    """A message from a query string exactly as it was sent. Raises Refused."""
    raw = [part.partition("=")[::2] for part in query.split("&") if part]
    given = dict(raw)
    if len(given) != len(raw) or kind not in given or "SigAlg" not in given or "Signature" not in given:
        raise Refused("signature", "missing")
    _check_query(given, kind, certificates, at)
    try:
        packed = base64.b64decode(unquote_plus(given[kind]), validate=True)
        unpacker = zlib.decompressobj(-15)
        content = unpacker.decompress(packed, MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error) as problem:
        raise Refused("xml") from problem
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise Refused("xml", "size")
    return Received(read_xml(content), unquote_plus(given.get("RelayState", "")))


def _check_query(given: dict[str, str], kind: str, certificates: Sequence[Certificate], at: datetime) -> None:
    method = unquote_plus(given["SigAlg"])
    if method not in _HASHES:
        raise Refused("algorithms")
    signed = "&".join(f"{name}={given[name]}" for name in (kind, "RelayState", "SigAlg") if name in given)
    try:
        signature = base64.b64decode(unquote_plus(given["Signature"]), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Refused("signature") from problem
    for certificate in certificates:
        key = certificate.public_key()
        if not isinstance(key, RSAPublicKey) or not algorithms.is_strong(key):
            continue
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            continue
        try:
            key.verify(signature, signed.encode(), PKCS1v15(), _HASHES[method])
        except InvalidSignature:
            continue
        return
    raise Refused("signature")
