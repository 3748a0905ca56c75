"""Keys that people can read, made from German names, unique in the form and stable on import again."""

import re
from collections.abc import Mapping

MOST_CHARACTERS = 40

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "à": "a"})
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug(name: str, fallback: str = "feld") -> str:
    """A name as a key: small letters, digits, underscores.

    >>> slug("Straße und Hausnummer (falls bekannt)"), slug("2. Vorname"), slug("…")
    ('strasse_und_hausnummer_falls_bekannt', 'feld_2_vorname', 'feld')
    """
    plain = _OTHERS.sub("_", name.casefold().replace("ß", "ss").translate(_GERMAN)).strip("_")
    if not plain:
        return fallback
    if plain[0].isdigit():
        plain = f"{fallback}_{plain}"
    return plain[:MOST_CHARACTERS].rstrip("_")


class Keys:
    """Gives each node of a source its key; a key that it had before wins."""

    def __init__(self, before: Mapping[str, str]) -> None:
        self.before = before
        self.taken = set(before.values())

    def key_for(self, identity: str, name: str) -> str:
        """The key of the node with this identity."""
        if identity in self.before:
            return self.before[identity]
        base = slug(name)
        key, number = base, 1
        while key in self.taken:
            number += 1
            key = f"{base}_{number}"
        self.taken.add(key)
        return key
