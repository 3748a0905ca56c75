"""Refunds: four eyes, each paid once, taken back before they leave, and back again when a bank returns them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.payments import actions, queries
from direktdraht.payments.errors import AccountMissing, SamePerson, WrongAmount, WrongOrderState
from direktdraht.payments.models import Order, Refund
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db

IBAN = "DE89370400440532013000"


def overpaid() -> Order:
    """An order of 30.00 of which 35.00 came."""
    order = stand.order_of()
    stand.paid(order, 3500)
    return order


def requested(order: Order, cents: int) -> Refund:
    """A refund by transfer that Mika asked for."""
    return actions.request_refund(order=order, cents=cents, reason="zu viel", by=cast.mika(), payee_name="Robin Weber", payee_iban=IBAN)


def released(order: Order, cents: int) -> Refund:
    """One that Charlie released."""
    return actions.release_refund(refund=requested(order, cents), by=cast.charlie())


def test_a_surplus_goes_back_and_the_owner_is_told(stall: stand.Stall) -> None:
    order = overpaid()
    refund = actions.mark_refund_sent(refund=released(order, 500), by=cast.mika())

    assert stand.again(order).state == "overpaid"
    actions.refund_paid(refund=refund, value_date=clock.today(), source=stand.source())

    assert (stand.again(order).state, stand.again(order).owed_cents) == ("paid", 0)
    assert stall.told == ["paid", "refunded 500"]
    assert queries.balances() == {"bank": 3000, "receivables": 0, "refunds": 0, "revenue:331100": -3000}


def test_a_refund_beyond_the_surplus_charges_less() -> None:
    order = overpaid()
    refund = released(order, 1500)

    actions.refund_paid(refund=refund, value_date=clock.today(), source=stand.source())

    assert stand.again(order).state == "paid"
    assert queries.balances()["revenue:331100"] == -2000


def test_all_of_it_goes_back_after_a_cancellation() -> None:
    order = overpaid()
    actions.cancel_order(order=order, reason="fällt aus")

    actions.refund_paid(refund=released(order, 3500), value_date=clock.today(), source=stand.source())

    assert (stand.again(order).state, stand.again(order).owed_cents) == ("refunded", 0)


def test_never_more_goes_back_than_came() -> None:
    order = overpaid()
    requested(order, 3000)

    with pytest.raises(WrongAmount):
        requested(order, 501)


def test_who_asked_for_it_cannot_release_it() -> None:
    refund = requested(overpaid(), 500)

    with pytest.raises(SamePerson):
        actions.release_refund(refund=refund, by=cast.mika())
    with pytest.raises(PermissionDenied):
        actions.release_refund(refund=refund, by=cast.alex())
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(released_by=cast.mika())


def test_releasing_twice_changes_nothing() -> None:
    refund = released(overpaid(), 500)

    assert actions.release_refund(refund=refund, by=cast.charlie()).released_at == refund.released_at


def test_another_account_has_to_be_released_anew_by_another_person() -> None:
    refund = released(overpaid(), 500)

    changed = actions.change_payee(refund=refund, name="Robin Weber", iban="DE02120300000000202051", by=cast.charlie())

    assert changed.state == "requested"
    with pytest.raises(SamePerson):
        actions.release_refund(refund=changed, by=cast.charlie())


def test_a_transfer_without_account_is_not_released() -> None:
    refund = actions.request_refund(order=overpaid(), cents=500, reason="zu viel", by=cast.mika(), payee_iban="DE00")

    assert refund.payee_iban == ""
    with pytest.raises(AccountMissing):
        actions.release_refund(refund=refund, by=cast.charlie())


def test_a_refund_is_paid_once_and_only_when_it_was_released() -> None:
    order, entry = overpaid(), stand.source()
    refund = requested(order, 500)

    with pytest.raises(WrongOrderState):
        actions.refund_paid(refund=refund, value_date=clock.today(), source=entry)
    actions.release_refund(refund=refund, by=cast.charlie())
    first = actions.refund_paid(refund=refund, value_date=clock.today(), source=entry)
    assert actions.refund_paid(refund=refund, value_date=clock.today(), source=entry) == first
    with pytest.raises(WrongOrderState):
        actions.refund_paid(refund=refund, value_date=clock.today(), source=stand.source())


def test_a_refund_taken_back_leaves_the_surplus() -> None:
    order = overpaid()

    for _ in range(2):
        actions.withdraw_refund(refund=Refund.objects.first() or released(order, 500), reason="doch nicht", by=cast.mika())

    assert (stand.again(order).state, stand.again(order).owed_cents) == ("overpaid", 500)
    assert queries.balances()["refunds"] == 0


def test_a_refund_that_is_on_its_way_cannot_be_taken_back() -> None:
    refund = actions.mark_refund_sent(refund=released(overpaid(), 500))

    with pytest.raises(WrongOrderState):
        actions.withdraw_refund(refund=refund, reason="doch nicht", by=cast.mika())


def test_a_refund_that_bounced_waits_for_another_account() -> None:
    order, entry = overpaid(), stand.source()
    refund = released(order, 500)
    actions.refund_paid(refund=refund, value_date=clock.today(), source=stand.source())

    for _ in range(2):
        actions.refund_bounced(refund=refund, value_date=clock.today(), source=entry, reason="Konto erloschen")

    refund.refresh_from_db()
    assert (refund.state, refund.failure, refund.payee_iban) == ("requested", "Konto erloschen", "")
    assert (stand.again(order).state, stand.again(order).owed_cents) == ("overpaid", 500)
