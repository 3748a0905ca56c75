"""Whether numbers are given out: open now, and far enough from the end of the day. Pure beside ``free_times``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from direktdraht.bookings.appointments.free_times import Counter, DayPlan, cell_of, instant_of


@dataclass(frozen=True)
class Opening:
    """What is open for one occasion: whether now, when it opens next on this day, when the day ends."""

    is_open: bool
    opens_next: datetime | None
    closes_at: datetime | None

    def gives_numbers(self, now: datetime, stop_minutes: int) -> bool:
        """Whether a number may be drawn: open, and not so near to closing that nobody could be served."""
        return self.is_open and self.closes_at is not None and now <= self.closes_at - timedelta(minutes=stop_minutes)


def openings(counters: Iterable[Counter], day: date, now: datetime, *, is_holiday: bool) -> Mapping[int, Opening]:
    """The opening of each service on a day at some counters; a service that no counter does is missing."""
    plans = [DayPlan(counter, day, is_holiday=is_holiday) for counter in counters]
    services = {service for plan in plans for service in plan.counter.services}
    return {service: opening([plan for plan in plans if service in plan.counter.services], now) for service in services}


def opening(plans: list[DayPlan], now: datetime) -> Opening:
    """The opening of some counters taken together."""
    base = plans[0].base
    cells = 0
    for plan in plans:
        cells |= plan.open
    place = cell_of(now) - base
    is_open = place >= 0 and bool(cells >> place & 1)
    later = cells >> (place + 1) if place >= 0 else cells
    first = max(place + 1, 0)
    opens_next = instant_of(base + first + (later & -later).bit_length() - 1) if later and not is_open else None
    return Opening(is_open, opens_next, instant_of(base + cells.bit_length()) if cells else None)
