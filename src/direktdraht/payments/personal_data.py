"""What this room holds of people: orders with name and address of the payer, and the movements of money that belong to them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_in_words
from direktdraht.payments.models import BankEntry, Order
from direktdraht.payments.rule_queries import Retention
from direktdraht.people.models import Account
from direktdraht.people.personal_data import Erased


def years_kept(what: str) -> str:
    """How long records of a kind are kept that begin today, in words."""
    years = Retention(what).on(clock.today()).years
    return ngettext("%(years)d Jahr nach dem Ende des Jahres", "%(years)d Jahre nach dem Ende des Jahres", years) % {"years": years}


class BankData:
    """Movements on the city's account that belong to orders of the person: who paid, from which account, with which words."""

    label = _("Umsätze auf dem Konto der Stadt")
    purpose = _("Zuordnung und Nachweis von Zahlungen")
    basis = "Art. 6 (1) lit. c, e DSGVO"
    retention = lazy(years_kept, str)("bank_entries")

    def find(self, account: Account) -> int:
        """Count the movements of the account's orders."""
        return self.rows(account).count()

    def rows(self, account: Account) -> QuerySet[BankEntry]:
        """The movements of the account's orders that say something of people."""
        return BankEntry.objects.filter(order__account=account, erased_at=None).select_related("order")

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return every movement with the other side's name and account, and the words of the transfer."""
        return [
            {
                "Kassenzeichen": entry.order.reference if entry.order else "",
                "Wertstellung": entry.value_date.isoformat(),
                "Betrag": cents_in_words(entry.cents, "de"),
                "Name": entry.name,
                "IBAN": entry.iban,
                "Verwendungszweck": entry.purpose,
                "Referenzen": entry.references,
            }
            for entry in self.rows(account).order_by("value_date", "pk")
        ]

    def erase(self, account: Account) -> Erased:
        """Erase nothing: the job ``payments.erase_people`` does, when the law lets it."""
        kept, basis = self.find(account), Retention("bank_entries").on(clock.today()).basis
        why = gettext("Umsätze gehören zu den Büchern der Stadt (%(basis)s). Namen und Konten gehen %(years)s.") % {
            "basis": basis,
            "years": str(self.retention),
        }
        return Erased(gone=0, kept=kept, why_kept=why if kept else "")


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
