"""Working days: not Saturday, not Sunday, not a public holiday of the state (§ 193 BGB)."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

from .rows import DeadlineError

# Only the states; the library also names a city with a holiday of its own.
STATES = tuple(code for code in holidays.list_supported_countries()["DE"] if len(code) == 2)
FIRST_YEAR, LAST_YEAR = 1991, 2199
_LANGUAGES = {"de": "de", "en": "en_US"}
_ONE_DAY = timedelta(days=1)


@cache
def _holidays(state: str, language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv=state, language=_LANGUAGES[language])


class WorkingDays:
    """The working days of one German state, with days that a city adds (local holidays)."""

    def __init__(self, state: str, local_holidays: Collection[date] = ()) -> None:
        """Raises DeadlineError when ``state`` is none of the sixteen codes such as ``NI``."""
        if state not in STATES:
            raise DeadlineError(f"Das Land „{state}“ ist unbekannt; bekannt: {', '.join(STATES)}.")
        self.state = state
        self.local_holidays = frozenset(local_holidays)

    def holiday(self, day: date, language: str = "de") -> str:
        """The holiday's name in German or English, or nothing."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise DeadlineError(f"Feiertage sind nur von {FIRST_YEAR} bis {LAST_YEAR} hinterlegt.")
        name = _holidays(self.state, language).get(day)
        if name is None and day in self.local_holidays:
            return {"de": "örtlicher Feiertag", "en": "local holiday"}[language]
        return name or ""

    def is_working_day(self, day: date) -> bool:
        """Whether the day is neither Saturday, Sunday nor holiday."""
        return not self.holiday(day) and day.weekday() < 5

    def next_from(self, day: date) -> date:
        """The day itself if it is a working day, else the next one that is."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day


def add_working_days(start: date, n: int, state: str) -> date:
    """The ``n``-th working day after ``start``; for 0 the first working day from ``start`` on.

    For promises of the city ("answer within five working days"), not for legal periods, which
    count every day. Raises DeadlineError for an unknown state or a negative number.
    """
    if n < 0:
        raise DeadlineError("Die Zahl der Werktage darf nicht negativ sein.")
    calendar = WorkingDays(state)
    day = start if n else calendar.next_from(start)
    for _ in range(n):
        day = calendar.next_from(day + _ONE_DAY)
    return day
