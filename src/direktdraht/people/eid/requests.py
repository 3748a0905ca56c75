"""The three questions to an eID server (TR-03130-1 sections 3.2.1 to 3.2.3), without envelope and signature. Pure."""

import re
from dataclasses import dataclass

from lxml import etree

from direktdraht.people.eid.names import ATTRIBUTES, EID, OPERATIONS, level_uri, tag

MOST_TEXT = 500
_COMMUNITY = re.compile(r"0\d{3,13}")
_SESSION = re.compile(r"[!-~]{8,200}")


@dataclass(frozen=True)
class Wanted:
    """What is asked of the card.

    ``attributes`` are names of this house (``names.ATTRIBUTES``), ``level`` is the least level, ``text`` is shown
    before the PIN (TransactionInfo), ``age`` is in whole years, ``community`` a Wohnort-ID (TR-03127).
    """

    attributes: frozenset[str]
    level: str = "high"
    text: str = ""
    age: int | None = None
    community: str = ""

    def operations(self) -> list[str]:
        """The data groups and functions of the card that are needed, in the schema's order; the kind of card always."""
        needed = {"DocumentType", *(ATTRIBUTES[name] for name in self.attributes)}
        needed |= {"AgeVerification"} if self.age is not None else set()
        needed |= {"PlaceVerification"} if self.community else set()
        return [name for name in OPERATIONS if name in needed]


class Unaskable(ValueError):
    """The question cannot be put; the message says why, in German."""


def use_id(wanted: Wanted) -> etree._Element:
    """Ask for a session: only what is needed is REQUIRED, everything else PROHIBITED. Raises Unaskable."""
    _check(wanted)
    root = etree.Element(tag(EID, "useIDRequest"), nsmap={"eid": EID})
    operations = etree.SubElement(root, tag(EID, "UseOperations"))
    needed = wanted.operations()
    for name in OPERATIONS:
        etree.SubElement(operations, tag(EID, name)).text = "REQUIRED" if name in needed else "PROHIBITED"
    if wanted.age is not None:
        etree.SubElement(etree.SubElement(root, tag(EID, "AgeVerificationRequest")), tag(EID, "Age")).text = str(wanted.age)
    if wanted.community:
        place = etree.SubElement(root, tag(EID, "PlaceVerificationRequest"))
        etree.SubElement(place, tag(EID, "CommunityID")).text = wanted.community
    if wanted.text:
        etree.SubElement(root, tag(EID, "TransactionInfo")).text = wanted.text
    etree.SubElement(root, tag(EID, "LevelOfAssuranceRequest")).text = level_uri(wanted.level)
    return root


def _check(wanted: Wanted) -> None:
    unknown = sorted(wanted.attributes - ATTRIBUTES.keys())
    if unknown:
        raise Unaskable(f"Diese Angabe lässt sich vom Ausweis nicht verlangen: {unknown[0]}.")
    if wanted.age is not None and not 1 <= wanted.age <= 150:
        raise Unaskable("Das Alter liegt nicht zwischen 1 und 150 Jahren.")
    if wanted.community and not _COMMUNITY.fullmatch(wanted.community):
        raise Unaskable("Der Wohnort-Schlüssel besteht aus Ziffern und beginnt mit 0.")
    if len(wanted.text) > MOST_TEXT or not wanted.text.isprintable():
        raise Unaskable(f"Der Text der Erklärung hat mehr als {MOST_TEXT} Zeichen oder Steuerzeichen.")


def get_result(session: str, counter: int) -> etree._Element:
    """Ask for the result of a session; ``counter`` grows by one with each question (section 3.2.2.1). Raises Unaskable."""
    if counter < 1 or not _SESSION.fullmatch(session):
        raise Unaskable("Die Kennung des Vorgangs oder der Zähler ist ungültig.")
    root = etree.Element(tag(EID, "getResultRequest"), nsmap={"eid": EID})
    etree.SubElement(etree.SubElement(root, tag(EID, "Session")), tag(EID, "ID")).text = session
    etree.SubElement(root, tag(EID, "RequestCounter")).text = str(counter)
    return root


def get_server_info() -> etree._Element:
    """Ask which version the server speaks and what the city's terminal certificate allows."""
    return etree.Element(tag(EID, "getServerInfoRequest"), nsmap={"eid": EID})
