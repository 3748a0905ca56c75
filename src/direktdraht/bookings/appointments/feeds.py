"""The calendar of a site or counter for staff's own calendar programs: a secret address without login (iCalendar).

It holds times, reasons and counters. Names only where the city switched them on; contacts and links of people never.
"""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404
from django.urls import reverse

from direktdraht.bookings.appointments import letters, queries
from direktdraht.bookings.appointments.links import signer
from direktdraht.bookings.appointments.models import Appointment, Counter, Site, State
from direktdraht.bookings.calendar_files import CalendarEntry, calendar_file
from direktdraht.foundation import clock

KIND = "site_feed"
BACK, AHEAD = timedelta(days=7), timedelta(days=90)
MOST = 3_000


def address_of(site: Site, counter: Counter | None = None) -> str:
    """The whole secret address of a site's calendar, or of one of its counters; empty while there is none."""
    if site.feed_key is None:
        return ""
    token = signer(KIND).sign(f"{site.pk}-{counter.pk if counter else 0}-{site.feed_key.hex}")
    return settings.BASE_URL + reverse("appointments:staff_feed", args=[token])


def get_by_address(token: str) -> tuple[Site, int]:
    """The site of an address, and the counter's number (0 for all); raises Http404."""
    try:
        site, counter, key = signer(KIND).unsign(token).split("-")
        found = Site.objects.filter(pk=int(site), feed_key=UUID(key)).first()
    except (BadSignature, ValueError) as problem:
        raise Http404 from problem
    if found is None:
        raise Http404
    return found, int(counter)


def feed(site: Site, counter: int) -> str:
    """The appointments of the last week and the next three months; cancelled ones too, so that programs take them out."""
    now = clock.now()
    found = Appointment.objects.filter(site=site, starts_at__gte=now - BACK, starts_at__lte=now + AHEAD)
    found = found.filter(state__in=[State.BOOKED, State.CANCELLED])
    if counter:
        found = found.filter(parts__counter=counter).distinct()
    read = list(found.prefetch_related("parts__counter").order_by("starts_at", "pk")[:MOST])
    known = queries.titles_of(read)
    return calendar_file(
        entry_of(one, site, letters.titles([known[k] for k in queries.occasion_keys(one) if k in known], "de")) for one in read
    )


def entry_of(appointment: Appointment, site: Site, title: str) -> CalendarEntry:
    """An appointment as staff's calendar shows it; its page asks for a login."""
    url = settings.BASE_URL + reverse("appointments:staff_appointment", args=[appointment.pk])
    named = f"{title}: {appointment.name}" if site.feed_names and appointment.state == State.BOOKED else title
    counters = ", ".join(part.counter.name for part in sorted(appointment.parts.all(), key=lambda part: part.place))
    return CalendarEntry(
        uid=f"staff-{appointment.pk}@{urlsplit(settings.BASE_URL).hostname}",
        sequence=appointment.sequence,
        changed_at=appointment.changed_at,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        title=named,
        place=f"{site.name}, {counters}" if counters else site.name,
        text=url,
        url=url,
        cancelled=appointment.state == State.CANCELLED,
    )
