"""A waiting hall for tests: the office of the appointments, open for one occasion without appointment."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from direktdraht.bookings.appointments.models import Counter, Occasion, Site
from direktdraht.bookings.hall import actions
from direktdraht.bookings.hall.models import Hall, Ticket
from direktdraht.foundation import clock
from tests import cast
from tests.bookings.appointments.office import counter, local, occasion, site


@contextmanager
def at(text: str) -> Iterator[None]:
    """A time of Monday, 30 November 2026, in Germany: ``09:00``."""
    with clock.frozen(local(f"2026-11-30 {text}")):
        yield


def hall(minutes: int = 10) -> tuple[Hall, Occasion, Counter]:
    """A site with one counter, open from eight to twelve, where one may come without appointment."""
    place, what = site(), occasion(minutes=minutes)
    desk = counter(place, what, raster=10)
    return open_at(place, what), what, desk


def open_at(place: Site, *occasions: Occasion) -> Hall:
    """A hall at a site."""
    return actions.save_hall(hall=Hall(site=place), occasions=occasions, by=cast.alex())


def drawn(place: Hall, what: Occasion) -> Ticket:
    """A number that somebody draws."""
    return actions.draw(hall=place, occasion=what, key=uuid4())


def called(desk: Counter) -> str:
    """Whom the counter calls next, by number; empty for nobody."""
    found = actions.call_next(counter=desk, key=uuid4(), by=cast.kim())
    return found.name if found else ""


def state(ticket: Ticket) -> str:
    """How far a number is now."""
    return Ticket.objects.get(pk=ticket.pk).state
