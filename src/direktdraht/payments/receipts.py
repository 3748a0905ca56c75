"""The receipt of an order as PDF: what was to be paid, what came when, what went back. Made anew from the ledger each time."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.foundation import clock, pdf
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.money import cents_in_words
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.payments import shown
from direktdraht.payments.models import Order, Posting, PostingKind

TEMPLATE = Path(__file__).parent / "typst" / "receipt.typ"
IN = frozenset({PostingKind.RECEIPT, PostingKind.ASSIGNMENT})
OUT = frozenset({PostingKind.RETURN, PostingKind.TAKE_BACK, PostingKind.REFUND_PAID})


def render_pdf(order: Order) -> bytes:
    """The receipt as it stands now, in the language of the order."""
    with translation.override(order.language):
        return pdf.render(TEMPLATE, facts_of(order))


def facts_of(order: Order) -> dict[str, Any]:
    """Everything that the PDF shows."""
    city = city_settings.current()
    return {
        "language": order.language.partition("-")[0],
        "city": city.name,
        "address": city.address,
        "heading": _("Zahlungsbeleg"),
        "number": order.reference,
        "made": _("Stand: %(moment)s") % {"moment": moment_words(clock.now())},
        "rows": shown.receipt_rows(order),
        "lines_title": _("Posten"),
        "lines": [list(row) for row in shown.line_rows(order)],
        "money_title": _("Zahlungen"),
        "money": money_rows(order),
        "sum": [_("Noch offen"), cents_in_words(order.open_cents, shown.language())],
        "owed": [_("Wir erstatten noch"), cents_in_words(order.owed_cents, shown.language())] if order.owed_cents else [],
    }


def money_rows(order: Order) -> list[list[str]]:
    """Every movement of money of the order: day of its value, what, amount with its sign."""
    postings = Posting.objects.filter(order=order, kind__in=IN | OUT).prefetch_related("lines").order_by("pk")
    return [row_of(posting) for posting in postings]


def row_of(posting: Posting) -> list[str]:
    """One movement in words."""
    cents = sum(line.cents for line in posting.lines.all() if line.side == "debit")
    sign = 1 if posting.kind in IN else -1
    return [day_words(posting.value_date), str(shown.EVENTS[posting.kind]), cents_in_words(sign * cents, shown.language())]
