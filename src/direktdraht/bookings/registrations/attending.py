"""The attendance list of an offer: who was there at which date, counted. A fixed number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from direktdraht.bookings.registrations.models import HOLDING, Attendance, Booking, Offer, Presence, Session
from direktdraht.foundation import clock

MOST_PEOPLE = 2_000

Ticks = Mapping[tuple[int, int], Attendance]
"""The ticks of an offer by session and participant."""


@dataclass(frozen=True)
class Sheet:
    """The list of an offer: its dates, who has a place or is offered one, and what is noted."""

    offer: Offer
    sessions: Sequence[Session]
    bookings: Sequence[Booking]
    ticks: Ticks

    def tick(self, session: Session, booking: Booking) -> Attendance | None:
        """What is noted for a person at a date."""
        return self.ticks.get((session.pk, booking.participant_id))

    def counts(self, session: Session) -> dict[str, int]:
        """How many are present, excused, absent, and not noted (under ``""``), among those who can be noted."""
        found = Counter((tick.presence if (tick := self.tick(session, one)) else "") for one in self.bookings if one.is_place)
        return {key: found[key] for key in (*Presence.values, "")}

    def times_present(self, booking: Booking) -> int:
        """At how many dates a person was there."""
        ticks = (self.tick(session, booking) for session in self.sessions)
        return sum(1 for tick in ticks if tick is not None and tick.presence == Presence.PRESENT)


def sheet_of(offer: Offer) -> Sheet:
    """The list of an offer, people by name."""
    ticks = Attendance.objects.filter(session__offer=offer).select_related("by").order_by("pk")
    return Sheet(
        offer,
        list(offer.sessions.order_by("starts_at")),
        list(people_of(offer).prefetch_related("participant__wishes")[:MOST_PEOPLE]),
        {(one.session_id, one.participant_id): one for one in ticks},
    )


def people_of(offer: Offer) -> QuerySet[Booking]:
    """Who has a place in the offer or is offered one, and is not forgotten, by name."""
    rows = Booking.objects.filter(offer=offer, state__in=HOLDING).exclude(participant__name="")
    return rows.select_related("participant__registration", "offer").order_by("participant__name", "pk")


def dates_of_presence(offers: Sequence[int], participants: Sequence[int]) -> dict[tuple[int, int], list[tuple[datetime, datetime]]]:
    """When each of these people was there, begin and end of each date in order, by offer and participant; of offers that are over."""
    ahead = Session.objects.filter(offer=OuterRef("session__offer"), ends_at__gt=clock.now())
    rows = Attendance.objects.filter(presence=Presence.PRESENT, session__offer__in=offers, participant__in=participants)
    rows = rows.exclude(Exists(ahead))
    found: dict[tuple[int, int], list[tuple[datetime, datetime]]] = {}
    for one in rows.select_related("session").order_by("session__starts_at"):
        found.setdefault((one.session.offer_id, one.participant_id), []).append((one.session.starts_at, one.session.ends_at))
    return found
