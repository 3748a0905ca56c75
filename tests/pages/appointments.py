"""An office with appointments for the page list: one booked, one held, one offered to a wish, one that a clerk holds by phone."""

from datetime import date, time, timedelta
from typing import Any

from direktdraht.bookings.appointments import actions, feeds, queries
from direktdraht.bookings.appointments.actions import Choice, Contact, Window
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, Counter, DayException, Hours, Occasion, Origin, Site, State
from direktdraht.bookings.hall.links import DISPLAY, KIOSK, address_of
from direktdraht.bookings.hall.models import DayCount, Hall, Ticket, TicketState
from direktdraht.foundation import clock
from tests import cast

AWAY = 3


def values() -> dict[str, Any]:
    """Make the office, and what stands in its addresses."""
    place, what = office()
    counter = place.counters.get()
    day = clock.today() + timedelta(days=AWAY)
    free = queries.free_on(queries.office([what], [place]), place, day)
    choices = [Choice([what], place, one.starts_at) for one in free]
    visit = actions.book(
        appointment=actions.hold(choice=choices[0], network="page"),
        contact=Contact("Robin Weber", "robin@example.org"),
        account=cast.robin(),
    )
    held = actions.hold(choice=choices[1], network="page")
    by_phone = actions.hold(choice=choices[2], network="", origin=Origin.PHONE)
    offer = an_offer(place, what, day)
    far = timedelta(days=36500)
    Appointment.objects.filter(pk__in=[held.pk, by_phone.pk, offer.pk]).update(held_until=clock.now() + far)
    wish = a_wish(place, what, day + timedelta(days=400), "mo@example.org")
    hall = a_hall(place, what)
    waiting, called = a_number(hall, 1), a_number(hall, 2, counter)
    exception = DayException.objects.create(site=place, counter=counter, day=day + timedelta(days=30), note="Fortbildung")
    return {
        "visit": str(visit.pk),
        "visit_token": token_of(visit.pk),
        "held_token": token_of(held.pk),
        "offer_token": token_of(offer.pk),
        "wish_token": token_of(wish.pk, kind="wish"),
        "site": place.pk,
        "counter": counter.pk,
        "occasion": what.pk,
        "hours": place.hours.order_by("pk")[0].pk,
        "exception": exception.pk,
        "phone_hold": str(by_phone.pk),
        "site_feed": feeds.address_of(actions.set_feed(site=place, is_on=True, with_names=False, by=cast.alex())).split("/")[-1][:-4],
        "hall_kiosk": address_of(hall, KIOSK),
        "hall_display": address_of(hall, DISPLAY),
        "number_token": token_of(waiting.pk, kind="ticket"),
        "hall_number": str(waiting.pk),
        "called_number": str(called.pk),
    }


def office() -> tuple[Site, Occasion]:
    """One site of the waste unit, open every day around the clock, so that it does not matter when the tests run."""
    place = Site.objects.create(name="Wertstoffhof Nord", address="Kanalstraße 40", unit=cast.abfall(), sort_key="wertstoffhof")
    what = Occasion.objects.create(
        title={"de": "Sperrgut abgeben", "en": "Hand in bulky goods"}, minutes=30, unit=cast.abfall(), sort_key="sperrgut"
    )
    counter = Counter.objects.create(site=place, name="Rampe 1", raster_minutes=30)
    counter.occasions.set([what])
    for number in range(AWAY, 60):
        day = clock.today() + timedelta(days=number)
        DayException.objects.create(site=place, day=day, is_open=True, opens=time(8), closes=time(20))
    for weekday in range(5):
        Hours.objects.create(site=place, weekday=weekday, opens=time(7), closes=time(8), valid_from=date(2020, 1, 1))
    return place, what


def a_hall(place: Site, what: Occasion) -> Hall:
    """The waiting hall of the site, where one may come without appointment."""
    hall = Hall.objects.create(site=place)
    hall.occasions.set([what])
    DayCount.objects.create(
        site=place, day=clock.today() - timedelta(days=1), drawn=9, with_appointment=2, served=7, gone=1, told=1, median_minutes=12
    )
    return hall


def a_number(hall: Hall, number: int, counter: Counter | None = None) -> Ticket:
    """A number of today, as if it had been drawn while it was open; called, if a counter is given."""
    what = hall.occasions.get()
    state = TicketState.CALLED if counter else TicketState.WAITING
    called_at = clock.now() if counter else None
    return Ticket.objects.create(
        site=hall.site,
        day=clock.today(),
        letter="A",
        number=number,
        occasions=[what.pk],
        minutes=what.minutes,
        state=state,
        counter=counter,
        called_at=called_at,
    )


def a_wish(place: Site, what: Occasion, last: date, email: str) -> Any:
    """Somebody who waits for a time at four in the morning."""
    window = Window(clock.today(), last, list(range(7)), time(4), time(5))
    return actions.wish_for(occasions=[what], sites=[place], window=window, name="Mo Adler", email=email)


def an_offer(place: Site, what: Occasion, day: date) -> Appointment:
    """A wish to which a time was offered."""
    window = Window(clock.today(), day, list(range(7)), time(10), time(12))
    wish = actions.wish_for(occasions=[what], sites=[place], window=window, name="Noa Lindner", email="noa@example.org")
    actions.allot_waiting([place])
    return Appointment.objects.get(wish=wish, state=State.OFFERED)


def grow(number: int) -> None:
    """More of everything at the site: occasion, counter, hours, exception, appointment on the same day, wish."""
    visit = Appointment.objects.filter(email="robin@example.org", state=State.BOOKED).order_by("starts_at", "pk")[0]
    place, part = visit.site, visit.parts.get()
    more = Occasion.objects.create(title={"de": f"Anlass {number}"}, minutes=15, unit=place.unit, sort_key=f"zz {number}")
    desk = Counter.objects.create(site=place, name=f"Rampe {number}", raster_minutes=30)
    desk.occasions.set([more])
    Hours.objects.create(site=place, counter=desk, weekday=number % 7, opens=time(9), closes=time(10), valid_from=date(2020, 1, 1))
    DayException.objects.create(site=place, counter=desk, day=clock.today() + timedelta(days=40 + number))
    same = Appointment.objects.create(
        site=place, state=State.BOOKED, starts_at=visit.starts_at, ends_at=visit.ends_at, name=f"Person {number}", account=visit.account
    )
    same.parts.create(
        counter=part.counter,
        occasions=part.occasions,
        place=0,
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        blocked_until=part.blocked_until,
    )
    a_number(place.hall, 100 + number)
    DayCount.objects.create(
        site=place, day=clock.today() - timedelta(days=number + 1), drawn=9, with_appointment=2, served=7, gone=1, told=1
    )
    a_wish(place, more, clock.today() + timedelta(days=300), f"wunsch-{number}@example.org")
