"""Answers to getResult, good and hostile. Each row: name, section, how it is made, broken checks, failure."""

import base64
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta

from lxml import etree
from sandbox import eid_messages as server
from tests.people.eid.city import AT, PERSON, WANTED, World

from direktdraht.people.eid.requests import Wanted

LOW, SUBSTANTIAL = "http://bsi.bund.de/eID/LoA/normal", "http://bsi.bund.de/eID/LoA/substantiell"
ADULT = replace(WANTED, age=18, community="02760503241000")
PSEUDONYM = Wanted(PERSON | {"pseudonym"}, "high")


@dataclass(frozen=True)
class Row:
    """One answer, the section that it is about, and the verdict that it must get."""

    name: str
    section: str
    make: Callable[[World], bytes]
    broken: tuple[str, ...] = ()
    failure: str = ""
    wanted: Wanted = WANTED


def plain(
    *, wanted: Wanted = WANTED, missing: str = "", minor: str = "", level: str = server.HOCH, **values: str
) -> Callable[[World], bytes]:
    """An answer that is signed as it should be."""
    return lambda world: world.answer(world.result(wanted, missing=missing, minor=minor, level=level, **values))


def altered(change: Callable[[etree._Element], object], wanted: Wanted = WANTED) -> Callable[[World], bytes]:
    """A message that is changed before the server signs it."""

    def make(world: World) -> bytes:
        message = world.result(wanted)
        change(message)
        return world.answer(message)

    return make


def forged(change: Callable[[etree._Element], object]) -> Callable[[World], bytes]:
    """An envelope that is changed after the server signed it."""

    def make(world: World) -> bytes:
        envelope = etree.fromstring(world.answer(world.result()))
        change(envelope)
        return etree.tostring(envelope)

    return make


def at(root: etree._Element, name: str) -> etree._Element:
    """The first element of a local name."""
    return next(node for node in root.iter() if etree.QName(node).localname == name)


def removed(root: etree._Element, name: str) -> etree._Element:
    """Take an element out of its place."""
    node = at(root, name)
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)
    return node


def text(name: str, value: str) -> Callable[[etree._Element], object]:
    """Write another text into an element."""

    def change(root: etree._Element) -> None:
        at(root, name).text = value

    return change


def twice(name: str) -> Callable[[etree._Element], object]:
    """An element stands a second time beside itself."""
    return lambda root: at(root, name).addnext(deepcopy(at(root, name)))


def wrapped(root: etree._Element) -> None:
    """The signed body moves into the header, a forged one takes its place."""
    body = at(root, "Body")
    fake = deepcopy(body)
    at(fake, "GivenNames").text = "EVE"
    fake.set(f"{{{server.WSU}}}Id", "other")
    root.replace(body, fake)
    etree.SubElement(root[0], "Wrapper").append(body)


def second_body(root: etree._Element) -> None:
    fake = deepcopy(at(root, "Body"))
    fake.set(f"{{{server.WSU}}}Id", "other")
    root.append(fake)


def same_id(root: etree._Element) -> None:
    """A forged body carries the identifier of the signed one, which hides in the header."""
    wrapped(root)
    root[1].set(f"{{{server.WSU}}}Id", "b-1")


def plain_id(root: etree._Element) -> None:
    """An element with an identifier of no namespace competes with the signed one."""
    root[0].set("Id", "b-1")


def body_only(world: World) -> bytes:
    """Body signed, timestamp not."""
    envelope = etree.fromstring(world.answer(world.result()))
    security = at(envelope, "Security")
    security.remove(at(envelope, "Signature"))
    security.append(server.signature_over([("#b-1", at(envelope, "Body"))], world.server, world.server.certificate))
    return etree.tostring(envelope)


def no_timestamp(world: World) -> bytes:
    """Body signed, no timestamp anywhere: such an answer would never be stale."""
    envelope = etree.fromstring(body_only(world))
    removed(envelope, "Timestamp")
    return etree.tostring(envelope)


def other_name(world: World) -> bytes:
    """The right key names another certificate."""
    return server.signed(world.result(), world.server, AT, named=world.stranger.certificate)


def weak_digest(world: World) -> bytes:
    return world.answer(world.result()).replace(b"http://www.w3.org/2001/04/xmlenc#sha256", b"http://www.w3.org/2000/09/xmldsig#sha1")


def inclusive(world: World) -> bytes:
    old = f'Transform Algorithm="{server.C14N}"'.encode()
    return world.answer(world.result()).replace(old, b'Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"')


def doctype(world: World) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "b">]>' + world.answer(world.result())


def commented(world: World) -> bytes:
    """A comment that was not signed cuts a name in two; what is read stays whole."""
    return world.answer(world.result()).replace(b">ROBIN<", b">RO<!-- x -->BIN<")


def unsigned(world: World) -> bytes:
    return forged(lambda root: removed(root, "Signature"))(world)


def no_header(world: World) -> bytes:
    return forged(lambda root: removed(root, "Header"))(world)


def other_signature(world: World) -> bytes:
    """Signature value of other content."""
    other = etree.fromstring(world.answer(world.result(GivenNames="EVE")))
    return forged(text("SignatureValue", at(other, "SignatureValue").text or ""))(world)


def cut_signature(world: World) -> bytes:
    return forged(text("SignatureValue", base64.b64encode(b"x" * 7).decode()))(world)


def by(holder: str, *, named: bool = False) -> Callable[[World], bytes]:
    """Signed by somebody else, who may name the server's certificate."""

    def make(world: World) -> bytes:
        return server.signed(world.result(), getattr(world, holder), AT, named=world.server.certificate if named else None)

    return make


def timed(minutes: int, *, lasts: int = 300) -> Callable[[World], bytes]:
    """Made so many minutes before the check."""
    return lambda world: world.answer(world.result(), at=AT - timedelta(minutes=minutes), lasts=lasts)


def surplus(root: etree._Element) -> None:
    server.element(at(root, "PersonalData"), server.EID, "BirthName", "GABLER")


def confirmed(world: World) -> str:
    """The signature value of the city's request as the server saw it."""
    return server.verified_request(world.request, world.city.certificate)[1]


def not_on_chip(root: etree._Element) -> None:
    """The family name is not stored on this card."""
    at(at(root, "OperationsAllowedByUser"), "FamilyNames").text = "NOTONCHIP"
    removed(at(root, "PersonalData"), "FamilyNames")


def unknown_word(root: etree._Element) -> None:
    """Neither allowed nor prohibited."""
    at(at(root, "OperationsAllowedByUser"), "FamilyNames").text = "MAYBE"


GOOD = (
    Row("name and day of birth", "TR-03130-1 3.2.2.2", plain()),
    Row("the request is confirmed", "WSS 1.1 8", lambda world: world.answer(world.result(), confirms=confirmed(world))),
    Row("residence permit", "§ 78 (5) AufenthG", plain(DocumentType="AR")),
    Row("card for citizens of the Union", "§ 12 eIDKG", plain(DocumentType="UB")),
    Row("day of birth known to the year", "TR-03130-1 3.3.19", plain(DateOfBirth="1964    ")),
    Row("day of birth known to the month", "TR-03130-1 3.3.19", plain(DateOfBirth="196408  ")),
    Row("age and place fulfilled", "TR-03130-1 3.3.15", plain(wanted=ADULT), wanted=ADULT),
    Row("pseudonym of card and service", "TR-03130-1 3.3.2", plain(wanted=PSEUDONYM), wanted=PSEUDONYM),
    Row("four minutes on the way", "WSS 1.0 10", timed(4)),
    Row("a comment inside a name", "xml-exc-c14n 1", commented),
)
HOSTILE = (
    Row("no signature", "TR-03130-1 3.5.2", unsigned, ("signature",), "not_trusted"),
    Row("no header", "TR-03130-1 3.5.2", no_header, ("signature",), "not_trusted"),
    Row("a name changed", "TR-03130-1 3.5.2", forged(text("GivenNames", "EVE")), ("signature",), "not_trusted"),
    Row("the timestamp changed", "WSS 1.0 10", forged(text("Expires", "2099-01-01T00:00:00Z")), ("signature",), "not_trusted"),
    Row("signature of other content", "xmldsig 3.2.2", other_signature, ("signature",), "not_trusted"),
    Row("signature cut short", "xmldsig 3.2.2", cut_signature, ("signature",), "not_trusted"),
    Row("another certificate", "TR-03130-1 3.5.2.2", by("stranger"), ("signature",), "not_trusted"),
    Row("another key names the server", "TR-03130-1 3.5.2.2", by("stranger", named=True), ("signature",), "not_trusted"),
    Row("wrapping: body in the header", "WSS 1.0 13.2.4", forged(wrapped), ("structure",), "not_trusted"),
    Row("wrapping: two bodies", "SOAP 1.1 4", forged(second_body), ("structure",), "not_trusted"),
    Row("wrapping: the same identifier", "xmldsig 4.3.3.2", forged(same_id), ("structure",), "not_trusted"),
    Row("wrapping: identifier of no namespace", "WSS 1.0 4.2", forged(plain_id), ("structure",), "not_trusted"),
    Row("two signatures", "WSS 1.0 8", forged(twice("Signature")), ("structure",), "not_trusted"),
    Row("only the body is signed", "TR-03130-1 3.5.2", body_only, ("structure",), "not_trusted"),
    Row("no timestamp", "WSS 1.0 10", no_timestamp, ("structure",), "not_trusted"),
    Row("the right key names another certificate", "TR-03130-1 3.5.2.2", other_name, ("signature",), "not_trusted"),
    Row("SHA-1", "TR-03116-4 4.3", weak_digest, ("algorithms",), "not_trusted"),
    Row("inclusive canonicalisation", "WSS 1.0 8.1", inclusive, ("structure",), "not_trusted"),
    Row("document type", "OWASP XXE", doctype, ("xml",), "not_trusted"),
    Row("not XML", "SOAP 1.1 3", lambda world: b"<html>", ("xml",), "not_trusted"),
    Row("no SOAP", "SOAP 1.1 4", lambda world: b"<html/>", ("structure",), "not_trusted"),
    Row("too old", "WSS 1.0 10", timed(6, lasts=3600), ("time",), "not_trusted"),
    Row("expired", "WSS 1.0 10", timed(4, lasts=60), ("time",), "not_trusted"),
    Row("from the future", "WSS 1.0 10", timed(-6), ("time",), "not_trusted"),
    Row(
        "another request confirmed",
        "WSS 1.1 8",
        lambda world: world.answer(world.result(), confirms="AAAA"),
        ("confirmation",),
        "not_trusted",
    ),
    Row("a name twice", "TR-03130-1 3.3.3", altered(twice("GivenNames")), ("structure",), "not_trusted"),
    Row(
        "elements inside a name",
        "TR-03130-1 3.3.3",
        altered(lambda root: etree.SubElement(at(root, "GivenNames"), "b")),
        ("structure",),
        "not_trusted",
    ),
    Row("unknown element", "TR-03130-1 3.2.2.2", altered(lambda root: etree.SubElement(root, "x")), ("structure",), "not_trusted"),
    Row("unknown word", "TR-03130-1 3.3.22", altered(unknown_word), ("structure",), "not_trusted"),
    Row("result missing", "TR-03130-1 3.4", altered(lambda root: removed(root, "Result")), ("structure",), "not_trusted"),
    Row("no such day", "TR-03130-1 3.3.19", plain(DateOfBirth="19640231"), ("attributes",), "not_trusted"),
    Row("two days of birth", "TR-03130-1 3.3.19", altered(text("DateValue", "1990-01-01")), ("attributes",), "not_trusted"),
    Row(
        "pseudonym not hexadecimal",
        "TR-03130-1 3.3.2",
        plain(wanted=PSEUDONYM, RestrictedID="xyz"),
        ("structure",),
        "not_trusted",
        PSEUDONYM,
    ),
    Row("more than was asked", "§ 18 (5) PAuswG", altered(surplus), ("minimal",), "not_trusted"),
    Row("a name not allowed by the person", "TR-03130-1 3.3.22", plain(missing="GivenNames"), ("attributes",), "attribute_missing"),
    Row("a name empty", "TR-03130-1 3.2.2.2", plain(GivenNames=""), ("attributes",), "attribute_missing"),
    Row("not on the chip", "TR-03130-1 3.3.22", altered(not_on_chip), ("attributes",), "attribute_missing"),
    Row("level too low", "TR-03130-1 3.3.12", plain(level=SUBSTANTIAL), ("level",), "denied_document"),
    Row("level normal", "TR-03130-1 3.3.12", plain(level=LOW), ("level",), "denied_document"),
    Row("level unknown", "TR-03130-1 3.3.12", plain(level="http://eidas.europa.eu/LoA/high"), ("level",), "denied_document"),
    Row("passport", "§ 3a (3) VwVfG", plain(DocumentType="P"), ("document",), "denied_document"),
    Row("too young", "TR-03130-1 3.3.15", plain(wanted=ADULT, AgeVerification="false"), ("verification",), "not_fulfilled", ADULT),
    Row("lives elsewhere", "TR-03130-1 3.3.15", plain(wanted=ADULT, PlaceVerification="false"), ("verification",), "not_fulfilled", ADULT),
    Row(
        "age not said",
        "TR-03130-1 3.2.2.2",
        altered(lambda root: removed(root, "FulfilsAgeVerification"), ADULT),
        ("verification",),
        "not_fulfilled",
        ADULT,
    ),
    Row("age in words", "TR-03130-1 3.3.15", altered(text("FulfilsRequest", "ja"), ADULT), ("structure",), "not_trusted", ADULT),
)
