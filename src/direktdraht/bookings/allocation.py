"""Who gets which place: a drawn order in which each takes the best wish that is still free (random serial dictatorship). Pure.

A **party** is a group of children that want all or none, or a single child without a group. Each party draws one lot: the SHA-256
of seed and name, smallest first. In this order each party gets its first wish for which there are places for all its members. Naming
one's true wishes is best for every party, whatever the others say, because its turn does not depend on its wishes (Abdulkadiroğlu and
Sönmez, Econometrica 66, 1998, 689–701). The same files and the same seed give the same result on every machine.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

ALGORITHM = "random-serial-dictatorship/1 sha256(seed NUL kind NUL name)"
LONGEST_NAME = 200
MOST_ROWS = 2_000_000
MOST_PLACES = 1_000_000
WISH_COLUMNS = ("id", "rank", "offer")
PLACE_COLUMNS = ("offer", "places")


class UnreadableFile(ValueError):
    """A file of wishes or places that cannot be used; one German sentence with the line."""


@dataclass(frozen=True)
class Party:
    """Members (ids in order) with their wishes: for each rank the offers of all members, in the order of the members."""

    name: str
    is_group: bool
    members: tuple[str, ...]
    wishes: tuple[tuple[str, ...], ...]

    def lot(self, seed: str) -> bytes:
        """The drawn lot, smallest first; a group and a single child of the same name draw different ones."""
        kind = "group" if self.is_group else "id"
        return hashlib.sha256(f"{seed}\0{kind}\0{self.name}".encode()).digest()


@dataclass(frozen=True)
class Reason:
    """Why a party got what it got: its place in the drawn order, and the wish (from 1) that was free, or none."""

    turn: int
    wish: int | None


@dataclass
class Allocation:
    """The result: one offer for each id that got a place, and for each offer who waits, in the drawn order."""

    allocated: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    reasons: dict[str, Reason] = field(default_factory=dict)


def allocate(parties: Iterable[Party], places: Mapping[str, int], seed: str) -> Allocation:
    """Give out the places in the drawn order. Those who get none wait for each offer that they wished for."""
    free = dict(places)
    result = Allocation(waiting={offer: [] for offer in sorted(free)})
    drawn = sorted(parties, key=lambda party: (party.lot(seed), party.name))
    for turn, party in enumerate(drawn, start=1):
        wish = next((number for number, offers in enumerate(party.wishes, start=1) if _all_free(offers, free)), None)
        if wish is None:
            _wait(party, result)
        else:
            for member, offer in zip(party.members, party.wishes[wish - 1], strict=True):
                free[offer] -= 1
                result.allocated[member] = offer
        result.reasons |= dict.fromkeys(party.members, Reason(turn, wish))
    result.allocated = dict(sorted(result.allocated.items()))
    return result


def _all_free(offers: Sequence[str], free: Mapping[str, int]) -> bool:
    return all(free.get(offer, 0) >= wanted for offer, wanted in Counter(offers).items())


def _wait(party: Party, result: Allocation) -> None:
    """Put the members on the list of each offer that they wished for, each once."""
    for place, member in enumerate(party.members):
        for offer in dict.fromkeys(offers[place] for offers in party.wishes):
            result.waiting[offer].append(member)


def read_places(lines: Iterable[str]) -> dict[str, int]:
    """The places of each offer. Raises UnreadableFile."""
    places: dict[str, int] = {}
    for line, row in _rows(lines, PLACE_COLUMNS, optional=()):
        if row["offer"] in places:
            raise UnreadableFile(f"Zeile {line}: Das Angebot „{row['offer']}“ steht zweimal da.")
        places[row["offer"]] = _number(row["places"], line, "places", least=0, most=MOST_PLACES)
    return places


def read_wishes(lines: Iterable[str], offers: Mapping[str, int]) -> list[Party]:
    """The parties with their wishes, one row for each wish. Raises UnreadableFile.

    A group goes through the wishes of its members rank by rank, all or none: a rank that one of them does not have cannot be met.
    A member of a group may name an offer again, beside other offers of the others.
    """
    wishes: dict[str, dict[int, str]] = {}
    groups: dict[str, str] = {}
    for line, row in _rows(lines, WISH_COLUMNS, optional=("group",)):
        person, offer, group = row["id"], row["offer"], row.get("group", "")
        rank = _number(row["rank"], line, "rank", least=1, most=MOST_ROWS)
        if offer not in offers:
            raise UnreadableFile(f"Zeile {line}: Das Angebot „{offer}“ steht nicht in der Datei der Plätze.")
        if groups.setdefault(person, group) != group:
            raise UnreadableFile(f"Zeile {line}: „{person}“ steht in zwei Gruppen.")
        ranked = wishes.setdefault(person, {})
        if rank in ranked:
            raise UnreadableFile(f"Zeile {line}: „{person}“ hat zwei Wünsche mit dem Rang {rank}.")
        if offer in ranked.values() and not group:
            raise UnreadableFile(f"Zeile {line}: „{person}“ wünscht „{offer}“ zweimal.")
        ranked[rank] = offer
    return list(_parties(wishes, groups))


def _parties(wishes: Mapping[str, Mapping[int, str]], groups: Mapping[str, str]) -> Iterator[Party]:
    together: dict[str, list[str]] = {}
    for person in sorted(wishes):
        if groups[person]:
            together.setdefault(groups[person], []).append(person)
        else:
            yield Party(person, is_group=False, members=(person,), wishes=tuple((offer,) for offer in _in_order(wishes[person])))
    for name, members in sorted(together.items()):
        ranked = (_in_order(wishes[member]) for member in members)
        yield Party(name, is_group=True, members=tuple(members), wishes=tuple(zip(*ranked, strict=False)))


def _in_order(ranked: Mapping[int, str]) -> list[str]:
    return [ranked[rank] for rank in sorted(ranked)]


def _rows(lines: Iterable[str], columns: Sequence[str], optional: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their lines, every needed column filled."""
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(reader, [])]
        if sorted(header) not in (sorted(columns), sorted([*columns, *optional])):
            names = ", ".join([*columns, *(f"[{name}]" for name in optional)])
            raise UnreadableFile(f"Die erste Zeile muss die Spalten nennen: {names}.")
        for count, cells in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise UnreadableFile(f"Die Datei hat mehr als {MOST_ROWS} Zeilen.")
            if cells:
                yield reader.line_num, _row(header, cells, reader.line_num, columns)
    except csv.Error as problem:
        raise UnreadableFile(f"Zeile {reader.line_num}: Das ist kein CSV ({problem}).") from problem


def _row(header: Sequence[str], cells: Sequence[str], line: int, columns: Sequence[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise UnreadableFile(f"Zeile {line}: Es sind {len(cells)} Felder, nicht {len(header)}.")
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    for name in columns:
        if not row[name]:
            raise UnreadableFile(f"Zeile {line}: Das Feld „{name}“ ist leer.")
    for name, cell in row.items():
        if len(cell) > LONGEST_NAME or not (cell.isprintable() or not cell):
            raise UnreadableFile(f"Zeile {line}: Das Feld „{name}“ ist zu lang oder enthält Steuerzeichen.")
    return row


def _number(text: str, line: int, name: str, *, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or not least <= int(text[:10]) <= most or len(text) > 10:
        raise UnreadableFile(f"Zeile {line}: „{name}“ muss eine Zahl von {least} bis {most} sein, nicht „{text}“.")
    return int(text)
