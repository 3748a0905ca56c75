"""One source of time: everything that asks what time it is asks here.

Instants are aware datetimes in UTC; days are calendar days in Germany, because legal dates are.
Tests freeze the clock for the whole process, so that worker threads see the same time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Lock
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


class NaiveInstant(ValueError):
    """An instant without time zone was handed to the clock."""


_frozen_at: list[datetime] = []
_lock = Lock()


def now() -> datetime:
    """The present instant, aware, in UTC (or the instant at which a test froze the clock)."""
    with _lock:
        if _frozen_at:
            return _frozen_at[-1]
    return datetime.now(UTC)


def today() -> date:
    """The present calendar day in Germany (Europe/Berlin)."""
    return now().astimezone(BERLIN).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Stop the clock at ``at`` for every thread of this process; freezes may be nested.

    Raises NaiveInstant when ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise NaiveInstant("Eingefroren wird nur ein Zeitpunkt mit Zeitzone.")
    instant = at.astimezone(UTC)
    with _lock:
        _frozen_at.append(instant)
    try:
        yield instant
    finally:
        with _lock:
            # Remove this very freeze from the end: threads may leave in another order.
            position = len(_frozen_at) - 1 - _frozen_at[::-1].index(instant)
            del _frozen_at[position]
