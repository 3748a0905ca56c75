"""Cash at a counter: taken over, taken in, paid out, brought to the bank, counted; the difference is booked."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from direktdraht.payments import actions, queries
from direktdraht.payments.errors import DrawerBusy, ReasonMissing, WrongAmount
from direktdraht.payments.models import CashDrawer, CashSession
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db

ACCOUNT = "cash:rathaus"


def drawer() -> CashDrawer:
    """The drawer in the town hall."""
    return CashDrawer.objects.filter(pk="rathaus").first() or actions.add_drawer(key="rathaus", name="Barkasse", unit=cast.hauptamt())


def opened(cents: int = 15000) -> CashSession:
    """The drawer with a float, taken over by Mika."""
    return actions.open_drawer(drawer=drawer(), float_cents=cents, by=cast.mika())


def test_cash_is_taken_once_and_lies_in_the_drawer() -> None:
    session, order, token = opened(), stand.order_of(), uuid4()

    for _ in range(2):
        actions.take_cash(session=session, order=order, cents=3000, token=token, by=cast.mika())

    assert stand.again(order).state == "paid"
    assert queries.balance(ACCOUNT) == 18000


def test_nobody_pays_more_cash_than_is_open() -> None:
    with pytest.raises(WrongAmount):
        actions.take_cash(session=opened(), order=stand.order_of(), cents=3001, token=uuid4(), by=cast.mika())


def test_a_drawer_has_one_person_at_a_time_who_keeps_accounts() -> None:
    opened()

    with pytest.raises(DrawerBusy):
        opened()
    with pytest.raises(PermissionDenied):
        actions.open_drawer(drawer=drawer(), float_cents=0, by=cast.kim())


@pytest.mark.parametrize(("counted", "difference"), [(17900, 100), (18050, -50)])
def test_a_difference_is_booked_with_a_note(counted: int, difference: int) -> None:
    session, order = opened(), stand.order_of()
    actions.take_cash(session=session, order=order, cents=3000, token=uuid4(), by=cast.mika())

    with pytest.raises(ReasonMissing):
        actions.close_drawer(session=session, counted_cents=counted, note=" ", by=cast.mika())
    closed = actions.close_drawer(session=session, counted_cents=counted, note="verzählt", by=cast.mika())

    assert (closed.expected_cents, closed.counted_cents) == (18000, counted)
    assert queries.balance(ACCOUNT) == counted
    assert queries.balance("differences") == difference
    with pytest.raises(DrawerBusy):
        actions.close_drawer(session=session, counted_cents=counted, note="noch einmal", by=cast.mika())


def test_what_lies_in_the_drawer_at_the_next_opening_is_compared_with_the_books() -> None:
    actions.close_drawer(session=opened(), counted_cents=15000, note="", by=cast.mika())

    opened(14000)

    assert (queries.balance(ACCOUNT), queries.balance("differences")) == (14000, 1000)


def test_cash_goes_to_the_bank_by_way_of_transit_and_never_more_than_there_is() -> None:
    session, token = opened(), uuid4()

    for _ in range(2):
        actions.hand_over(session=session, cents=10000, token=token, by=cast.mika())

    assert (queries.balance(ACCOUNT), queries.balance("transit")) == (5000, -5000)
    with pytest.raises(WrongAmount):
        actions.hand_over(session=session, cents=5001, token=uuid4(), by=cast.mika())


def test_a_released_refund_is_paid_in_cash_once() -> None:
    session, order = opened(), stand.order_of()
    stand.paid(order, 3500)
    refund = actions.request_refund(order=order, cents=500, reason="zu viel", way="cash", by=cast.charlie())
    actions.release_refund(refund=refund, by=cast.mika())

    for _ in range(2):
        actions.give_cash(session=session, refund=refund, by=cast.mika())

    assert queries.balance(ACCOUNT) == 14500
    assert stand.again(order).state == "paid"
