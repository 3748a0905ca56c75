"""Pages of rules with basis and validity: all of a kind, one more, and one taken back. Each kind says what it is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments.access import get_rule
from direktdraht.payments.actions.settings import add_rule, withdraw_rule
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.inputs import RuleForm
from direktdraht.payments.models import CityRule
from direktdraht.payments.rule_queries import rules_of
from direktdraht.payments.rules import Row as ShippedRow
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class RuleKind:
    """A kind of rule and its words, which may be lazy. ``names`` are what its subjects are called, read once for a page.

    ``says`` puts a rule's content into words. ``page`` and ``withdraw`` are the names of its addresses. ``shipped`` are the
    rows that come with the software.
    """

    model: type[CityRule]
    form: type[RuleForm]
    page: str
    withdraw: str
    title: Any
    lead: Any
    text: Any
    subject: Any
    empty: tuple[Any, Any]
    afterwards: Any
    names: Callable[[], Mapping[str, Any]]
    says: Callable[[Any], Any]
    shipped: Sequence[ShippedRow] = field(default=())


def rules_page(request: HttpRequest, kind: RuleKind) -> HttpResponse:
    """All rules of a kind, and one more; 422 with errors."""
    form = kind.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_rule(rule=kind.model(**form.cleaned_data), by=account_of(request))
        except PaymentsError:
            form.add_error("valid_from", _("Dafür beginnt an diesem Tag schon eine Regel."))
        else:
            return redirect(kind.page)
    context = {"form": form, "kind": kind, "table": rule_table(kind), "trail": [*trail_to(kind)[:-1], (str(kind.title), "")]}
    return render(request, "payments/rules/list.html", context, status=422 if form.errors else 200)


def rule_table(kind: RuleKind) -> Table:
    """The city's own rules, which can be taken back, then those of the software, which hold wherever there is none."""
    columns = [Column(str(kind.subject)), Column(_("Regel")), Column(_("Gilt")), Column(_("Ändern"))]
    names = kind.names()
    own = list(rules_of(kind.model))
    backs = [Cell(_("Zurücknehmen"), url=reverse(kind.withdraw, args=[one.pk])) for one in own]
    rows = [Row((*cells_of(kind, names, one, one.legal_basis), back)) for one, back in zip(own, backs, strict=True)]
    rows += [Row((*cells_of(kind, names, one, one.basis), Cell(_("vom Programm")))) for one in kind.shipped]
    return Table(str(kind.title), columns, rows, str(kind.empty[0]), str(kind.empty[1]))


def cells_of(kind: RuleKind, names: Mapping[str, Any], rule: CityRule | ShippedRow, basis: str) -> tuple[Cell, Cell, Cell]:
    """What a rule is about, what it says, and when."""
    until = _("bis %(day)s") % {"day": day_words(rule.valid_to)} if rule.valid_to else ""
    about = Cell(str(names.get(rule.subject, rule.subject)), note=basis)
    return about, Cell(str(kind.says(rule))), Cell(_("ab %(day)s") % {"day": day_words(rule.valid_from)}, note=until)


def withdraw_page(request: HttpRequest, kind: RuleKind, pk: int) -> HttpResponse:
    """Ask first, then take a rule back."""
    rule = get_rule(request, kind.model, pk)
    if request.method == "POST":
        withdraw_rule(rule=rule, by=account_of(request))
        return redirect(kind.page)
    context = {
        "rule": rule,
        "about": kind.names().get(rule.subject, rule.subject),
        "says": kind.says(rule),
        "kind": kind,
        "trail": [*trail_to(kind), (_("Regel zurücknehmen"), "")],
    }
    return render(request, "payments/rules/withdraw.html", context)


def pages_of(kind: RuleKind) -> tuple[View, View]:
    """Both pages of a kind, for those who keep the city's accounts: all rules, and one taken back."""

    @never_cache
    @require_http_methods(["GET", "POST"])
    @staff_required(Role.FINANCE)
    def listed(request: HttpRequest) -> HttpResponse:
        return rules_page(request, kind)

    @never_cache
    @require_http_methods(["GET", "POST"])
    @staff_required(Role.FINANCE)
    def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
        return withdraw_page(request, kind, pk)

    return listed, withdrawn


def trail_to(kind: RuleKind) -> list[tuple[str, str]]:
    """Where the pages of a kind lie."""
    return [(_("Kasse"), reverse("finance:overview")), (str(kind.title), reverse(kind.page))]
