"""Orders in the field's words, and an owner that notes what it is told."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.http import HttpRequest

from direktdraht.foundation import clock
from direktdraht.payments import actions
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, Posting
from direktdraht.payments.registry import owners
from direktdraht.people.models import Account

COUNTER = itertools.count(1)
FEE_ACCOUNT = "331100"


class Stall:
    """An owner of orders for tests; it notes what it is told."""

    tells: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.told: list[str] = []
        self.takes_up_again = True

    def paid(self, order: Order) -> None:
        """Note it."""
        self.told.append("paid")

    def unpaid(self, order: Order) -> None:
        """Note it."""
        self.told.append("unpaid")

    def expired(self, order: Order) -> None:
        """Note it."""
        self.told.append("expired")

    def cancelled(self, order: Order) -> None:
        """Note it."""
        self.told.append("cancelled")

    def refunded(self, order: Order, cents: int) -> None:
        """Note it with the amount."""
        self.told.append(f"refunded {cents}")

    def revives(self, order: Order) -> bool:
        """Take the place again, or not."""
        return self.takes_up_again

    def may_see(self, request: HttpRequest, order: Order) -> bool:
        """Nobody but the payer."""
        return False

    def may_manage(self, by: Account, order: Order) -> bool:
        """Nobody but the finance desk."""
        return False

    def page(self, order: Order) -> tuple[str, str]:
        """No page."""
        return "", ""

    def link(self, order: Order) -> str:
        """The order's own page."""
        return ""


STALL = Stall()


def stall() -> Stall:
    """The owner, as if it had been told nothing yet."""
    if "stall" not in owners:
        owners.register("stall", STALL)
    STALL.told.clear()
    STALL.takes_up_again, STALL.tells = True, frozenset()
    return STALL


def order_of(
    *cents: int,
    account: Account | None = None,
    due_on: date | None = None,
    expires_at: datetime | None = None,
    ways: Sequence[str] = (),
    centres: Sequence[str] = (),
    key: str = "",
) -> Order:
    """An open order with a line for each amount (30.00 without any)."""
    lines = [
        actions.WantedLine(f"Posten {place + 1}", amount, FEE_ACCOUNT, (*centres, *[""] * len(cents))[place] if centres else "")
        for place, amount in enumerate(cents or (3000,))
    ]
    return actions.create_order(
        owner_kind="stall",
        owner_id=str(next(COUNTER)),
        title="Anwohnerparkausweis",
        payer=actions.Payer(name="Robin Weber", email="robin@example.org", account=account),
        lines=lines,
        due_on=due_on,
        expires_at=expires_at,
        ways=ways,
        key=key,
    )


def source(name: str = "bank") -> Source:
    """A new entry of a bank file."""
    return Source(name, f"E{next(COUNTER)}")


def paid(order: Order, cents: int, *, on: date | None = None, account: str = "bank") -> Posting:
    """So much money for an order by transfer."""
    return actions.receive(order=order, cents=cents, value_date=on or clock.today(), source=source(), account=account)


def in_minutes(minutes: int) -> datetime:
    """An instant ahead."""
    return clock.now() + timedelta(minutes=minutes)


def again(order: Order) -> Order:
    """The order, read anew."""
    return Order.objects.get(pk=order.pk)
