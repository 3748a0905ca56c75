"""A provider's confirmation: an XML file in a signed mail (TR-01201 part 3.4, 3.5). Pure; the signature is looked at elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from lxml import etree

from direktdraht.foundation.safe_xml import UnsafeXml, read_xml
from direktdraht.submissions.demail.reading import Letter

SPACE = "{urn:de-mail}"
DISPATCH, RECEIPT, RETRIEVAL = "dispatch", "receipt", "retrieval"
KINDS = {"confirmation of dispatch": DISPATCH, "confirmation of receipt": RECEIPT, "confirmation of retrieve": RETRIEVAL}
MOST_BYTES = 2_000_000
MOST_LINES = 200


@dataclass(frozen=True)
class Acknowledgement:
    """What is confirmed: of which kind, when, for which of our mails."""

    kind: str
    at: datetime
    private_id: str
    message_id: str


def read_acknowledgement(letter: Letter) -> Acknowledgement | None:
    """The confirmation in a mail whose type says that it is one; ``None`` for other mails and for XML that is none."""
    kind = KINDS.get(letter.kind.lower())
    if kind is None:
        return None
    for one in letter.attachments:
        if len(one.content) <= MOST_BYTES and one.content.lstrip()[:1] == b"<":
            found = _read(one.content, kind)
            if found is not None:
                return found
    return None


def is_id(text: str) -> bool:
    """Whether a text is one of our ids."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _read(content: bytes, kind: str) -> Acknowledgement | None:
    try:
        root = read_xml(content)
    except UnsafeXml:
        return None
    if root.tag != f"{SPACE}Acknowledge-Message":
        return None
    try:
        at = datetime.fromisoformat((root.findtext(f"{SPACE}Time") or "").strip())
    except ValueError:
        return None
    lines = _metadata(root)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Acknowledgement(kind, at, lines.get("x-de-mail-private-id", ""), lines.get("message-id", ""))


def _metadata(root: etree._Element) -> dict[str, str]:
    """The header fields of the mail that is confirmed; of doubled ones the first."""
    found: dict[str, str] = {}
    for line in root.findall(f"{SPACE}Metadata/{SPACE}Metadate")[:MOST_LINES]:
        name = (line.findtext(f"{SPACE}Name") or "").strip().lower()
        found.setdefault(name, (line.findtext(f"{SPACE}Value") or "").strip())
    return found
