"""Which times are free: opening hours, durations, buffers, places at a counter, several services in one visit. Pure.

Time is counted in cells of five minutes since 1970 (UTC); a set of cells is one whole number, bit by bit, so that asking for
"four free cells in a row" is two shifts. Opening hours are wall time in Germany: on the night in spring a door that opens at
02:30 opens at 03:00, on the night in autumn one that closes at 02:30 closes when the clock shows it for the second time.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import permutations

from direktdraht.foundation.clock import BERLIN

CELL_MINUTES = 5
CELL = timedelta(minutes=CELL_MINUTES)
MOST_SERVICES = 3
# The cells of the longest day, 25 hours, and of the longest buffer after it.
DAY_WITH_BUFFER = 25 * 12 + 24
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WeeklyHours:
    """Open on a weekday (Monday is 0) from ``opens`` to ``closes``, between two days; midnight as ``closes`` ends the day."""

    weekday: int
    opens: time
    closes: time
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on the day, whatever weekday it is."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class DayHours:
    """An exception on one day: open in addition, or closed; closed without times means the whole day."""

    day: date
    is_open: bool
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class Span:
    """So many cells from a first one on."""

    first: int
    length: int


@dataclass(frozen=True)
class Counter:
    """A counter, room or desk (Schalter): what it can do, for how many at once, when it is open, what is taken.

    ``hours`` are its own; while it has any in force, those of the site do not count. Visits begin every ``raster_minutes``
    after it opened. ``taken`` are the spans that are given out, buffers included.
    """

    key: int
    services: frozenset[int]
    site_hours: Sequence[WeeklyHours] = ()
    hours: Sequence[WeeklyHours] = ()
    exceptions: Sequence[DayHours] = ()
    seats: int = 1
    raster_minutes: int = 15
    taken: Sequence[Span] = field(default=(), repr=False)

    @cached_property
    def _in_order(self) -> tuple[list[int], list[Span], int]:
        """Where the spans begin, the spans in this order, and the length of the longest."""
        spans = sorted(self.taken, key=lambda span: span.first)
        return [span.first for span in spans], spans, max((span.length for span in spans), default=0)

    def taken_near(self, first: int, end: int) -> list[Span]:
        """The spans that may reach into the cells from ``first`` to before ``end``."""
        begins, spans, longest = self._in_order
        return spans[bisect_left(begins, first - longest) : bisect_left(begins, end)]


@dataclass(frozen=True)
class Wanted:
    """A service that somebody needs: how long it takes, and the pause that its counter needs afterwards."""

    key: int
    minutes: int
    buffer_minutes: int = 0


@dataclass(frozen=True)
class Part:
    """One stretch of a visit at one counter: ``length`` cells for the person, ``blocked`` cells with the buffer."""

    counter: int
    services: tuple[int, ...]
    first: int
    length: int
    blocked: int


@dataclass(frozen=True)
class Visit:
    """A free time for everything that is wanted, part after part without a pause."""

    parts: tuple[Part, ...]

    @property
    def first(self) -> int:
        """The cell in which it begins."""
        return self.parts[0].first

    @property
    def end(self) -> int:
        """The cell after the last one of the person's."""
        return self.parts[-1].first + self.parts[-1].length


def cell_of(at: datetime) -> int:
    """The cell in which an instant lies.

    >>> cell_of(datetime(1970, 1, 1, 1, 4, tzinfo=UTC))
    12
    """
    return (at - _EPOCH) // CELL


def instant_of(cell: int) -> datetime:
    """The instant, in UTC, at which a cell begins."""
    return _EPOCH + cell * CELL


@lru_cache(8192)
def wall_instant(day: date, at: time, *, last: bool = False) -> datetime:
    """When the clock in Germany first shows at least ``at`` on ``day``; with ``last`` the second time where it shows it twice.

    >>> wall_instant(date(2026, 3, 29), time(2, 30)).isoformat()  # does not exist: the clock goes from 02:00 to 03:00
    '2026-03-29T01:00:00+00:00'
    >>> wall_instant(date(2026, 10, 25), time(2, 30), last=True).isoformat()
    '2026-10-25T01:30:00+00:00'
    """
    wished = datetime.combine(day, at)
    found = wished.replace(tzinfo=BERLIN, fold=1 if last else 0).astimezone(UTC)
    if found.astimezone(BERLIN).replace(tzinfo=None) == wished:
        return found
    found = wished.replace(tzinfo=BERLIN, fold=0).astimezone(UTC)
    while (found - CELL).astimezone(BERLIN).replace(tzinfo=None) >= wished:
        found -= CELL
    return found


def first_cell(day: date) -> int:
    """The first cell of a day in Germany."""
    return cell_of(wall_instant(day, time(0)))


def open_spans(counter: Counter, day: date, *, is_holiday: bool) -> list[Span]:
    """When the counter is open on the day: the week's hours (not on holidays) and extra hours, before closures are taken out."""
    own = [hours for hours in counter.hours if hours.holds_on(day)]
    rules = own or [hours for hours in counter.site_hours if hours.holds_on(day)]
    found = [] if is_holiday else [span_of(day, rule.opens, rule.closes) for rule in rules if rule.weekday == day.weekday()]
    found += [span_of(day, one.opens, one.closes) for one in counter.exceptions if one.day == day and one.is_open]
    return [span for span in found if span.length > 0]


def closed_spans(counter: Counter, day: date) -> list[Span]:
    """What is taken out of the opening hours of the day."""
    return [span_of(day, one.opens, one.closes) for one in counter.exceptions if one.day == day and not one.is_open]


def span_of(day: date, opens: time | None, closes: time | None) -> Span:
    """The cells between two times of a day; without times the whole day, midnight as ``closes`` is its end."""
    first = cell_of(wall_instant(day, opens if opens is not None else time(0)))
    to_the_end = closes is None or closes == time(0)
    ends = wall_instant(day + _ONE_DAY, time(0)) if closes is None or to_the_end else wall_instant(day, closes, last=True)
    return Span(first, max(0, cell_of(ends) - first))


class DayPlan:
    """One counter on one day: which of its cells are open, which may begin a visit, which are full. Bit 0 is the day's first cell."""

    def __init__(self, counter: Counter, day: date, *, is_holiday: bool) -> None:
        self.counter = counter
        self.base = first_cell(day)
        spans = open_spans(counter, day, is_holiday=is_holiday)
        self.open = self.grid = 0
        for span in spans:
            self.open |= self._mask(span)
            self.grid |= comb(span.length, self._raster) << (span.first - self.base)
        for span in closed_spans(counter, day):
            self.open &= ~self._mask(span)
        self.full = self._full() if self.open else 0

    @property
    def _raster(self) -> int:
        return max(1, self.counter.raster_minutes // CELL_MINUTES)

    def _mask(self, span: Span) -> int:
        """The span as bits; what lies before the day is cut off."""
        mask, shift = (1 << span.length) - 1, span.first - self.base
        return mask << shift if shift >= 0 else mask >> -shift

    def _full(self) -> int:
        """The cells in which every place is taken: each layer holds what the layers below had no room for."""
        layers = [0] * self.counter.seats
        for span in self.counter.taken_near(self.base, self.base + DAY_WITH_BUFFER):
            rest = self._mask(span)
            for number, layer in enumerate(layers):
                rest, layers[number] = rest & layer, layer | rest
        return layers[-1]

    def fits(self, length: int, blocked: int) -> int:
        """The cells from which ``length`` cells are open and ``blocked`` cells are not full; the buffer may run past closing time."""
        seen = self.open & ~self.full
        if not seen:
            return 0
        return runs(seen, length) & ~widened(self.full, blocked)


@lru_cache(1024)
def comb(length: int, step: int) -> int:
    """Every ``step``-th of ``length`` bits, the first among them.

    >>> bin(comb(7, 3))
    '0b1001001'
    """
    teeth = -(-length // step)
    return ((1 << teeth * step) - 1) // ((1 << step) - 1)


def runs(mask: int, length: int) -> int:
    """The bits at which ``length`` set bits in a row begin.

    >>> bin(runs(0b1110110, 2))
    '0b110010'
    """
    have = 1
    while have < length:
        step = min(have, length - have)
        mask &= mask >> step
        have += step
    return mask


def widened(mask: int, length: int) -> int:
    """The bits from which one of the next ``length`` bits is set."""
    have = 1
    while have < length:
        step = min(have, length - have)
        mask |= mask >> step
        have += step
    return mask


def free_visits(
    wanted: Sequence[Wanted], counters: Sequence[Counter], day: date, *, is_holiday: bool, earliest: int = 0, most: int | None = None
) -> list[Visit]:
    """The free times of one site on one day, earliest first, not before the cell ``earliest``; each start once.

    A counter that does everything comes before a chain. In a chain the services follow one another in the given order, each at
    a counter of its own. At one counter the longest of the buffers comes at the end.
    """
    plans = [DayPlan(counter, day, is_holiday=is_holiday) for counter in counters if any(one.key in counter.services for one in wanted)]
    found: dict[int, Visit] = {}
    seen = 0
    for mask, chain in _ways(wanted, [plan for plan in plans if plan.open]):
        base = chain[0][0].base
        fresh = mask & ~seen
        if earliest > base:
            fresh = fresh >> (earliest - base) << (earliest - base)
        seen |= fresh
        for place in _bits(fresh, most):
            found[base + place] = _visit(base + place, chain)
    starts = sorted(found)
    return [found[start] for start in (starts if most is None else starts[:most])]


Chain = Sequence[tuple[DayPlan, Sequence[Wanted]]]


def _ways(wanted: Sequence[Wanted], plans: Sequence[DayPlan]) -> Iterator[tuple[int, Chain]]:
    """Each way to serve everything with the cells in which it can begin: whole at one counter first, then chains."""
    whole = frozenset(one.key for one in wanted)
    length, blocked = cells_of(wanted)
    for plan in plans:
        if whole <= plan.counter.services:
            yield plan.fits(length, blocked) & plan.grid, ((plan, wanted),)
    if len(wanted) > 1:
        for chosen in permutations(plans, len(wanted)):
            if all(one.key in plan.counter.services for one, plan in zip(wanted, chosen, strict=True)):
                yield _chain_starts(wanted, chosen), tuple((plan, (one,)) for plan, one in zip(chosen, wanted, strict=True))


def _chain_starts(wanted: Sequence[Wanted], chosen: Sequence[DayPlan]) -> int:
    mask, offset = chosen[0].grid, 0
    for one, plan in zip(wanted, chosen, strict=True):
        if not mask:
            return 0
        length, blocked = cells_of([one])
        mask &= plan.fits(length, blocked) >> offset
        offset += length
    return mask


def cells_of(wanted: Iterable[Wanted]) -> tuple[int, int]:
    """How many cells the person needs for these services at one counter, and how many the counter, with its buffer."""
    known = list(wanted)
    length = sum(-(-one.minutes // CELL_MINUTES) for one in known)
    return length, length + max(-(-one.buffer_minutes // CELL_MINUTES) for one in known)


def _visit(first: int, chain: Chain) -> Visit:
    parts = []
    for plan, services in chain:
        length, blocked = cells_of(services)
        parts.append(Part(plan.counter.key, tuple(one.key for one in services), first, length, blocked))
        first += length
    return Visit(tuple(parts))


def _bits(mask: int, most: int | None) -> Iterator[int]:
    """The places of the set bits, lowest first."""
    count = 0
    while mask and (most is None or count < most):
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
        count += 1
