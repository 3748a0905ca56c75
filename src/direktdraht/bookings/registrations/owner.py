"""What payments asks of this room: orders of registrations. Every method runs while payments holds the order."""

from collections.abc import Sequence
from uuid import uuid4

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse

from direktdraht.bookings.registrations import access, fees, notices
from direktdraht.bookings.registrations.actions.places import free_again
from direktdraht.bookings.registrations.line import fit
from direktdraht.bookings.registrations.models import LIVE, Booking, BookingState
from direktdraht.bookings.registrations.numbers import next_lines
from direktdraht.bookings.registrations.steps import free_seats, held, move, need_of, note
from direktdraht.payments.models import NoticeKind, Order
from direktdraht.people.models import Account


class RegistrationOrders:
    """Places that are paid for: sure once they are, free again when the time is over, kept when the money was in time."""

    tells = frozenset({NoticeKind.ORDERED.value, NoticeKind.PAID.value})

    def paid(self, order: Order) -> None:
        """Let the places be sure."""
        self.change(order, BookingState.UNPAID, BookingState.CONFIRMED, "paid")

    def unpaid(self, order: Order) -> None:
        """Owe the fee again; the places stay."""
        self.change(order, BookingState.CONFIRMED, BookingState.UNPAID, "unpaid")

    def expired(self, order: Order) -> None:
        """Let the places go to the next in line."""
        self.end(fees.places_of(order, {BookingState.UNPAID}), BookingState.LAPSED, "lapsed")

    def cancelled(self, order: Order) -> None:
        """End what was still held for it; a place given up by its party is no longer among these."""
        self.end(fees.holding_places(order), BookingState.ENDED, "moved")

    def refunded(self, order: Order, cents: int) -> None:
        """Tell the party that money went back."""
        registration = fees.registration_of(order)
        if registration is not None and cents:
            total = sum(order.refunds.filter(state="paid").values_list("cents", flat=True))
            notices.tell(registration, "refunded", key=f"refunded:{order.pk}:{total}")

    def revives(self, order: Order) -> bool:
        """Whether all places of an order that had expired are still free; then they are the party's again, as new bookings.

        What has lapsed stays so; somebody who was offered a place meanwhile keeps it.
        """
        lapsed = [one for one in fees.places_of(order, {BookingState.LAPSED}) if one.offer.cancelled_at is None]
        if not lapsed:
            return False
        with held(one.offer_id for one in lapsed):
            others = Booking.objects.filter(participant__in={one.participant_id for one in lapsed}, state__in=LIVE)
            taken = set(others.values_list("participant_id", "offer_id"))
            if any((one.participant_id, one.offer_id) in taken for one in lapsed):
                return False
            given = fit([need_of(one) for one in lapsed], free_seats(one.offer_id for one in lapsed))
            if given is None:
                return False
            fresh = [
                Booking(
                    participant=one.participant,
                    offer=one.offer,
                    state=BookingState.UNPAID,
                    seat_id=given[one.pk],
                    line=line,
                    block=uuid4(),
                    price_cents=one.price_cents,
                    order=order,
                    cause=one.cause,
                )
                for one, line in zip(lapsed, next_lines(len(lapsed)), strict=True)
            ]
            for booking in Booking.objects.bulk_create(fresh):
                note("booking.revived", booking, seat=booking.seat_id)
        return True

    def may_see(self, request: HttpRequest, order: Order) -> bool:
        """Whether the session has opened the registration, or its account owns it."""
        registration = fees.registration_of(order)
        return registration is not None and access.may_open(request, registration)

    def may_manage(self, by: Account, order: Order) -> bool:
        """Whether the account works in the unit of the series."""
        registration = fees.registration_of(order)
        return registration is not None and access.works_for(by, registration.series)

    def page(self, order: Order) -> tuple[str, str]:
        """The registration's page, and its number."""
        registration = fees.registration_of(order)
        if registration is None:
            return "", ""
        return reverse("registrations:status", args=[registration.pk]), registration.number or ""

    def link(self, order: Order) -> str:
        """The link that opens the registration without an account; the order's page is one step from there."""
        registration = fees.registration_of(order)
        return notices.link_to(registration) if registration is not None else ""

    def change(self, order: Order, before: BookingState, after: BookingState, kind: str) -> None:
        """Put the places of the order into another state that keeps their seats, and tell the party."""
        bookings = fees.places_of(order, {before})
        move(bookings, after)
        for booking in bookings:
            note(f"booking.{kind}", booking)
        if bookings:
            last = order.postings.aggregate(last=Max("pk"))["last"]
            notices.tell(bookings[0].participant.registration, kind, bookings, key=f"{kind}:{order.pk}:{last}")

    def end(self, bookings: Sequence[Booking], state: BookingState, kind: str) -> None:
        """End places, held with their offers, tell the party, and let the line go on."""
        if not bookings:
            return
        with held(one.offer_id for one in bookings):
            move(bookings, state)
            for booking in bookings:
                note(f"booking.{state.value}", booking)
            notices.tell(bookings[0].participant.registration, kind, bookings, key=f"{state.value}:{bookings[0].pk}")
            free_again(one.offer_id for one in bookings)
