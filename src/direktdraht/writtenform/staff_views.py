"""Staff pages of the rules on the written form: what holds when by which law, and the city's own rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, is_admin, staff_required
from direktdraht.people.models import Role
from direktdraht.writtenform import actions, queries, registry
from direktdraht.writtenform.access import get_own_rule_for
from direktdraht.writtenform.errors import RuleNotAdded
from direktdraht.writtenform.inputs import KEYS, LAWS, RuleForm


@require_GET
@staff_required(Role.ADMIN, Role.LEAD)
def rules(request: HttpRequest) -> HttpResponse:
    """All rows, the city's own first."""
    columns = [
        Column(_("Recht und Regel")),
        Column(_("Rechtsgrundlage")),
        Column(_("Gilt")),
        Column(_("Offene Wege")),
        Column(_("Herkunft")),
    ]
    may_change = is_admin(account_of(request))
    rows = [row_of(known, may_change=may_change) for known in queries.known_rules()]
    table = Table(_("Regeln zur Schriftform"), columns, rows, _("Keine Regeln"))
    return render(request, "writtenform/rules.html", {"table": table, "may_change": may_change})


def row_of(known: queries.KnownRule, *, may_change: bool) -> Row:
    """One row of the list."""
    rule = known.rule
    until = _("bis %(day)s") % {"day": day_words(rule.valid_to)} if rule.valid_to else ""
    ways = ", ".join(str(registry.proofs.get(one.way).label) if one.way in registry.proofs else one.way for one in rule.ways)
    origin = Cell(_("mitgeliefert"))
    if known.own is not None:
        url = reverse("writtenform:withdraw", args=[known.own.pk]) if may_change else ""
        origin = Cell(_("eigene Regel"), url=url, note=known.own.reason)
    return Row(
        (
            Cell(str(dict(LAWS)[rule.law]), note=str(dict(KEYS).get(rule.key, rule.key))),
            Cell(rule.paragraph),
            Cell(_("ab %(day)s") % {"day": day_words(rule.valid_from)}, note=until),
            Cell(ways),
            origin,
        )
    )


@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMIN)
def add(request: HttpRequest) -> HttpResponse:
    """Add a row of the city's own; the row that holds now stands in the fields."""
    law = request.POST.get("law") or request.GET.get("recht", "")
    law = law if law in dict(LAWS) else LAWS[0][0]
    present = queries.rule_on(key=KEYS[0][0], law=law, on=clock.today())
    form = RuleForm(request.POST or None, present=present, initial={"law": law})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_rule(form.rule(), reason=form.cleaned_data["reason"], by=account_of(request))
        except RuleNotAdded as problem:
            form.add_error("valid_from", str(problem))
        else:
            return redirect("writtenform:rules")
    trail = [(_("Regeln zur Schriftform"), reverse("writtenform:rules")), (_("Eigene Regel"), "")]
    return render(request, "writtenform/rule_form.html", {"form": form, "trail": trail, "laws": LAWS, "law": law})


@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMIN)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take a row back or let it end today."""
    own = get_own_rule_for(account_of(request), pk)
    if request.method == "POST":
        actions.withdraw_rule(own, by=account_of(request))
        return redirect("writtenform:rules")
    trail = [(_("Regeln zur Schriftform"), reverse("writtenform:rules")), (_("Eigene Regel"), "")]
    return render(request, "writtenform/rule_withdraw.html", {"own": own, "rule": queries.rule_of(own), "trail": trail})
