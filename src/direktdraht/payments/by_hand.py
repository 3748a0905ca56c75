"""Orders that the finance desk makes itself, such as a bill for something that no other room knows."""

from django.http import HttpRequest

from direktdraht.payments.models import Order
from direktdraht.people.models import Account

OWNER = "desk"


class DeskOrders:
    """Orders without a thing in this house behind them: only the ledger changes with them."""

    tells: frozenset[str] = frozenset()

    def paid(self, order: Order) -> None:
        """Nothing waits for it."""

    def unpaid(self, order: Order) -> None:
        """Nothing was held for it."""

    def expired(self, order: Order) -> None:
        """Nothing was held for it."""

    def cancelled(self, order: Order) -> None:
        """Nothing was held for it."""

    def refunded(self, order: Order, cents: int) -> None:
        """Nothing was held for it."""

    def revives(self, order: Order) -> bool:
        """Nothing was given up, so it can always be taken up again."""
        return True

    def may_see(self, request: HttpRequest, order: Order) -> bool:
        """Only the payer, by account or key."""
        return False

    def may_manage(self, by: Account, order: Order) -> bool:
        """Only the finance desk."""
        return False

    def page(self, order: Order) -> tuple[str, str]:
        """There is none."""
        return "", ""

    def link(self, order: Order) -> str:
        """The order's own page."""
        return ""
