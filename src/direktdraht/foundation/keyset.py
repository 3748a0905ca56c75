"""Places in long lists (keyset paging): the value and the key of the last row of a page, as one word for addresses. Pure."""

import base64
import binascii
import json


def write_place(value: str, key: str) -> str:
    """The word for the place behind a row.

    >>> read_place(write_place("2026-07-20", "7"))
    ('2026-07-20', '7')
    """
    return base64.urlsafe_b64encode(json.dumps([value, key]).encode()).decode().rstrip("=")


def read_place(word: str) -> tuple[str, str] | None:
    """Value and key that a word names; nothing for none or a broken one.

    >>> read_place("nonsense")
    """
    if not word:
        return None
    try:
        value, key = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (binascii.Error, ValueError, TypeError):
        return None
    fits = isinstance(value, str) and isinstance(key, str) and "\x00" not in value + key
    return (value, key) if fits else None
