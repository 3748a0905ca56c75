"""A cancellation by mistake is taken back, for a short time; who comes too late can stand in the line again. See decision 39."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from direktdraht.bookings.jobs import fill_places
from direktdraht.bookings.registrations import fees, filling, notices, undoing
from direktdraht.bookings.registrations.access import require_worker
from direktdraht.bookings.registrations.actions.places import free_again
from direktdraht.bookings.registrations.errors import ReasonMissing
from direktdraht.bookings.registrations.models import LIVE, PLACES, Booking, BookingState
from direktdraht.bookings.registrations.numbers import next_lines
from direktdraht.bookings.registrations.steps import held, move, note
from direktdraht.bookings.registrations.undoing import Money
from direktdraht.payments import actions as payments
from direktdraht.people.models import Account

LONGEST_REASON = 300


def restore(*, booking: Booking, reason: str = "", by: Account | None = None) -> Booking:
    """Give a place back to whoever has just cancelled it, as a new booking: what was cancelled stays so. Twice is once.

    Refund or claim go back to what they were, each step an event of its own. ``by`` is the member of staff who does it for
    the person, with a reason. Raises NotAllowed, ReasonMissing, WrongState, UndoOver, SeatTaken, MoneyMoved.
    Journal: ``booking.restored``.
    """
    why = " ".join(reason.split())[:LONGEST_REASON]
    if by is not None:
        require_worker(by, booking.offer.series)
        if not why:
            raise ReasonMissing
    with everything_held(booking) as one:
        known = successor_of(one)
        if known is not None:
            return known
        undo = undoing.examine(one)
        new = successor(one, cause=one.cause, why=why, reminded_for=one.reminded_for, price_cents=one.price_cents)
        new.seat_id = undo.seat.pk
        take_money_back(one, new, undo.money, why, by)
        note("booking.restored", new, by=by, old=one.pk, seat=new.seat_id)
        registration = one.participant.registration
        if registration.series.is_drawn:
            free_again(filling.end_others([one.participant_id], [new.pk]))
        notices.tell(registration, "restored", [new], key=f"restored:{new.pk}")
    return new


@contextmanager
def everything_held(booking: Booking) -> Iterator[Booking]:
    """Hold the order and all offers in which the party has something, and read the cancelled booking anew."""
    party = Booking.objects.filter(participant__registration=booking.participant.registration_id, state__in=LIVE)
    with fees.orders_held([booking.pk]), held([booking.offer_id, *party.values_list("offer_id", flat=True)]):
        rows = Booking.objects.select_related("participant__registration__series", "participant__entitlement", "offer__series")
        yield rows.select_related("order", "refund").get(pk=booking.pk)


def successor_of(booking: Booking) -> Booking | None:
    """The place that a cancelled one became when it was taken back, while it is held: a second press finds it."""
    return Booking.objects.filter(participant=booking.participant_id, offer=booking.offer_id, pk__gt=booking.pk, state__in=PLACES).first()


def successor(booking: Booking, **facts: object) -> Booking:
    """A new booking of the same person in the same offer, at the end of the line."""
    return Booking.objects.create(
        participant=booking.participant,
        offer=booking.offer,
        state=BookingState.WAITING,
        line=next_lines(1)[0],
        block=uuid4(),
        **facts,
    )


def take_money_back(old: Booking, new: Booking, money: Money, why: str, by: Account | None) -> None:
    """Let the new place stand with the fee as the old one did; the caller holds order and offer."""
    reason = why or f"{old.offer.title}, {old.participant.registration.number}"
    order = old.order
    if money == Money.REFUND and old.refund is not None:
        payments.withdraw_refund(refund=old.refund, reason=reason, by=by)
    if money in {Money.REFUND, Money.AGAIN} and order is not None and old.returned_cents:
        order = payments.reinstate_order(order=order, cents=old.returned_cents, reason=reason, by=by)
    if money == Money.ANEW and order is not None:
        move([new], BookingState.UNPAID)
        fees.charge(old.participant.registration, [new], due=order.due_on)
        return
    Booking.objects.filter(pk=new.pk).update(order=order)
    new.order = order
    move([new], BookingState.UNPAID if order is not None and order.open_cents else BookingState.CONFIRMED)


def wait_again(*, booking: Booking) -> Booking:
    """Put a person who has cancelled a place at the end of the offer's line; a free place is offered at once.

    Twice changes nothing. Raises WrongState. Journal: ``booking.queued``.
    """
    with held([booking.offer_id]):
        rows = Booking.objects.select_related("participant__registration__series", "offer__series")
        one = rows.get(pk=booking.pk)
        waits = Booking.objects.filter(participant=one.participant_id, offer=one.offer_id, pk__gt=one.pk, state=BookingState.WAITING)
        known = waits.first()
        if known is not None:
            return known
        undoing.require_wanting(one)
        new = successor(one, cause="line")
        note("booking.queued", new)
        fill_places.defer(offer=one.offer_id)
    return new
