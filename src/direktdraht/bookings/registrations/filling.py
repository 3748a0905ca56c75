"""How places are given: to those who come, to the next in line, and taken back when a time is over.

The jobs of the room call this; it queues none itself. The caller of ``lapse_due`` fills the places afterwards.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from direktdraht.bookings.registrations import fees, notices
from direktdraht.bookings.registrations.line import Given, blocks_of, fit, next_ones
from direktdraht.bookings.registrations.models import LIVE, Booking, BookingState, Offer, Participant, Registration, Seat, SeriesState
from direktdraht.bookings.registrations.steps import (
    first_days,
    free_seats,
    held,
    live_of,
    move,
    need_of,
    note,
    note_all,
    price_of,
    seats_in_reach,
)
from direktdraht.foundation import clock

OPEN = frozenset({BookingState.WAITING, BookingState.OFFERED})


def seat(bookings: Sequence[Booking], given: Given) -> None:
    """Give each booking its seat; the caller stores them with a state that holds one."""
    for booking in bookings:
        booking.seat_id = given[booking.pk]


def obtain(registration: Registration, bookings: Sequence[Booking], cause: str) -> None:
    """Let seated bookings be places: sure at once, or as soon as the fee is paid. The caller holds the offers."""
    name_price(bookings, cause)
    for state in (BookingState.CONFIRMED, BookingState.UNPAID):
        move([one for one in bookings if state_for(one) == state], state)
    settle(registration, bookings)


def name_price(bookings: Sequence[Booking], cause: str) -> None:
    """Say of seated bookings what they cost and how the place came; the caller stores it."""
    for booking in bookings:
        booking.price_cents = price_of(booking.offer, booking.participant)
        booking.cause = cause


def state_for(booking: Booking) -> BookingState:
    """The state of a place that is obtained: to be paid where it has a price."""
    return BookingState.UNPAID if booking.price_cents else BookingState.CONFIRMED


def settle(registration: Registration, bookings: Sequence[Booking]) -> None:
    """Order the fee of places that were obtained and are stored, and note them."""
    fees.charge(registration, bookings)
    note_all("booking.obtained", bookings, lambda one: {"cause": one.cause, "seat": one.seat_id})


def seat_at_once(bookings: Sequence[Booking], taken: set[int]) -> bool:
    """Seat a new block of one offer at once, unless somebody waits for it or there is no room; the caller holds the offer.

    Nothing is stored here. ``taken`` are seats given in this transaction and not stored yet. Returns whether it has seats.
    """
    offer, first = bookings[0].offer_id, min(one.line for one in bookings)
    before = Booking.objects.filter(offer=offer, state=BookingState.WAITING, line__lt=first)
    ahead = before.exclude(participant__registration=bookings[0].participant.registration_id)
    needs = [need_of(one) for one in bookings]
    given = None if ahead.exists() else fit(needs, seats_in_reach(needs, taken))
    if given is None:
        return False
    seat(bookings, given)
    taken.update(given.values())
    return True


def fill(offer: int) -> int:
    """Offer the free places of an offer to the next in line, for as long as its series says; returns to how many.

    Blocks may reach into other offers; all of them are held. Nothing is offered once the first session has begun, when the
    offer is called off, or while a draw is not published. Journal: ``booking.offered``.
    """
    with held(reach_of(offer)) as offers:
        here = offers[offer]
        if not gives_places(here):
            return 0
        waiting = waiting_in(offer, offers)
        rows = [(one.block, one.line, need_of(one)) for one in waiting]
        blocks: dict[UUID, list[Booking]] = {}
        for one in waiting:
            blocks.setdefault(one.block, []).append(one)
        offered = 0
        for block, given in next_ones(blocks_of(rows), free_seats(offers)):
            bookings = blocks[block.block]
            seat(bookings, given)
            offered += offer_places(bookings)
        return offered


def reach_of(offer: int) -> set[int]:
    """The offer with all others that a block waiting here needs places in."""
    blocks = Booking.objects.filter(offer=offer, state=BookingState.WAITING).values("block")
    return {offer, *Booking.objects.filter(block__in=blocks, state=BookingState.WAITING).values_list("offer_id", flat=True)}


def waiting_in(offer: int, offers: Iterable[int]) -> list[Booking]:
    """Everything that waits for the offer, with the rest of each block; a block that reaches beyond what is held comes next time."""
    blocks = Booking.objects.filter(offer=offer, state=BookingState.WAITING).values("block")
    rows = Booking.objects.filter(block__in=blocks, state=BookingState.WAITING).order_by("line")
    found = list(rows.select_related("participant__entitlement", "participant__registration", "offer__series"))
    beyond = {one.block for one in found if one.offer_id not in set(offers)}
    return [one for one in found if one.block not in beyond]


def gives_places(offer: Offer) -> bool:
    """Whether places of the offer may be given out now."""
    series = offer.series
    if offer.cancelled_at is not None or series.state != SeriesState.PUBLISHED:
        return False
    if series.is_drawn and not hasattr(series, "draw"):
        return False
    if series.is_drawn and series.draw.published_at is None:
        return False
    first = first_days([offer.pk]).get(offer.pk)
    return first is None or clock.today() <= first


def offer_places(bookings: Sequence[Booking]) -> int:
    """Offer seated bookings of one block to their party, and tell it."""
    series, registration = bookings[0].offer.series, bookings[0].participant.registration
    until = clock.now() + timedelta(hours=series.answer_hours)
    move(bookings, BookingState.OFFERED, until=until, cause="line")
    for booking in bookings:
        note("booking.offered", booking, until=until.isoformat(), seat=booking.seat_id)
    notices.tell(registration, "offered", bookings, key=f"offered:{bookings[0].pk}")
    return len(bookings)


def end_others(participants: Iterable[int], kept: Iterable[int]) -> list[int]:
    """In a drawn series one place is enough: who takes one no longer waits for others and gives back what was offered.

    The caller holds the offers of all live bookings. Returns the offers in which a place is free again.
    """
    others = [one for one in live_of(participants) if one.pk not in set(kept) and one.state in OPEN]
    freed = [one.offer_id for one in others if one.holds]
    move(others, BookingState.ENDED)
    for booking in others:
        note("booking.ended", booking)
    return freed


def lapse_due() -> int:
    """Take back offered places whose time is over, each block in a transaction of its own. Journal: ``booking.lapsed``."""
    due = Booking.objects.filter(state=BookingState.OFFERED, until__lte=clock.now()).order_by("until", "pk")
    return sum(lapse(block) for block in list(dict.fromkeys(due.values_list("block", flat=True))))


def lapse(block: UUID) -> int:
    """Take back the offered places of one block if their time is over."""
    offers = set(Booking.objects.filter(block=block).values_list("offer_id", flat=True))
    with held(offers):
        rows = Booking.objects.filter(block=block, state=BookingState.OFFERED, until__lte=clock.now()).order_by("pk")
        over = list(rows.select_related("participant__registration", "offer"))
        if not over:
            return 0
        move(over, BookingState.LAPSED)
        for booking in over:
            note("booking.lapsed", booking)
        notices.tell(over[0].participant.registration, "lapsed", over, key=f"lapsed:{over[0].pk}")
    return len(over)


def fill_all() -> int:
    """Look at every offer with free seats for which somebody waits: what a killed process left undone is done here."""
    free = Seat.objects.filter(offer=OuterRef("pk"), booking__isnull=True)
    waits = Booking.objects.filter(offer=OuterRef("pk"), state=BookingState.WAITING)
    found = Offer.objects.filter(Exists(free), Exists(waits), series__state=SeriesState.PUBLISHED).order_by("pk")
    return sum(fill(pk) for pk in list(found.values_list("pk", flat=True)))


def participants_with_place(participants: Iterable[Participant]) -> set[int]:
    """Those who hold a place, or are offered one."""
    live = Booking.objects.filter(participant__in=participants, state__in=LIVE).exclude(state=BookingState.WAITING)
    return set(live.values_list("participant_id", flat=True))
