"""Holding a time while somebody types, and letting go of what nobody took."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbits
from uuid import UUID

from django.db import transaction

from direktdraht.bookings.appointments import cells, letters, queries
from direktdraht.bookings.appointments.errors import Taken, TooManyHolds
from direktdraht.bookings.appointments.free_times import Visit, cell_of
from direktdraht.bookings.appointments.models import Appointment, Counter, Occasion, Origin, Part, Site, State, Wish, WishState
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.limits import counting as limits
from direktdraht.submissions.models import Draft

HOLD = timedelta(minutes=10)
MOST_HOLDS = 10
MOST_HOLDS_IN_TEN_MINUTES = 40
MOST_LAPSED_OFFERS = 2
LOT_BITS = 62


@dataclass(frozen=True)
class Choice:
    """A time that somebody chose: what for, where, when it begins."""

    occasions: Sequence[Occasion]
    site: Site
    starts_at: datetime


@contextmanager
def locked(appointment: Appointment | UUID) -> Iterator[Appointment]:
    """Open a transaction and hold the appointment's row, read anew, until it ends."""
    key = appointment if isinstance(appointment, UUID) else appointment.pk
    with transaction.atomic():
        rows = Appointment.objects.select_for_update(of=("self",), no_key=True).select_related(
            "site__unit", "site__hall", "account", "case", "wish"
        )
        yield rows.get(pk=key)


def hold(
    *,
    choice: Choice,
    network: str,
    browser: str = "",
    language: str = "de",
    replaces: Appointment | None = None,
    origin: Origin = Origin.WEB,
) -> Appointment:
    """Hold a time for ten minutes. ``replaces`` is a hold of the same browser, which is let go. The same
    ``browser`` that asks twice for the same time (double click) gets its first hold again.

    One network holds ten times at most and begins forty in ten minutes; staff's holds (``Origin.PHONE``) are not counted.
    Raises Taken, TooManyHolds.
    """
    mark, own = mark_of(network), mark_of(browser) if browser else ""
    by_staff = origin == Origin.PHONE
    if not by_staff:
        refuse_scarce(choice)
    if not by_staff and not limits.hit("appointments.hold", network, limit=MOST_HOLDS_IN_TEN_MINUTES, seconds=600):
        raise TooManyHolds
    try:
        with transaction.atomic():
            if replaces is not None:
                let_go(appointment=replaces)
            held = Appointment.objects.filter(state=State.HELD, held_by=mark, held_until__gt=clock.now())
            if not by_staff and held.count() >= MOST_HOLDS:
                raise TooManyHolds
            appointment = Appointment(
                origin=origin,
                site=choice.site,
                starts_at=choice.starts_at,
                ends_at=choice.starts_at + timedelta(minutes=1),
                held_until=clock.now() + HOLD,
                held_by="" if by_staff else mark,
                browser=own,
                language=language,
            )
            appointment.save(force_insert=True)
            put(appointment, choice, by_staff=by_staff)
    except Taken:
        mine = Appointment.objects.filter(browser=own, site=choice.site, starts_at=choice.starts_at, held_until__gt=clock.now())
        first = mine.filter(state=State.HELD).order_by("created_at").first() if own else None
        if first is None:
            raise
        return first
    return appointment


def hold_for_draft(*, choice: Choice, draft: Draft, network: str, until: datetime, language: str) -> Appointment:
    """Hold a time for a form that is being filled in, in place of the one that it holds, both or neither.

    Counts for the network's limits like any hold. Raises Taken, TooManyHolds.
    """
    refuse_scarce(choice)
    if not limits.hit("appointments.hold", network, limit=MOST_HOLDS_IN_TEN_MINUTES, seconds=600):
        raise TooManyHolds
    with transaction.atomic():
        Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        earlier = Appointment.objects.select_for_update(of=("self",), no_key=True).filter(draft=draft, state=State.HELD)
        release(list(earlier.order_by("pk")))
        mark = mark_of(network)
        if Appointment.objects.filter(state=State.HELD, held_by=mark, held_until__gt=clock.now()).count() >= MOST_HOLDS:
            raise TooManyHolds
        made = Appointment(
            origin=Origin.FORM,
            site=choice.site,
            starts_at=choice.starts_at,
            ends_at=choice.starts_at + timedelta(minutes=1),
            held_until=until,
            held_by=mark,
            draft=draft,
            language=language,
        )
        made.save(force_insert=True)
        put(made, choice)
    return made


def mark_of(who: str) -> str:
    """What is kept of a network or browser: a digest."""
    return hashlib.sha256(f"appointments:{who}".encode()).hexdigest()


def refuse_scarce(choice: Choice) -> None:
    """Raise Taken for what is given out by the list of wishes only, or not offered any more."""
    if any(one.by_request or not one.active for one in choice.occasions):
        raise Taken


def let_go(*, appointment: Appointment) -> None:
    """Give a hold back at once; anything else stays as it is."""
    with locked(appointment) as held:
        if held.state == State.HELD:
            release([held])


def put(appointment: Appointment, choice: Choice, *, by_staff: bool = False) -> None:
    """Give an appointment the chosen time, in place of the one it has, or raise Taken; then everything stays as it was.

    The caller's transaction holds the appointment's row. Order of locks: appointment, then counters.
    """
    counters = cells.lock_counters(choice.site)
    free_expired_at(counters)
    cells.take_back([appointment])
    visit = visit_at(choice, appointment, by_staff=by_staff)
    Part.objects.filter(appointment=appointment).delete()
    cells.give(appointment, visit)
    free = queries.FreeTime(choice.site, visit)
    appointment.site, appointment.starts_at, appointment.ends_at = choice.site, free.starts_at, free.ends_at
    appointment.changed_at = clock.now()
    appointment.save(update_fields=["site", "starts_at", "ends_at", "changed_at"])


def visit_at(choice: Choice, appointment: Appointment, *, by_staff: bool) -> Visit:
    """The free visit that begins exactly at the chosen instant; raises Taken."""
    if not choice.occasions or not choice.site.active:
        raise Taken
    known = queries.office(choice.occasions, [choice.site], without=appointment)
    day = choice.starts_at.astimezone(clock.BERLIN).date()
    wanted = cell_of(choice.starts_at)
    for free in queries.free_on(known, choice.site, day, by_staff=by_staff):
        if free.visit.first == wanted:
            return free.visit
    raise Taken


def free_expired_at(counters: Sequence[Counter]) -> None:
    """Let go of holds and offers at these counters that are over; one that somebody is just confirming is left alone."""
    over = Appointment.objects.filter(held_until__lte=clock.now(), state__in=[State.HELD, State.OFFERED])
    keys = over.filter(parts__counter__in=[one.pk for one in counters]).values("pk")
    found = Appointment.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=keys, held_until__lte=clock.now())
    release(list(found.order_by("pk")))


def free_expired() -> int:
    """Let go of all holds and offers that are over; returns how many."""
    with transaction.atomic():
        found = Appointment.objects.select_for_update(of=("self",), skip_locked=True)
        over = list(found.filter(held_until__lte=clock.now(), state__in=[State.HELD, State.OFFERED]).order_by("pk")[:500])
        release(over)
    return len(over)


def release(appointments: Iterable[Appointment]) -> None:
    """Take the time of holds and offers back; a wish whose offer lapsed goes to the end of the list, the second time off it."""
    known = list(appointments)
    if not known:
        return
    cells.take_back(known)
    offers = [one.pk for one in known if one.state == State.OFFERED]
    Appointment.objects.filter(pk__in=[one.pk for one in known]).update(state=State.LAPSED, held_by="", browser="", changed_at=clock.now())
    for wish in Wish.objects.select_for_update().filter(offers__in=offers, state=WishState.OFFERED).order_by("pk"):
        lose_turn(wish)


def lose_turn(wish: Wish) -> None:
    """Put a wish behind all that wait already, or end it after the second offer that nobody took. Journal: ``wish.lapsed``."""
    wish.lapsed += 1
    wish.state, wish.asked_on, wish.lot = WishState.WAITING, clock.today(), randbits(LOT_BITS)
    if wish.lapsed >= MOST_LAPSED_OFFERS:
        wish.state, wish.ended_at = WishState.ENDED, clock.now()
        letters.tell_wish(wish, "wish_ended")
    wish.save(update_fields=["lapsed", "state", "asked_on", "lot", "ended_at"])
    journal.record("wish.lapsed", subject=f"wish:{wish.pk}", facts={"ended": wish.state == WishState.ENDED})
