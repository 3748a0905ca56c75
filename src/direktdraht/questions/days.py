"""Days in definitions: fixed ("2026-12-24") or relative to today ("today", "today+14d", "today-1y")."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated

import holidays
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

_RELATIVE = re.compile(r"today(?:([+-])([0-9]{1,5})([dmy]))?\Z")
_SPAN = re.compile(r"([+-])([0-9]{1,5})([dmy])\Z")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}\Z")


def iso_day(text: str) -> date | None:
    """The day written as YYYY-MM-DD, or None.

    >>> iso_day("2026-02-30") is None
    True
    """
    if not _ISO.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def clock_time(text: str) -> time | None:
    """The time of day written as HH:MM, or None.

    >>> clock_time("24:00") is None
    True
    """
    if not _CLOCK.match(text):
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def local_moment(text: str) -> datetime | None:
    """The local moment written as YYYY-MM-DDTHH:MM, without a zone, or None.

    >>> local_moment("2026-11-24T09:30")
    datetime.datetime(2026, 11, 24, 9, 30)
    """
    written_day, between, written_time = text.partition("T")
    day, hour = iso_day(written_day), clock_time(written_time)
    return datetime.combine(day, hour) if between and day and hour is not None else None


def resolve(text: str, today: date) -> date | None:
    """The day a definition means, or None if the text names none.

    Adding months keeps the day of the month, or takes the last day of a shorter month.

    >>> resolve("today+1m", date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """
    if _RELATIVE.match(text) is None:
        return iso_day(text)
    return shifted(today, text.removeprefix("today")) if text != "today" else today


def shifted(day: date, span: str) -> date:
    """The day moved by a span such as "+3m", "-14d" or "+1y"; the farthest day there is if it leads beyond.

    Raises ValueError if the text is no span.
    """
    found = _SPAN.match(span)
    if found is None:
        raise ValueError("no span of time")
    sign, number, unit = found.groups()
    count = int(number) * (1 if sign == "+" else -1)
    try:
        if unit == "d":
            return day + timedelta(days=count)
        return _months_later(day, count * (12 if unit == "y" else 1))
    except (ValueError, OverflowError):
        return date.max if count > 0 else date.min


def full_years(begin: date, end: date) -> int:
    """The full years between two days: someone's age. Who is born on 29 February completes a year on 28 February.

    The new year of life begins on the day that has the same number, else on 1 March (§ 187 (2), § 188 (2) BGB).

    >>> full_years(date(2008, 2, 29), date(2026, 2, 28)), full_years(date(2008, 2, 29), date(2026, 3, 1))
    (17, 18)
    """
    return end.year - begin.year - ((end.month, end.day) < (begin.month, begin.day))


def full_months(begin: date, end: date) -> int:
    """The full months between two days, less than zero if the end comes first.

    A new month begins on the day that has the same number, else on the first of the next (§ 187 (2), § 188 (2) BGB).

    >>> full_months(date(2026, 1, 31), date(2026, 2, 28)), full_months(date(2026, 1, 31), date(2026, 3, 1))
    (0, 1)
    """
    return (end.year - begin.year) * 12 + end.month - begin.month - (end.day < begin.day)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise OverflowError("year out of range")


def _is_day(text: str) -> str:
    if _RELATIVE.match(text) is None and iso_day(text) is None:
        raise PydanticCustomError("no_day", "no_day")
    return text


Day = Annotated[str, AfterValidator(_is_day)]
"""A fixed or relative day in a definition."""


def _is_time(text: str) -> str:
    if clock_time(text) is None:
        raise PydanticCustomError("no_time", "no_time")
    return text


Clock = Annotated[str, AfterValidator(_is_time)]
"""A time of day in a definition, such as "09:30"."""


Span = Annotated[str, Field(pattern=r"^[+-][0-9]{1,5}[dmy]$")]
"""A span of days, months or years in a definition, such as "+3m"."""


@lru_cache(maxsize=64)
def _holidays(state: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv=state, years=year))


def is_holiday(day: date, state: str) -> bool:
    """Whether the day is a public holiday of the state (Bundesland, such as "NI")."""
    return day in _holidays(state, day.year)
