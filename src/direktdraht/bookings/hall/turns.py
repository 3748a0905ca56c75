"""Whose turn it is in a waiting hall, and how long it may take. Pure.

The rule in three sentences. Who has an appointment and is here is called at their time, before all who drew a number.
Who drew a number is called in the order of the numbers, unless the counter's next appointment begins before they would be
done. Where nobody else waits, an appointment is called early.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

EARLY = timedelta(minutes=5)
LATE = timedelta(minutes=15)
SLACK = timedelta(minutes=5)
PLACES_BACK = 3
ROUND_TO = 5
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits: what for, since when their place counts, how many minutes they need.

    ``due`` is the time of an appointment that still has its right; ``number`` decides between two who came at one moment.
    """

    key: Hashable
    services: frozenset[int]
    since: datetime
    minutes: int
    number: int = 0
    due: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether the appointment's time has come."""
        return self.due is not None and self.due - EARLY <= now


@dataclass(frozen=True)
class Desk:
    """A counter that calls: what it does, and when its next appointment begins that it has no other place for."""

    services: frozenset[int]
    busy_from: datetime | None = None

    def does(self, waiting: Waiting) -> bool:
        """Whether everything that the person needs is done here."""
        return waiting.services <= self.services

    def has_time_for(self, waiting: Waiting, now: datetime) -> bool:
        """Whether the person would be done before the counter's next appointment, give or take five minutes."""
        return self.busy_from is None or now + timedelta(minutes=waiting.minutes) <= self.busy_from + SLACK


def kept_time(due: datetime, came: datetime) -> datetime | None:
    """The time at which an appointment is called; nothing for who came more than a quarter of an hour late: they draw a number.

    >>> at = datetime(2026, 11, 30, 9, 0)
    >>> kept_time(at, at + timedelta(minutes=15)) == at, kept_time(at, at + timedelta(minutes=16))
    (True, None)
    """
    return due if came <= due + LATE else None


def in_turn(waiting: Iterable[Waiting], now: datetime) -> list[Waiting]:
    """Everybody in the order of the calls: appointments whose time has come, numbers, appointments that are early."""
    return sorted(waiting, key=lambda one: _rank(one, now))


def _rank(one: Waiting, now: datetime) -> tuple[int, datetime, datetime, int]:
    if one.due is None:
        return 1, one.since, one.since, one.number
    return (0 if one.is_due(now) else 2), one.due, one.since, one.number


def next_for(desk: Desk, waiting: Iterable[Waiting], now: datetime) -> Waiting | None:
    """Who is called at this counter now; nothing where nobody waits for what it does, or nobody fits before its next appointment."""
    for one in in_turn(waiting, now):
        if desk.does(one) and (one.due is not None or desk.has_time_for(one, now)):
            return one
    return None


def place_back(waiting: Iterable[Waiting], now: datetime) -> datetime:
    """Since when somebody counts as waiting who was called and did not come: behind the next three numbers, or all.

    A right to the appointment's time is lost with it.
    """
    numbers = [one for one in in_turn(waiting, now) if one.due is None]
    last = numbers[:PLACES_BACK][-1:]
    return last[0].since + _TICK if last else now


def before(one: Waiting, waiting: Iterable[Waiting], desks: Sequence[Desk], now: datetime) -> list[Waiting]:
    """Who is called before this one at a counter that could call this one too."""
    able = [desk for desk in desks if desk.does(one)]
    others = [other for other in waiting if other.key != one.key and any(desk.does(other) for desk in able)]
    return [other for other in others if _rank(other, now) < _rank(one, now)]


def estimate(ahead: Sequence[Waiting], desks: int) -> tuple[int, int] | None:
    """From how many to how many minutes somebody waits with these people before them at so many counters; nothing without a counter.

    The work of all before is shared by the counters. Visits are shorter or longer than planned, so it is a span: from two
    thirds to one and a half times, in steps of five minutes.

    >>> nine = datetime(2026, 11, 30, 9, 0)
    >>> people = [Waiting(number, frozenset({1}), nine, 10) for number in range(4)]
    >>> estimate(people, 2), estimate([], 2), estimate(people, 0)
    ((10, 30), (0, 5), None)
    """
    if desks <= 0:
        return None
    minutes = sum(one.minutes for one in ahead) / desks
    low = int(minutes * 2 / 3) // ROUND_TO * ROUND_TO
    high = -(-int(minutes * 3 / 2) // ROUND_TO) * ROUND_TO
    return low, max(high, low + ROUND_TO)


def median(minutes: Sequence[int], least: int = 5) -> int | None:
    """The middle of some waits in whole minutes; nothing for fewer than five, so that it tells nothing of one person.

    >>> median([1, 9, 3, 4, 30]), median([1, 2, 3, 4])
    (4, None)
    """
    if len(minutes) < least:
        return None
    ordered = sorted(minutes)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2
