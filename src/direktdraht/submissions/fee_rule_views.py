"""Staff pages of the rules on fees: what is paid first, where fees go in the books, which are set by a notice of their own.

They stand in this room because they name services; the rules and their pages are those of payments.
"""

from django.utils.translation import gettext_lazy as _

from direktdraht.payments.models import FeeRule, OrderingRule, PayFirstRule
from direktdraht.payments.models import Law as ClaimLaw
from direktdraht.payments.rule_pages import RuleKind, pages_of
from direktdraht.payments.rules import BOOK, OrderingRow
from direktdraht.services.models import Law
from direktdraht.submissions.inputs import BY_NOTICE, ORDERED, FeeForm, OrderingForm, ServiceRuleForm, service_titles


def words_of_fee(rule: FeeRule) -> str:
    """Where the fee of a service goes, and by which law it is claimed."""
    return ", ".join([rule.account, *([rule.cost_centre] if rule.cost_centre else []), str(ClaimLaw(rule.law).label)])


def words_of_ordering(rule: OrderingRule | OrderingRow) -> str:
    """What holds for fees under a law of procedure."""
    return str(ORDERED if rule.ordered else BY_NOTICE)


PAY_FIRST = RuleKind(
    model=PayFirstRule,
    form=ServiceRuleForm,
    page="submissions:pay_first",
    withdraw="submissions:pay_first_withdraw",
    title=_("Vorkasse"),
    lead=_("Nur wo eine Regel es sagt, wird vor dem Absenden bezahlt."),
    text=_("Es gilt nur für Zahlungswege, die sofort antworten. Ist keiner offen, wird abgesendet und danach bezahlt."),
    subject=_("Dienst"),
    empty=(_("Keine Regeln"), _("Gebühren werden überall erst nach dem Absenden bezahlt.")),
    afterwards=_("Danach wird dieser Dienst erst nach dem Absenden bezahlt. Zahlungen, die begonnen haben, gehen weiter."),
    names=service_titles,
    says=lambda _rule: _("wird zuerst bezahlt"),
)
FEES = RuleKind(
    model=FeeRule,
    form=FeeForm,
    page="submissions:fees",
    withdraw="submissions:fee_withdraw",
    title=_("Konten der Gebühren"),
    lead=_("Hier steht, wohin die Gebühr eines Dienstes gebucht wird."),
    text=_("Ohne Regel gilt das Konto aus den Einstellungen, und die Forderung ist öffentlich-rechtlich."),
    subject=_("Dienst"),
    empty=(_("Keine Regeln"), _("Alle Gebühren gehen auf das Konto aus den Einstellungen.")),
    afterwards=_("Danach gilt für diesen Dienst das Konto aus den Einstellungen. Was gebucht ist, bleibt."),
    names=service_titles,
    says=words_of_fee,
)
ORDERING = RuleKind(
    model=OrderingRule,
    form=OrderingForm,
    page="submissions:ordering",
    withdraw="submissions:ordering_withdraw",
    title=_("Gebühr oder Bescheid"),
    lead=_("Hier steht, ob eine Gebühr gleich nach dem Eingang zu zahlen ist."),
    text=_("Eine Regel der Stadt geht vor. Sie beginnt frühestens morgen, damit heute niemand eine andere bekommt."),
    subject=_("Verfahrensrecht"),
    empty=(_("Keine Regeln"), _("Jede Gebühr ist gleich nach dem Eingang zu zahlen.")),
    afterwards=_("Danach gilt wieder die Regel des Programms. Was schon gefordert ist, bleibt."),
    names=lambda: dict(Law.choices),
    says=words_of_ordering,
    shipped=BOOK.ordering,
)

pay_first, pay_first_withdraw = pages_of(PAY_FIRST)
fees, fee_withdraw = pages_of(FEES)
ordering, ordering_withdraw = pages_of(ORDERING)
