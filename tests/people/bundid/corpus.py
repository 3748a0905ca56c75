"""Answers made by independent tools, with the result that the standards ask for, written by hand.

``core`` is saml-core-2.0-os, ``bind`` saml-bindings, ``prof`` saml-profiles, ``dsig`` XML Signature 1.1, ``xenc`` XML
Encryption 1.1; XSW are the kinds of signature wrapping of Somorovsky et al. (USENIX Security 2012).
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from tests.people.bundid import wrapping
from tests.people.bundid.provider import (
    DSIG,
    EXCLUSIVE,
    IDP,
    MORE,
    NAMES,
    SP,
    SUCCESS,
    XENC,
    XENC11,
    Provider,
    Said,
    assertion,
    attribute,
    response,
    stamp,
)

Make = Callable[[Provider], str]


@dataclass(frozen=True)
class Row:
    """One answer: how it is made, the first check that must not hold ("" if it is accepted), and where that is written."""

    name: str
    make: Make
    broken: str
    source: str
    level: str = "high"


def signed(**changes: object) -> Make:
    """An answer whose assertion is signed, with parts of it changed before that."""
    return lambda provider: provider.sign(response(Said().but(**changes)))


def signed_with(**how: object) -> Make:
    """An ordinary answer, signed in another way."""
    return lambda provider: provider.sign(response(Said()), **how)  # type: ignore[arg-type]  # the words of ``sign``


def response_signed(provider: Provider) -> str:
    return provider.sign(response(Said()), "_r1")


def both_signed(provider: Provider) -> str:
    return provider.sign(provider.sign(response(Said())), "_r1")


def encrypted(**how: object) -> Make:
    """A signed assertion, encrypted in some way."""

    def make(provider: Provider) -> str:
        inside = provider.sign(assertion(Said()))
        return response(Said(), provider.encrypt(inside, **how))  # type: ignore[arg-type]  # the words of ``encrypt``

    return make


def encrypted_under_signature(provider: Provider) -> str:
    return provider.sign(response(Said(), provider.encrypt(assertion(Said()))), "_r1")


def encrypted_unsigned(provider: Provider) -> str:
    return response(Said(), provider.encrypt(assertion(Said())))


def status(*codes: str) -> Make:
    """An answer without an assertion, with these status codes, each inside the one before."""
    words = [f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{code}">' for code in codes]
    return lambda provider: response(Said(status="".join(words) + "</samlp:StatusCode>" * len(codes)), "")


def changed(old: str, new: str, make: Make | None = None) -> Make:
    """A signed answer in which somebody changed something afterwards."""

    def work(provider: Provider) -> str:
        message = (make or signed())(provider)
        if old not in message:
            raise ValueError(old)
        return message.replace(old, new, 1)

    return work


def changed_name(old: str, new: str) -> Make:
    """An answer in which something stood already when it was signed."""
    return lambda provider: provider.sign(response(Said()).replace(f">{old}<", f">{new}<", 1))


def advised(provider: Provider) -> str:
    other = assertion(Said(assertion_id="_a2", issuer="https://anderswo.example", advice=""))
    return provider.sign(response(Said(advice=f"<saml:Advice>{other}</saml:Advice>")))


TWO_AUDIENCES = f"<saml:AudienceRestriction><saml:Audience>https://x.example</saml:Audience><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction>"
OTHER_AUDIENCE = "<saml:AudienceRestriction><saml:Audience>https://x.example</saml:Audience></saml:AudienceRestriction>"
TRUSTED = ' xmlns:akdb="https://www.akdb.de/request/2018/09" akdb:TrustLevel="HOCH"'

ACCEPTED = [
    Row("assertion signed", signed(), "", "prof 4.1.4.2"),
    Row("response signed", response_signed, "", "prof 4.1.4.5: either may be signed"),
    Row("both signed", both_signed, "", "prof 4.1.4.5"),
    Row("base64", lambda p: base64.encodebytes(signed()(p).encode()).decode(), "", "bind 3.5.4"),
    Row("with an XML declaration", lambda p: '<?xml version="1.0" encoding="UTF-8"?>\n' + signed()(p), "", "core 1.3"),
    Row("signed with an elliptic curve", lambda p: p.sign(response(Said()), by=p.curve, method=f"{MORE}ecdsa-sha256"), "", "dsig 6.4.3"),
    Row("signed with SHA-512", signed_with(method=f"{MORE}rsa-sha512", digest=f"{XENC}sha512"), "", "dsig 6.4.2"),
    Row("encrypted with AES-128-GCM", encrypted(cipher=f"{XENC11}aes128-gcm"), "", "core 2.3.4, xenc 5.2.4"),
    Row("encrypted with AES-256-GCM", encrypted(), "", "core 2.3.4, xenc 5.2.4"),
    Row("encrypted, the response signed", encrypted_under_signature, "", "prof 4.1.4.5"),
    Row("unsigned advice inside", advised, "", "core 2.6.1: advice may be ignored"),
    Row("several audiences", signed(audience=TWO_AUDIENCES), "", "core 2.5.1.4: any one of a restriction"),
    Row("no destination, response unsigned", signed(destination=None), "", "bind 3.5.5.2"),
    Row(
        "destination and issuer of the response absent",
        changed(f"<saml:Issuer>{IDP}</saml:Issuer>", "", signed(destination=None)),
        "",
        "prof 4.1.4.2",
    ),
    Row("clocks a minute apart, early", signed(issued=stamp(1.9), begins=stamp(1.9)), "", "core 2.5.1.2"),
    Row("clocks a minute apart, late", signed(ends=stamp(-1.9), confirmed_until=stamp(-1.9)), "", "core 2.5.1.2"),
    Row("level substantial", signed(level="STORK-QAA-Level-3"), "", "core 2.7.2.2", "substantial"),
    Row("level low", signed(level="STORK-QAA-Level-1"), "", "core 2.7.2.2", "low"),
    Row("level of eIDAS", signed(level="http://eidas.europa.eu/LoA/high"), "", "core 2.7.2.2"),
    Row("no known level", signed(level="urn:oasis:names:tc:SAML:2.0:ac:classes:Password"), "", "core 2.7.2.2", "none"),
    Row(
        "an attribute with several values",
        signed(attributes=attribute("role", "a</saml:AttributeValue><saml:AttributeValue>b")),
        "",
        "core 2.7.3.1",
    ),
    Row("an attribute with its trust level", signed(attributes=attribute("urn:oid:2.5.4.7", "Musterstadt", TRUSTED)), "", "core 2.7.3.1"),
    Row("types named by a prefix from outside", wrapping.typed, "", "XML Exclusive C14N 4: InclusiveNamespaces"),
    Row("only to be used once", signed(audience=Said().audience + "<saml:OneTimeUse/>"), "", "core 2.5.1.5"),
]

REFUSED = [
    Row("nothing signed", lambda p: response(Said()), "signature", "prof 4.1.4.5"),
    Row("encrypted, nothing signed", encrypted_unsigned, "signature", "prof 4.1.4.5"),
    Row("signed by a stranger", lambda p: p.sign(response(Said()), by=p.stranger, method=f"{MORE}ecdsa-sha256"), "signature", "dsig 3.2"),
    Row("a name changed afterwards", changed(">Weber<", ">Anders<"), "signature", "dsig 3.2.1"),
    Row("the signature changed", changed("<ds:SignatureValue>", "<ds:SignatureValue>AAAA"), "signature", "dsig 3.2.2"),
    Row("response signed, then changed", changed(">Weber<", ">Anders<", response_signed), "signature", "dsig 3.2.1"),
    Row(
        "both signed, the outer one broken", changed('InResponseTo="_8f2b"', 'InResponseTo="_8f2c"', both_signed), "signature", "dsig 3.2.1"
    ),
    Row("both signed, the inner one broken", wrapping.inner_broken, "signature", "core 5.3"),
    Row("signed with SHA-1", signed_with(method=f"{DSIG}rsa-sha1"), "algorithms", "dsig 6.4: SHA-1 is discouraged"),
    Row("digest with SHA-1", signed_with(digest=f"{DSIG}sha1"), "algorithms", "dsig 6.2: SHA-1 is discouraged"),
    Row("RSA with 1024 bits", lambda p: p.sign(response(Said()), by=p.small), "algorithms", "dsig 6.4.2"),
    Row("encrypted with AES-CBC", encrypted(cipher=f"{XENC}aes256-cbc"), "algorithms", "xenc 6.2: chosen-ciphertext attacks"),
    Row("key encrypted with PKCS 1 v1.5", encrypted(transport=f"{XENC}rsa-1_5"), "algorithms", "xenc 5.5.1"),
    Row("encrypted for somebody else", lambda p: response(Said(), p.encrypt(assertion(Said()), to=p.idp)), "decryption", "core 2.3.4"),
    Row("ciphertext changed", wrapping.ciphertext_changed, "decryption", "xenc 5.2.4"),
    Row(
        "certificate expired",
        lambda p: p.sign(response(Said()), by=p.old, method=f"{MORE}ecdsa-sha256"),
        "certificate",
        "RFC 5280, 4.1.2.5",
    ),
    Row("comments are signed", signed_with(c14n=f"{EXCLUSIVE}WithComments"), "structure", "core 5.4.3"),
    Row("another canonical form", signed_with(c14n="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"), "structure", "core 5.4.3"),
    Row("the whole document is referenced", signed_with(uri=""), "structure", "core 5.4.2"),
    Row("a transform by XPath", signed_with(transforms=wrapping.XPATH), "structure", "core 5.4.4"),
    Row("wrong issuer", signed(issuer="https://anderswo.example"), "issuer", "prof 4.1.4.2"),
    Row("issuer with more inside", signed(issuer=f"{IDP}<saml:x/>"), "issuer", "core 2.2.5"),
    Row("signed response without issuer", wrapping.silent_response, "issuer", "prof 4.1.4.2"),
    Row("nobody signed in", wrapping.no_sign_in, "structure", "prof 4.1.4.2"),
    Row("wrong destination", signed(destination="https://x.example/antwort"), "destination", "bind 3.5.5.2"),
    Row("signed response without destination", lambda p: p.sign(response(Said(destination=None)), "_r1"), "destination", "bind 3.5.5.2"),
    Row("wrong recipient", signed(recipient="https://x.example/antwort"), "recipient", "prof 4.1.4.2"),
    Row("recipient only begins like ours", signed(recipient="https://stadt.example/bundid/antwort.x.example"), "recipient", "prof 4.1.4.2"),
    Row("not for the bearer", signed(method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"), "recipient", "prof 4.1.4.2"),
    Row("wrong audience", signed(audience=OTHER_AUDIENCE), "audience", "core 2.5.1.4"),
    Row("a second restriction without us", signed(audience=Said().audience + OTHER_AUDIENCE), "audience", "core 2.5.1.4"),
    Row("no audience", signed(audience=""), "audience", "prof 4.1.4.2"),
    Row("an unknown condition", signed(audience=Said().audience + "<saml:Condition/>"), "audience", "core 2.5.1"),
    Row("another request", signed(request="_other", confirmed_request="_other"), "request", "prof 4.1.4.3"),
    Row("response and assertion for different requests", signed(confirmed_request="_other"), "request", "prof 4.1.4.3"),
    Row("no request although one was sent", signed(request=None, confirmed_request=None), "request", "prof 4.1.5"),
    Row("expired conditions", signed(ends=stamp(-3)), "time", "core 2.5.1.2"),
    Row("expired confirmation", signed(confirmed_until=stamp(-3)), "time", "prof 4.1.4.2"),
    Row("exactly two minutes late", signed(confirmed_until=stamp(-2)), "time", "core 2.5.1.2: the end is exclusive"),
    Row("expired session", signed(session_ends=stamp(-3)), "time", "core 2.7.2"),
    Row("not valid yet", signed(begins=stamp(3)), "time", "core 2.5.1.2"),
    Row("issued in the future", signed(issued=stamp(3)), "time", "core 2.3.3"),
    Row("confirmation without an end", signed(confirmed_until=None), "time", "prof 4.1.4.2"),
    Row("confirmation with a beginning", signed(confirmed_from=stamp(-1)), "time", "prof 4.1.4.2"),
    Row("a time without its zone", signed(ends="2026-11-23T14:00:00"), "time", "core 1.3.3"),
    Row("a day that does not exist", signed(ends="2026-02-30T14:00:00Z"), "time", "core 1.3.3"),
    Row("an attribute twice", signed(attributes=attribute("urn:oid:2.5.4.4", "Anders")), "attributes", "core 2.7.3"),
    Row("an attribute twice, written differently", signed(attributes=attribute("urn:oid: 2.5.4.4", "Anders")), "attributes", "core 2.7.3"),
    Row(
        "two values for a name",
        signed(person={}, attributes=attribute("urn:oid:2.5.4.4", "A</saml:AttributeValue><saml:AttributeValue>B")),
        "attributes",
        "core 2.7.3.1.1",
    ),
    Row("elements cut a value short", signed(attributes=attribute("role", "clerk<saml:x/>admin")), "attributes", "core 2.7.3.1.1"),
    Row("no day of birth of the calendar", signed(person={"urn:oid:1.2.40.0.10.2.1.1.55": "1984-13-01"}), "attributes", "core 2.7.3.1.1"),
    Row("a name ID cut short", changed_name("_n1", "_n1<saml:x/>"), "structure", "core 2.2.2"),
    Row("an encrypted attribute", signed(attributes="<saml:EncryptedAttribute/>"), "attributes", "core 2.7.3.2"),
    Row("cancelled", status("Responder", "AuthnFailed"), "status", "core 3.2.2.2"),
    Row("level not reached", status("Responder", "NoAuthnContext"), "status", "core 3.2.2.2"),
    Row("refused by the provider", status("Requester"), "status", "core 3.2.2.2"),
    Row("success only inside", status("Responder", "Success"), "status", "core 3.2.2.2: the first code counts"),
    Row(
        "no success, but an assertion",
        signed(status='<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/>'),
        "status",
        "core 3.2.2",
    ),
    Row("success without an assertion", lambda p: response(Said(), ""), "structure", "prof 4.1.4.2"),
    Row("version 1.1", changed('Version="2.0"', 'Version="1.1"'), "structure", "core 3.2.2"),
    Row("no response at all", lambda p: p.metadata(), "structure", "core 3.3.3"),
    Row("a logout response", lambda p: f'<samlp:LogoutResponse {NAMES} ID="_r1" Version="2.0"/>', "structure", "core 3.7.2"),
    Row("two status", signed(around=f'<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>'), "structure", "core 3.2.2"),
    Row("a document type", lambda p: "<!DOCTYPE r>" + signed()(p), "xml", "sec-consider 6"),
    Row("an entity", lambda p: f'<!DOCTYPE r [<!ENTITY x "y">]>{changed("Robin", "&x;")(p)}', "xml", "sec-consider 6"),
    Row("an undeclared entity", changed("Robin", "&x;"), "xml", "XML 1.0, 4.1"),
    Row("a comment in a name", changed("Robin", "Ro<!-- x -->bin"), "xml", "dsig 8.1: comments are not signed"),
    Row("a comment in the digest", changed("<ds:DigestValue>", "<ds:DigestValue><!-- x -->"), "xml", "dsig 4.4.3.6"),
    Row("a processing instruction", changed("Robin", "Ro<?x?>bin"), "xml", "sec-consider 6"),
    Row("another encoding", lambda p: '<?xml version="1.0" encoding="UTF-7"?>' + signed()(p), "xml", "XML 1.0, 4.3.3"),
    Row("not well-formed", lambda p: signed()(p)[:-3], "xml", "XML 1.0, 2.1"),
    Row("no XML and no base64", lambda p: "§§§", "xml", "bind 3.5.4"),
    Row("nested too deep", changed("Robin", "<a>" * 80 + "</a>" * 80), "xml", "sec-consider 6"),
    Row("a relative namespace", wrapping.relative_namespace, "signature", "XML C14N 1.1, 1.3"),
    *[Row(name, make, broken, source) for name, make, broken, source in wrapping.ATTACKS],
]
ROWS = [*ACCEPTED, *REFUSED]
