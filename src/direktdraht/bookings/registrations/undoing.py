"""Whether a cancellation can be taken back, and what becomes of the money. It only decides; see decision 39."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import filling
from direktdraht.bookings.registrations.errors import MoneyMoved, NoPlace, SeatTaken, UndoOver, WrongState
from direktdraht.bookings.registrations.models import LIVE, PLACES, Booking, BookingState, Seat
from direktdraht.bookings.registrations.steps import free_seat_for
from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_in_words
from direktdraht.foundation.web.dates import day_words
from direktdraht.payments.models import Order, RefundState
from direktdraht.payments.standing import CANCELLED

UNDONE_WITHIN = timedelta(hours=24)


class Money(Enum):
    """What becomes of the fee when a cancellation is taken back."""

    NONE = "none"
    """There is no fee."""
    SAME = "same"
    """Nothing was given back: the order stands as it is."""
    REFUND = "refund"
    """The refund is withdrawn, and the order asks for its cents again: what was paid counts again."""
    AGAIN = "again"
    """The open order asks for what it was reduced by."""
    ANEW = "anew"
    """The old order asks for nothing more: there is a new one, due on the same day."""


@dataclass(frozen=True)
class Undo:
    """What taking a cancellation back does: the seat, and the way of the money."""

    seat: Seat
    money: Money


def is_recent(booking: Booking) -> bool:
    """Whether a place was given up so short a time ago that this may be taken back."""
    return booking.state == BookingState.CANCELLED and bool(booking.gave_up) and clock.now() - booking.changed_at < UNDONE_WITHIN


def examine(booking: Booking) -> Undo:
    """What taking back does now, from rows as they are; the caller of an action holds order and offer.

    Raises WrongState, UndoOver, SeatTaken, MoneyMoved.
    """
    require_wanting(booking)
    if not is_recent(booking):
        raise UndoOver
    try:
        seat = free_seat_for(booking.offer, booking.participant)
    except NoPlace as problem:
        raise SeatTaken from problem
    return Undo(seat, money_of(booking))


def require_wanting(booking: Booking) -> None:
    """Raise WrongState unless a place was given up, its offer still gives places, and the person has got no other."""
    if booking.state != BookingState.CANCELLED or not booking.gave_up:
        raise WrongState
    if booking.participant.registration.withdrawn_at is not None:
        raise WrongState(_("Die ganze Anmeldung ist zurückgezogen."))
    if not filling.gives_places(booking.offer):
        raise WrongState(_("Für dieses Angebot gibt es keine Plätze mehr."))
    others = Booking.objects.filter(participant=booking.participant_id).exclude(pk=booking.pk)
    if others.filter(offer=booking.offer_id, pk__gt=booking.pk).exists() or others.filter(offer=booking.offer_id, state__in=LIVE).exists():
        raise WrongState(_("Zu diesem Angebot gibt es schon etwas Neueres."))
    if booking.offer.series.is_drawn and others.filter(state__in=PLACES).exists():
        raise WrongState(_("Diese Person hat inzwischen einen anderen Platz."))


def money_of(booking: Booking) -> Money:
    """The way of the money. Raises MoneyMoved where taking back would leave the books with a claim that nobody can explain."""
    order = booking.order
    if order is None:
        return Money.NONE
    if booking.refund is not None:
        if booking.refund.state != RefundState.REQUESTED:
            raise MoneyMoved
        return only_if(booking.gave_up == BookingState.CONFIRMED and not order.closed, Money.REFUND)
    if not booking.returned_cents:
        return only_if(not order.closed, Money.SAME)
    if not order.closed and order.open_cents:
        return only_if(not order.payments.unfinished().exists(), Money.AGAIN)
    return only_if(booking.returned_cents == booking.price_cents and can_be_replaced(order), Money.ANEW)


def can_be_replaced(order: Order) -> bool:
    """Whether a new order can take the place of a part of this one: it is in time, and no money is on its way to it."""
    in_time = clock.today() <= order.due_on
    if not order.closed:
        return in_time
    return in_time and order.closed == CANCELLED and not order.received_cents and not order.payments.unfinished().exists()


def only_if(sound: bool, money: Money) -> Money:
    """The way, if it is sound. Raises MoneyMoved."""
    if not sound:
        raise MoneyMoved(_("Zu diesem Platz ist noch Geld unterwegs oder erst zum Teil bezahlt. Bitte schreiben Sie uns."))
    return money


def said(booking: Booking) -> tuple[str, str]:
    """What becomes of the money when a cancellation is taken back (empty: there is none), and why that is too late (empty: it is not).

    Raises WrongState where there is nothing to take back.
    """
    try:
        money = examine(booking).money
    except (UndoOver, SeatTaken, MoneyMoved) as problem:
        return "", str(problem)
    order = booking.order
    if order is None:
        return "", ""
    cents = booking.refund.cents if booking.refund is not None else booking.returned_cents
    facts = {
        "back": cents_in_words(cents, get_language() or "de"),
        "day": day_words(order.due_on),
        "reference": order.reference,
    }
    sentences = {
        Money.SAME: _("Am Zahlungsauftrag %(reference)s ändert sich nichts."),
        Money.REFUND: _("Die Erstattung von %(back)s kommt dann nicht. Ihre Zahlung gilt wieder für den Platz."),
        Money.AGAIN: _("Im Zahlungsauftrag %(reference)s stehen dann wieder %(back)s mehr."),
        Money.ANEW: _("Dafür gibt es einen neuen Zahlungsauftrag über %(back)s, zu bezahlen bis %(day)s."),
    }
    return sentences[money] % facts, ""
