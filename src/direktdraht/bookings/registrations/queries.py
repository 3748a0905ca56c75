"""What can be asked about offers and registrations; a fixed number of queries, whatever the number of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from direktdraht.bookings.registrations.models import (
    HOLDING,
    LIVE,
    Announcement,
    Booking,
    BookingState,
    HealthLook,
    Offer,
    OfferWish,
    Participant,
    Registration,
    Seat,
    Series,
    SeriesState,
    Session,
)
from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.people.models import Account

PAGE = 30
STAFF_PAGE = 50
MOST_SESSIONS = 2_000
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class OfferFilter:
    """What a person looks for among offers."""

    words: str = ""
    topic: str = ""
    age: int | None = None
    day_from: date | None = None
    day_to: date | None = None
    only_free: bool = False
    page: int = 1


def counted_offers() -> QuerySet[Offer]:
    """Offers with their numbers: ``seat_count``, ``free_count``, ``waiting_count``, ``first_at``, ``last_at``."""

    def count(rows: QuerySet[Seat] | QuerySet[Booking]) -> Coalesce:
        counted = rows.filter(offer=OuterRef("pk")).order_by().values("offer").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))

    return Offer.objects.select_related("series").annotate(
        seat_count=count(Seat.objects.all()),
        free_count=count(Seat.objects.filter(booking__isnull=True)),
        waiting_count=count(Booking.objects.filter(state=BookingState.WAITING)),
        first_at=Min("sessions__starts_at"),
        last_at=Max("sessions__starts_at"),
    )


def public_offers(wanted: OfferFilter) -> QuerySet[Offer]:
    """The offers of published series that fit, soonest first."""
    found = counted_offers().filter(series__state=SeriesState.PUBLISHED, cancelled_at__isnull=True)
    if wanted.words:
        words = wanted.words[:LONGEST_SEARCH].replace("\x00", "")
        found = found.filter(
            Q(title__icontains=words) | Q(text__icontains=words) | Q(place__icontains=words) | Q(series__title__icontains=words)
        )
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.age is not None:
        found = found.filter(Q(age_from=None) | Q(age_from__lte=wanted.age), Q(age_to=None) | Q(age_to__gte=wanted.age))
    if wanted.day_from or wanted.day_to:
        sessions = Session.objects.filter(offer=OuterRef("pk"))
        if wanted.day_from:
            sessions = sessions.filter(starts_at__gte=midnight(wanted.day_from))
        if wanted.day_to:
            sessions = sessions.filter(starts_at__lt=midnight(wanted.day_to + timedelta(days=1)))
        found = found.filter(Exists(sessions))
    if wanted.only_free:
        found = found.filter(Exists(Seat.objects.filter(offer=OuterRef("pk"), booking__isnull=True)))
    return found.order_by(F("first_at").asc(nulls_last=True), "pk")


def midnight(day: date) -> datetime:
    """The beginning of a day in Germany."""
    return datetime.combine(day, time(0), clock.BERLIN)


def topics() -> list[str]:
    """The topics of public offers."""
    rows = Offer.objects.filter(series__state=SeriesState.PUBLISHED, cancelled_at__isnull=True).exclude(topic="")
    return sorted(set(rows.values_list("topic", flat=True)))


def public_series() -> list[Series]:
    """The series that everybody may see, those with the latest period first."""
    return list(
        Series.objects.filter(state=SeriesState.PUBLISHED).annotate(offer_count=Count("offers")).order_by("-opens_at", "key")[:PAGE]
    )


def offers_of(series: Series) -> list[Offer]:
    """The offers of a series with their numbers."""
    return list(counted_offers().filter(series=series).order_by("number"))


def party(registration: Registration) -> list[Participant]:
    """The participants with wishes and bookings, for pages."""
    wishes = OfferWish.objects.select_related("offer").order_by("rank")
    bookings = Booking.objects.select_related("offer__series", "order").order_by("pk")
    rows = registration.participants.select_related("entitlement", "series").order_by("position")
    return list(rows.prefetch_related(Prefetch("wishes", wishes), Prefetch("bookings", bookings)))


def registered_elsewhere(registration: Registration, people: Iterable[Participant]) -> list[str]:
    """The names of those in a party who take part in its drawn series already, in another registration."""
    known = Participant.objects.filter(series=registration.series_id, counts=True).exclude(registration=registration)
    marks = set(known.filter(mark__in=[one.mark for one in people if one.mark]).values_list("mark", flat=True))
    return [one.name for one in people if one.mark in marks]


def bookings_of_party(registration: Registration) -> list[Booking]:
    """All bookings of a party, person by person."""
    rows = Booking.objects.filter(participant__registration=registration).select_related("participant", "offer__series", "order")
    return list(rows.order_by("participant__position", "pk"))


def looks_at(registration: Registration) -> list[HealthLook]:
    """Who read health notes of this party, newest first."""
    rows = HealthLook.objects.filter(participant__registration=registration).select_related("account", "participant")
    return list(rows.order_by("-hour", "pk")[:PAGE])


def places_in_line(registration: Registration) -> dict[int, int]:
    """Which place each waiting booking has in its line, from 1."""
    before = Booking.objects.filter(offer=OuterRef("offer"), state=BookingState.WAITING, line__lt=OuterRef("line"))
    counted = before.order_by().values("offer").annotate(n=Count("pk")).values("n")
    rows = Booking.objects.filter(participant__registration=registration, state=BookingState.WAITING)
    placed = rows.annotate(place=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0)) + 1).order_by("pk")
    return dict(placed.values_list("pk", "place"))


def sessions_of(registration: Registration) -> list[tuple[Session, Offer]]:
    """The sessions of everything that the party has a place in."""
    held = Booking.objects.filter(participant__registration=registration, state__in=HOLDING).values("offer")
    rows = Session.objects.filter(offer__in=held).select_related("offer").order_by("starts_at", "pk")
    return [(one, one.offer) for one in rows]


def registrations_of(cases: Iterable[Case]) -> dict[UUID, UUID]:
    """Which of these cases are registrations, and of which one."""
    return dict(Registration.objects.filter(case__in=[one.pk for one in cases]).order_by().values_list("case", "pk"))


def free_reserved(offer: Offer) -> QuerySet[Seat]:
    """Places of an offer that are meant for a group of people and that nobody has."""
    return Seat.objects.filter(offer=offer, entitlement__isnull=False, booking__isnull=True)


def with_health_notes(offer: Offer) -> list[Participant]:
    """Who has a place in the offer and left a note about health."""
    held = Booking.objects.filter(offer=offer, state__in=HOLDING).values("participant")
    return list(Participant.objects.filter(pk__in=held, health__isnull=False).select_related("registration").order_by("name", "pk"))


def led_offers(account: Account) -> list[Offer]:
    """The offers that an account leads, soonest first."""
    return list(counted_offers().filter(leaders=account).order_by(F("first_at").asc(nulls_last=True), "pk")[:PAGE])


def counts_of_series(series: list[Series]) -> dict[str, tuple[int, int]]:
    """For each series how many registrations were sent and how many places are held."""
    keys = [one.pk for one in series]
    sent = dict(
        Registration.objects.filter(series__in=keys, sent_at__isnull=False).values_list("series").annotate(n=Count("pk")).order_by()
    )
    held = Booking.objects.filter(offer__series__in=keys, state__in=HOLDING).values_list("offer__series").annotate(n=Count("pk")).order_by()
    places = dict(held)
    return {key: (sent.get(key, 0), places.get(key, 0)) for key in keys}


def messages_for(registration: Registration) -> list[Announcement]:
    """The messages about offers that the party is in, newest first."""
    offers = Booking.objects.filter(participant__registration=registration, state__in=LIVE).values("offer")
    since = registration.sent_at or registration.created_at
    return list(Announcement.objects.filter(offer__in=offers, at__gte=since).select_related("offer").order_by("-at", "pk")[:PAGE])


def public_sessions() -> list[Session]:
    """The sessions of published offers that are still ahead, at most 2,000."""
    rows = Session.objects.filter(offer__series__state=SeriesState.PUBLISHED, offer__cancelled_at__isnull=True, ends_at__gte=clock.now())
    return list(rows.select_related("offer").order_by("starts_at", "pk")[:MOST_SESSIONS])
