"""What the doctor asks of registrations."""

from collections.abc import Iterator
from datetime import timedelta

from direktdraht.bookings.registrations import reminders
from direktdraht.bookings.registrations.models import Offer
from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding, Level

LATE = timedelta(hours=2)


def reminder_problems() -> Iterator[Finding]:
    """Reminders that should have gone two hours ago."""
    now, limit = clock.now(), clock.now() - LATE
    offers = sum(due.since < limit for due in reminders.due_dates(Offer.objects.all(), changed_before=limit))
    if offers:
        yield Finding(Level.WARNING, f"Reminders of the first date are overdue for {offers} offers; is the worker running?")
    places = reminders.lapsing(now).filter(until__lt=limit + reminders.BEFORE_LAPSE).count()
    if places:
        yield Finding(Level.WARNING, f"Reminders are overdue for {places} offered places that lapse soon; is the worker running?")
