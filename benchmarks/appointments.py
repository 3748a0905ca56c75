"""Appointments: the free times of fifty sites over twelve weeks, as ratio to a search that tries every cell with sets."""

import random
import statistics
import time as timing
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from direktdraht.bookings.appointments.free_times import Counter, Span, Wanted, WeeklyHours, first_cell, free_visits, open_spans

SITES, COUNTERS, WEEKS = 50, 4, 12
FIRST = date(2026, 3, 2)  # the clock is changed within the twelve weeks
WANTED = [Wanted(1, 20, 5)]
SHARE_TAKEN = 0.7
ROUNDS = 3
HOURS = [WeeklyHours(weekday, time(8), time(18), date(2020, 1, 1)) for weekday in range(5)]


def measure_appointments() -> dict[str, Any]:
    """Seconds for all sites and for one site by the plain search, whose answer must be the same."""
    chance = random.Random(2026)
    sites = [[counter(key, chance) for key in range(COUNTERS)] for _ in range(SITES)]
    days = [FIRST + timedelta(days=number) for number in range(7 * WEEKS)]
    quick = [seconds(lambda: [found(site, days) for site in sites]) for _ in range(ROUNDS)]
    plain = [seconds(lambda: plainly(sites[0], days)) for _ in range(ROUNDS)]
    if found(sites[0], days) != plainly(sites[0], days):
        raise ValueError("The two searches differ.")
    ours, baseline = statistics.median(quick), statistics.median(plain) * SITES
    nearest = statistics.median(seconds(lambda: [first_six(site, days) for site in sites]) for _ in range(ROUNDS))
    return {
        "sites": SITES,
        "weeks": WEEKS,
        "all_seconds": ours,
        "next_six_seconds": nearest,
        "plain_seconds": baseline,
        "ratio": ours / baseline,
    }


def counter(key: int, chance: random.Random) -> Counter:
    """A counter whose days are full to seven tenths."""
    taken = []
    for number in range(7 * WEEKS):
        begin = first_cell(FIRST + timedelta(days=number)) + 96
        taken += [Span(begin + place, 5) for place in range(0, 120, 5) if chance.random() < SHARE_TAKEN]
    return Counter(key, frozenset({1}), HOURS, raster_minutes=5, taken=taken)


def found(counters: list[Counter], days: list[date]) -> list[int]:
    """Every free start of one site."""
    return [visit.first for day in days for visit in free_visits(WANTED, counters, day, is_holiday=False)]


def first_six(counters: list[Counter], days: list[date]) -> list[int]:
    """The next six free starts."""
    starts: list[int] = []
    for day in days:
        starts += [visit.first for visit in free_visits(WANTED, counters, day, is_holiday=False, most=6)]
        if len(starts) >= 6:
            break
    return starts[:6]


def plainly(counters: list[Counter], days: list[date]) -> list[int]:
    """The same starts, every cell tried with sets."""
    starts = []
    taken = [{span.first + cell for span in one.taken for cell in range(span.length)} for one in counters]
    for day in days:
        free = []
        for one, busy in zip(counters, taken, strict=True):
            opened = {cell for span in open_spans(one, day, is_holiday=False) for cell in range(span.first, span.first + span.length)}
            fits = {cell for cell in opened if all(cell + n in opened for n in range(4)) and all(cell + n not in busy for n in range(5))}
            free.append(fits)
        starts += sorted(set().union(*free))
    return starts


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    begin = timing.perf_counter()
    work()
    return timing.perf_counter() - begin


def lines(report: dict[str, Any]) -> str:
    """The report as text."""
    return (
        f"appointments: all free times of {report['sites']} sites over {report['weeks']} weeks {report['all_seconds']:.2f} s, "
        f"the next six of each {report['next_six_seconds'] * 1000:.0f} ms; "
        f"cell by cell {report['plain_seconds']:.1f} s, ratio {report['ratio']:.3f}"
    )
