"""Whether two records name the same person: as written, in another spelling, or not clearly. Pure.

Names are compared by the letters of DIN 91379; an umlaut may be written with two letters, as passports do
(ICAO Doc 9303, part 3, section 6: Ä AE, Ö OE, Ü UE, ß SS).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# What a passport's machine-readable zone writes for letters that have no base letter.
WRITTEN_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "þ": "th", "ð": "d", "ł": "l", "đ": "d", "ı": "i", "å": "aa"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Likeness(StrEnum):
    """How alike two records are."""

    SAME = "same"
    SPELLING = "spelling"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Comparison:
    """The result, with the names of the parts that differ (``given_name``, ``family_name``, ``birth_date``)."""

    likeness: Likeness
    differing: tuple[str, ...]


def compare(declared: Mapping[str, str], proved: Mapping[str, str]) -> Comparison:
    """Compare what a person wrote about themselves with what a way proved.

    Only parts that both sides have are compared. ``name`` on the declared side may stand for given and family
    name together. A given name may be one of several proved ones. Nothing to compare is unclear.
    """
    differing: list[str] = []
    spelling = False
    compared = 0
    for part, ours, theirs in pairs(declared, proved):
        compared += 1
        if exact(ours) == exact(theirs):
            continue
        if loose(ours, theirs, part):
            spelling = True
        else:
            differing.append(part)
    if differing or not compared:
        return Comparison(Likeness.UNCLEAR, tuple(differing))
    return Comparison(Likeness.SPELLING if spelling else Likeness.SAME, ())


def pairs(declared: Mapping[str, str], proved: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The parts that both records have, in their order."""
    found = [
        (part, declared[part], proved[part])
        for part in ("given_name", "family_name", "birth_date")
        if declared.get(part) and proved.get(part)
    ]
    whole = " ".join(proved[part] for part in ("given_name", "family_name") if proved.get(part)) or proved.get("name", "")
    if declared.get("name") and whole and not declared.get("family_name"):
        found.insert(0, ("name", declared["name"], whole))
    elif declared.get("family_name") and proved.get("name") and not (proved.get("given_name") or proved.get("family_name")):
        # A way that proves the name in one piece is compared with the whole name.
        ours = " ".join(declared[part] for part in ("given_name", "family_name") if declared.get(part))
        found.insert(0, ("name", ours, proved["name"]))
    return found


def exact(text: str) -> str:
    """The text without differences that say nothing: case, composed letters, runs of spaces.

    >>> exact("  ROBIN  Özdemir ")
    'robin özdemir'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def loose(ours: str, theirs: str, part: str) -> bool:
    """Whether two names are the same in another spelling.

    >>> loose("Özdemir", "OEZDEMIR", "family_name"), loose("Robin", "Robin Kim", "given_name")
    (True, True)
    """
    if part == "birth_date":
        return False
    left, right = spellings(ours), spellings(theirs)
    if part == "family_name":
        return any(" ".join(one) == " ".join(other) for one in left for other in right)
    # People write the name they are called by; the card shows all of them.
    last_too = part == "name"
    return any(bool(one) and set(one) <= set(other) and (not last_too or one[-1] == other[-1]) for one in left for other in right)


def spellings(text: str) -> list[list[str]]:
    """The words of a name with umlauts as two letters and as one, other marks dropped."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return [words(lowered.translate(UMLAUTS)), words(lowered)]


def words(text: str) -> list[str]:
    """The words of a name in base letters."""
    base = unicodedata.normalize("NFD", text.translate(WRITTEN_OUT))
    return re.findall(r"[^\W\d_]+", "".join(sign for sign in base if not unicodedata.combining(sign)))
