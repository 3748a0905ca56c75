"""Orders that the finance desk makes itself, such as a bill for something that no other room knows."""

from django.http import HttpRequest

from direktdraht.payments.models import Order
from direktdraht.payments.registry import NothingHeld
from direktdraht.people.models import Account

OWNER = "desk"


class DeskOrders(NothingHeld):
    """Orders without a thing in this house behind them: only the ledger changes with them."""

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
