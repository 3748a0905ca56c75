"""No lost cent: whatever happens in whatever order, ledger, orders and bank agree at every step."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from direktdraht.foundation import clock
from direktdraht.payments import actions, queries
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, Posting, Refund
from tests import cast
from tests.payments import stand
from tests.scale import examples

pytestmark = pytest.mark.django_db

CENTS = st.integers(1, 6000)
# Instants about which clocks stumble: both nights of the changed hour, a leap day, the turn of a year.
JUMPS = [
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 59, tzinfo=UTC),
    datetime(2028, 2, 28, 23, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
]


class TillMachine(RuleBasedStateMachine):
    """Everything that can be done with money, in any order; ``bank`` is what really lies there."""

    orders = Bundle("orders")
    sources = Bundle("sources")
    unclear = Bundle("unclear")
    refunds = Bundle("refunds")

    def __init__(self) -> None:
        super().__init__()
        self.bank = 0
        self.charged = 0
        self.block = transaction.atomic()
        self.block.__enter__()
        self.jumps = iter(JUMPS)
        self.freeze: Any = None

    def teardown(self) -> None:
        """Forget everything."""
        if self.freeze is not None:
            self.freeze.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def begins(self) -> None:
        """Before the first of the instants."""
        self.freeze = clock.frozen(JUMPS[0] - timedelta(days=3))
        self.freeze.__enter__()

    def tried(self, doing: Any, **given: Any) -> Any:
        """What an action gives, or nothing when it refuses; a refusal leaves no trace."""
        before = Posting.objects.count()
        try:
            with transaction.atomic():
                return doing(**given)
        except PaymentsError:
            assert Posting.objects.count() == before
            return None

    @rule(target=orders, cents=CENTS, expires=st.booleans())
    def order(self, cents: int, expires: bool) -> Order:
        self.charged += cents
        return stand.order_of(cents, expires_at=clock.now() + timedelta(hours=1) if expires else None, ways=["online"])

    @rule(target=sources, order=orders, cents=CENTS)
    def receive(self, order: Order, cents: int) -> tuple[Order, int, Source]:
        source = stand.source()
        stand_before = self.bank
        actions.receive(order=order, cents=cents, value_date=clock.today(), source=source)
        self.bank = stand_before + cents
        return order, cents, source

    @rule(entry=sources)
    def receive_again(self, entry: tuple[Order, int, Source]) -> None:
        order, cents, source = entry
        actions.receive(order=order, cents=cents, value_date=clock.today(), source=source)

    @rule(entry=sources, more=st.integers(1, 9))
    def receive_again_with_another_amount(self, entry: tuple[Order, int, Source], more: int) -> None:
        order, cents, source = entry
        assert self.tried(actions.receive, order=order, cents=cents + more, value_date=clock.today(), source=source) is None

    @rule(order=orders, cents=CENTS)
    def payment_comes_back(self, order: Order, cents: int) -> None:
        if self.tried(actions.return_payment, order=order, cents=cents, value_date=clock.today(), source=stand.source()):
            self.bank -= cents

    @rule(target=unclear, cents=CENTS)
    def unclear_money(self, cents: int) -> Posting:
        self.bank += cents
        return actions.receive_unclear(cents=cents, value_date=clock.today(), source=stand.source())

    @rule(posting=unclear, order=orders, cents=CENTS)
    def assign(self, posting: Posting, order: Order, cents: int) -> None:
        self.tried(actions.assign_unclear, posting=posting, order=order, cents=cents, by=cast.mika())

    @rule(order=orders)
    def take_back_the_last(self, order: Order) -> None:
        posting = order.postings.filter(kind__in=["receipt", "assignment"]).order_by("-pk").first()
        if posting is not None:
            self.tried(actions.take_back, posting=posting, reason="falsch", by=cast.mika())

    @rule(order=orders)
    def cancel(self, order: Order) -> None:
        self.tried(actions.cancel_order, order=order, reason="fällt aus", by=cast.mika())

    @rule(order=orders, cents=CENTS)
    def reduce(self, order: Order, cents: int) -> None:
        self.tried(actions.reduce_order, order=order, cents=cents, reason="Ermäßigung", by=cast.mika())

    @rule(order=orders, cents=CENTS)
    def reinstate(self, order: Order, cents: int) -> None:
        self.tried(actions.reinstate_order, order=order, cents=cents, reason="doch keine Ermäßigung", by=cast.mika())

    @rule(order=orders, cents=CENTS)
    def waive(self, order: Order, cents: int) -> None:
        self.tried(actions.waive_order, order=order, cents=cents, reason="Härtefall", by=cast.mika())

    @rule(order=orders)
    def expire(self, order: Order) -> None:
        self.tried(actions.expire_order, order=order)

    @rule(target=refunds, order=orders, cents=CENTS)
    def request_refund(self, order: Order, cents: int) -> Refund | None:
        given = {"reason": "zu viel", "by": cast.mika(), "payee_name": "Robin", "payee_iban": "DE89370400440532013000"}
        refund: Refund | None = self.tried(actions.request_refund, order=order, cents=cents, **given)
        return refund

    @rule(refund=refunds)
    def release(self, refund: Refund | None) -> None:
        if refund is not None:
            self.tried(actions.release_refund, refund=refund, by=cast.charlie())

    @rule(refund=refunds)
    def withdraw(self, refund: Refund | None) -> None:
        if refund is not None:
            self.tried(actions.withdraw_refund, refund=refund, reason="doch nicht", by=cast.mika())

    @rule(refund=refunds)
    def pay_refund(self, refund: Refund | None) -> None:
        if refund is not None and self.tried(actions.refund_paid, refund=refund, value_date=clock.today(), source=stand.source()):
            self.bank -= refund.cents

    @rule(refund=refunds)
    def refund_bounces(self, refund: Refund | None) -> None:
        given = {"value_date": clock.today(), "reason": "Konto erloschen"}
        if refund is not None and self.tried(actions.refund_bounced, refund=refund, source=stand.source(), **given):
            self.bank += refund.cents

    @rule()
    def close_the_day(self) -> None:
        self.tried(actions.close_day, day=clock.today())

    @precondition(lambda self: self.freeze is not None)
    @rule()
    def time_jumps(self) -> None:
        instant = next(self.jumps, None)
        if instant is not None:
            self.freeze.__exit__(None, None, None)
            self.freeze = clock.frozen(instant)
            self.freeze.__enter__()

    @rule(entry=consumes(sources))
    def an_entry_is_forgotten(self, entry: tuple[Order, int, Source]) -> None:
        del entry

    @invariant()
    def the_books_balance_and_the_bank_has_what_they_say(self) -> None:
        found = queries.balances()
        assert sum(found.values()) == 0
        assert found.get("bank", 0) == self.bank
        assert found.get("unclear", 0) <= 0
        assert found.get("refunds", 0) <= 0

    @invariant()
    def no_order_lies(self) -> None:
        assert list(queries.wrong_orders()) == []

    @invariant()
    def every_cent_belongs_to_somebody(self) -> None:
        """What came for orders is kept, owed or gone back; nothing else exists."""
        for order, now in zip(Order.objects.order_by("pk"), queries.standings(Order.objects.order_by("pk")).values(), strict=True):
            kept = now.received - now.refunded
            assert kept + now.open == now.charged - now.waived + now.owed, order.reference
            assert now.received >= now.asked_back >= now.refunded >= 0
            assert 0 <= now.waived <= now.charged

    @invariant()
    def the_database_agrees(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_no_cent_is_lost_whatever_happens() -> None:
    cast.mika(), cast.charlie()
    run_state_machine_as_test(
        TillMachine,
        settings=settings(
            max_examples=examples(12), stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
        ),
    )
