"""Fees: an order for places with a price, less of it when one is given up, and what happens when it is paid or ends.

Orders are locked before offers everywhere, because payments holds an order when it calls the owner.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations.models import HOLDING, Booking, BookingState, Registration
from direktdraht.bookings.registrations.refunds import Rule, back, percent_back
from direktdraht.bookings.registrations.steps import first_days
from direktdraht.foundation import clock
from direktdraht.payments import actions as payments
from direktdraht.payments.models import Order, Refund, RefundState
from direktdraht.payments.queries import sums_of
from direktdraht.people.models import Account

OWNER = "registration"
LAST_MOMENT = time(23, 59, 59)
WHOLE = 100


def due_day(pay_days: int) -> date:
    """The last day on which the fee is in time by its value date."""
    return clock.today() + timedelta(days=pay_days)


def charge(registration: Registration, bookings: Sequence[Booking], *, due: date | None = None) -> Order | None:
    """Make one order for the places of a party that have a price; none for free ones. The bookings are held and stored already.

    Lines name the offer and the person's number in the registration, not the person. ``due`` is by default so many days
    ahead as the series says.
    """
    priced = [one for one in bookings if one.price_cents]
    if not priced:
        return None
    series = registration.series
    due = due or due_day(series.pay_days)
    with translation.override(registration.language):
        texts = [_("%(offer)s, Person %(number)d") % {"offer": one.offer.title[:150], "number": one.participant.position} for one in priced]
    order = payments.create_order(
        owner_kind=OWNER,
        owner_id=str(registration.pk),
        title=f"{series.title}, {registration.number}",
        payer=payments.Payer(registration.contact_name, registration.contact_email, registration.account, registration.language),
        lines=[
            payments.WantedLine(text, one.price_cents, series.revenue_account, series.cost_centre)
            for text, one in zip(texts, priced, strict=True)
        ],
        due_on=due,
        expires_at=datetime.combine(due, LAST_MOMENT, clock.BERLIN),
    )
    Booking.objects.filter(pk__in=[one.pk for one in priced]).update(order=order)
    for one in priced:
        one.order = order
    return order


@contextmanager
def orders_held(bookings: Iterable[int]) -> Iterator[None]:
    """Open a transaction and hold the orders of these bookings, always in the same order, before any offer is held."""
    with transaction.atomic():
        keys = Booking.objects.filter(pk__in=set(bookings), order__isnull=False).values("order")
        list(Order.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
        yield


def percent_now(booking: Booking) -> int:
    """How much of the fee goes back if the person gives the place up now."""
    rules = [Rule(one.days_before, one.refund_percent) for one in booking.offer.series.cancellation_rules.order_by("pk")]
    return percent_back(rules, first_days([booking.offer_id]).get(booking.offer_id), clock.today())


def cents_back(booking: Booking, percent: int) -> int:
    """What goes back, or is no longer owed, in cents."""
    return back(booking.price_cents, percent) if booking.order_id else 0


@dataclass(frozen=True)
class GivenBack:
    """What giving a place up did to its order: so many cents less are asked for, and the refund that was requested."""

    cents: int = 0
    refund: Refund | None = None


def give_back(booking: Booking, percent: int, *, reason: str, by: Account | None = None, payee: tuple[str, str] = ("", "")) -> GivenBack:
    """Ask for less for a place that was given up: an unpaid one is no longer owed, a paid one is refunded by four eyes.

    The caller holds the order and has moved the booking out of its place.
    """
    cents = cents_back(booking, percent)
    order = None if booking.order_id is None else Order.objects.get(pk=booking.order_id)
    if order is None or not cents or order.closed:
        return GivenBack()
    charged, still_open = sums_of(order).charged, order.open_cents
    if still_open:
        less(order, cents, reason, by)
    paid, refund = min(cents - still_open, order.received_cents - asked_back(order)), None
    if paid > 0:
        refund = payments.request_refund(order=order, cents=paid, reason=reason, by=by, payee_name=payee[0], payee_iban=payee[1])
    return GivenBack(charged - sums_of(order).charged, refund)


def less(order: Order, cents: int, reason: str, by: Account | None) -> None:
    """Ask for so much less of what is open; an order of which nothing is left is cancelled."""
    untouched = order.open_cents == cents and order.received_cents == 0
    if untouched:
        payments.cancel_order(order=order, reason=reason, by=by)
    else:
        payments.reduce_order(order=order, cents=cents, reason=reason, by=by)


def asked_back(order: Order) -> int:
    """What was requested back before and not withdrawn, in cents."""
    return sum(order.refunds.exclude(state=RefundState.WITHDRAWN).values_list("cents", flat=True))


def places_of(order: Order, states: Iterable[BookingState]) -> list[Booking]:
    """The bookings of an order in these states."""
    rows = Booking.objects.filter(order=order, state__in=set(states)).order_by("pk")
    return list(rows.select_related("participant__registration__series", "participant__entitlement", "offer__series"))


def registration_of(order: Order) -> Registration | None:
    """The registration that an order is for."""
    return Registration.objects.select_related("series__unit").filter(pk=UUID(order.owner_id)).first()


def holding_places(order: Order) -> list[Booking]:
    """The bookings of an order that hold a place."""
    return places_of(order, HOLDING)
