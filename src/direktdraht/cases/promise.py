"""The city's promise of an answer, in working days: pure computation, no database.

The promise counts the working days after receipt (Saturday, Sunday and public holidays do not count).
While the city waits for the person, the clock rests; the days that were left are left again afterwards.
"""

from datetime import date, timedelta

from direktdraht.foundation import deadlines

DEFAULT_DAYS = 5


def due_after(received_on: date, days: int, state: str) -> date:
    """The last day of a promise of ``days`` working days."""
    return deadlines.add_working_days(received_on, days, state)


def working_days_left(today: date, due: date, state: str) -> int:
    """Working days after ``today`` up to and including ``due``; negative when ``due`` has passed."""
    calendar = deadlines.WorkingDays(state)
    first, last = min(today, due), max(today, due)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    count = sum(calendar.is_working_day(day) for day in days)
    return count if today <= due else -count


def due_after_rest(due: date, rested_since: date, resumed_on: date, state: str) -> date:
    """The new last day when the clock runs again.

    The working days that were left on ``rested_since`` are left on ``resumed_on``. A promise that was broken
    before the rest stays broken; a rest that ends on the day it began moves nothing.
    """
    if due < rested_since or resumed_on <= rested_since:
        return due
    left = working_days_left(rested_since, due, state)
    return deadlines.add_working_days(resumed_on, left, state)


def percent_used(received_on: date, due: date, today: date) -> int:
    """How much of the time from receipt to ``due`` has passed, 0 to 100."""
    whole = (due - received_on).days
    if whole <= 0 or today >= due:
        return 100
    return max(0, min(100, round(100 * (today - received_on).days / whole)))
