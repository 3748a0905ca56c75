"""Who comes next: free places, reserved ones first for those they are reserved for, and a line with parties that stay together. Pure.

A party that needs more places than are free is passed over and keeps its place in the line: nobody waits behind a family
for whom there is no room, and the family comes first as soon as there is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Block = TypeVar("Block")


@dataclass(frozen=True)
class Need:
    """One place: by whom (a booking's id), in which offer, and of which group of people (None: of none)."""

    booking: int
    offer: int
    group: int | None = None


@dataclass(frozen=True)
class Waiting(Generic[Block]):
    """A block of bookings that get places together or not at all; ``line`` is the smallest of theirs."""

    block: Block
    line: int
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class FreeSeat:
    """A free numbered place; ``group`` is set while it is reserved."""

    seat: int
    offer: int
    group: int | None = None


Given = dict[int, int]
"""A seat for each booking."""


def fit(needs: Iterable[Need], free: Sequence[FreeSeat]) -> Given | None:
    """Seats for all of the needs, or None: a reserved seat of the own group before a general one, the lowest first.

    >>> fit([Need(1, 7, 3)], [FreeSeat(10, 7), FreeSeat(11, 7, 3)])
    {1: 11}
    >>> fit([Need(1, 7)], [FreeSeat(11, 7, 3)])
    """
    left = list(free)
    given: Given = {}
    # Those who may take a reserved seat choose first, so that they leave the general ones to the others.
    for need in sorted(needs, key=lambda one: (one.group is None, one.booking)):
        fitting = [seat for seat in left if seat.offer == need.offer and seat.group in {None, need.group}]
        if not fitting:
            return None
        taken = min(fitting, key=lambda seat: (seat.group is None, seat.seat))
        left.remove(taken)
        given[need.booking] = taken.seat
    return given


def next_ones(waiting: Iterable[Waiting[Block]], free: Iterable[FreeSeat]) -> Iterator[tuple[Waiting[Block], Given]]:
    """The blocks that get places now, in the order of the line, each with its seats."""
    left = {seat.seat: seat for seat in free}
    for one in sorted(waiting, key=lambda block: block.line):
        if not left:
            return
        given = fit(one.needs, list(left.values()))
        if given is None:
            continue
        for seat in given.values():
            del left[seat]
        yield one, given


def blocks_of(rows: Iterable[tuple[Block, int, Need]]) -> list[Waiting[Block]]:
    """The blocks of some bookings, each given with its block and its place in the line."""
    found: dict[Block, list[tuple[int, Need]]] = {}
    for block, line, need in rows:
        found.setdefault(block, []).append((line, need))
    return [Waiting(block, min(line for line, _ in ones), tuple(need for _, need in ones)) for block, ones in found.items()]


def places_in_line(waiting: Iterable[Waiting[Block]]) -> Mapping[Block, int]:
    """Which place each block has in the line, from 1."""
    return {one.block: place for place, one in enumerate(sorted(waiting, key=lambda block: block.line), start=1)}
