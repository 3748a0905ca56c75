"""The finance desk's pages on which drawers are set up, renamed, retired and brought back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments import actions, queries
from direktdraht.payments.access import get_drawer
from direktdraht.payments.actions.cash import account_of as ledger_account
from direktdraht.payments.desk_inputs import DrawerForm, NewDrawerForm
from direktdraht.payments.desk_lists import money
from direktdraht.payments.desk_views import Act, ask_then, finance, private
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.models import CashDrawer
from direktdraht.people.access import account_of
from direktdraht.people.models import Account


@private
@require_http_methods(["GET", "POST"])
@finance
def all_drawers(request: HttpRequest) -> HttpResponse:
    """Every drawer, and one more."""
    form = NewDrawerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drawer = actions.add_drawer(by=account_of(request), **form.cleaned_data)
        except PaymentsError as problem:
            form.add_error("key", str(problem))
        else:
            messages.success(request, _("%(name)s ist eingerichtet.") % {"name": drawer.name})
            return redirect("finance:all_drawers")
    context = {
        "form": form,
        "table": drawer_table(),
        "trail": [*trail_to_drawers()[:-1], (_("Barkassen einrichten"), "")],
    }
    return render(request, "payments/desk/drawers.html", context, status=422 if form.errors else 200)


def drawer_table() -> Table:
    """Every drawer with what lies in it by the books."""
    balances = queries.balances()
    columns = [Column(_("Barkasse")), Column(_("Stelle")), Column(_("Nach dem Buch"), numeric=True), Column(_("Stand"))]
    rows = [
        Row(
            (
                Cell(drawer.name, url=reverse("finance:drawer_setup", args=[drawer.pk]), note=drawer.pk),
                Cell(drawer.unit.name),
                Cell(money(balances.get(ledger_account(drawer), 0))),
                Cell(_("in Gebrauch"), tag="success") if drawer.is_active else Cell(_("stillgelegt"), tag="neutral"),
            )
        )
        for drawer in queries.all_drawers()
    ]
    return Table(_("Alle Barkassen"), columns, rows, _("Noch keine Barkasse"), _("Richten Sie unten die erste ein."))


def trail_to_drawers() -> list[tuple[str, str]]:
    """Where these pages lie."""
    setup = (_("Barkassen einrichten"), reverse("finance:all_drawers"))
    return [(_("Kasse"), reverse("finance:overview")), (_("Barkassen"), reverse("payments:drawers")), setup]


@private
@require_http_methods(["GET", "POST"])
@finance
def drawer(request: HttpRequest, key: str) -> HttpResponse:
    """Rename a drawer, or go on to retire it."""
    found = get_drawer(request, key)
    form = DrawerForm(request.POST or None, initial={"name": found.name, "unit": found.unit_id})
    if request.method == "POST" and form.is_valid():
        actions.rename_drawer(drawer=found, by=account_of(request), **form.cleaned_data)
        return redirect("finance:all_drawers")
    context = {"form": form, "drawer": found, "trail": [*trail_to_drawers(), (found.name, "")]}
    return render(request, "payments/desk/drawer.html", context, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "POST"])
@finance
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then take a drawer out of use."""
    found = get_drawer(request, key)

    def act(form: forms.Form, by: Account) -> None:
        del form
        actions.retire_drawer(drawer=found, by=by)

    text = _("%(name)s lässt sich dann nicht mehr öffnen. Die Bücher bleiben.") % {"name": found.name}
    return ask_about(request, found, act, title=_("Barkasse stilllegen"), text=text)


@private
@require_http_methods(["GET", "POST"])
@finance
def bring_back(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then use a retired drawer again."""
    found = get_drawer(request, key)

    def act(form: forms.Form, by: Account) -> None:
        del form
        actions.bring_back_drawer(drawer=found, by=by)

    text = _("%(name)s lässt sich dann wieder öffnen.") % {"name": found.name}
    return ask_about(request, found, act, title=_("Barkasse wieder nutzen"), text=text)


def ask_about(request: HttpRequest, drawer: CashDrawer, act: Act, *, title: str, text: str) -> HttpResponse:
    """A page that asks before it changes a drawer."""
    back = reverse("finance:drawer_setup", args=[drawer.pk])
    trail = [*trail_to_drawers(), (drawer.name, back), (title, "")]
    return ask_then(
        request, forms.Form(request.POST if request.method == "POST" else None), act, title=title, text=text, back=back, trail=trail
    )
