"""How people come into the hall and leave it: draw a number, check in with an appointment, go."""

from uuid import UUID

from django.db.models import Max

from direktdraht.bookings.appointments.actions.holding import locked
from direktdraht.bookings.appointments.links import code_of
from direktdraht.bookings.appointments.models import Appointment, Occasion, Part, Presence, State
from direktdraht.bookings.appointments.queries import day_of_site
from direktdraht.bookings.hall import queries, turns
from direktdraht.bookings.hall.actions.holding import fresh, held
from direktdraht.bookings.hall.errors import CodeTwice, NoNumbers, NotThisOne, TooManyNumbers, UnknownCode
from direktdraht.bookings.hall.links import appointment_in
from direktdraht.bookings.hall.models import Hall, Ticket, TicketState
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.limits import counting as limits

DRAWN, BOOKED = "A", "T"
MOST_IN_TEN_MINUTES = 60
WRONG_CODES_IN_TEN_MINUTES = 30


def draw(*, hall: Hall, occasion: Occasion, key: UUID, by_staff: bool = False) -> Ticket:
    """Draw a number; the same ``key``, made with the page, gives the same number (two presses).

    Staff draw for somebody while the door is still open, also shortly before closing. Raises NoNumbers, TooManyNumbers.
    """
    with held(hall.site_id) as place:
        known = Ticket.objects.select_related("site").filter(draw_key=key, site=place.site_id).first()
        if known is not None:
            return known
        refuse_closed(place, occasion, by_staff=by_staff)
        if not by_staff and not limits.hit("hall.draw", str(place.site_id), limit=MOST_IN_TEN_MINUTES, seconds=600):
            raise TooManyNumbers
        return Ticket.objects.create(
            site=place.site,
            day=clock.today(),
            letter=DRAWN,
            number=next_number(place, DRAWN),
            occasions=[occasion.pk],
            minutes=occasion.minutes,
            since=clock.now(),
            draw_key=key,
        )


def refuse_closed(hall: Hall, occasion: Occasion, *, by_staff: bool) -> None:
    """Raise NoNumbers for what is not offered without appointment, is closed, or closes too soon."""
    found = queries.open_now(hall, [occasion]).get(occasion.pk)
    offered = hall.active and occasion in queries.walk_in_occasions(hall)
    if not offered or found is None or not found.gives_numbers(clock.now(), 0 if by_staff else hall.stop_minutes):
        raise NoNumbers


def next_number(hall: Hall, letter: str) -> int:
    """The number after the last one of the day; the caller holds the hall."""
    last: int | None = queries.of_today(hall.site_id).filter(letter=letter).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def check_in(*, hall: Hall, text: str, by: str = "") -> Ticket:
    """Check in with the short code, or with the appointment's link from a scanner; twice is once.

    Raises UnknownCode, CodeTwice, TooManyNumbers. Journal: ``appointment.marked``.
    """
    if not limits.hit("hall.code", str(hall.site_id), limit=MOST_IN_TEN_MINUTES + WRONG_CODES_IN_TEN_MINUTES, seconds=600):
        raise TooManyNumbers
    named, digits = appointment_in(text), "".join(sign for sign in text if sign.isdigit())
    today = day_of_site(hall.site_id, clock.today()).filter(state=State.BOOKED)
    found = [one for one in today.order_by("starts_at", "pk") if one.pk == named or (named is None and code_of(one.pk) == digits)]
    if not found:
        raise UnknownCode
    if len(found) > 1:
        raise CodeTwice
    return check_in_appointment(appointment=found[0], by=by)


def check_in_appointment(*, appointment: Appointment, by: str = "") -> Ticket:
    """Give a number to an appointment of today whose person is here; twice is once.

    Who comes more than a quarter of an hour late waits like somebody who drew a number now. Order of locks: appointment,
    then hall. Raises UnknownCode. Journal: ``appointment.marked``.
    """
    with locked(appointment) as visit:
        is_today = visit.starts_at.astimezone(clock.BERLIN).date() == clock.today()
        if visit.state != State.BOOKED or not is_today:
            raise UnknownCode
        with held(visit.site_id) as place:
            known = Ticket.objects.select_related("site").filter(appointment=visit).first()
            if known is not None:
                return known
            first = visit.parts.order_by("place")[0]
            ticket = Ticket.objects.create(
                site=place.site,
                day=clock.today(),
                letter=BOOKED,
                number=next_number(place, BOOKED),
                occasions=first.occasions,
                minutes=minutes_of(first),
                appointment=visit,
                since=clock.now(),
                due=turns.kept_time(visit.starts_at, clock.now()),
            )
            mark_presence(visit, Presence.ARRIVED, by)
            return ticket


def minutes_of(part: Part) -> int:
    """How long a part of a visit takes."""
    return int((part.ends_at - part.starts_at).total_seconds() // 60)


def mark_presence(visit: Appointment, presence: Presence, by: str) -> None:
    """Note whether the person came; the caller holds the appointment's row. Journal: ``appointment.marked``."""
    if visit.presence == presence:
        return
    visit.presence = presence
    visit.save(update_fields=["presence"])
    journal.record("appointment.marked", subject=visit.subject, facts={"presence": str(presence)}, by=by)


def leave(*, ticket: Ticket) -> Ticket:
    """Give a number back; twice is once. Raises NotThisOne when the person is at the counter or it is over."""
    with held(ticket.site_id):
        found = fresh(ticket)
        if found.state == TicketState.LEFT:
            return found
        if found.state not in {TicketState.WAITING, TicketState.CALLED}:
            raise NotThisOne
        found.state, found.ended_at, found.counter = TicketState.LEFT, clock.now(), None
        found.save(update_fields=["state", "ended_at", "counter"])
        return found
