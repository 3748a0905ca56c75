"""Foreign XML becomes a tree, or is refused by name. Pure.

No document type, no entities, no comments or processing instructions, UTF-8 only, bounded in size and depth: whatever
two readers could understand differently is refused before anybody reads it (saml-sec-consider 6; OWASP, XML External
Entity Prevention).
"""

import base64
import binascii
import re
from datetime import UTC, datetime

from lxml import etree

MOST_BYTES = 1_000_000
DEEPEST = 60
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_DOCUMENT_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
# saml-core 1.3.3: instants are in UTC; an offset is read as well, a time without any is not.
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")


class Refused(Exception):
    """A message breaks a rule: ``check`` names it, ``case`` is the key of its sentence."""

    def __init__(self, check: str, case: str = "") -> None:
        super().__init__(check, case)
        self.check, self.case = check, case


def tag(namespace: str, name: str) -> str:
    """A name as the tree writes it."""
    return f"{{{namespace}}}{name}"


def xml_of(message: bytes) -> bytes:
    """The XML of a message that is XML or base64 of it (saml-bindings 3.5.4). Raises Refused."""
    if len(message) > 2 * MOST_BYTES:
        raise Refused("xml", "size")
    stripped = message.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped.startswith(b"<"):
        try:
            stripped = base64.b64decode(b"".join(stripped.split()), validate=True)
        except binascii.Error as problem:
            raise Refused("xml") from problem
    if len(stripped) > MOST_BYTES:
        raise Refused("xml", "size")
    return stripped


def parser() -> etree.XMLParser:
    """The only parser for foreign XML: it fetches nothing and expands nothing."""
    return etree.XMLParser(resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False)


def read_xml(content: bytes) -> etree._Element:
    """The root of a document. Raises Refused with the check ``xml``."""
    declared = _DECLARED.match(content)
    if declared and declared.group(1).lower() not in {b"utf-8", b"us-ascii"}:
        raise Refused("xml", "encoding")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Refused("xml", "encoding") from problem
    if _DOCUMENT_TYPE.search(content):
        raise Refused("xml", "doctype")
    try:
        root = etree.fromstring(content, parser())
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Refused("xml") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("xml", "doctype")
    _plain(root)
    return root


def _plain(root: etree._Element) -> None:
    """Refuse comments, instructions and entities, and what is nested deeper than any real message."""
    depth = 0
    for event, node in etree.iterwalk(root.getroottree(), events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"} or not isinstance(node.tag, str):
            raise Refused("xml", "comment")
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Refused("xml", "size")
    if any(isinstance(node.tag, str) is False for node in root.iter()):
        raise Refused("xml", "doctype")


def text_of(node: etree._Element | None, check: str) -> str:
    """The whole text of a node that holds nothing else. Raises Refused: elements inside could cut it short."""
    if node is None:
        return ""
    if len(node):
        raise Refused(check, "nested")
    return (node.text or "").strip()


def instant_of(text: str | None, check: str) -> datetime | None:
    """An instant of XML Schema with its zone, ``None`` if there is none. Raises Refused."""
    if text is None:
        return None
    found = _INSTANT.fullmatch(text.strip())
    if found is None:
        raise Refused(check, "unreadable")
    day, fraction, zone = found.groups()
    try:
        read = datetime.fromisoformat(f"{day}.{(fraction or '0')[:6]:0<6}{zone.replace('Z', '+00:00')}")
        return read.astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise Refused(check, "unreadable") from problem
