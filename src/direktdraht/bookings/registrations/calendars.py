"""Sessions as calendar files (iCalendar, RFC 5545): one party's own, and all public ones."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from direktdraht.bookings.calendar_files import CalendarEntry, calendar_file
from direktdraht.bookings.registrations import queries
from direktdraht.bookings.registrations.models import Booking, Offer, Registration, Session
from direktdraht.foundation import clock

FILE_NAME = "termine.ics"


def entry_of(session: Session, offer: Offer, title: str) -> CalendarEntry:
    """A session as a calendar shows it; its page is the offer's, which holds nothing about a person."""
    url = settings.BASE_URL + reverse("registrations:offer", args=[offer.series_id, offer.number])
    return CalendarEntry(
        uid=f"offer-{offer.pk}-{session.starts_at:%Y%m%dT%H%M}@{urlsplit(settings.BASE_URL).hostname}",
        sequence=0,
        changed_at=clock.now(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=title,
        place=offer.place,
        text=url,
        url=url,
        cancelled=offer.cancelled_at is not None,
    )


def party_calendar(registration: Registration) -> str:
    """The sessions of everything that the party has a place in; names of persons stay out."""
    return calendar_file(entry_of(session, offer, offer.title) for session, offer in queries.sessions_of(registration))


def calendar_of(bookings: Iterable[Booking]) -> str:
    """The sessions of the offers of some bookings."""
    offers = {one.offer_id: one.offer for one in bookings}
    sessions = Session.objects.filter(offer__in=offers).order_by("starts_at", "pk")
    return calendar_file(entry_of(one, offers[one.offer_id], offers[one.offer_id].title) for one in sessions)


def public_calendar() -> str:
    """The sessions of all public offers that are still ahead."""
    return calendar_file(entry_of(one, one.offer, one.offer.title) for one in queries.public_sessions())
