"""A small office with appointments: one site of the waste unit, two counters, two occasions; open on workdays from eight to twelve."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from direktdraht.bookings.appointments import actions, queries
from direktdraht.bookings.appointments.actions import Choice, Contact
from direktdraht.bookings.appointments.models import Appointment, Counter, Hours, Occasion, Site
from direktdraht.foundation import clock
from tests import cast

# A Monday at seven in the morning, an hour before the doors open.
NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
ROBIN = Contact("Robin Weber", "robin@example.org", "", "")
NOA = Contact("Noa Lindner", "noa@example.org", "", "")
FIRST_DAY = date(2020, 1, 1)


@contextmanager
def on_monday() -> Iterator[None]:
    """Monday, 30 November 2026, seven o'clock."""
    with clock.frozen(NOW):
        yield


def site(name: str = "Bürgerbüro", unit: str = "abfall", *, opens: time = time(8), closes: time = time(12)) -> Site:
    """A site that is open on workdays."""
    made = Site.objects.create(name=name, address="Rathausplatz 1", unit=cast.unit(unit), sort_key=name.lower())
    for weekday in range(5):
        Hours.objects.create(site=made, weekday=weekday, opens=opens, closes=closes, valid_from=FIRST_DAY)
    return made


def occasion(title: str = "Sperrgut abgeben", minutes: int = 30, **more: object) -> Occasion:
    """An occasion."""
    values: dict[str, object] = {"lead_minutes": 0, "sort_key": title.lower(), "unit": cast.abfall(), **more}
    return Occasion.objects.create(title={"de": title, "en": f"{title} (English)"}, minutes=minutes, **values)


def counter(place: Site, *occasions: Occasion, name: str = "Schalter 1", seats: int = 1, raster: int = 30) -> Counter:
    """A counter."""
    made = Counter.objects.create(site=place, name=name, seats=seats, raster_minutes=raster)
    made.occasions.set(occasions)
    return made


def local(text: str) -> datetime:
    """An instant as the clock in Germany shows it, ``2026-11-30 08:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.BERLIN).astimezone(UTC)


def booked(place: Site, what: Occasion, at: str, who: Contact = ROBIN) -> Appointment:
    """A booked appointment."""
    held = actions.hold(choice=Choice([what], place, local(at)), network="test")
    return actions.book(appointment=held, contact=who)


def free(place: Site, *what: Occasion, day: str = "2026-11-30") -> list[str]:
    """The free times of a day, as the clock shows them."""
    known = queries.office(list(what), [place])
    found = queries.free_on(known, place, date.fromisoformat(day))
    return [one.starts_at.astimezone(clock.BERLIN).strftime("%H:%M") for one in found]


def later(**parts: float) -> datetime:
    """An instant after NOW."""
    return NOW + timedelta(**parts)
