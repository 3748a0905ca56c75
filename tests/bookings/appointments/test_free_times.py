"""Free times: against a slow second reading of the rules, and on the nights when the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.bookings.appointments.free_times import (
    CELL,
    Counter,
    DayHours,
    Span,
    Wanted,
    WeeklyHours,
    cell_of,
    first_cell,
    free_visits,
    instant_of,
)
from direktdraht.foundation.clock import BERLIN

MONDAY = date(2026, 11, 30)
DAYS = [MONDAY, date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)]
TIMES = st.integers(0, 287).map(lambda cell: time(cell // 12, cell % 12 * 5))


def hours(opens: str, closes: str, weekday: int = 0) -> WeeklyHours:
    return WeeklyHours(weekday, time.fromisoformat(opens), time.fromisoformat(closes), date(2020, 1, 1))


def local(cell: int) -> str:
    return instant_of(cell).astimezone(BERLIN).strftime("%H:%M")


def starts(wanted: list[Wanted], counters: list[Counter], day: date = MONDAY, *, is_holiday: bool = False) -> list[str]:
    return [local(visit.first) for visit in free_visits(wanted, counters, day, is_holiday=is_holiday)]


def is_open(counter: Counter, day: date, cell: int, *, is_holiday: bool) -> bool:
    """Read the clock on the wall: the door is open between the first moment it shows ``opens`` and the last it shows ``closes``."""
    own = [rule for rule in counter.hours if rule.holds_on(day)]
    rules = [rule for rule in own or counter.site_hours if rule.holds_on(day) and rule.weekday == day.weekday() and not is_holiday]
    opened = [(rule.opens, rule.closes) for rule in rules] + [(one.opens, one.closes) for one in counter.exceptions if one.is_open]
    closed = [(one.opens, one.closes) for one in counter.exceptions if not one.is_open]
    return any(cell in between(day, *pair) for pair in opened) and not any(cell in between(day, *pair) for pair in closed)


@cache
def between(day: date, opens: time | None, closes: time | None) -> range:
    """The cells while the clock on the wall shows a time from ``opens`` to ``closes``; midnight ends the day."""
    wall = [instant_of(cell).astimezone(BERLIN).replace(tzinfo=None) for cell in all_cells(day)]
    begin = next((n for n, shown in enumerate(wall) if shown >= datetime.combine(day, opens or time(0))), len(wall))
    end = len(wall)
    if closes is not None and closes != time(0):
        ends = datetime.combine(day, closes)
        exact = [n for n, shown in enumerate(wall) if shown == ends]
        end = exact[-1] if exact else next(n for n, shown in enumerate(wall) if shown > ends)
    return range(first_cell(day) + begin, first_cell(day) + end)


def all_cells(day: date) -> range:
    return range(first_cell(day), first_cell(day + timedelta(days=1)))


def slow(wanted: list[Wanted], counters: list[Counter], day: date, *, is_holiday: bool) -> set[int]:
    """Every cell of the day tried one by one with sets."""
    opened = {c.key: {cell for cell in all_cells(day) if is_open(c, day, cell, is_holiday=is_holiday)} for c in counters}
    found = set()
    for start in all_cells(day):
        ways = [[(counter, wanted)] for counter in counters]
        if len(wanted) > 1:
            ways += [[(c, [w]) for c, w in zip(chosen, wanted, strict=True)] for chosen in permutations(counters, len(wanted))]
        if any(serves(way, start, opened, day, is_holiday=is_holiday) for way in ways):
            found.add(start)
    return found


def serves(way: list[tuple[Counter, list[Wanted]]], start: int, opened: dict[int, set[int]], day: date, *, is_holiday: bool) -> bool:
    if not on_raster(way[0][0], start, day, is_holiday=is_holiday):
        return False
    at = start
    for counter, services in way:
        length = sum(one.minutes for one in services) // 5
        blocked = length + max(one.buffer_minutes for one in services) // 5
        if not {one.key for one in services} <= counter.services or not set(range(at, at + length)) <= opened[counter.key]:
            return False
        if any(sum(s.first <= cell < s.first + s.length for s in counter.taken) >= counter.seats for cell in range(at, at + blocked)):
            return False
        at += length
    return True


def on_raster(counter: Counter, start: int, day: date, *, is_holiday: bool) -> bool:
    own = [rule for rule in counter.hours if rule.holds_on(day)]
    rules = [r for r in own or counter.site_hours if r.holds_on(day) and r.weekday == day.weekday() and not is_holiday]
    pairs = [(r.opens, r.closes) for r in rules] + [(o.opens, o.closes) for o in counter.exceptions if o.is_open]
    return any(start in between(day, *pair)[:: counter.raster_minutes // 5] for pair in pairs)


@st.composite
def offices(draw: st.DrawFn) -> tuple[list[Wanted], list[Counter], date, bool]:
    day = draw(st.sampled_from(DAYS))
    wanted = [Wanted(key, 5 * draw(st.integers(1, 9)), 5 * draw(st.integers(0, 3))) for key in range(draw(st.integers(1, 3)))]
    rules = st.builds(WeeklyHours, st.just(day.weekday()), TIMES, TIMES, st.sampled_from([day, day + timedelta(days=1)]))
    exceptions = st.builds(DayHours, st.just(day), st.booleans(), TIMES, TIMES)
    spans = st.builds(Span, st.integers(-20, 310).map(lambda n: first_cell(day) + n), st.integers(1, 60))
    site = draw(st.lists(rules, max_size=2))
    counters = [
        Counter(
            key,
            frozenset(draw(st.sets(st.integers(0, 2), min_size=1))),
            site,
            draw(st.lists(rules, max_size=1)),
            draw(st.lists(exceptions, max_size=2)),
            draw(st.integers(1, 3)),
            draw(st.sampled_from([5, 10, 15, 30])),
            draw(st.lists(spans, max_size=8)),
        )
        for key in range(draw(st.integers(1, 3)))
    ]
    return wanted, counters, day, draw(st.booleans())


@given(offices())
def test_the_quick_search_finds_what_a_slow_one_finds(office: tuple[list[Wanted], list[Counter], date, bool]) -> None:
    wanted, counters, day, is_holiday = office

    found = free_visits(wanted, counters, day, is_holiday=is_holiday)

    assert {visit.first for visit in found} == slow(wanted, counters, day, is_holiday=is_holiday)
    assert [visit.first for visit in found] == sorted({visit.first for visit in found})


@given(offices())
def test_what_is_found_can_be_given_out(office: tuple[list[Wanted], list[Counter], date, bool]) -> None:
    wanted, counters, day, is_holiday = office
    known = {counter.key: counter for counter in counters}

    for visit in free_visits(wanted, counters, day, is_holiday=is_holiday):
        assert [key for part in visit.parts for key in part.services] == [one.key for one in wanted]
        assert sum(part.length for part in visit.parts) == visit.end - visit.first
        for part in visit.parts:
            counter = known[part.counter]
            for cell in range(part.first, part.first + part.blocked):
                assert sum(s.first <= cell < s.first + s.length for s in counter.taken) < counter.seats


def test_a_visit_with_its_buffer_fits_between_two_others() -> None:
    nine = cell_of(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    taken = (Span(nine, 3), Span(nine + 8, 4))
    counter = Counter(1, frozenset({7}), [hours("09:00", "10:00")], raster_minutes=5, taken=taken)

    assert starts([Wanted(7, 20)], [counter]) == ["09:15", "09:20"]
    assert starts([Wanted(7, 20, 5)], [counter]) == ["09:15"]
    assert starts([Wanted(7, 20, 10)], [counter]) == []


def test_the_buffer_may_run_past_closing_time() -> None:
    counter = Counter(1, frozenset({7}), [hours("09:00", "09:30")], raster_minutes=15)

    assert starts([Wanted(7, 15, 15)], [counter]) == ["09:00", "09:15"]


def test_two_services_are_served_by_one_counter_or_by_two_in_a_row() -> None:
    first = Counter(1, frozenset({7}), [hours("09:00", "09:15")])
    second = Counter(2, frozenset({8}), [hours("09:00", "10:00")])
    both = Counter(3, frozenset({7, 8}), [hours("09:30", "10:00")])
    wanted = [Wanted(7, 15), Wanted(8, 15)]

    found = free_visits(wanted, [first, second, both], MONDAY, is_holiday=False)

    assert [(local(visit.first), [part.counter for part in visit.parts]) for visit in found] == [("09:00", [1, 2]), ("09:30", [3])]


def test_a_counter_with_hours_of_its_own_does_not_follow_the_site() -> None:
    counter = Counter(1, frozenset({7}), [hours("08:00", "18:00")], [hours("09:00", "09:30")])

    assert starts([Wanted(7, 15)], [counter]) == ["09:00", "09:15"]
    assert starts([Wanted(7, 15)], [counter], MONDAY + timedelta(days=1)) == []


def test_holidays_are_closed_but_extra_hours_hold() -> None:
    extra = DayHours(MONDAY, is_open=True, opens=time(10), closes=time(10, 15))
    counter = Counter(1, frozenset({7}), [hours("09:00", "09:15")], exceptions=[extra])

    assert starts([Wanted(7, 15)], [counter]) == ["09:00", "10:00"]
    assert starts([Wanted(7, 15)], [counter], is_holiday=True) == ["10:00"]


def test_a_closure_wins_over_hours_of_the_same_day() -> None:
    closed = DayHours(MONDAY, is_open=False, opens=time(9, 15), closes=time(9, 45))
    counter = Counter(1, frozenset({7}), [hours("09:00", "10:00")], exceptions=[closed])

    assert starts([Wanted(7, 15)], [counter]) == ["09:00", "09:45"]
    assert (
        starts([Wanted(7, 15)], [Counter(1, frozenset({7}), [hours("09:00", "10:00")], exceptions=[DayHours(MONDAY, is_open=False)])]) == []
    )


@pytest.mark.parametrize(
    ("day", "instants"),
    [
        (date(2026, 3, 29), ["2026-03-29T00:30:00+00:00", "2026-03-29T01:00:00+00:00"]),
        (
            date(2026, 10, 25),
            [f"2026-10-2{d}T{at}:00+00:00" for d, at in ((4, "23:30"), (5, "00:00"), (5, "00:30"), (5, "01:00"), (5, "01:30"))],
        ),
    ],
)
def test_a_counter_that_is_open_in_the_night_of_the_change(day: date, instants: list[str]) -> None:
    opens = "01:30"
    counter = Counter(1, frozenset({7}), [WeeklyHours(6, time.fromisoformat(opens), time(3, 0), date(2020, 1, 1))], raster_minutes=30)

    found = [instant_of(visit.first).isoformat() for visit in free_visits([Wanted(7, 30)], [counter], day, is_holiday=False)]

    assert found == (instants[:1] if day.month == 3 else instants)


def test_the_hours_of_a_day_stay_on_the_wall_when_the_offset_changes() -> None:
    counter = Counter(1, frozenset({7}), [hours("08:00", "08:30", weekday) for weekday in range(7)])
    days = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 24), date(2026, 10, 25), date(2028, 2, 29)]

    assert [starts([Wanted(7, 15)], [counter], day) for day in days] == [["08:00", "08:15"]] * len(days)


def test_the_last_day_of_a_rule_is_its_last_and_the_next_rule_follows() -> None:
    before = WeeklyHours(0, time(8), time(8, 15), date(2020, 1, 1), date(2026, 11, 30))
    after = WeeklyHours(0, time(10), time(10, 15), date(2026, 12, 1))
    counter = Counter(1, frozenset({7}), [before, after])

    assert starts([Wanted(7, 15)], [counter]) == ["08:00"]
    assert starts([Wanted(7, 15)], [counter], MONDAY + timedelta(days=7)) == ["10:00"]


def test_nothing_before_the_earliest_cell_and_not_more_than_asked_for() -> None:
    counter = Counter(1, frozenset({7}), [hours("08:00", "12:00")])
    nine = cell_of(datetime(2026, 11, 30, 8, 1, tzinfo=UTC))

    found = free_visits([Wanted(7, 15)], [counter], MONDAY, is_holiday=False, earliest=nine + 1, most=2)

    assert [local(visit.first) for visit in found] == ["09:15", "09:30"]


def test_cells_and_instants_fit_together() -> None:
    at = datetime(2026, 11, 30, 8, 5, tzinfo=UTC)

    assert instant_of(cell_of(at)) == at
    assert instant_of(cell_of(at + CELL - timedelta(seconds=1))) == at
