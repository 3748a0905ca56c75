"""What a party does with its places: accept or decline an offered one, cancel, withdraw before the draw."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from direktdraht.bookings.jobs import fill_places
from direktdraht.bookings.registrations import fees, filling, notices
from direktdraht.bookings.registrations.actions.telling import say_change, say_withdrawn
from direktdraht.bookings.registrations.errors import TooLate, WrongState
from direktdraht.bookings.registrations.models import LIVE, Booking, BookingState, Registration
from direktdraht.bookings.registrations.steps import held, move, note
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal


def free_again(offers: Iterable[int]) -> None:
    """Let the next in line have what was given back, as soon as this transaction has ended."""
    for offer in sorted(set(offers)):
        fill_places.defer(offer=offer)


@contextmanager
def block_of(booking: Booking) -> Iterator[list[Booking]]:
    """Hold the offers of a block, and all others that its party is in, and read its bookings anew."""
    rows = Booking.objects.filter(block=booking.block).order_by("pk")
    party = Booking.objects.filter(participant__registration=booking.participant.registration_id, state__in=LIVE)
    with held([*rows.values_list("offer_id", flat=True), *party.values_list("offer_id", flat=True)]):
        yield list(rows.select_related("participant__entitlement", "participant__registration__series", "offer__series"))


def accept(*, booking: Booking) -> list[Booking]:
    """Take an offered place, with all that were offered together; accepting twice changes nothing.

    In a drawn series the person no longer waits for others. Raises TooLate, WrongState. Journal: ``booking.obtained``.
    """
    with block_of(booking) as block:
        offered = [one for one in block if one.state == BookingState.OFFERED]
        if not offered:
            if any(one.pk == booking.pk and one.holds for one in block):
                return block
            raise TooLate if any(one.state == BookingState.LAPSED for one in block) else WrongState
        if any(one.until is not None and one.until <= clock.now() for one in offered):
            raise TooLate
        registration = offered[0].participant.registration
        filling.obtain(registration, offered, "line")
        if registration.series.is_drawn:
            free_again(filling.end_others([one.participant_id for one in offered], [one.pk for one in offered]))
        notices.tell(registration, "obtained", offered, key=f"obtained:{offered[0].pk}")
    return block


def decline(*, booking: Booking) -> None:
    """Say no to an offered place, with all that were offered together; it goes to the next. Journal: ``booking.declined``."""
    with block_of(booking) as block:
        offered = [one for one in block if one.state == BookingState.OFFERED]
        if not offered:
            if any(one.pk == booking.pk and one.state == BookingState.DECLINED for one in block):
                return
            raise WrongState
        move(offered, BookingState.DECLINED)
        for one in offered:
            note("booking.declined", one)
        free_again(one.offer_id for one in offered)


def cancel(*, booking: Booking, payee_name: str = "", payee_iban: str = "") -> Booking:
    """Give up one place, or one's place in a line, also out of a group; cancelling twice changes nothing.

    The rules of the series say how much of the fee goes back; another person releases it. Raises WrongState.
    Journal: ``booking.cancelled``.
    """
    with fees.orders_held([booking.pk]), held([booking.offer_id]):
        rows = Booking.objects.select_related("participant__registration", "offer__series", "order")
        one = rows.get(pk=booking.pk)
        if one.state == BookingState.CANCELLED:
            return one
        if one.state not in LIVE:
            raise WrongState
        had_seat = one.holds
        one.gave_up = one.state if one.is_place else ""
        move([one], BookingState.CANCELLED)
        note("booking.cancelled", one)
        reason = f"{one.offer.title}, {one.participant.registration.number}"
        given = fees.give_back(one, fees.percent_now(one), reason=reason, payee=(payee_name, payee_iban))
        one.returned_cents, one.refund = given.cents, given.refund
        one.save(update_fields=["gave_up", "returned_cents", "refund"])
        notices.tell(one.participant.registration, "cancelled", [one], key=f"cancelled:{one.pk}")
        if had_seat:
            free_again([one.offer_id])
    return one


def withdraw(*, registration: Registration) -> None:
    """Withdraw the whole registration: its lots no longer count, all places and waits end. Twice changes nothing.

    Journal: ``registration.withdrawn``.
    """
    live = Booking.objects.filter(participant__registration=registration, state__in=LIVE)
    for booking in list(live.order_by("offer_id", "pk")):
        cancel(booking=booking)
    with transaction.atomic():
        one = Registration.objects.select_for_update(of=("self",)).select_related("series").get(pk=registration.pk)
        if one.withdrawn_at is not None or one.sent_at is None:
            return
        one.withdrawn_at = clock.now()
        one.save(update_fields=["withdrawn_at"])
        one.participants.update(counts=False)
        say_change(one)
        say_withdrawn(one)
        journal.record("registration.withdrawn", subject=one.subject, facts={"number": one.number})
