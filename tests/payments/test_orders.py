"""Orders: made, paid in part and too much, cancelled, expired, waived; the state is what the ledger says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.payments import actions, queries
from direktdraht.payments.errors import NotAllowed, ReasonMissing, SourceTaken, WrongAmount, WrongOrder, WrongOrderState
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, Posting
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db


def kinds(order: Order) -> list[str]:
    """What happened to an order, in order."""
    return list(order.events.order_by("pk").values_list("kind", flat=True))


def test_a_new_order_is_owed_and_has_a_reference_that_can_be_read() -> None:
    order = stand.order_of(1050, 2000)

    assert (order.total_cents, order.state, order.open_cents) == (3050, "open", 3050)
    assert queries.balances() == {"receivables": 3050, "revenue:331100": -3050}
    assert order.reference.startswith(f"{clock.today():%y}.")
    assert Entry.objects.filter(kind="order.charge", subject=f"order:{order.pk}").count() == 1
    assert order.due_on == clock.today() + timedelta(days=30)


@pytest.mark.parametrize("cents", [[0], [-5, 10], [10_000_000_001]])
def test_an_order_without_a_sensible_sum_is_refused(cents: list[int]) -> None:
    with pytest.raises(WrongOrder):
        stand.order_of(*cents)


def test_parts_add_up_and_the_owner_is_told_once(stall: stand.Stall) -> None:
    order = stand.order_of()

    stand.paid(order, 1000)
    assert (stand.again(order).state, stand.again(order).open_cents, stall.told) == ("partly_paid", 2000, [])
    stand.paid(order, 2000)
    assert (stand.again(order).state, stall.told) == ("paid", ["paid"])
    stand.paid(order, 5)
    assert (stand.again(order).state, stand.again(order).owed_cents, stall.told) == ("overpaid", 5, ["paid"])
    assert kinds(order) == ["charge", "receipt", "receipt", "receipt"]


def test_one_entry_of_the_bank_is_booked_once() -> None:
    order, entry = stand.order_of(), Source("bank", "4711")

    first = actions.receive(order=order, cents=3000, value_date=clock.today(), source=entry)
    second = actions.receive(order=order, cents=3000, value_date=clock.today(), source=entry)

    assert first == second
    assert stand.again(order).received_cents == 3000


def test_one_entry_of_the_bank_with_another_amount_or_order_is_refused() -> None:
    order, entry = stand.order_of(), Source("bank", "4711")
    actions.receive(order=order, cents=3000, value_date=clock.today(), source=entry)

    with pytest.raises(SourceTaken):
        actions.receive(order=order, cents=2999, value_date=clock.today(), source=entry)
    with pytest.raises(SourceTaken):
        actions.receive(order=stand.order_of(), cents=3000, value_date=clock.today(), source=entry)


def test_a_payment_that_goes_back_is_owed_again(stall: stand.Stall) -> None:
    order = stand.order_of()
    stand.paid(order, 3000)

    actions.return_payment(order=order, cents=3000, value_date=clock.today(), source=stand.source(), reason="Konto erloschen")

    assert (stand.again(order).state, stand.again(order).open_cents) == ("open", 3000)
    assert stall.told == ["paid", "unpaid"]
    assert queries.balances()["bank"] == 0


def test_a_cancelled_order_that_was_paid_owes_the_money(stall: stand.Stall) -> None:
    order = stand.order_of()
    stand.paid(order, 3000)

    actions.cancel_order(order=order, reason="Kurs fällt aus", by=cast.mika())
    actions.cancel_order(order=order, reason="Doppelklick", by=cast.mika())

    order = stand.again(order)
    assert (order.state, order.owed_cents, order.open_cents) == ("cancelled", 3000, 0)
    assert kinds(order) == ["charge", "receipt", "cancellation"]
    assert stall.told == ["paid", "cancelled"]
    assert queries.balances()["revenue:331100"] == 0


def test_a_cancellation_needs_a_reason_and_a_right() -> None:
    order = stand.order_of()

    with pytest.raises(ReasonMissing):
        actions.cancel_order(order=order, reason=" \n", by=cast.mika())
    with pytest.raises(PermissionDenied):
        actions.cancel_order(order=order, reason="weil", by=cast.alex())


def test_a_reduction_is_taken_back_up_to_what_was_ordered(stall: stand.Stall) -> None:
    order = stand.order_of()
    actions.reduce_order(order=order, cents=1000, reason="Ermäßigung", by=cast.mika())
    stand.paid(order, 500)

    actions.reinstate_order(order=order, cents=400, reason="nicht berechtigt", by=cast.mika())
    with pytest.raises(WrongAmount):
        actions.reinstate_order(order=order, cents=601, reason="zu viel", by=cast.mika())

    assert (stand.again(order).open_cents, stand.again(order).state, stall.told) == (1900, "partly_paid", [])
    assert queries.balances()["revenue:331100"] == -2400


def test_a_closed_order_asks_for_nothing_again() -> None:
    order = stand.order_of()
    actions.cancel_order(order=order, reason="fällt aus", by=cast.mika())

    with pytest.raises(WrongOrderState):
        actions.reinstate_order(order=order, cents=1, reason="doch nicht", by=cast.mika())
    with pytest.raises(NotAllowed):
        actions.reinstate_order(order=stand.order_of(), cents=1, reason="doch nicht", by=cast.kim())


def test_what_is_waived_is_not_owed_and_settles(stall: stand.Stall) -> None:
    order = stand.order_of()

    actions.waive_order(order=order, cents=1000, reason="Härtefall", by=cast.mika())
    assert (stand.again(order).state, stand.again(order).open_cents) == ("open", 2000)
    actions.waive_order(order=order, reason="Härtefall", by=cast.mika())

    assert (stand.again(order).state, stall.told) == ("waived", ["paid"])
    with pytest.raises(WrongAmount):
        actions.waive_order(order=order, reason="noch einmal", by=cast.mika())


def test_an_order_that_is_waived_in_part_can_be_cancelled() -> None:
    order = stand.order_of()
    actions.waive_order(order=order, cents=1000, reason="Härtefall", by=cast.mika())

    actions.cancel_order(order=order, reason="Antrag zurückgenommen")

    assert (stand.again(order).state, stand.again(order).owed_cents) == ("cancelled", 0)


def test_less_is_charged_from_the_last_line_on() -> None:
    order = stand.order_of(1000, 2000, centres=("A", "B"))

    actions.reduce_order(order=order, cents=2500, reason="Ermäßigung", by=cast.mika())

    assert queries.revenue_of(order) == {("revenue:331100", "A"): 500, ("revenue:331100", "B"): 0}
    assert stand.again(order).open_cents == 500
    with pytest.raises(WrongAmount):
        actions.reduce_order(order=order, cents=501, reason="Ermäßigung", by=cast.mika())


def test_an_unpaid_order_expires_and_frees_what_was_held(stall: stand.Stall) -> None:
    order = stand.order_of(expires_at=stand.in_minutes(15), ways=["card"])

    assert not actions.expire_order(order=order)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert actions.expire_order(order=order)
        assert not actions.expire_order(order=order)

    assert (stand.again(order).state, stall.told) == ("expired", ["expired"])


def test_an_order_payable_by_transfer_waits_for_the_bank_file() -> None:
    order = stand.order_of(expires_at=stand.in_minutes(15))

    with clock.frozen(clock.now() + timedelta(days=3)):
        assert not actions.expire_order(order=order)
    with clock.frozen(clock.now() + timedelta(days=5)):
        assert actions.expire_order(order=order)


def test_money_in_time_by_value_date_revives_an_expired_order(stall: stand.Stall) -> None:
    start = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with clock.frozen(start):
        order = stand.order_of(expires_at=start + timedelta(days=2))
    with clock.frozen(start + timedelta(days=9)):
        actions.expire_order(order=order)
        stand.paid(order, 3000, on=start.date() + timedelta(days=2))

    assert (stand.again(order).state, stand.again(order).owed_cents) == ("paid", 0)
    assert stall.told == ["expired", "paid"]
    assert queries.balances()["revenue:331100"] == -3000


@pytest.mark.parametrize(("days", "cents", "agrees"), [(3, 3000, True), (2, 2999, True), (2, 3000, False)])
def test_money_that_is_late_or_too_little_or_unwanted_is_owed_back(days: int, cents: int, agrees: bool, stall: stand.Stall) -> None:
    start = datetime(2026, 11, 2, 9, tzinfo=UTC)
    stall.takes_up_again = agrees
    with clock.frozen(start):
        order = stand.order_of(expires_at=start + timedelta(days=2))
    with clock.frozen(start + timedelta(days=9)):
        actions.expire_order(order=order)
        stand.paid(order, cents, on=start.date() + timedelta(days=days))

    assert (stand.again(order).state, stand.again(order).owed_cents) == ("expired", cents)
    assert stall.told == ["expired"]


def test_more_time_is_given_with_a_reason_and_never_taken() -> None:
    order = stand.order_of(expires_at=stand.in_minutes(15))

    actions.extend_order(order=order, due_on=order.due_on + timedelta(days=30), reason="Stundung", by=cast.mika())

    assert stand.again(order).expires_at is None
    with pytest.raises(WrongOrderState):
        actions.extend_order(order=order, due_on=order.due_on, reason="doch nicht", by=cast.mika())


def test_unclear_money_is_held_and_assigned_in_parts() -> None:
    first, second = stand.order_of(), stand.order_of()
    posting = actions.receive_unclear(cents=5000, value_date=clock.today(), source=stand.source(), reason="ohne Zweck")

    actions.assign_unclear(posting=posting, order=first, cents=3000, by=cast.mika())
    assert queries.unclear_receipts() == {posting.pk: 2000}
    with pytest.raises(WrongAmount):
        actions.assign_unclear(posting=posting, order=second, cents=2001, by=cast.mika())
    actions.assign_unclear(posting=posting, order=second, by=cast.mika())

    assert queries.unclear_receipts() == {}
    assert [stand.again(order).state for order in (first, second)] == ["paid", "partly_paid"]


def test_a_wrong_assignment_is_taken_back() -> None:
    wrong, right = stand.order_of(), stand.order_of()
    posting = stand.paid(wrong, 3000)

    held = actions.take_back(posting=posting, reason="falsches Kassenzeichen", by=cast.mika())
    assert actions.take_back(posting=posting, reason="Doppelklick", by=cast.mika()) == held
    assert queries.unclear_receipts() == {held.pk: 3000}
    made = actions.assign_unclear(posting=held, order=right, by=cast.mika())
    actions.take_back(posting=made, reason="doch nicht", by=cast.mika())

    assert queries.unclear_receipts() == {held.pk: 3000}
    assert [stand.again(order).state for order in (wrong, right)] == ["open", "open"]


def test_unclear_money_goes_back_to_its_sender_once() -> None:
    posting = actions.receive_unclear(cents=5000, value_date=clock.today(), source=stand.source())
    entry = stand.source()

    for _ in range(2):
        actions.return_unclear(posting=posting, cents=5000, value_date=clock.today(), source=entry, reason="Irrläufer", by=cast.mika())

    assert queries.balances()["bank"] == queries.balances()["unclear"] == 0


def test_a_payout_of_a_provider_moves_money_once() -> None:
    order = stand.order_of()
    stand.paid(order, 3000, account="clearing:rest")
    entry = stand.source()

    for _ in range(2):
        actions.transfer(
            cents=3000, from_account="clearing:rest", to_account="bank", value_date=clock.today(), source=entry, reason="Auszahlung"
        )

    assert (queries.balances()["bank"], queries.balances()["clearing:rest"]) == (3000, 0)


def test_no_order_lies_about_its_state() -> None:
    for cents in (0, 1000, 3000, 4000):
        order = stand.order_of()
        if cents:
            stand.paid(order, cents)
    Order.objects.filter(pk=order.pk).update(open_cents=7)

    assert list(queries.wrong_orders()) == [order.reference]
    assert Posting.objects.count() == 7
