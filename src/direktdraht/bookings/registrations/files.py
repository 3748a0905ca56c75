"""The published files of a draw, and its result: lots and codes of offers, no personal data. Pure.

Reserved places stand in the files as an offer of their own (``A3+2``: reserved places of offer A3 for the second group of
people); whoever belongs to that group wishes for them first and for the general places of the same offer right after.
So the file is recomputed with the same simple command. A party that stays together uses reserved places only if all
of its members belong to the group and wish for the same: else a row too many for one would shift the others' ranks.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from direktdraht.bookings.allocation import PLACE_COLUMNS, WISH_COLUMNS, Allocation, Party, allocate, read_places, read_wishes

RESERVED = "+"


@dataclass(frozen=True)
class Entrant:
    """A participant: lot, codes of the wished offers in order, number of their group of people, lot of their party."""

    lot: str
    wishes: tuple[str, ...]
    group: int | None = None
    party: str = ""


@dataclass(frozen=True)
class Places:
    """The places of an offer: its code, the general ones, and the reserved ones by number of the group of people."""

    code: str
    general: int
    reserved: Mapping[int, int]


def whole_seed(secret: str, event: str) -> str:
    """The seed of the draw: the secret published afterwards and, where one was announced, the result of a public event.

    >>> whole_seed("9f2c", ""), whole_seed("9f2c", "6 17 23 31 40 44")
    ('9f2c', '9f2c 6 17 23 31 40 44')
    """
    return f"{secret} {event}".strip()


def commitment(secret: str) -> str:
    """What is published at the opening: the SHA-256 of the secret seed as hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def places_file(places: Iterable[Places]) -> str:
    """The file of places."""
    rows: list[Sequence[object]] = []
    for one in places:
        rows.append((one.code, one.general))
        rows += [(f"{one.code}{RESERVED}{group}", count) for group, count in sorted(one.reserved.items())]
    return written(PLACE_COLUMNS, rows)


def wishes_file(entrants: Iterable[Entrant], places: Iterable[Places]) -> str:
    """The file of wishes: one row for each wish, in the order of the lots."""
    reserved = {one.code: set(one.reserved) for one in places}
    known = sorted(entrants, key=lambda one: one.lot)
    shared: dict[str, set[tuple[int | None, tuple[str, ...]]]] = {}
    for one in known:
        if one.party:
            shared.setdefault(one.party, set()).add((one.group, one.wishes))
    rows: list[Sequence[object]] = []
    for one in known:
        alike = not one.party or len(shared[one.party]) == 1
        for rank, offer in enumerate(expanded(one, reserved, uses_reserved=alike), start=1):
            rows.append((one.lot, rank, offer, one.party))
    return written((*WISH_COLUMNS, "group"), rows)


def expanded(entrant: Entrant, reserved: Mapping[str, set[int]], *, uses_reserved: bool) -> list[str]:
    """The wishes as the file has them: reserved places before the general ones of the same offer."""
    found: list[str] = []
    for code in entrant.wishes:
        if uses_reserved and entrant.group is not None and entrant.group in reserved.get(code, ()):
            found.append(f"{code}{RESERVED}{entrant.group}")
        found.append(code)
    return found


def offer_of(code: str) -> str:
    """The offer behind a code of the files.

    >>> offer_of("A3+2"), offer_of("A3")
    ('A3', 'A3')
    """
    return code.partition(RESERVED)[0]


def drawn(wishes: str, places: str, seed: str) -> tuple[list[Party], Allocation]:
    """The parties and the result, read from the very files that are published."""
    known = read_places(io.StringIO(places, newline=""))
    parties = read_wishes(io.StringIO(wishes, newline=""), known)
    return parties, allocate(parties, known, seed)


def result_file(result: Allocation) -> str:
    """The result: for each lot its turn, what it got, and the row of the wish; empty where it got nothing."""
    rows = [
        (lot, reason.turn, result.allocated.get(lot, ""), "" if reason.wish is None else reason.wish)
        for lot, reason in sorted(result.reasons.items())
    ]
    return written(("id", "turn", "offer", "wish"), rows)


def written(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The lines of a CSV file."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return lines.getvalue()
