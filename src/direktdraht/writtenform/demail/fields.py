"""The header fields of a mail as bytes, exactly as they came (RFC 5322, 2.2): nothing is decoded before it is checked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from typing import Any

from direktdraht.writtenform.demail.faults import UnreadableMail

MOST_BYTES = 64 * 1024 * 1024
MOST_HEADER_BYTES = 512 * 1024
MOST_FIELDS = 500
MOST_LINE_BYTES = 998
"""RFC 5322, 2.1.1, without CR and LF."""

ONLY_ONCE = ("from", "date", "message-id", "subject", "reply-to")
"""Signed fields that a mail has at most once (RFC 5322, 3.6): mail programs differ in which of two they show."""

_FIELD = re.compile(rb"([!-9;-~]+):")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z]")
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the standard library's parser of fields raises on values that are none."""
MOST_SHOWN = 2_000
MOST_ADDRESSES_BYTES = 10_000
"""Longer values are not taken apart: the standard library's parser needs more than linear time for hostile ones."""


@dataclass(frozen=True)
class Field:
    """One field: its name in small letters, and all of its bytes with folding and the closing CR LF."""

    name: str
    raw: bytes

    @property
    def halves(self) -> tuple[bytes, bytes]:
        """The name as written and the value, without the colon between them."""
        name, _, value = self.raw.partition(b":")
        return name, value

    @property
    def text(self) -> str:
        """The value unfolded, ASCII; a byte beyond is U+FFFD."""
        value = re.sub(rb"\r\n(?=[ \t])", b"", self.halves[1])
        return value.decode("ascii", "replace").strip()


@dataclass(frozen=True)
class Mail:
    """A mail taken apart. ``problems`` are German sentences about what no mail may be."""

    fields: tuple[Field, ...]
    body: bytes
    problems: tuple[str, ...] = ()

    def all(self, name: str) -> list[Field]:
        """Every field of this name, from the top."""
        return [field for field in self.fields if field.name == name.lower()]

    def first(self, name: str) -> str | None:
        """The value that counts: the first from the top (TR-01201 part 3.4, 3.1.1)."""
        return next((field.text for field in self.fields if field.name == name.lower()), None)

    def has(self, name: str) -> bool:
        """Whether there is such a field."""
        return any(field.name == name.lower() for field in self.fields)


def read_mail(data: bytes) -> Mail:
    """Take a mail apart into fields and body.

    A file with bare line feeds throughout, as Unix programs store mails, is read as if it had CR LF. A mixture is a problem.

    Raises:
        UnreadableMail: empty, too big, or nothing in it is a header field.
    """
    if not data.strip():
        raise UnreadableMail("Die Datei ist leer.")
    if len(data) > MOST_BYTES:
        raise UnreadableMail(f"Die Nachricht ist größer als {MOST_BYTES // (1024 * 1024)} MB.")
    if b"\r" not in data:
        data = data.replace(b"\n", b"\r\n")
    header, blank, body = data.partition(b"\r\n\r\n")
    if len(header) > MOST_HEADER_BYTES or header.count(b"\r\n") > 10 * MOST_FIELDS:
        raise UnreadableMail("Der Kopf der Nachricht ist zu groß.")
    problems = list(_problems_of_bytes(data, header))
    fields: list[Field] = []
    for line in _lines(header):
        if line.startswith((b" ", b"\t")) and fields:
            fields[-1] = Field(fields[-1].name, fields[-1].raw + line)
        elif found := _FIELD.match(line):
            fields.append(Field(found[1].decode("ascii").lower(), line))
        else:
            problems.append("Im Kopf der Nachricht steht eine Zeile, die dort nicht stehen darf.")
    if not fields:
        raise UnreadableMail("Die Datei ist keine E-Mail.")
    if len(fields) > MOST_FIELDS:
        raise UnreadableMail("Der Kopf der Nachricht ist zu groß.")
    mail = Mail(tuple(fields), body if blank else b"")
    problems += [f"Das Kopffeld „{name}“ kommt mehrfach vor." for name in ONLY_ONCE if len(mail.all(name)) > 1]
    if not mail.has("from"):
        problems.append("Der Nachricht fehlt das Kopffeld „from“.")
    return Mail(mail.fields, mail.body, tuple(dict.fromkeys(problems)))


def _only_crlf(data: bytes) -> bool:
    return not re.search(rb"\r(?!\n)|(?<!\r)\n", data)


def _lines(header: bytes) -> list[bytes]:
    return [line + b"\r\n" for line in header.split(b"\r\n")]


def _problems_of_bytes(data: bytes, header: bytes) -> Iterator[str]:
    """RFC 5322, 2.2 and 2.3; RFC 2045, 2.7; TR-01201 part 3.4, 3.1.21 numbers 3 to 5."""
    if b"\0" in data:
        yield "Die Nachricht enthält Nullzeichen."
    if not _only_crlf(data):
        yield "Die Nachricht enthält einzelne Zeilenwechselzeichen."
    if not header.isascii():
        yield "Der Kopf der Nachricht enthält Zeichen, die dort nicht stehen dürfen."
    if any(len(line) > MOST_LINE_BYTES for line in header.split(b"\r\n")):
        yield "Der Kopf der Nachricht enthält zu lange Zeilen."


def shown(value: str | None) -> str:
    """A value for people: encoded words decoded (RFC 2047), without control and direction characters, on one line.

    >>> shown("=?utf-8?q?J=C3=B6rg_=E2=80=AEBeispiel?=")
    'Jörg Beispiel'
    """
    value = (value or "")[:MOST_SHOWN]
    try:
        decoded = str(policy.default.header_factory("subject", value))
    except UNREADABLE:
        decoded = value
    visible = "".join(char if unicodedata.category(char)[0] != "C" else " " if char in "\r\n\t" else "" for char in decoded)
    return " ".join(visible.split())


def one_address(value: str | None) -> str | None:
    """The only address in a value, in small letters; None if there is none, more than one, or it is no De-Mail address.

    What stands as the name before the address is never looked at. Internationalised domains stay in their ASCII form (RFC 5891).

    >>> one_address('"amt@stadt.example" <Robin@Post.De-Mail.example>')
    'robin@post.de-mail.example'
    >>> one_address("a@b.example, c@d.example") is None
    True
    """
    found = addresses(value)
    return found[0] if len(found) == 1 else None


def addresses(value: str | None) -> list[str]:
    """The addresses in a value, in small letters; empty if one of them cannot be read.

    >>> addresses("Amt <amt@stadt.example>, robin@post.example")
    ['amt@stadt.example', 'robin@post.example']
    """
    if not value or len(value) > MOST_ADDRESSES_BYTES:
        return []
    try:
        header: Any = policy.default.header_factory("to", value)
        found = [address.addr_spec for address in header.addresses]
    except UNREADABLE:
        return []
    return [one.lower() for one in found] if all(_ADDRESS.fullmatch(one) for one in found) and not header.defects else []
