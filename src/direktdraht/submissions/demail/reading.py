"""What a mail says: its words, its files, and the code or case number in its subject. What it proves is another matter."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags

from direktdraht.foundation import codes
from direktdraht.writtenform.demail.circumstances import message_ids
from direktdraht.writtenform.demail.fields import UNREADABLE, Mail, one_address, read_mail, shown
from direktdraht.writtenform.demail.parts import BrokenParts, Part, every_part, part_of

MOST_TEXT = 100_000
MOST_ATTACHMENTS = 20
_CODE = re.compile(rf"(?<![A-Z0-9-])(?:[{codes.KEY_ALPHABET}]{{4}}-){{2}}[{codes.KEY_ALPHABET}]{{4}}(?![A-Z0-9-])")
_NUMBER = re.compile(r"(?<![A-Z0-9-])[0-9]{2}-[0-9]{5,10}-[A-Z](?![A-Z0-9-])")


@dataclass(frozen=True)
class Attachment:
    """A file of a mail, as the mail names it."""

    name: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Letter:
    """A mail for people. ``ids`` are its identifiers, ``kind`` the provider's word for it (TR-01201 part 3.4, 3.1.12)."""

    sender: str
    subject: str
    ids: tuple[str, ...]
    kind: str
    private_id: str
    dated: datetime | None
    text: str
    attachments: tuple[Attachment, ...]

    @property
    def code(self) -> str:
        """The code of a declaration in the subject; empty for none or several."""
        found = set(_CODE.findall(self.subject.upper()))
        return found.pop() if len(found) == 1 else ""

    @property
    def number(self) -> str:
        """The case number in the subject; empty for none or several."""
        found = set()
        for text in _NUMBER.findall(self.subject.upper()):
            try:
                found.add(codes.check_case_number(text))
            except codes.WrongCaseNumber:
                continue
        return found.pop() if len(found) == 1 else ""


def read_letter(raw: bytes) -> Letter:
    """Read a mail; parts that cannot be told apart give no text and no files. Raises UnreadableMail."""
    mail = read_mail(raw)
    try:
        parts = [part for part in every_part(part_of(mail)) if not part.children]
    except BrokenParts:
        parts = []
    bodies = [part for part in parts if not _is_file(part)]
    plain = [part for part in bodies if part.type == "text/plain"] or [part for part in bodies if part.type == "text/html"]
    files = [part for part in parts if part not in plain and (_is_file(part) or not part.type.startswith("text/"))]
    return Letter(
        sender=one_address(mail.first("from")) or shown(mail.first("from")),
        subject=shown(mail.first("subject")),
        ids=tuple(message_ids(mail)),
        kind=(mail.first("x-de-mail-message-type") or "").strip(),
        private_id=shown(mail.first("x-de-mail-private-id")),
        dated=_dated(mail),
        text="\n".join(_text_of(part) for part in plain)[:MOST_TEXT].strip(),
        attachments=tuple(_attachment(part, number) for number, part in enumerate(files[:MOST_ATTACHMENTS], 1)),
    )


def holds_document(letter: Letter, *, sha256: str, text: str) -> bool:
    """Whether the mail holds exactly the frozen document: its very PDF as a file, or its text and nothing else.

    Line breaks, runs of spaces and a signature below "-- " make no difference; any other word does.
    """
    if any(one.sha256 == sha256 for one in letter.attachments):
        return True
    return bool(text.strip()) and same_words(text) == same_words(letter.text)


def same_words(text: str) -> str:
    """The text without differences of line breaks, spaces and composed letters, above its signature.

    >>> same_words("Hiermit\\r\\n widerspreche  ich.\\n-- \\nRobin")
    'Hiermit widerspreche ich.'
    """
    body = re.split(r"(?m)^-- ?$", text.replace("\r\n", "\n"), maxsplit=1)[0]
    return " ".join(unicodedata.normalize("NFC", body).split())


def keys_of(ids: Sequence[str]) -> list[str]:
    """Digests of identifiers: enough to know a copy again, and nothing more."""
    return sorted({hashlib.sha256(one.encode()).hexdigest() for one in ids})


def _is_file(part: Part) -> bool:
    """Whether a part is a file and not words of the mail."""
    try:
        return part.header.get_content_disposition() == "attachment" or bool(part.header.get_filename())
    except UNREADABLE:
        return True


def _attachment(part: Part, number: int) -> Attachment:
    try:
        name = shown(part.header.get_filename())
    except UNREADABLE:
        name = ""
    return Attachment(name[:200] or f"Anlage-{number}", part.type[:100], part.decoded())


def _text_of(part: Part) -> str:
    content = part.decoded()[: 4 * MOST_TEXT]
    try:
        charset = str(part.header.get_param("charset") or "utf-8")
        text = content.decode(charset)
    except (*UNREADABLE, UnicodeDecodeError):
        text = content.decode("utf-8", "replace")
    text = text.replace("\x00", "")
    if part.type != "text/html":
        return text
    try:
        return html.unescape(strip_tags(text))
    except SuspiciousOperation:  # nested beyond all measure
        return ""


def _dated(mail: Mail) -> datetime | None:
    try:
        found = parsedate_to_datetime(mail.first("date") or "")
    except UNREADABLE:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
