"""What this room holds of people: orders with name and address of the payer."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.money import cents_in_words
from direktdraht.payments.models import Order
from direktdraht.people.models import Account
from direktdraht.people.personal_data import Erased


class OrderData:
    """Orders to pay, refunds, and the payer's name and address in them."""

    label = _("Zahlungen")
    purpose = _("Erhebung und Nachweis von Gebühren und Entgelten")
    basis = "Art. 6 (1) lit. c, e DSGVO"
    retention = _("zehn Jahre nach Ende des Haushaltsjahres (Aufbewahrung von Belegen der Kasse)")

    def find(self, account: Account) -> int:
        """Count the orders of the account."""
        return Order.objects.filter(account=account).count()

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return every order with its lines, what happened to it, and its refunds."""
        orders = Order.objects.filter(account=account).order_by("created_at", "reference").prefetch_related("lines", "events", "refunds")
        return [self.words_of(order) for order in orders]

    def words_of(self, order: Order) -> dict[str, Any]:
        """One order in words."""
        return {
            "Kassenzeichen": order.reference,
            "Wofür": order.title,
            "Name": order.payer_name,
            "E-Mail-Adresse": order.payer_email,
            "Betrag": cents_in_words(order.total_cents, "de"),
            "Stand": str(order.get_state_display()),
            "Angelegt": order.created_at.isoformat(),
            "Posten": [[line.text, cents_in_words(line.cents, "de")] for line in sorted(order.lines.all(), key=lambda line: line.position)],
            "Verlauf": [
                [event.at.isoformat(), event.kind, cents_in_words(event.cents, "de"), event.reason]
                for event in sorted(order.events.all(), key=lambda event: event.pk)
            ],
            "Erstattungen": [
                [cents_in_words(refund.cents, "de"), str(refund.get_state_display()), refund.payee_iban]
                for refund in sorted(order.refunds.all(), key=lambda refund: refund.requested_at)
            ],
        }

    def erase(self, account: Account) -> Erased:
        """Erase nothing: vouchers of the city's accounts are kept by law for ten years."""
        kept = self.find(account)
        why = ngettext(
            "Eine Zahlung ist ein Beleg der Kasse und wird zehn Jahre aufbewahrt.",
            "%(count)s Zahlungen sind Belege der Kasse und werden zehn Jahre aufbewahrt.",
            kept,
        ) % {"count": kept}
        return Erased(gone=0, kept=kept, why_kept=why if kept else gettext("Es gibt keine Zahlungen."))
