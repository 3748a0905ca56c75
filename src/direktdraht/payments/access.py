"""How orders are fetched, each way with its check; there is no other way in.

The payer sees an order by account, by its key given in this session, or because its owner lets them in. The finance
desk (role Kassenführung) sees all. Strangers get 404.
"""

import hmac
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from direktdraht.foundation import clock, codes
from direktdraht.foundation.limits import counting as limits
from direktdraht.payments import setup
from direktdraht.payments.errors import KeyRefused, NotAllowed, TooManyTries
from direktdraht.payments.models import BankEntry, BankFile, CashDrawer, CashSession, CityRule, ExportProfile, LedgerAccount, Order, Refund
from direktdraht.payments.registry import owners
from direktdraht.people.access import is_staff, keeps_accounts, speaks_as_staff
from direktdraht.people.models import Account

SESSION_KEY = "opened_orders"
SECONDS_OPEN = 2 * 3600
MOST_OPEN = 20
KEY_TRIES = 20
KEY_TRIES_SECONDS = 15 * 60
NO_DIGEST = "0" * 64


def open_in(request: HttpRequest, order: Order) -> None:
    """Let this session look at the order and pay it, for two hours; its owner has just made it or opened it."""
    kept = {key: at for key, at in opened(request).items() if is_fresh(at)}
    kept[order.reference] = int(clock.now().timestamp())
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_OPEN:])


def opened(request: HttpRequest) -> dict[str, int]:
    """The orders that this session has opened, with the instant of opening."""
    kept = request.session.get(SESSION_KEY)
    return kept if isinstance(kept, dict) else {}


def is_fresh(at: int) -> bool:
    """Whether an opening still holds."""
    return clock.now().timestamp() - at < SECONDS_OPEN


def get_order(request: HttpRequest, reference: str) -> Order:
    """The order for its payer. Raises Http404."""
    if not reference.isprintable():
        raise Http404
    order = Order.objects.select_related("account").filter(reference=reference).first()
    if order is None or not may_see(request, order):
        raise Http404
    return order


def get_refund(request: HttpRequest, reference: str, pk: UUID) -> Refund:
    """A refund of an order for the order's payer. Raises Http404."""
    refund = get_order(request, reference).refunds.select_related("order").filter(pk=pk).first()
    if refund is None:
        raise Http404
    return refund


def may_see(request: HttpRequest, order: Order) -> bool:
    """Whether the session speaks for the payer."""
    if isinstance(request.user, Account) and order.account_id == request.user.pk:
        return True
    if is_fresh(opened(request).get(order.reference, 0)):
        return True
    return order.owner_kind in owners and owners.get(order.owner_kind).may_see(request, order)


def get_order_by_key(reference: str, key: str, address: str) -> Order:
    """The order that reference and key open together.

    Raises TooManyTries, KeyRefused; whether the reference exists is never said.
    """
    if not limits.hit("payments.key", address, limit=KEY_TRIES, seconds=KEY_TRIES_SECONDS):
        raise TooManyTries
    pattern = setup.current().pattern
    written = pattern.read(reference) or " ".join(reference.replace("\x00", "").split())
    order = Order.objects.select_related("account").filter(reference=written).first()
    digest = order.key_digest if order is not None and order.key_digest else NO_DIGEST
    if not hmac.compare_digest(codes.key_digest(key), digest) or order is None:
        raise KeyRefused
    return order


def get_order_for_desk(request: HttpRequest, reference: str) -> Order:
    """The order for the finance desk; other staff get PermissionDenied, strangers Http404."""
    require_desk(request)
    order = Order.objects.select_related("account").filter(reference=reference).first()
    if order is None:
        raise Http404
    return order


def require_keeper(by: Account) -> None:
    """Raise NotAllowed unless the account keeps the city's accounts (Kassenführung)."""
    if not keeps_accounts(by):
        raise NotAllowed


def require_manager(by: Account | None, order: Order) -> None:
    """Raise NotAllowed unless the account keeps accounts or works for the owner; ``None`` is the house itself."""
    if by is None or keeps_accounts(by):
        return
    if order.owner_kind not in owners or not owners.get(order.owner_kind).may_manage(by, order):
        raise NotAllowed


def get_session_for(account: Account, pk: UUID) -> CashSession:
    """An open drawer for whoever keeps accounts; other staff get PermissionDenied, strangers Http404."""
    if not is_staff(account):
        raise Http404
    require_keeper(account)
    session = CashSession.objects.select_related("drawer", "drawer__unit", "opened_by").filter(pk=pk).first()
    if session is None:
        raise Http404
    return session


def require_desk(request: HttpRequest) -> None:
    """Let only the finance desk in: other staff get PermissionDenied, strangers Http404."""
    if not is_staff(request.user):
        raise Http404
    if not (keeps_accounts(request.user) and speaks_as_staff(request)):
        raise PermissionDenied


def get_bank_entry(request: HttpRequest, pk: int) -> BankEntry:
    """A movement on the bank account for the finance desk."""
    require_desk(request)
    entry = BankEntry.objects.select_related("file", "posting", "order", "refund", "settled_by").filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def get_bank_file(request: HttpRequest, pk: UUID | str) -> BankFile:
    """A bank file for the finance desk."""
    require_desk(request)
    file = BankFile.objects.filter(pk=pk).first()
    if file is None:
        raise Http404
    return file


def get_refund_for_desk(request: HttpRequest, pk: UUID | str) -> Refund:
    """A refund for the finance desk."""
    require_desk(request)
    try:
        refund = Refund.objects.select_related("order", "requested_by", "released_by").filter(pk=UUID(str(pk))).first()
    except ValueError as problem:
        raise Http404 from problem
    if refund is None:
        raise Http404
    return refund


def get_drawer(request: HttpRequest, key: str) -> CashDrawer:
    """A drawer, in use or not, for the finance desk."""
    require_desk(request)
    drawer = CashDrawer.objects.select_related("unit").filter(pk=key).first()
    if drawer is None:
        raise Http404
    return drawer


def get_ledger_account(request: HttpRequest, key: str) -> LedgerAccount:
    """An account of the ledger for the finance desk."""
    require_desk(request)
    account = LedgerAccount.objects.filter(pk=key).first() if key.isprintable() else None
    if account is None:
        raise Http404
    return account


def get_export_profile(request: HttpRequest, pk: int) -> ExportProfile:
    """A form of the ledger's file for the finance desk."""
    require_desk(request)
    profile = ExportProfile.objects.filter(pk=pk).first()
    if profile is None:
        raise Http404
    return profile


def get_rule(request: HttpRequest, model: type[CityRule], pk: int) -> CityRule:
    """A rule of the city's own that was not taken back, for the finance desk."""
    require_desk(request)
    rule = model._default_manager.filter(pk=pk, withdrawn_at=None).first()
    if rule is None:
        raise Http404
    return rule
