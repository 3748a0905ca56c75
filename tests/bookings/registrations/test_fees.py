"""Fees: a place with a price is sure once it is paid in time by its value date, and money goes back by the rules of the series."""

from datetime import date, datetime, timedelta

import pytest

from direktdraht.bookings.registrations import actions, filling
from direktdraht.bookings.registrations.models import Mode, Offer, Registration
from direktdraht.foundation import clock
from direktdraht.payments import actions as payments
from direktdraht.payments.errors import SamePerson
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, Refund
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db

DUE = date(2026, 5, 18)
A_DAY_LATER = datetime(2026, 5, 19, 9, tzinfo=clock.BERLIN)
LONG_AFTER = datetime(2026, 5, 30, 9, tzinfo=clock.BERLIN)


def family(places: int, *wishes: int) -> tuple[Registration, Offer]:
    """A family of as many children as there are wishes, in an offer of 30 euros with so many places."""
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, places, price_cents=3000)
        return make.sent(series, *[[offer] for _child in wishes]), offer


def order_of(registration: Registration) -> Order:
    """The one order of a registration."""
    return Order.objects.get(owner_id=str(registration.pk))


def pay(order: Order, cents: int, on: date) -> None:
    """Money with a value date."""
    payments.receive(order=order, cents=cents, value_date=on, source=Source("test", f"{order.pk}-{cents}-{on}"))


def test_a_family_gets_one_order_and_its_places_are_sure_once_it_is_paid() -> None:
    registration, _offer = family(3, 1, 2, 3)
    order = order_of(registration)

    assert make.states(registration) == ["unpaid"] * 3
    assert order.total_cents == 9000
    pay(order, 8999, DUE)
    assert make.states(registration) == ["unpaid"] * 3
    pay(order, 1, DUE)
    assert make.states(registration) == ["confirmed"] * 3


def test_a_reduction_is_half_the_price() -> None:
    series, _free = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 1, price_cents=1501)
        registration = make.sent(series, [offer], group=True)

    assert order_of(registration).total_cents == 751


def test_money_in_time_by_its_value_date_keeps_the_place_although_it_is_booked_a_day_later() -> None:
    registration, offer = family(1, 1)
    with clock.frozen(make.IN_PERIOD):
        waiting = make.sent(offer.series, [offer])
    order = order_of(registration)
    assert order.due_on == DUE

    with clock.frozen(A_DAY_LATER):
        assert not payments.expire_order(order=order)
        filling.fill(offer.pk)
        pay(order, 3000, DUE)

    assert (make.states(registration), make.states(waiting)) == (["confirmed"], ["waiting"])


def test_an_order_that_ends_unpaid_gives_the_place_to_the_next() -> None:
    registration, offer = family(1, 1)
    with clock.frozen(make.IN_PERIOD):
        waiting = make.sent(offer.series, [offer])
    with clock.frozen(LONG_AFTER):
        assert payments.expire_order(order=order_of(registration))
        filling.fill(offer.pk)

    assert (make.states(registration), make.states(waiting)) == (["lapsed"], ["offered"])


def test_money_in_time_that_comes_after_the_end_takes_the_place_up_again_only_while_it_is_free() -> None:
    free, _offer = family(1, 1)
    taken, offer = family(1, 1)
    with clock.frozen(make.IN_PERIOD):
        waiting = make.sent(offer.series, [offer])
    with clock.frozen(LONG_AFTER):
        for registration in (free, taken):
            payments.expire_order(order=order_of(registration))
        filling.fill(offer.pk)
        for registration in (free, taken):
            pay(order_of(registration), 3000, DUE)

    assert make.states(free) == ["lapsed", "confirmed"]
    assert (make.states(taken), make.states(waiting)) == (["lapsed"], ["offered"])
    assert order_of(taken).owed_cents == 3000


@pytest.mark.parametrize(("days_before", "cents"), [(14, 3000), (13, 1500), (3, 1500), (2, 0)])
def test_what_goes_back_follows_the_rules_and_four_eyes(days_before: int, cents: int) -> None:
    registration, _offer = family(1, 1)
    pay(order_of(registration), 3000, DUE)
    with clock.frozen(make.FIRST_SESSION - timedelta(days=days_before)):
        actions.cancel(booking=make.bookings(registration)[0], payee_name="Robin Weber", payee_iban="DE89370400440532013000")
        actions.cancel(booking=make.bookings(registration)[0])

    assert make.states(registration) == ["cancelled"]
    assert list(Refund.objects.values_list("cents", flat=True)) == [cents] * (cents > 0)


def test_the_refund_of_a_cancelled_child_is_released_by_a_second_person() -> None:
    registration, _offer = family(1, 1)
    pay(order_of(registration), 3000, DUE)
    with clock.frozen(make.IN_PERIOD):
        actions.cancel(booking=make.bookings(registration)[0])
        refund = Refund.objects.get()
        payments.change_payee(refund=refund, name="Robin Weber", iban="DE89370400440532013000", by=cast.mika())
        with pytest.raises(SamePerson):
            payments.release_refund(refund=refund, by=cast.mika())
        payments.release_refund(refund=refund, by=cast.charlie())

    assert Refund.objects.get().state == "released"


def test_an_unpaid_place_given_up_in_time_is_owed_no_longer_and_late_only_in_part() -> None:
    early, _offer = family(1, 1)
    late, _other = family(1, 1)
    with clock.frozen(make.IN_PERIOD):
        actions.cancel(booking=make.bookings(early)[0])
    with clock.frozen(make.FIRST_SESSION - timedelta(days=10)):
        actions.cancel(booking=make.bookings(late)[0])

    assert (order_of(early).state, order_of(late).open_cents) == ("cancelled", 1500)


def test_an_offer_that_is_called_off_gives_everything_back() -> None:
    registration, offer = family(2, 1, 2)
    with clock.frozen(make.IN_PERIOD):
        paid = make.sent(offer.series, [make.offer(offer.series, 1, price_cents=500)])
    pay(order_of(registration), 3000, DUE)
    pay(order_of(paid), 500, DUE)
    with clock.frozen(make.FIRST_SESSION - timedelta(days=1)):
        actions.call_off(offer=offer, reason="Sturm", by=cast.kim())

    assert (make.states(registration), make.states(paid)) == (["ended", "ended"], ["confirmed"])
    assert Refund.objects.get().cents == 3000
    assert order_of(registration).open_cents == 0
