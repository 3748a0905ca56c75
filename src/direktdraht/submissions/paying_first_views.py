"""Staff pages of the rules by which a service is paid before it is sent (Vorkasse). For those who keep the city's accounts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments.access import get_pay_first_rule
from direktdraht.payments.actions.settings import add_pay_first_rule, withdraw_pay_first_rule
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.queries import pay_first_rules
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role
from direktdraht.submissions.inputs import PayFirstForm, service_titles


@never_cache
@require_http_methods(["GET", "POST"])
@staff_required(Role.FINANCE)
def pay_first(request: HttpRequest) -> HttpResponse:
    """All rules, and one more."""
    form = PayFirstForm(request.POST or None, initial={"valid_from": clock.today().isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            add_pay_first_rule(**form.cleaned_data, by=account_of(request))
        except PaymentsError:
            form.add_error("valid_from", _("Für diesen Dienst beginnt an diesem Tag schon eine Regel."))
        else:
            return redirect("submissions:pay_first")
    names = service_titles()
    rows = [
        Row(
            (
                Cell(names.get(rule.service, rule.service), note=rule.legal_basis),
                Cell(
                    _("ab %(day)s") % {"day": day_words(rule.valid_from)},
                    note=_("bis %(day)s") % {"day": day_words(rule.valid_to)} if rule.valid_to else "",
                ),
                Cell(_("Zurücknehmen"), url=reverse("submissions:pay_first_withdraw", args=[rule.pk])),
            )
        )
        for rule in pay_first_rules()
    ]
    columns = [Column(_("Dienst")), Column(_("Gilt")), Column(_("Ändern"))]
    table = Table(_("Regeln zur Vorkasse"), columns, rows, _("Keine Regeln"), _("Gebühren werden überall erst nach dem Absenden bezahlt."))
    context = {"form": form, "table": table, "trail": trail(_("Vorkasse"))}
    return render(request, "submissions/staff/pay_first.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_required(Role.FINANCE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take a rule back."""
    rule = get_pay_first_rule(request, pk)
    if request.method == "POST":
        withdraw_pay_first_rule(rule=rule, by=account_of(request))
        return redirect("submissions:pay_first")
    context = {"rule": rule, "title": service_titles().get(rule.service, rule.service), "trail": trail(_("Regel zurücknehmen"))}
    return render(request, "submissions/staff/pay_first_withdraw.html", context)


def trail(title: str) -> list[tuple[str, str]]:
    """The way to a page below the rules."""
    return [(_("Vorkasse"), reverse("submissions:pay_first")), (title, "")]
