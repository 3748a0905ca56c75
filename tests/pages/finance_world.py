"""What the finance desk's pages show: orders, bank files, movements of every kind, refunds."""

from dataclasses import dataclass

from direktdraht.foundation import clock
from direktdraht.payments import actions
from direktdraht.payments.actions.settings import add_rule
from direktdraht.payments.ledger_file import USUAL
from direktdraht.payments.models import BankEntry, CityRule, FeeRule, OrderingRule, PayFirstRule, Refund, RetentionRule
from tests import cast
from tests.payments import stand
from tests.payments.bank import day, movement, notice, own_account, take


@dataclass(frozen=True)
class FinanceWorld:
    """What stands in the desk's addresses."""

    desk_order: str
    bank_entry: int
    done_entry: int
    debit_entry: int
    held_entry: int
    bank_file: str
    refused_file: str
    refund: str
    released_refund: str
    pay_first_rule: int
    fee_rule: int
    ordering_rule: int
    retention_rule: int
    profile: int
    own_order: str
    own_refund: str


def build() -> FinanceWorld:
    """Make one of everything; call it once in a database."""
    stand.stall()
    own_account()
    paid, wanted, other = stand.order_of(3000), stand.order_of(1200), stand.order_of(500)
    rows = [
        movement(3500, paid.reference),
        movement(1200, "Parkausweis", value="2030-01-02"),
        movement(-790, "Kontoführung", name="Sparkasse", iban=""),
        movement(900, currency="USD"),
    ]
    file = take(notice(*rows), "umsaetze.xml")
    refused = take(day(movement(100), total=200), "falsch.xml")
    refund = actions.request_refund(order=paid, cents=200, reason="zu viel bezahlt", by=cast.charlie())
    ready = actions.request_refund(
        order=paid, cents=300, reason="zu viel bezahlt", by=cast.charlie(), payee_name="Robin", payee_iban=rows_iban()
    )
    actions.release_refund(refund=ready, by=cast.mika())
    actions.waive_order(order=other, reason="Kleinbetrag", by=cast.mika())
    own = refund_of_robin()
    by_cents = {entry.cents: entry.pk for entry in BankEntry.objects.filter(file=file)}
    return FinanceWorld(
        desk_order=paid.reference,
        bank_entry=by_cents[wanted.total_cents],
        done_entry=by_cents[3500],
        debit_entry=by_cents[-790],
        held_entry=by_cents[900],
        bank_file=str(file.pk),
        refused_file=str(refused.pk),
        refund=str(refund.pk),
        released_refund=str(ready.pk),
        pay_first_rule=ruled(PayFirstRule(service="anderswo")),
        fee_rule=ruled(FeeRule(service="anderswo", account="331200", law="private")),
        ordering_rule=ruled(OrderingRule(law="sgb", ordered=False)),
        retention_rule=ruled(RetentionRule(what="bank_entries", years=12)),
        profile=actions.keep_profile(name="Haushalt", profile=USUAL, by=cast.mika()).pk,
        own_order=own.order.reference,
        own_refund=str(own.pk),
    )


def ruled(rule: CityRule) -> int:
    """A rule of the city's own from today on."""
    rule.legal_basis, rule.valid_from = "§ 9", clock.today()
    return int(add_rule(rule=rule, by=cast.mika()).pk)


def refund_of_robin() -> Refund:
    """A refund that waits for robin's account."""
    order = stand.order_of(account=cast.robin())
    stand.paid(order, 3500)
    return actions.request_refund(order=order, cents=500, reason="zu viel bezahlt", by=cast.charlie())


def rows_iban() -> str:
    """The account that the movements come from."""
    return BankEntry.objects.exclude(iban="").order_by("pk")[0].iban
