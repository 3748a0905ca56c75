"""Namespaces and identifiers of the messages, and which attribute of this house is which data group of the card.

Sources: TR-03130-1 sections 3.2 to 3.4, WS-Security 1.0 and 1.1, TR-03127 (types of document).
"""

from dataclasses import dataclass

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
EID = "http://bsi.bund.de/eID/"
DSS = "urn:oasis:names:tc:dss:1.0:core:schema"
DS = "http://www.w3.org/2000/09/xmldsig#"
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = f"{_WSS}wssecurity-secext-1.0.xsd"
WSU = f"{_WSS}wssecurity-utility-1.0.xsd"
WSSE11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"

MAJOR = "http://www.bsi.bund.de/ecard/api/1.1/resultmajor#"
SERVER_MINOR = "http://www.bsi.bund.de/eid/server/2.0/resultminor"
ECARD_MINOR = "http://www.bsi.bund.de/ecard/api/1.1/resultminor"
NO_RESULT_YET = f"{SERVER_MINOR}/getResult#noResultYet"

# The order is the schema's (TR-03130-1 section 3.3.7).
OPERATIONS = (
    "DocumentType",
    "IssuingState",
    "DateOfExpiry",
    "GivenNames",
    "FamilyNames",
    "ArtisticName",
    "AcademicTitle",
    "DateOfBirth",
    "PlaceOfBirth",
    "Nationality",
    "BirthName",
    "PlaceOfResidence",
    "CommunityID",
    "ResidencePermitI",
    "RestrictedID",
    "AgeVerification",
    "PlaceVerification",
)
ATTRIBUTES = {
    "given_name": "GivenNames",
    "family_name": "FamilyNames",
    "birth_date": "DateOfBirth",
    "birth_name": "BirthName",
    "address": "PlaceOfResidence",
    "pseudonym": "RestrictedID",
}
"""Name in this house → data group. Only these can be asked for."""

LEVELS = {
    "http://bsi.bund.de/eID/LoA/undefined": "none",
    "http://bsi.bund.de/eID/LoA/normal": "low",
    "http://bsi.bund.de/eID/LoA/substantiell": "substantial",
    "http://bsi.bund.de/eID/LoA/hoch": "high",
}
"""Level of assurance → level of this house (TR-03130-1 section 3.3.12; the German values only)."""
ORDER = ("none", "low", "substantial", "high")


@dataclass(frozen=True)
class Document:
    """A kind of card with the law that lets it replace a signature. ``since`` is the law's first day, ISO 8601."""

    code: str
    kind: str
    law: str
    since: str


DOCUMENTS = (
    Document("ID", "pa", "§ 18 PAuswG", "2010-11-01"),
    Document("AR", "eat", "§ 78 Abs. 5 AufenthG", "2011-09-01"),
    Document("AS", "eat", "§ 78 Abs. 5 AufenthG", "2011-09-01"),
    Document("AF", "eat", "§ 78 Abs. 5 AufenthG", "2011-09-01"),
    Document("UB", "eid-card", "§ 12 eIDKG", "2019-11-01"),
)
"""§ 3a (3) no. 1 VwVfG names these laws; a card of no row here does not replace a signature."""


def tag(namespace: str, name: str) -> str:
    """A name as the tree writes it.

    >>> tag("urn:a", "b")
    '{urn:a}b'
    """
    return f"{{{namespace}}}{name}"


def level_uri(level: str) -> str:
    """The level of assurance that is asked of the eID server for a level of this house."""
    return next(uri for uri, name in LEVELS.items() if name == level)
