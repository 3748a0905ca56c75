"""Steps that several actions are made of; the caller holds the transaction.

Rows are locked in one order everywhere: a draft first, then orders to pay, then offers by number, then series,
registrations and bookings. Cases are never held here: their threads are only added to. Whoever gives or takes a seat holds
its offer, so that the line and the seats are seen as they are; the unique seat of a booking would refuse a second one even
without that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models import Min

from direktdraht.bookings.registrations.errors import NoPlace
from direktdraht.bookings.registrations.line import FreeSeat, Need
from direktdraht.bookings.registrations.models import LIVE, Booking, BookingState, Offer, Participant, Seat, Session
from direktdraht.bookings.registrations.refunds import reduced
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


@contextmanager
def held(offers: Iterable[int]) -> Iterator[dict[int, Offer]]:
    """Open a transaction and hold these offers, read anew, always in the same order."""
    with transaction.atomic():
        yield hold(offers)


def hold(offers: Iterable[int]) -> dict[int, Offer]:
    """Hold these offers, read anew, until the caller's transaction ends, always in the same order."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("series").filter(pk__in=set(offers)).order_by("pk")
    return {offer.pk: offer for offer in rows}


def free_seats(offers: Iterable[int]) -> list[FreeSeat]:
    """The seats of these offers that nobody holds."""
    rows = Seat.objects.filter(offer__in=set(offers), booking__isnull=True).order_by("offer_id", "number")
    return [FreeSeat(seat, offer, group) for seat, offer, group in rows.values_list("pk", "offer_id", "entitlement_id")]


def seats_in_reach(needs: Sequence[Need], taken: Iterable[int]) -> list[FreeSeat]:
    """The free seats of one offer that these needs could take, the lowest of each kind: as many as there are needs, whatever its size."""
    free = Seat.objects.filter(offer=needs[0].offer, booking__isnull=True).exclude(pk__in=list(taken)).order_by("number")
    groups = sorted({need.group for need in needs if need.group is not None})
    found = list(free.filter(entitlement__isnull=True)[: len(needs)])
    for group in groups:
        found += free.filter(entitlement=group)[: len(needs)]
    return [FreeSeat(seat.pk, seat.offer_id, seat.entitlement_id) for seat in found]


def free_seat_for(offer: Offer, participant: Participant) -> Seat:
    """A free seat that this participant may take, a reserved one of their group first. Raises NoPlace."""
    free = list(Seat.objects.filter(offer=offer, booking__isnull=True).order_by("number"))
    fitting = [seat for seat in free if seat.entitlement_id in {None, participant.entitlement_id}]
    if not fitting:
        raise NoPlace
    return min(fitting, key=lambda seat: (seat.entitlement_id is None, seat.number))


def need_of(booking: Booking) -> Need:
    """What a booking needs."""
    return Need(booking.pk, booking.offer_id, booking.participant.entitlement_id)


def price_of(offer: Offer, participant: Participant) -> int:
    """The price for this participant in cents, after the reduction of their group."""
    entitlement = participant.entitlement
    return reduced(offer.price_cents, entitlement.reduction_percent if entitlement else 0)


def first_days(offers: Iterable[int]) -> dict[int, date]:
    """The day of the first session of each offer that has one."""
    rows = Session.objects.filter(offer__in=set(offers)).values_list("offer_id").annotate(first=Min("starts_at")).order_by("offer_id")
    return {offer: first.astimezone(clock.BERLIN).date() for offer, first in rows}


def move(bookings: Sequence[Booking], state: BookingState, **changes: object) -> None:
    """Put bookings, held with their offers, into a state; those that hold no seat there give theirs back."""
    at = clock.now()
    for booking in bookings:
        booking.state, booking.changed_at = state, at
        if not booking.holds:
            booking.seat_id = None
        if state != BookingState.OFFERED:
            booking.until = None
        for name, value in changes.items():
            setattr(booking, name, value)
    Booking.objects.bulk_update(bookings, ["state", "changed_at", "seat", "until", "cause", "why", "price_cents"])


def live_of(participants: Iterable[int]) -> list[Booking]:
    """The live bookings of some participants."""
    found = Booking.objects.filter(participant__in=set(participants), state__in=LIVE)
    return list(found.select_related("participant__entitlement", "offer").order_by("pk"))


def note(kind: str, booking: Booking, *, by: Account | None = None, **facts: str | int | None) -> None:
    """One row of the journal about a booking."""
    note_all(kind, [booking], lambda _one: facts, by=by)


def note_all(
    kind: str, bookings: Sequence[Booking], facts: Callable[[Booking], Mapping[str, str | int | None]], *, by: Account | None = None
) -> None:
    """One row of the journal about each booking, written together."""
    if not bookings:
        return
    with journal.book(len(bookings)) as book:
        for one in bookings:
            known = {"offer": one.offer_id, "registration": str(one.participant.registration_id), **facts(one)}
            book.record(kind, subject=f"booking:{one.pk}", facts=known, by=str(by.pk) if by else "")
