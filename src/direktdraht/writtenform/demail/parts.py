"""The parts of a mail by their very bytes (RFC 2046, 5.1): a signature over a part needs them unchanged. With limits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from direktdraht.writtenform.demail.fields import UNREADABLE, Mail

MOST_PARTS = 500
MOST_DEPTH = 20
MOST_PART_HEADER_BYTES = 4 * 1024


class BrokenParts(ValueError):
    """The parts cannot be told apart for certain; the message is one German sentence."""


@dataclass(frozen=True)
class Part:
    """One part: ``raw`` is all of it, ``body`` without its header. ``children`` are those of a multipart."""

    header: Message
    raw: bytes
    body: bytes
    children: tuple["Part", ...] = ()

    @property
    def type(self) -> str:
        """The type of its content, as "text/plain"."""
        return self.header.get_content_type()

    def decoded(self) -> bytes:
        """Its content without transfer encoding (RFC 2045, 6)."""
        whole = Message()
        whole["Content-Transfer-Encoding"] = str(self.header.get("content-transfer-encoding", "7bit"))
        whole.set_payload(self.body.decode("latin-1"))
        content = whole.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""


def part_of(mail: Mail) -> Part:
    """The mail as a tree of parts. A mail inside the mail is a leaf: what it says is not what this mail says.

    Raises:
        BrokenParts: a multipart without boundary or end, too deep, or too many parts.
    """
    header = b"".join(field.raw for field in mail.fields if field.name.startswith(("content-", "mime-")))
    return _part(header, header + b"\r\n" + mail.body, mail.body, 0, [0])


def every_part(part: Part) -> Iterator[Part]:
    """The part and all below it."""
    yield part
    for child in part.children:
        yield from every_part(child)


def _part(header: bytes, raw: bytes, body: bytes, depth: int, count: list[int]) -> Part:
    count[0] += 1
    if depth > MOST_DEPTH or count[0] > MOST_PARTS:
        raise BrokenParts("Die Nachricht ist zu tief verschachtelt oder hat zu viele Teile.")
    if len(header) > MOST_PART_HEADER_BYTES:
        raise BrokenParts("Der Kopf eines Teils der Nachricht ist zu groß.")
    parsed = _header(header)
    if parsed.get_content_maintype() != "multipart":
        return Part(parsed, raw, body)
    children = tuple(_part(*_halves(one), depth + 1, count) for one in _split(body, parsed.get_boundary(), count[0]))
    return Part(parsed, raw, body, children)


def _header(header: bytes) -> Message:
    """The header by the standard library's plain parser: its structured one needs minutes for hostile parameters."""
    parsed = BytesHeaderParser().parsebytes(header + b"\r\n")
    try:
        parsed.get_boundary()
        parsed.get_param("smime-type")
    except UNREADABLE as error:
        raise BrokenParts("Ein Teil der Nachricht ist nicht lesbar beschrieben.") from error
    if any(len(parsed.get_all(name, [])) > 1 for name in ("content-type", "content-transfer-encoding")):
        raise BrokenParts("Ein Teil der Nachricht ist mehrfach beschrieben.")
    return parsed


def _halves(raw: bytes) -> tuple[bytes, bytes, bytes]:
    if raw.startswith(b"\r\n"):
        return b"", raw, raw[2:]
    header, _, body = raw.partition(b"\r\n\r\n")
    return header + b"\r\n", raw, body


def _split(body: bytes, boundary: str | None, known: int) -> list[bytes]:
    """The bytes between the delimiters; the CR LF before a delimiter belongs to it (RFC 2046, 5.1.1)."""
    if not boundary or len(boundary) > 70 or not boundary.isascii():
        raise BrokenParts("Die Nachricht nennt keine Grenze ihrer Teile.")
    delimiter = re.compile(rb"(?:\A|\r\n)--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    found: list[bytes] = []
    begin: int | None = None
    for match in delimiter.finditer(body):
        if begin is not None:
            found.append(body[begin : match.start()] if match.start() >= begin else b"")
        if match[1]:
            return found
        begin = match.end() + 2
        if known + len(found) > MOST_PARTS:
            raise BrokenParts("Die Nachricht ist zu tief verschachtelt oder hat zu viele Teile.")
    raise BrokenParts("Den Teilen der Nachricht fehlt das Ende.")
