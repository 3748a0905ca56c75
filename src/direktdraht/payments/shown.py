"""How orders look to their payer: words, tags, the ways that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from direktdraht.foundation.money import cents_in_words
from direktdraht.foundation.web.dates import day_words
from direktdraht.payments import setup
from direktdraht.payments.giro.code import NoGiroCode, Transfer
from direktdraht.payments.models import Order, OrderEvent, OrderState, Refund, RefundState
from direktdraht.payments.registry import Provider, providers

TAGS = {
    OrderState.OPEN: "info",
    OrderState.PARTLY_PAID: "warning",
    OrderState.PAID: "success",
    OrderState.OVERPAID: "warning",
    OrderState.CANCELLED: "neutral",
    OrderState.EXPIRED: "neutral",
    OrderState.WAIVED: "success",
    OrderState.REFUNDED: "neutral",
}
# What happened, as the payer reads it; other events are the city's own business.
EVENTS = {
    "charge": gettext_lazy("Rechnung gestellt"),
    "reduction": gettext_lazy("Betrag gemindert"),
    "reinstatement": gettext_lazy("Minderung zurückgenommen"),
    "cancellation": gettext_lazy("Storniert"),
    "expiry": gettext_lazy("Abgelaufen, weil nicht bezahlt"),
    "revival": gettext_lazy("Wieder aufgenommen, weil rechtzeitig bezahlt"),
    "waiver": gettext_lazy("Erlassen"),
    "receipt": gettext_lazy("Zahlung eingegangen"),
    "assignment": gettext_lazy("Zahlung zugeordnet"),
    "return": gettext_lazy("Zahlung von der Bank zurückgegeben"),
    "take_back": gettext_lazy("Zuordnung einer Zahlung zurückgenommen"),
    "refund_request": gettext_lazy("Erstattung vorgesehen"),
    "refund_payee_by_payer": gettext_lazy("Konto für die Erstattung angegeben"),
    "refund_paid": gettext_lazy("Erstattung ausgezahlt"),
    "refund_bounced": gettext_lazy("Erstattung kam von Ihrer Bank zurück"),
    "refund_withdrawn": gettext_lazy("Erstattung zurückgenommen"),
    "due_changed": gettext_lazy("Frist verlängert"),
    "payment_started": gettext_lazy("Online-Zahlung begonnen"),
    "payment_ended": gettext_lazy("Online-Zahlung beendet, ohne Geld"),
}


@dataclass(frozen=True)
class OpenWay:
    """A way to pay that is open for an order."""

    key: str
    provider: Provider


def language() -> str:
    """The language of this page."""
    return get_language() or "de"


def open_ways(order: Order) -> list[OpenWay]:
    """The ways by which this order can be paid now, in the order of their registration."""
    return [
        OpenWay(key, provider) for key, provider in providers.items() if (not order.ways or key in order.ways) and not provider.problems()
    ]


def transfer_rows(order: Order) -> list[tuple[str, str]]:
    """What stands on the form of a transfer."""
    city = setup.current()
    iban = " ".join(city.iban[start : start + 4] for start in range(0, len(city.iban), 4))
    rows = [
        (_("Empfänger"), city.payee),
        (_("IBAN"), iban),
        (_("BIC"), city.bic),
        (_("Bank"), city.bank_name),
        (_("Betrag"), cents_in_words(order.open_cents, language())),
        (_("Verwendungszweck"), order.reference),
        (_("Zu zahlen bis"), day_words(order.due_on)),
    ]
    return [row for row in rows if row[1]]


def giro_code(order: Order) -> SafeString:
    """The transfer as a picture that banking apps read; nothing where it cannot be made."""
    city = setup.current()
    try:
        transfer = Transfer(city.payee, city.iban, order.open_cents, text=order.reference, bic=city.bic)
        return mark_safe(transfer.svg())  # noqa: S308  # made by us from checked values, holds no text
    except NoGiroCode:
        return mark_safe("")


def line_rows(order: Order) -> list[tuple[str, str]]:
    """The order's lines, and what was paid of them."""
    rows = [(line.text, cents_in_words(line.cents, language())) for line in order.lines.order_by("position")]
    if len(rows) > 1:
        rows.append((_("Summe"), cents_in_words(order.total_cents, language())))
    return rows


@dataclass(frozen=True)
class WantedPayee:
    """A refund of which the payer may say where it goes; ``ending`` are the last signs of the account that they gave."""

    refund: Refund
    amount: str
    ending: str


def payee_rows(order: Order) -> list[WantedPayee]:
    """The refunds that wait for the payer's account, or that it can still be changed for."""
    refunds = order.refunds.filter(state=RefundState.REQUESTED).order_by("requested_at", "pk")
    return [
        WantedPayee(one, cents_in_words(one.cents, language()), one.payee_iban[-4:] if one.payee_iban else "")
        for one in refunds
        if one.payer_may_name_payee
    ]


def event_rows(events: Sequence[OrderEvent]) -> list[tuple[str, str]]:
    """What happened, the newest first: day, and what with its amount."""
    return [(day_words(event.at), words_of(event)) for event in reversed(events) if event.kind in EVENTS]


def words_of(event: OrderEvent) -> str:
    """One event in words."""
    text = str(EVENTS[event.kind])
    return f"{text}: {cents_in_words(event.cents, language())}" if event.cents else text


def cost_words(order: Order) -> str:
    """The order in one line, as receipts and cases show it."""
    amount = cents_in_words(order.open_cents or order.total_cents, language())
    if order.open_cents:
        return _("%(amount)s, zu zahlen bis %(day)s") % {"amount": amount, "day": day_words(order.due_on)}
    return f"{amount}, {order.get_state_display()}"


def receipt_rows(order: Order) -> list[list[Any]]:
    """The rows of the receipt's PDF."""
    rows: list[list[Any]] = [[_("Kassenzeichen"), order.reference], [_("Wofür"), order.title]]
    if order.payer_name:
        rows.append([_("Von"), order.payer_name])
    rows.append([_("Stand"), str(order.get_state_display())])
    return rows
