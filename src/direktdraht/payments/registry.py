"""Registries: whom orders belong to (``payments.owners``), and ways to pay them (``payments.providers``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest

from direktdraht.foundation.registry import Registry
from direktdraht.people.models import Account

if TYPE_CHECKING:
    from direktdraht.payments.models import Order, Payment, Refund


class OrderOwner(Protocol):
    """A room whose things are paid for; every method but the last four runs inside the order's transaction.

    An error that a method raises takes the whole booking back, so it raises only what must stop it.
    ``tells`` are the kinds of notices (``models.NoticeKind``) that the room sends itself, so that nobody gets two.
    """

    tells: frozenset[str]

    def paid(self, order: "Order") -> None:
        """Nothing is owed any more: paid, or the rest was waived. Called again after ``unpaid``."""
        ...

    def unpaid(self, order: "Order") -> None:
        """A payment that had settled the order went back to the payer's bank (Rückläufer): it is owed again."""
        ...

    def expired(self, order: "Order") -> None:
        """The order ended unpaid; what was held for it is free again."""
        ...

    def cancelled(self, order: "Order") -> None:
        """The order was cancelled, by the owner itself or by the finance desk."""
        ...

    def refunded(self, order: "Order", cents: int) -> None:
        """So many cents really went back to the payer."""
        ...

    def revives(self, order: "Order") -> bool:
        """Money with a value date in time came after the order had expired: take it up again, or refuse (False).

        True means that the owner has taken up again what was held, for example a place that is still free.
        """
        ...

    def may_see(self, request: HttpRequest, order: "Order") -> bool:
        """Whether the person behind the request may look at the order and pay it, beside its payer."""
        ...

    def may_manage(self, by: Account, order: "Order") -> bool:
        """Whether a member of the owner's staff may cancel the order or ask for a refund, beside the finance desk."""
        ...

    def page(self, order: "Order") -> tuple[str, str]:
        """Address and name of the page of what is being paid for; two empty texts where there is none."""
        ...

    def link(self, order: "Order") -> str:
        """The whole address that a mail leads to and that opens by itself; empty for the order's own page."""
        ...


class NothingHeld:
    """The part of an ``OrderOwner`` that books nothing of its own: paid or not, only the ledger changes."""

    tells: frozenset[str] = frozenset()

    def paid(self, order: "Order") -> None:
        """Nothing waits for it."""

    def unpaid(self, order: "Order") -> None:
        """Nothing was held for it."""

    def expired(self, order: "Order") -> None:
        """Nothing was held for it."""

    def cancelled(self, order: "Order") -> None:
        """Nothing was held for it."""

    def refunded(self, order: "Order", cents: int) -> None:
        """Nothing was held for it."""

    def revives(self, order: "Order") -> bool:
        """Nothing was given up, so it can always be taken up again."""
        return True


class ProviderSilent(Exception):
    """A provider gave no answer, or none that can be understood: nothing is known, so it is asked again."""


class ProviderRefuses(Exception):
    """A provider does not take the attempt: there is none."""


@dataclass(frozen=True)
class Started:
    """A provider's answer to a start: its own id, and where the person goes (empty: stays here)."""

    provider_id: str
    redirect_url: str = ""


@dataclass(frozen=True)
class Told:
    """What a provider says about an attempt or a refund.

    ``state``: ``waiting``, ``paid``, ``failed``, ``cancelled``, ``timed_out``, or ``unknown`` when it has no such
    attempt. ``cents`` is what it says was paid; ``value_date`` when.
    """

    state: str
    cents: int = 0
    value_date: date | None = None
    provider_id: str = ""
    detail: str = ""


class WayClosed(Exception):
    """This way has no attempts: it is only described on the order's page."""


class Provider(Protocol):
    """A way to pay. Methods that ask a network raise ProviderSilent and are never called inside a transaction.

    ``label`` and ``hint`` are shown where people choose. ``instant``: it says at once whether it was paid, so it
    serves "pay first". ``online``: an attempt is started with it; others are only described on the order's page.
    """

    label: Any
    hint: Any
    instant: bool
    online: bool

    def problems(self) -> Sequence[str]:
        """Why nobody can pay this way at present, one plain sentence each; empty when it is open."""
        ...

    def site(self) -> str:
        """The origin (``https://host``) to which people are sent; empty for a way without one."""
        ...

    def attempt_in(self, body: bytes) -> str:
        """The provider's id of the attempt that a message to us names; empty for anything that cannot be read."""
        ...

    def start(self, payment: "Payment", return_url: str) -> Started:
        """Begin the attempt. Calling it twice with one attempt gives the same one. Raises ProviderSilent, ProviderRefuses."""
        ...

    def ask(self, payment: "Payment") -> Told:
        """How the attempt stands. Raises ProviderSilent."""
        ...

    def cancel(self, payment: "Payment") -> Told:
        """Stop the attempt if it is not paid; the answer says how it stands now. Raises ProviderSilent."""
        ...

    def refund(self, refund: "Refund") -> Told:
        """Give money back. Calling it twice with one refund gives it back once. Raises ProviderSilent."""
        ...

    def ask_refund(self, refund: "Refund") -> Told:
        """How a refund stands. Raises ProviderSilent."""
        ...


owners: Registry[OrderOwner] = Registry("payments.owners")
providers: Registry[Provider] = Registry("payments.providers")
