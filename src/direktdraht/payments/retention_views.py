"""Staff pages of the rules on how long records of money keep what they say of people."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from direktdraht.payments.inputs import RuleForm
from direktdraht.payments.models import RetentionRule
from direktdraht.payments.rule_pages import RuleKind, pages_of
from direktdraht.payments.rules import BOOK, RetentionRow

RECORDS = {"bank_entries": _("Umsätze auf dem Konto"), "refund_payees": _("Konten für Erstattungen")}


class RetentionForm(RuleForm):
    """How long a kind of record keeps what it says of people."""

    FIRST_DAY = 1

    what = forms.ChoiceField(label=_("Was"), choices=list(RECORDS.items()))
    years = forms.IntegerField(
        label=_("Ganze Jahre"), min_value=0, max_value=100, help_text=_("Gezählt ab dem Ende des Jahres, in dem das Geld floss.")
    )


def words_of(rule: RetentionRule | RetentionRow) -> str:
    """How long."""
    return ngettext("%(years)d Jahr nach Jahresende", "%(years)d Jahre nach Jahresende", rule.years) % {"years": rule.years}


RETENTION = RuleKind(
    model=RetentionRule,
    form=RetentionForm,
    page="finance:retention",
    withdraw="finance:retention_withdraw",
    title=_("Aufbewahrung"),
    lead=_("So lange behalten Umsätze und Erstattungen Namen, Konten und Texte."),
    text=_("Danach löscht sie ein Auftrag in der Nacht. Beträge, Tage und Buchungen bleiben. Es gilt die Regel vom Tag des Geldes."),
    subject=_("Was"),
    empty=(_("Keine Regeln"), _("Ohne Regel wird nichts gelöscht.")),
    afterwards=_("Danach gilt wieder die Regel des Programms."),
    names=lambda: RECORDS,
    says=words_of,
    shipped=BOOK.retention,
)

retention, withdraw = pages_of(RETENTION)
