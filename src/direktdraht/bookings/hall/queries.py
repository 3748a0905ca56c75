"""What can be asked of a hall: who waits in which turn, which counters call, what is open, the counts of the day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet

from direktdraht.bookings.appointments import queries as appointments
from direktdraht.bookings.appointments.models import Counter, Occasion, Part, Presence, State
from direktdraht.bookings.hall import turns
from direktdraht.bookings.hall.models import AT_COUNTER, LIVING, DayCount, Hall, Ticket, TicketState
from direktdraht.bookings.hall.opening import Opening, openings
from direktdraht.foundation import clock

AWAKE = timedelta(minutes=30)
CALLS_SHOWN = 6
DAYS_SHOWN = 30


@dataclass(frozen=True)
class Board:
    """A hall at one moment, read once: the numbers that live, the counters with what they do, who pauses, who called lately."""

    hall: Hall
    now: datetime
    living: Sequence[Ticket]
    counters: Sequence[Counter]
    does: Mapping[int, frozenset[int]]
    pausing: frozenset[int]
    awake: frozenset[int]
    booked: Mapping[int, Sequence[datetime]]

    @cached_property
    def waiting(self) -> list[Ticket]:
        """Who waits, in the order of the calls."""
        found = {one.pk: one for one in self.living if one.state == TicketState.WAITING}
        return [found[one.key] for one in turns.in_turn(map(person, found.values()), self.now)]  # type: ignore[index]  # the keys are ours

    @cached_property
    def people(self) -> list[turns.Waiting]:
        """Who waits, as the rule sees them."""
        return [person(one) for one in self.waiting]

    @property
    def desks(self) -> list[turns.Desk]:
        """The counters that call at present, each as often as it can serve at once."""
        at_work = [one for one in self.counters if one.pk in self.awake and one.pk not in self.pausing]
        return [turns.Desk(self.does[one.pk]) for one in at_work for _place in range(one.seats)]

    def at(self, counter: Counter) -> list[Ticket]:
        """Who is called to the counter or is there."""
        return sorted((one for one in self.living if one.counter_id == counter.pk and one.state in AT_COUNTER), key=called_first)

    def desk(self, counter: Counter) -> turns.Desk:
        """The counter as the rule sees it."""
        free_after = counter.seats - len(self.at(counter)) - 1
        coming = self.booked.get(counter.pk, ())
        busy_from = coming[free_after] if 0 <= free_after < len(coming) else None
        return turns.Desk(self.does.get(counter.pk, frozenset()), busy_from)

    def next_at(self, counter: Counter) -> Ticket | None:
        """Who is called at the counter next."""
        found = turns.next_for(self.desk(counter), self.people, self.now)
        return next((one for one in self.waiting if found is not None and one.pk == found.key), None)

    def ahead_of(self, one: turns.Waiting) -> list[turns.Waiting]:
        """Who is called before somebody."""
        able = self.desks or [turns.Desk(services) for services in self.does.values()]
        return turns.before(one, self.people, able, self.now)

    def wait_of(self, one: turns.Waiting) -> tuple[int, int] | None:
        """How long somebody waits, in minutes from and to; nothing when no counter calls that could serve them."""
        able = [desk for desk in self.desks if desk.does(one)]
        return turns.estimate(self.ahead_of(one), len(able))


def called_first(ticket: Ticket) -> tuple[datetime, str]:
    """The order in which numbers were called."""
    return ticket.called_at or ticket.drawn_at, ticket.name


def person(ticket: Ticket) -> turns.Waiting:
    """A number as the rule sees it."""
    return turns.Waiting(ticket.pk, frozenset(ticket.occasions), ticket.since, ticket.minutes, ticket.number, ticket.due)


def newcomer(occasion: Occasion) -> turns.Waiting:
    """Somebody who would draw a number now."""
    return turns.Waiting("", frozenset({occasion.pk}), clock.now(), occasion.minutes, 32767)


def of_today(site: int) -> QuerySet[Ticket]:
    """The numbers of a site's present day."""
    return Ticket.objects.filter(site=site, day=clock.today())


def board(hall: Hall) -> Board:
    """The hall at this moment."""
    return boards([hall])[0]


def boards(halls: Sequence[Hall]) -> list[Board]:
    """Some halls at this moment, read together."""
    now, sites = clock.now(), [hall.site_id for hall in halls]
    counters = list(
        Counter.objects.filter(site__in=sites, active=True).select_related("pause").prefetch_related("occasions").order_by("pk")
    )
    today = Ticket.objects.filter(site__in=sites, day=clock.today())
    living = list(today.filter(state__in=LIVING).select_related("counter").order_by("letter", "number"))
    lately = today.filter(called_at__gte=now - AWAKE, counter__isnull=False)
    awake = frozenset(
        [
            *lately.order_by("counter").values_list("counter_id", flat=True).distinct(),
            *(one.counter_id for one in living if one.counter_id is not None),
        ]
    )
    booked = coming_at(sites, now)
    return [
        Board(
            hall=hall,
            now=now,
            living=[one for one in living if one.site_id == hall.site_id],
            counters=[one for one in counters if one.site_id == hall.site_id],
            does={one.pk: frozenset(what.pk for what in one.occasions.all()) for one in counters if one.site_id == hall.site_id},
            pausing=frozenset(one.pk for one in counters if hasattr(one, "pause")),
            awake=awake,
            booked=booked,
        )
        for hall in halls
    ]


def coming_at(sites: Sequence[int], now: datetime) -> dict[int, list[datetime]]:
    """For each counter when its booked appointments of the next hours begin, those that were served or missed left out."""
    parts = Part.objects.filter(appointment__site__in=sites, appointment__state=State.BOOKED, starts_at__gt=now)
    parts = parts.filter(starts_at__lt=now + timedelta(hours=12)).exclude(appointment__presence=Presence.MISSED)
    parts = parts.exclude(appointment__ticket__state__in=[TicketState.DONE, TicketState.GONE, TicketState.LEFT, TicketState.TOLD])
    found: dict[int, list[datetime]] = {}
    for counter, starts_at in parts.order_by("starts_at", "pk").values_list("counter", "starts_at"):
        found.setdefault(counter, []).append(starts_at)
    return found


def open_now(hall: Hall, occasions: Sequence[Occasion]) -> Mapping[int, Opening]:
    """What is open of these occasions today at the site, by occasion."""
    if not occasions or not hall.site.active:
        return {}
    today = clock.today()
    known = appointments.office(occasions, [hall.site])
    return openings(known.on(today, today)[hall.site_id], today, clock.now(), is_holiday=bool(known.calendar.holiday(today)))


def walk_in_occasions(hall: Hall) -> list[Occasion]:
    """For what one can draw a number, in German order."""
    return list(hall.occasions.filter(active=True).order_by("sort_key", "pk")) if hall.pk else []


def titles_of(tickets: Iterable[Ticket]) -> dict[int, Occasion]:
    """The occasions of numbers by key, read at once."""
    return Occasion.objects.in_bulk({key for one in tickets for key in one.occasions})


def calls_of(hall: Hall) -> list[Ticket]:
    """The last calls of the day, the latest first, for the display."""
    found = of_today(hall.site_id).filter(called_at__isnull=False, state__in=[*AT_COUNTER, TicketState.DONE])
    return list(found.select_related("counter").order_by("-called_at", "letter", "number")[:CALLS_SHOWN])


@dataclass(frozen=True)
class Counts:
    """The counts of a day; ``median_minutes`` from five people on."""

    drawn: int
    with_appointment: int
    waiting: int
    served: int
    gone: int
    told: int
    median_minutes: int | None


def counts_of(tickets: Iterable[Ticket]) -> Counts:
    """The counts of some numbers of one day."""
    found = list(tickets)
    waits = [
        int((one.first_called_at - one.drawn_at).total_seconds() // 60)
        for one in found
        if one.first_called_at and one.appointment_id is None
    ]
    state = [one.state for one in found]
    return Counts(
        drawn=len(found),
        with_appointment=sum(one.appointment_id is not None for one in found),
        waiting=state.count(TicketState.WAITING),
        served=state.count(TicketState.DONE) + state.count(TicketState.SERVED),
        gone=state.count(TicketState.GONE) + state.count(TicketState.LEFT),
        told=state.count(TicketState.TOLD),
        median_minutes=turns.median(waits),
    )


def counts_today(hall: Hall) -> Counts:
    """The counts of the present day."""
    return counts_of(of_today(hall.site_id).order_by("letter", "number"))


def past_counts(hall: Hall) -> list[DayCount]:
    """The counts of the last days, the latest first."""
    return list(DayCount.objects.filter(site=hall.site_id).order_by("-day")[:DAYS_SHOWN])
