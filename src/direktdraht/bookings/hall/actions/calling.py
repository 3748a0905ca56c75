"""What happens at a counter: call the next, call again, came, did not come, done, pause."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from direktdraht.bookings.appointments.access import require_worker
from direktdraht.bookings.appointments.actions.holding import locked
from direktdraht.bookings.appointments.models import Appointment, Counter, Presence
from direktdraht.bookings.hall import queries, turns
from direktdraht.bookings.hall.actions.coming import mark_presence, minutes_of
from direktdraht.bookings.hall.actions.holding import fresh, held
from direktdraht.bookings.hall.errors import CounterFull, NotHere, NotThisOne, OnPause
from direktdraht.bookings.hall.models import Pause, Ticket, TicketState
from direktdraht.foundation import clock
from direktdraht.people.models import Account


def call_next(*, counter: Counter, key: UUID, by: Account) -> Ticket | None:
    """Call whose turn it is at this counter; the same ``key`` calls nobody else (two presses). Nothing when nobody is to be called.

    Raises NotAllowed, CounterFull, OnPause.
    """
    require_worker(by, counter.site)
    with held(counter.site_id) as hall:
        known = Ticket.objects.filter(call_key=key).first()
        if known is not None:
            return known
        board = queries.board(hall)
        refuse_busy(board, counter)
        ticket = board.next_at(counter)
        if ticket is not None:
            put_at(ticket, counter, key)
        return ticket


def call(*, ticket: Ticket, counter: Counter, by: Account) -> Ticket:
    """Call a certain number out of turn; again is no second call.

    Raises NotAllowed, NotHere, CounterFull, OnPause, NotThisOne.
    """
    require_worker(by, counter.site)
    with held(counter.site_id) as hall:
        found = fresh(ticket)
        if found.state == TicketState.CALLED and found.counter_id == counter.pk:
            return found
        board = queries.board(hall)
        if found.site_id != counter.site_id or not board.does.get(counter.pk, frozenset()) >= set(found.occasions):
            raise NotHere
        refuse_busy(board, counter)
        if found.state != TicketState.WAITING or found.day != clock.today():
            raise NotThisOne
        put_at(found, counter, None)
        return found


def refuse_busy(board: queries.Board, counter: Counter) -> None:
    """Raise OnPause or CounterFull when the counter calls nobody now."""
    if counter.pk in board.pausing:
        raise OnPause
    if len(board.at(counter)) >= counter.seats:
        raise CounterFull


def put_at(ticket: Ticket, counter: Counter, key: UUID | None) -> None:
    """Send a number to a counter; the caller holds the hall."""
    ticket.state, ticket.counter, ticket.calls = TicketState.CALLED, counter, ticket.calls + 1
    ticket.called_at, ticket.call_key = clock.now(), key
    ticket.first_called_at = ticket.first_called_at or ticket.called_at
    ticket.save(update_fields=["state", "counter", "calls", "called_at", "call_key", "first_called_at"])


def call_again(*, ticket: Ticket, by: Account) -> Ticket:
    """Show the call as a new one. Raises NotAllowed, NotThisOne."""
    require_worker(by, ticket.site)
    with held(ticket.site_id):
        found = in_state(ticket, TicketState.CALLED)
        found.calls, found.called_at = found.calls + 1, clock.now()
        found.save(update_fields=["calls", "called_at"])
        return found


def arrived(*, ticket: Ticket, by: Account) -> Ticket:
    """Note that the called person is at the counter; twice is once. Raises NotAllowed, NotThisOne."""
    require_worker(by, ticket.site)
    with held(ticket.site_id):
        found = in_state(ticket, TicketState.CALLED, TicketState.SERVED)
        found.state = TicketState.SERVED
        found.save(update_fields=["state"])
        return found


def missed(*, ticket: Ticket, by: Account) -> Ticket:
    """Note that the called person did not come: the number goes back behind the next three, or ends after the last chance.

    Twice is once. Raises NotAllowed, NotThisOne. Journal: ``appointment.marked`` where an appointment ends so.
    """
    require_worker(by, ticket.site)
    with visit_of(ticket) as visit, held(ticket.site_id) as hall:
        found = fresh(ticket)
        if found.state == TicketState.GONE or (found.state == TicketState.WAITING and found.missed):
            return found
        if found.state != TicketState.CALLED:
            raise NotThisOne
        found.missed, found.counter, found.call_key = found.missed + 1, None, None
        if found.missed >= hall.chances:
            found.state, found.ended_at = TicketState.GONE, clock.now()
            if visit is not None:
                mark_presence(visit, Presence.MISSED, str(by.pk))
        else:
            board = queries.board(hall)
            found.state, found.due = TicketState.WAITING, None
            found.since = turns.place_back(board.people, board.now)
        found.save(update_fields=["missed", "counter", "call_key", "state", "ended_at", "due", "since"])
        return found


def done(*, ticket: Ticket, by: Account) -> Ticket:
    """Note that the person is done here; a visit with another part goes on waiting for it. Twice is once.

    Raises NotAllowed, NotThisOne.
    """
    require_worker(by, ticket.site)
    with held(ticket.site_id):
        found = fresh(ticket)
        if found.state == TicketState.DONE or (found.state == TicketState.WAITING and found.stage):
            return found
        if found.state not in {TicketState.CALLED, TicketState.SERVED}:
            raise NotThisOne
        found.call_key = None
        if next_stage(found):
            found.counter = None
        found.save()
        return found


@contextmanager
def visit_of(ticket: Ticket) -> Iterator[Appointment | None]:
    """Hold the row of the number's appointment, if it has one; always before the hall's."""
    if ticket.appointment_id is None:
        yield None
        return
    with locked(ticket.appointment_id) as visit:
        yield visit


def next_stage(ticket: Ticket) -> bool:
    """Lead a number to the next part of its visit, or end it; whether there is one."""
    parts = list(ticket.appointment.parts.order_by("place")) if ticket.appointment is not None else []
    ticket.stage += 1
    if ticket.stage >= len(parts):
        ticket.state, ticket.ended_at = TicketState.DONE, clock.now()
        return False
    part = parts[ticket.stage]
    ticket.state, ticket.occasions, ticket.minutes = TicketState.WAITING, part.occasions, minutes_of(part)
    ticket.since, ticket.due = clock.now(), part.starts_at
    return True


def in_state(ticket: Ticket, *states: TicketState) -> Ticket:
    """The number as it is now, if it is in one of these states; raises NotThisOne."""
    found = fresh(ticket)
    if found.state not in states:
        raise NotThisOne
    return found


def pause(*, counter: Counter, by: Account) -> None:
    """Let a counter pause: it calls nobody; who is there stays. Twice is once. Raises NotAllowed."""
    require_worker(by, counter.site)
    with held(counter.site_id):
        Pause.objects.get_or_create(counter=counter, defaults={"by": by})


def resume(*, counter: Counter, by: Account) -> None:
    """End a counter's pause; twice is once. Raises NotAllowed."""
    require_worker(by, counter.site)
    with held(counter.site_id):
        Pause.objects.filter(counter=counter).delete()
