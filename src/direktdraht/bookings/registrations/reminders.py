"""Reminders by mail: of the first date of a place, and of an offered place that lapses soon. Each is sent once.

The mails name offer, date and number, no person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import calendars, notices
from direktdraht.bookings.registrations.models import PLACES, Booking, BookingState, Offer, Session
from direktdraht.bookings.registrations.steps import held
from direktdraht.foundation import clock
from direktdraht.foundation.post.actions import Attachment
from direktdraht.foundation.web.dates import moment_words

BEFORE_LAPSE = timedelta(hours=24)
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """An offer with somebody to be reminded: its first date, and since when the reminder is due."""

    offer: int
    first: datetime
    since: datetime


def remind_of_dates() -> int:
    """Remind of first dates as many days before as each series says; returns how many mails were queued."""
    return sum(remind_offer(due.offer) for due in due_dates(Offer.objects.all()))


def due_dates(offers: QuerySet[Offer], *, changed_before: datetime | None = None) -> list[Due]:
    """Which of these offers have somebody to be reminded now; ``changed_before`` leaves out places that changed later."""
    now = clock.now()
    days = ExpressionWrapper(F("series__remind_days") * Value(timedelta(days=1)), output_field=DurationField())
    first = Session.objects.filter(offer=OuterRef("pk")).order_by("starts_at").values("starts_at")[:1]
    waits = Booking.objects.filter(offer=OuterRef("pk"), state__in=PLACES).exclude(reminded_for=OuterRef("first"))
    waits = waits.filter(changed_at__lt=changed_before) if changed_before else waits
    live = offers.filter(cancelled_at__isnull=True, series__remind_days__isnull=False).annotate(first=Subquery(first))
    dated = live.annotate(since=ExpressionWrapper(F("first") - days, output_field=DateTimeField()))
    found = dated.filter(Exists(waits), first__gt=now, since__lte=now).order_by("first", "pk")
    return [Due(*row) for row in found.values_list("pk", "first", "since")]


def remind_offer(offer: int) -> int:
    """Remind everybody with a place in one offer, one mail a party; returns how many.

    Who got the place within those days has just had a mail with its dates. A date that was moved is said again.
    """
    with held([offer]):
        due = next(iter(due_dates(Offer.objects.filter(pk=offer))), None)
        if due is None:
            return 0
        rows = Booking.objects.filter(offer=offer, state__in=PLACES).exclude(reminded_for=due.first)
        rows = rows.select_related("participant__registration", "offer__series").order_by("participant__registration", "pk")
        bookings = list(rows[:MOST_AT_ONCE])
        parties: dict[UUID, list[Booking]] = {}
        for one in bookings:
            if one.reminded_for is not None or one.changed_at < due.since:
                parties.setdefault(one.participant.registration_id, []).append(one)
        for places in parties.values():
            say_date(places, due.first)
        Booking.objects.filter(pk__in=[one.pk for one in bookings]).update(reminded_for=due.first)
    return len(parties)


def say_date(places: Sequence[Booking], first: datetime) -> None:
    """Queue the mail about a party's first date in an offer, with the calendar file."""
    registration, offer = places[0].participant.registration, places[0].offer
    with translation.override(registration.language):
        line = ", ".join(filter(None, [f"{offer.title}: {moment_words(first)}", offer.place]))
        subject, sentence = _("Erinnerung: %(number)s") % {"number": registration.number}, _("Bald ist der erste Termin:")
    file = Attachment(calendars.FILE_NAME, calendars.calendar_of(places), "text/calendar")
    key = f"reminder:{places[0].pk}:{first.isoformat()}"
    notices.mail(registration, {"subject": subject, "sentence": sentence, "lines": [line], "why": ""}, key=key, file=file)


def remind_of_lapses() -> int:
    """Remind of offered places a day before they lapse, if they were offered earlier; returns how many mails were queued."""
    blocks = dict.fromkeys(lapsing(clock.now()).order_by("until", "pk").values_list("block", flat=True))
    return sum(remind_block(block) for block in blocks)


def lapsing(now: datetime) -> QuerySet[Booking]:
    """The offered places that lapse within a day and of which nobody was reminded."""
    soon = Booking.objects.filter(state=BookingState.OFFERED, lapse_reminded_at__isnull=True, until__gt=now, until__lte=now + BEFORE_LAPSE)
    return soon.filter(changed_at__lt=F("until") - BEFORE_LAPSE)


def remind_block(block: UUID) -> int:
    """Remind a party of the places that it was offered together; returns how many mails, one or none."""
    with held(Booking.objects.filter(block=block).values_list("offer_id", flat=True)):
        rows = lapsing(clock.now()).filter(block=block).order_by("pk")
        places = list(rows.select_related("participant__registration", "offer"))
        if not places:
            return 0
        registration = places[0].participant.registration
        with translation.override(registration.language):
            lines = [f"{one.offer.title}: {moment_words(one.until)}" for one in places if one.until is not None]
            subject = _("Bitte antworten: %(number)s") % {"number": registration.number}
            sentence = _("Ein Platz wartet auf Ihre Antwort. Ohne Antwort geht er danach an die nächste Person:")
        notices.mail(
            registration, {"subject": subject, "sentence": sentence, "lines": list(dict.fromkeys(lines)), "why": ""}, key=f"lapsing:{block}"
        )
        Booking.objects.filter(pk__in=[one.pk for one in places]).update(lapse_reminded_at=clock.now())
    return 1
