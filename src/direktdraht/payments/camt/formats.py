"""Tells from the first bytes what a file is that people mistake for camt, and how it is encoded. Pure."""

import re
from typing import BinaryIO

from direktdraht.payments.camt.sentences import UnreadableBankFile

ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
OLD_FORMAT = (b":20:", b"{1:")
ENCODINGS = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"}

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,60})["']""")


def refuse_other_formats(file: BinaryIO) -> None:
    """Refuse archives, MT940 and unusual encodings by name. Raises UnreadableBankFile; the file stands at its start again."""
    head = file.read(512)
    file.seek(0)
    if head.startswith(ARCHIVES):
        raise UnreadableBankFile("zip")
    if head.lstrip().startswith(OLD_FORMAT):
        raise UnreadableBankFile("mt940")
    declared = _DECLARED.search(head.replace(b"\0", b""))
    encoding = declared.group(1).decode("ascii", "replace") if declared else "UTF-8"
    if encoding.upper() not in ENCODINGS:
        raise UnreadableBankFile("encoding", encoding=encoding[:35])
