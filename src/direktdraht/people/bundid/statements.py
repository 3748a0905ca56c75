"""What an assertion says: who it is for, until when, how sure, and about whom. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lxml import etree

from direktdraht.people.bundid.names import AKDB, ATTRIBUTES, BEARER, ENTITY, LEVELS, ORDER, SAML
from direktdraht.people.bundid.reading import Refused, instant_of, tag, text_of

# How far two clocks may differ (saml-core 1.3.3 leaves it to the deployment).
MOST_SKEW = timedelta(minutes=2)
KNOWN_CONDITIONS = {tag(SAML, name) for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}
# How sure BundID is of one attribute (attribute TrustLevel of its extension).
TRUST = {"UNTERGEORDNET": "low", "NORMAL": "low", "SUBSTANTIELL": "substantial", "HOCH": "high"}


@dataclass(frozen=True)
class Confirmation:
    """A bearer confirmation (saml-profiles 4.1.4.2): who may use the assertion where, for which request, until when."""

    recipient: str | None
    request: str | None
    ends: datetime | None
    begins: datetime | None

    @classmethod
    def of(cls, node: etree._Element) -> "Confirmation":
        """Read one; without its data nothing is confirmed. Raises Refused."""
        found = node.find(tag(SAML, "SubjectConfirmationData"))
        read = {} if found is None else attributes_in(found)
        ends, begins = instant_of(read.get("NotOnOrAfter"), "time"), instant_of(read.get("NotBefore"), "time")
        return cls(read.get("Recipient"), read.get("InResponseTo"), ends, begins)


def attributes_in(node: etree._Element) -> dict[str, str]:
    """The attributes of an element as plain text."""
    return {str(name): str(value) for name, value in node.attrib.items()}


def issuer_of(element: etree._Element) -> str:
    """The name of the provider in a message or assertion, "" if none. Raises Refused."""
    node = element.find(tag(SAML, "Issuer"))
    if node is not None and node.get("Format", ENTITY) != ENTITY:
        raise Refused("issuer")
    return text_of(node, "issuer")


def confirmations(assertion: etree._Element) -> list[Confirmation]:
    """All bearer confirmations. Raises Refused."""
    nodes = assertion.findall(f"{tag(SAML, 'Subject')}/{tag(SAML, 'SubjectConfirmation')}")
    return [Confirmation.of(node) for node in nodes if node.get("Method") == BEARER]


def check_audience(assertion: etree._Element, audience: str) -> None:
    """Every restriction must name us, and there must be one (saml-profiles 4.1.4.2). Raises Refused."""
    conditions = assertion.findall(f"{tag(SAML, 'Conditions')}/*")
    if any(node.tag not in KNOWN_CONDITIONS for node in conditions):
        raise Refused("audience", "unknown")
    restrictions = [node for node in conditions if node.tag == tag(SAML, "AudienceRestriction")]
    if not restrictions:
        raise Refused("audience", "missing")
    for restriction in restrictions:
        if audience not in [text_of(node, "audience") for node in restriction.findall(tag(SAML, "Audience"))]:
            raise Refused("audience")


def check_times(assertion: etree._Element, confirmation: Confirmation, at: datetime) -> None:
    """Everything with a time holds at ``at``, clocks at most two minutes apart. Raises Refused."""
    issued = instant_of(assertion.get("IssueInstant"), "time")
    if issued is None or confirmation.ends is None:
        raise Refused("time", "missing")
    if confirmation.begins is not None:
        raise Refused("time", "not_before")
    begins, ends = [issued], [confirmation.ends]
    spans = [(node.get("NotBefore"), node.get("NotOnOrAfter")) for node in assertion.findall(tag(SAML, "Conditions"))]
    spans += [(node.get("AuthnInstant"), node.get("SessionNotOnOrAfter")) for node in assertion.findall(tag(SAML, "AuthnStatement"))]
    for begin, end in spans:
        begins.append(instant_of(begin, "time") or issued)
        ends.append(instant_of(end, "time") or confirmation.ends)
    check_not_early(max(begins), at)
    if min(ends) <= at - MOST_SKEW:
        raise Refused("time", "expired")


def check_not_early(begin: datetime | None, at: datetime) -> None:
    """Nothing comes from the future. Raises Refused."""
    if begin is None:
        raise Refused("time", "missing")
    if begin > at + MOST_SKEW:
        raise Refused("time", "early")


def level_of(assertion: etree._Element) -> str:
    """The lowest known level among the statements on how the person signed in (saml-core 2.7.2); ``none`` without one."""
    statements = assertion.findall(tag(SAML, "AuthnStatement"))
    classes = [node for one in statements for node in one.findall(f"{tag(SAML, 'AuthnContext')}/{tag(SAML, 'AuthnContextClassRef')}")]
    known = [LEVELS[name] for name in (text_of(node, "level") for node in classes) if name in LEVELS]
    return min(known, key=ORDER.index, default="none")


@dataclass(frozen=True)
class Attributes:
    """Values by the house's names (or the provider's, where the house has none), and how sure the provider is of each."""

    values: dict[str, str | list[str]]
    trust: dict[str, str]


def attributes_of(assertion: etree._Element) -> Attributes:
    """All attributes; one that stands twice, or is not plain text, is refused (saml-core 2.7.3). Raises Refused."""
    values: dict[str, str | list[str]] = {}
    trust: dict[str, str] = {}
    for node in assertion.findall(f"{tag(SAML, 'AttributeStatement')}/*"):
        if node.tag != tag(SAML, "Attribute"):
            raise Refused("attributes", "encrypted")
        name = "".join(node.get("Name", "").split())
        name = ATTRIBUTES.get(name, name)
        if not name or name in values:
            raise Refused("attributes", "twice")
        read = [text_of(value, "attributes") for value in node.findall(tag(SAML, "AttributeValue"))]
        if name in ATTRIBUTES.values() and len(read) > 1:
            raise Refused("attributes", "twice")
        values[name] = read[0] if len(read) == 1 else read
        if (said := node.get(tag(AKDB, "TrustLevel"))) in TRUST:
            trust[name] = TRUST[said]
    check_birth_date(values.get("birth_date"))
    return Attributes({name: value for name, value in values.items() if value not in ("", [])}, trust)


def check_birth_date(value: object) -> None:
    """A date of birth is a day of the calendar, as 1964-08-12. Raises Refused."""
    if not value:
        return
    try:
        if date.fromisoformat(str(value)).isoformat() != value:
            raise Refused("attributes", "birth_date")
    except ValueError as problem:
        raise Refused("attributes", "birth_date") from problem


@dataclass(frozen=True)
class Session:
    """How the provider names the person and their session: needed to sign out there."""

    name_id: str
    name_format: str
    qualifier: str
    sp_qualifier: str
    index: str


def session_of(assertion: etree._Element) -> Session:
    """The session that an assertion speaks of. Raises Refused."""
    name = assertion.find(f"{tag(SAML, 'Subject')}/{tag(SAML, 'NameID')}")
    statement = assertion.find(tag(SAML, "AuthnStatement"))
    given = {} if name is None else attributes_in(name)
    return Session(
        text_of(name, "structure"),
        given.get("Format", ""),
        given.get("NameQualifier", ""),
        given.get("SPNameQualifier", ""),
        "" if statement is None else statement.get("SessionIndex", ""),
    )
