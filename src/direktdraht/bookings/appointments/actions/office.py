"""What staff do: move and cancel with a reason, mark who came, close a counter for a day."""

from datetime import date

from django.db import transaction

from direktdraht.bookings.appointments import letters, queries
from direktdraht.bookings.appointments.access import require_worker
from direktdraht.bookings.appointments.actions.booking import change_time, end, ensure_ahead, note
from direktdraht.bookings.appointments.actions.holding import Choice, locked, put
from direktdraht.bookings.appointments.errors import ReasonMissing, Taken, TooLate, WrongState
from direktdraht.bookings.appointments.models import Appointment, Counter, DayException, Presence, State
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


def move_by_city(*, appointment: Appointment, choice: Choice, reason: str, by: Account) -> Appointment:
    """Move an appointment for the city; the person is told why.

    Raises NotAllowed, ReasonMissing, Taken, TooLate, WrongState. Journal: ``appointment.moved``. Notice: the person.
    """
    with locked(appointment) as held:
        require_worker(by, held.site)
        require_worker(by, choice.site)
        ensure_ahead(held)
        change_time(held, choice, by=str(by.pk), reason=needed(reason), by_staff=True)
    return held


def cancel_by_city(*, appointment: Appointment, reason: str, by: Account) -> Appointment:
    """Cancel an appointment for the city; the person is told why and how to find another time.

    Twice is once. Raises NotAllowed, ReasonMissing, TooLate, WrongState. Journal: ``appointment.cancelled``. Notice: the person.
    """
    with locked(appointment) as held:
        require_worker(by, held.site)
        if held.state == State.CANCELLED:
            return held
        ensure_ahead(held)
        end(held, by=str(by.pk), reason=needed(reason))
    return held


def needed(reason: str) -> str:
    """The reason in one paragraph; raises ReasonMissing."""
    kept = letters.reason_of(reason)
    if not kept:
        raise ReasonMissing
    return kept


def mark(*, appointment: Appointment, presence: Presence, by: Account) -> Appointment:
    """Mark whether the person came; can be changed on the same day. Raises NotAllowed, WrongState. Journal: ``appointment.marked``."""
    with locked(appointment) as held:
        require_worker(by, held.site)
        if held.state != State.BOOKED or held.starts_at.astimezone(clock.BERLIN).date() > clock.today():
            raise WrongState
        if held.presence == presence:
            return held
        held.presence = presence
        held.save(update_fields=["presence"])
        journal.record("appointment.marked", subject=held.subject, facts={"presence": str(presence)}, by=str(by.pk))
    return held


def close_counter(*, counter: Counter, day: date, reason: str, by: Account) -> DayException:
    """Close a counter for a day: no new appointment from now on; those booked are looked at by ``make_room``. Twice is once.

    Raises NotAllowed, ReasonMissing. Journal: ``counter.closed``.
    """
    require_worker(by, counter.site)
    with transaction.atomic():
        Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
        closed, is_new = DayException.objects.get_or_create(
            site=counter.site, counter=counter, day=day, is_open=False, opens=None, closes=None, defaults={"note": needed(reason)[:200]}
        )
        if is_new:
            journal.record("counter.closed", subject=f"counter:{counter.pk}", facts={"day": day.isoformat()}, by=str(by.pk))
    return closed


def make_room(*, appointment: Appointment, reason: str, by: Account) -> str:
    """Keep an appointment whose counter is closed, at another counter at the same time, or cancel it; the person is told.

    Each is a transaction of its own, so that nobody waits for the whole list. Returns ``moved``, ``cancelled`` or ``left``.
    """
    with locked(appointment) as held:
        require_worker(by, held.site)
        try:
            ensure_ahead(held)
        except (TooLate, WrongState):
            return "left"
        choice = Choice(queries.occasions_by(queries.occasion_keys(held)), held.site, held.starts_at)
        try:
            with transaction.atomic():
                change_counter(held, choice, by)
        except Taken:
            end(held, by=str(by.pk), reason=needed(reason))
            return "cancelled"
    return "moved"


def change_counter(held: Appointment, choice: Choice, by: Account) -> None:
    """The same time at another counter: nothing changes for the person, so nobody is written to. Raises Taken."""
    put(held, choice, by_staff=True)
    note("appointment.moved", held, str(by.pk))
