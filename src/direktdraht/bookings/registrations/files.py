"""The published files of a draw, and its result: lots and codes of offers, no personal data. Pure.

Reserved places stand in the files as an offer of their own (``A3+2``: reserved places of offer A3 for the second group of
people); whoever belongs to that group wishes for them first and for the general places of the same offer right after.
So the file is recomputed with the same simple command. A party that stays together names, for each rank, every way in which
its members can have reserved and general places, a row each for every member; so their rows stay beside each other.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from direktdraht.bookings.allocation import PLACE_COLUMNS, WISH_COLUMNS, Allocation, Party, allocate, read_places, read_wishes

RESERVED = "+"
MOST_WAYS = 64


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
    """The file of wishes: one row for each wish and each way to meet it, in the order of the lots."""
    reserved = {one.code: one.reserved for one in places}
    known = sorted(entrants, key=lambda one: one.lot)
    parties: dict[str, list[Entrant]] = {}
    for one in known:
        parties.setdefault(one.party or one.lot, []).append(one)
    codes: dict[str, list[str]] = {}
    for members in parties.values():
        ways = [way for rank in range(min(len(one.wishes) for one in members)) for way in ways_of(members, rank, reserved)]
        codes |= {one.lot: [way[place] for way in ways] for place, one in enumerate(members)}
    rows: list[Sequence[object]] = [(one.lot, rank, code, one.party) for one in known for rank, code in enumerate(codes[one.lot], start=1)]
    return written((*WISH_COLUMNS, "group"), rows)


def ways_of(members: Sequence[Entrant], rank: int, reserved: Mapping[str, Mapping[int, int]]) -> list[tuple[str, ...]]:
    """The ways in which all members can get their wish of this rank: most reserved places first, all general ones last.

    Members with the same offer and group are alike: the first of them in the order of lots take the reserved places. Only a
    party with more than six different pairs of offer and group can have more than 64 ways; then the last ones before "all
    general" are left out.

    >>> two = [Entrant("L1", ("A1",), 7, "P"), Entrant("L2", ("A1",), None, "P")]
    >>> ways_of(two, 0, {"A1": {7: 2}})
    [('A1+7', 'A1'), ('A1', 'A1')]
    """
    alike: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(members):
        if one.group is not None and reserved.get(one.wishes[rank], {}).get(one.group, 0):
            alike.setdefault((one.wishes[rank], one.group), []).append(place)
    most = [min(len(found), reserved[offer][group]) for (offer, group), found in alike.items()]
    counts = sorted(product(*(range(count, -1, -1) for count in most)), key=lambda way: -sum(way))
    if len(counts) > MOST_WAYS:
        counts = [*counts[: MOST_WAYS - 1], (0,) * len(most)]
    ways = []
    for way in counts:
        codes = [one.wishes[rank] for one in members]
        for ((offer, group), found), count in zip(alike.items(), way, strict=True):
            for place in found[:count]:
                codes[place] = f"{offer}{RESERVED}{group}"
        ways.append(tuple(codes))
    return ways


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


@dataclass(frozen=True)
class Outcome:
    """A draw in numbers: how many people got their first wish, a later one, or none, and the codes of offers that stand out."""

    persons: int
    wishes: int
    places: int
    first_wish: int
    later_wish: int
    no_place: int
    unwished: tuple[str, ...]
    without_places: tuple[str, ...]


def outcome_of(wishes: str, places: str, seed: str) -> Outcome:
    """Draw from the files and count.

    >>> outcome_of("id,rank,offer\\nL1,1,A1\\nL2,1,A1\\nL2,2,A2\\n", "offer,places\\nA1,1\\nA2,1\\nA3,0\\n", "seed").first_wish
    1
    """
    parties, result = drawn(wishes, places, seed)
    wanted = {
        member: [*dict.fromkeys(offer_of(offers[place]) for offers in party.wishes)]
        for party in parties
        for place, member in enumerate(party.members)
    }
    rooms: Counter[str] = Counter()
    for code, count in read_places(io.StringIO(places, newline="")).items():
        rooms[offer_of(code)] += count
    wished = {offer for offers in wanted.values() for offer in offers}
    first = sum(offer_of(code) == wanted[member][0] for member, code in result.allocated.items())
    return Outcome(
        persons=len(wanted),
        wishes=sum(map(len, wanted.values())),
        places=rooms.total(),
        first_wish=first,
        later_wish=len(result.allocated) - first,
        no_place=len(wanted) - len(result.allocated),
        unwished=tuple(offer for offer in rooms if offer not in wished),
        without_places=tuple(offer for offer, count in rooms.items() if not count),
    )


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
