"""The exact bytes that are hashed and signed: canonical JSON (RFC 8785) behind a format line.

These formats never change; a new one gets a new number and the old one stays readable.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785

ENTRY_FORMAT = "direktdraht-journal-entry/1"
SEAL_FORMAT = "direktdraht-journal-seal/1"
END_FORMAT = "direktdraht-journal-end/1"
EXPORT_FORMAT = "direktdraht-journal/1"
RECEIPT_FORMAT = "direktdraht-receipt/1"
KEY_CHANGE_FORMAT = "direktdraht-journal-key-change/1"

ENTRY_FIELDS = ("id", "recorded_at", "kind", "subject", "digest", "facts", "by")
SEAL_FIELDS = ("number", "root", "previous_root", "size", "sealed_at")
KEY_CHANGE_FIELDS = ("old_key", "new_key")
END_FIELDS = ("entries", "seals", "last_root", "exported_at")

NO_ROOT = ""  # what the first seal names as the root before it


class NotCanonical(ValueError):
    """A record holds what canonical JSON cannot say, or lacks a field."""


def instant(at: datetime) -> str:
    """An instant as it stands in every record: UTC, microseconds, ``Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_instant(text: str) -> datetime:
    """An instant of a record; raises ValueError, also for one without a time zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return at


def row_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over an entry's fields as hex; raises NotCanonical."""
    return hashlib.sha256(_message(ENTRY_FORMAT, ENTRY_FIELDS, entry)).hexdigest()


def entry_message(row: str) -> bytes:
    """What is signed for an entry: its row hash behind the format's name."""
    return f"{ENTRY_FORMAT}\n{row}".encode()


def seal_message(seal: Mapping[str, Any]) -> bytes:
    """What is signed for a seal; raises NotCanonical."""
    return _message(SEAL_FORMAT, SEAL_FIELDS, seal)


def end_message(end: Mapping[str, Any]) -> bytes:
    """What is signed at the end of an export, so that a shortened file is noticed."""
    return _message(END_FORMAT, END_FIELDS, end)


def key_change_message(facts: Mapping[str, Any]) -> bytes:
    """What a new key signs when it takes over: both public keys."""
    return _message(KEY_CHANGE_FORMAT, KEY_CHANGE_FIELDS, facts)


def _message(name: str, fields: tuple[str, ...], record: Mapping[str, Any]) -> bytes:
    try:
        body = rfc8785.dumps({field: record[field] for field in fields})
    except KeyError as error:
        raise NotCanonical(f"the field {error} is missing") from error
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    return name.encode() + b"\n" + body
