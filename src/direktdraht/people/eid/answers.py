"""What an eID server answers (TR-03130-1 sections 3.2 and 3.3), read strictly from signed elements. Pure.

An element that stands twice, holds others where text belongs, or is not in the schema is refused, never skipped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from direktdraht.people.eid.names import DSS, EID, OPERATIONS, tag
from direktdraht.people.eid.sentences import Refused

VALUES = ("DocumentType", "IssuingState", "DateOfExpiry", "GivenNames", "FamilyNames", "ArtisticName", "AcademicTitle")
PLACES = ("PlaceOfBirth", "PlaceOfResidence")
MORE_VALUES = ("Nationality", "BirthName", "CommunityID", "ResidencePermitI")
WORDS = frozenset({"ALLOWED", "PROHIBITED", "NOTONCHIP"})
_DATE = re.compile(r"(\d{4}| {4})(\d{2}| {2})(\d{2}| {2})")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){1,128}")
_KEY = re.compile(r"(?:[0-9A-Fa-f]{2}){16,64}")


@dataclass(frozen=True)
class Result:
    """Success or error as the server names it."""

    major: str
    minor: str
    message: str


@dataclass(frozen=True)
class Session:
    """The answer to useID: the session for getResult, the key for the app, the address for the app if it is not static."""

    result: Result
    session: str = ""
    psk_id: str = ""
    psk_key: str = ""
    address: str = ""


@dataclass(frozen=True)
class CardResult:
    """The answer to getResult. ``data`` holds text by data group, ``operations`` what the person allowed."""

    result: Result
    data: Mapping[str, str] = field(default_factory=dict)
    operations: Mapping[str, str] = field(default_factory=dict)
    age: bool | None = None
    place: bool | None = None
    level: str = ""


@dataclass(frozen=True)
class ServerInfo:
    """The answer to getServerInfo: version of the interface, rights of the terminal certificate."""

    version: str
    rights: Mapping[str, str]


def children(node: etree._Element, allowed: Mapping[str, str]) -> dict[str, etree._Element]:
    """The child elements by local name. Raises Refused for one that stands twice or is unknown."""
    found: dict[str, etree._Element] = {}
    for child in node:
        name = str(etree.QName(child).localname)
        if child.tag != tag(allowed.get(name, ""), name):
            raise Refused("structure", "message")
        if name in found:
            raise Refused("structure", "twice")
        found[name] = child
    return found


def text_of(node: etree._Element | None) -> str:
    """The whole text of an element that holds nothing else. Raises Refused."""
    if node is None:
        return ""
    if len(node):
        raise Refused("structure", "nested")
    return " ".join((node.text or "").split())


def _message(node: etree._Element, name: str, *parts: str) -> dict[str, etree._Element]:
    """The children of the expected answer."""
    if node.tag != tag(EID, name):
        raise Refused("structure", "message")
    return children(node, {**dict.fromkeys(parts, EID), "Result": DSS})


def result_of(node: etree._Element | None) -> Result:
    """The element Result (section 3.4); its children carry the namespace of DSS, or none as in the guideline's examples."""
    if node is None:
        raise Refused("structure", "message")
    found: dict[str, str] = {}
    for child in node:
        name = str(etree.QName(child).localname)
        if name not in {"ResultMajor", "ResultMinor", "ResultMessage"} or etree.QName(child).namespace not in {None, DSS}:
            raise Refused("structure", "message")
        if name in found:
            raise Refused("structure", "twice")
        found[name] = text_of(child)
    if not found.get("ResultMajor"):
        raise Refused("structure", "message")
    return Result(found["ResultMajor"], found.get("ResultMinor", ""), found.get("ResultMessage", ""))


def read_session(node: etree._Element) -> Session:
    """useIDResponse (section 3.2.1.2). Raises Refused."""
    found = _message(node, "useIDResponse", "Session", "eCardServerAddress", "PSK")
    result = result_of(found.get("Result"))
    session = children(found["Session"], {"ID": EID}) if "Session" in found else {}
    psk = children(found["PSK"], {"ID": EID, "Key": EID}) if "PSK" in found else {}
    key = text_of(psk.get("Key"))
    if key and not _KEY.fullmatch(key):
        raise Refused("structure", "value")
    return Session(result, text_of(session.get("ID")), text_of(psk.get("ID")), key, text_of(found.get("eCardServerAddress")))


def read_card_result(node: etree._Element) -> CardResult:
    """getResultResponse (section 3.2.2.2). Raises Refused."""
    found = _message(
        node,
        "getResultResponse",
        "PersonalData",
        "FulfilsAgeVerification",
        "FulfilsPlaceVerification",
        "OperationsAllowedByUser",
        "TransactionAttestationResponse",
        "LevelOfAssuranceResult",
        "EIDTypeResponse",
    )
    return CardResult(
        result=result_of(found.get("Result")),
        data=_personal_data(found.get("PersonalData")),
        operations=_operations(found.get("OperationsAllowedByUser")),
        age=_fulfilled(found.get("FulfilsAgeVerification")),
        place=_fulfilled(found.get("FulfilsPlaceVerification")),
        level=text_of(found.get("LevelOfAssuranceResult")),
    )


def read_server_info(node: etree._Element) -> ServerInfo:
    """getServerInfoResponse (section 3.2.3.2). Raises Refused."""
    found = _message(node, "getServerInfoResponse", "ServerVersion", "DocumentVerificationRights")
    if "ServerVersion" not in found:
        raise Refused("structure", "message")
    version = children(found["ServerVersion"], dict.fromkeys(("VersionString", "Major", "Minor", "Bugfix"), EID))
    numbers = [text_of(version.get(name)) for name in ("Major", "Minor")]
    if not all(number.isdecimal() for number in numbers):
        raise Refused("structure", "value")
    return ServerInfo(".".join(numbers), _operations(found.get("DocumentVerificationRights")))


def _operations(node: etree._Element | None) -> dict[str, str]:
    """Data group → ALLOWED, PROHIBITED, NOTONCHIP; an empty one is PROHIBITED (section 3.3.8)."""
    if node is None:
        return {}
    found = {name: text_of(child) or "PROHIBITED" for name, child in children(node, dict.fromkeys(OPERATIONS, EID)).items()}
    if not set(found.values()) <= WORDS:
        raise Refused("structure", "value")
    return found


def _fulfilled(node: etree._Element | None) -> bool | None:
    """VerificationResultType (section 3.3.15)."""
    if node is None:
        return None
    word = text_of(children(node, {"FulfilsRequest": EID}).get("FulfilsRequest"))
    if word not in {"true", "false", "1", "0"}:
        raise Refused("structure", "value")
    return word in {"true", "1"}


def _personal_data(node: etree._Element | None) -> dict[str, str]:
    """PersonalDataType (section 3.3.3) as text by data group; what is empty is left out."""
    if node is None:
        return {}
    names = (*VALUES, *PLACES, *MORE_VALUES, "DateOfBirth", "RestrictedID")
    found = children(node, dict.fromkeys(names, EID))
    data: dict[str, str] = {}
    for name, child in found.items():
        if name == "DateOfBirth":
            data[name] = _day(child)
        elif name == "RestrictedID":
            data[name] = _pseudonym(child)
        else:
            data[name] = _place(child) if name in PLACES else text_of(child)
    return {name: value for name, value in data.items() if value}


def _day(node: etree._Element) -> str:
    """GeneralDateType (section 3.3.19): the whole day, or as much as the card knows ("1964-08", "1964"), ISO 8601."""
    found = children(node, {"DateString": EID, "DateValue": EID})
    raw = found.get("DateString")
    if raw is not None and len(raw):
        raise Refused("structure", "nested")
    written = "" if raw is None else (raw.text or "").strip("\n\t\r")
    parts = _DATE.fullmatch(written.ljust(8)) if written else None
    value = text_of(found.get("DateValue"))
    known = [] if parts is None else [part for part in parts.groups() if part.strip()]
    day = "-".join(known)
    if value and day and value != day:
        raise Refused("attributes", "birth_date")
    if (written and parts is None) or (parts is not None and "".join(known) != written.replace(" ", "")):
        raise Refused("attributes", "birth_date")
    day = value or day
    try:
        date.fromisoformat(f"{day}-01-01"[:10])
    except ValueError as problem:
        raise Refused("attributes", "birth_date") from problem
    return day


def _pseudonym(node: etree._Element) -> str:
    """RestrictedIDType (section 3.3.2): the pseudonym of this card at this service, lower-case hexadecimal."""
    found = children(node, {"ID": EID, "ID2": EID})
    values = [text_of(found.get(name)) for name in ("ID", "ID2")]
    if not _HEX.fullmatch(values[0]) or (values[1] and not _HEX.fullmatch(values[1])):
        raise Refused("structure", "value")
    return values[0].lower()


def _place(node: etree._Element) -> str:
    """GeneralPlaceType (section 3.3.4) as one line: street, postcode and city, country."""
    found = children(node, dict.fromkeys(("StructuredPlace", "FreetextPlace", "NoPlaceInfo"), EID))
    if len(found) != 1:
        raise Refused("structure", "value")
    if "StructuredPlace" not in found:
        return text_of(found.get("FreetextPlace"))
    parts = children(found["StructuredPlace"], dict.fromkeys(("Street", "City", "State", "Country", "ZipCode"), EID))
    street, city, state, country, postcode = (text_of(parts.get(name)) for name in ("Street", "City", "State", "Country", "ZipCode"))
    return ", ".join(part for part in (street, f"{postcode} {city}".strip(), state, "" if country == "D" else country) if part)
