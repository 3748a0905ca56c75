"""What waiting halls tell the rooms below: numbers that are kept for too long, the demo city."""

from collections.abc import Iterator
from datetime import timedelta

from direktdraht.bookings.hall import jobs
from direktdraht.bookings.hall.demo import DemoHalls
from direktdraht.bookings.hall.models import Ticket
from direktdraht.foundation import checks, clock, demo
from direktdraht.foundation.checks import Finding, Level

DAYS_KEPT = 1


def hall_problems() -> Iterator[Finding]:
    """Numbers of past days that nobody erased: is the worker running?"""
    old = Ticket.objects.filter(day__lt=clock.today() - timedelta(days=DAYS_KEPT)).count()
    if old:
        yield Finding(Level.WARNING, f"{old} numbers of past days are still kept; {jobs.erase.name} should have erased them.")


def register() -> None:
    """Fill the registries below."""
    checks.registry.register("hall", hall_problems)
    demo.registry.register("hall", DemoHalls())
