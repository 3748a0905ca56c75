"""Orders taken into an account by whoever could open them without one."""

from direktdraht.foundation.journal import actions as journal
from direktdraht.payments.actions.steps import locked
from direktdraht.payments.errors import NotAllowed
from direktdraht.payments.models import Order
from direktdraht.payments.queries import orders_of
from direktdraht.people.models import Account


def claim_order(*, order: Order, account: Account) -> Order:
    """Take an order into an account; the caller has checked that the person may see it. Doing it twice changes nothing.

    Raises NotAllowed when it is another's. Journal: ``order.claimed``.
    """
    with locked(order) as held:
        if held.account_id == account.pk:
            return held
        if held.account_id is not None:
            raise NotAllowed
        held.account = account
        held.save(update_fields=["account"])
        journal.record("order.claimed", subject=f"order:{held.pk}", by=str(account.pk))
    return held


def claim_orders(*, owner_kind: str, owner_id: str, account: Account) -> None:
    """Take the orders of one thing into the account that takes the thing itself; what is somebody's already stays theirs."""
    for order in orders_of(owner_kind, owner_id).filter(account=None):
        claim_order(order=order, account=account)
