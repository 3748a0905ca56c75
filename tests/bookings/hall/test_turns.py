"""Whose turn it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from direktdraht.bookings.hall.turns import EARLY, LATE, Desk, Waiting, before, estimate, in_turn, kept_time, median, next_for, place_back

NINE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
PASSPORT, HOUSE = 1, 2
DESK = Desk(frozenset({PASSPORT, HOUSE}))


def minute(number: int) -> datetime:
    return NINE + timedelta(minutes=number)


def number(key: str, since: int, *, minutes: int = 10, service: int = PASSPORT) -> Waiting:
    return Waiting(key, frozenset({service}), minute(since), minutes)


def visit(key: str, due: int, since: int = -30) -> Waiting:
    return Waiting(key, frozenset({PASSPORT}), minute(since), 10, due=minute(due))


def test_an_appointment_whose_time_has_come_goes_before_all_numbers() -> None:
    waiting = [number("early bird", -60), visit("at nine", 0), visit("at five to nine", -5)]

    assert [one.key for one in in_turn(waiting, NINE)] == ["at five to nine", "at nine", "early bird"]


def test_an_appointment_that_is_early_waits_until_nobody_else_does() -> None:
    early = visit("at half past nine", 30)

    assert next_for(DESK, [early, number("now", -1)], NINE) == number("now", -1)
    assert next_for(DESK, [early], NINE) == early


@pytest.mark.parametrize(("busy_from", "expected"), [(None, "long"), (25, "long"), (24, "short"), (4, None)])
def test_a_number_is_called_only_if_it_fits_before_the_counters_next_appointment(busy_from: int | None, expected: str | None) -> None:
    desk = Desk(frozenset({PASSPORT}), minute(busy_from) if busy_from is not None else None)

    found = next_for(desk, [number("long", -9, minutes=30), number("short", -5, minutes=10)], NINE)

    assert (found.key if found else None) == expected


def test_a_counter_calls_only_for_what_it_does() -> None:
    desk = Desk(frozenset({HOUSE}))

    assert next_for(desk, [number("passport", -9), number("house", -1, service=HOUSE)], NINE) == number("house", -1, service=HOUSE)
    assert next_for(desk, [number("passport", -9)], NINE) is None


def test_who_missed_a_call_stands_behind_the_next_three() -> None:
    line = [number(str(place), place) for place in range(-10, -5)]
    back = Waiting("back", frozenset({PASSPORT}), place_back(line, NINE), 10)

    assert [one.key for one in in_turn([*line, back], NINE)].index("back") == 3
    assert place_back(line[:2], NINE) > line[1].since
    assert place_back([], NINE) == NINE


def test_only_who_a_common_counter_calls_stands_before() -> None:
    passports, houses = Desk(frozenset({PASSPORT})), Desk(frozenset({HOUSE}))
    line = [number("p", -9), number("h", -8, service=HOUSE), number("p later", -1)]

    assert [one.key for one in before(line[2], line, [passports, houses], NINE)] == ["p"]
    assert [one.key for one in before(line[2], line, [passports, Desk(frozenset({PASSPORT, HOUSE}))], NINE)] == ["p", "h"]


def test_the_worked_table_of_the_explanation() -> None:
    first, second = number("A 1", -20, minutes=30), number("A 2", -15, minutes=10)
    at_nine, after_nine = visit("T 1", 0, -18), visit("T 2", 5, 4)
    booked = Desk(frozenset({PASSPORT}), NINE)

    assert next_for(booked, [first, second, at_nine], minute(-10)) == second
    assert next_for(booked, [first, at_nine], minute(-4)) == at_nine
    assert [one.key for one in in_turn([first, after_nine], minute(5))] == ["T 2", "A 1"]


people = some.lists(
    some.builds(
        Waiting,
        key=some.uuids(),
        services=some.frozensets(some.integers(1, 3), min_size=1),
        since=some.integers(-90, 0).map(minute),
        minutes=some.integers(5, 60),
        number=some.integers(1, 99),
        due=some.one_of(some.none(), some.integers(-60, 60).map(minute)),
    ),
    unique_by=lambda one: one.key,
    max_size=12,
)


@given(people)
def test_nobody_is_lost_and_no_number_goes_before_an_appointment_whose_time_has_come(waiting: list[Waiting]) -> None:
    order = in_turn(waiting, NINE)

    assert sorted(map(id, order)) == sorted(map(id, waiting))
    kinds = [0 if one.is_due(NINE) else 1 if one.due is None else 2 for one in order]
    assert kinds == sorted(kinds)


@given(people)
def test_calling_one_after_the_other_empties_the_hall(waiting: list[Waiting]) -> None:
    desk, left = Desk(frozenset({1, 2, 3})), list(waiting)

    for expected in in_turn(waiting, NINE):
        found = next_for(desk, left, NINE)
        assert found == expected
        left.remove(found)

    assert next_for(desk, left, NINE) is None


@given(people, some.integers(1, 5))
def test_more_counters_never_mean_a_longer_wait(waiting: list[Waiting], desks: int) -> None:
    few, many = estimate(waiting, desks), estimate(waiting, desks + 1)

    assert few is not None
    assert many is not None
    assert 0 <= many[0] < many[1]
    assert many[0] <= few[0]
    assert many[1] <= few[1]


@given(some.integers(-60, 120))
def test_an_appointment_keeps_its_time_until_a_quarter_of_an_hour_after_it(late: int) -> None:
    assert (kept_time(NINE, minute(late)) is not None) == (timedelta(minutes=late) <= LATE)
    assert EARLY < LATE


@given(some.lists(some.integers(0, 300), min_size=5))
def test_half_of_the_people_waited_no_longer_than_the_median(waits: list[int]) -> None:
    middle = median(waits)

    assert middle is not None
    assert sum(wait <= middle + 1 for wait in waits) * 2 >= len(waits)
    assert sum(wait >= middle for wait in waits) * 2 >= len(waits)
