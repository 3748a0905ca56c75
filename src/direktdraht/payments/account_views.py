"""The finance desk's pages of the accounts of the ledger: listed, added, renamed, numbered, removed while unused."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments import actions, queries
from direktdraht.payments.access import get_ledger_account
from direktdraht.payments.desk_inputs import AccountForm, NewAccountForm
from direktdraht.payments.desk_lists import money
from direktdraht.payments.desk_views import ask_then, finance, private
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.models import LedgerAccount
from direktdraht.people.access import account_of
from direktdraht.people.models import Account


@private
@require_http_methods(["GET", "POST"])
@finance
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, and one more of revenue."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_account(by=account_of(request), **form.cleaned_data)
        except PaymentsError as problem:
            form.add_error("number", str(problem))
        else:
            return redirect("finance:accounts")
    context = {"form": form, "table": account_table(), "trail": [(_("Kasse"), reverse("finance:overview")), (_("Konten"), "")]}
    return render(request, "payments/desk/accounts.html", context, status=422 if form.errors else 200)


def account_table() -> Table:
    """Every account with its number, balance and lines."""
    columns = [
        Column(_("Konto")),
        Column(_("Sachkonto")),
        Column(_("Saldo"), numeric=True),
        Column(_("Buchungszeilen"), numeric=True),
    ]
    rows = [
        Row(
            (
                Cell(row.account.name, url=reverse("finance:account", args=[row.account.pk]), note=kind_note(row.account)),
                Cell(row.account.number or _("noch ohne Nummer")),
                Cell(money(row.balance)),
                Cell(str(row.lines)),
            )
        )
        for row in queries.account_rows()
    ]
    empty = (_("Noch kein Konto"), _("Ein Konto entsteht von selbst, sobald etwas darauf gebucht wird."))
    return Table(_("Konten des Hauptbuchs"), columns, rows, *empty)


def kind_note(account: LedgerAccount) -> str:
    """What kind of account it is, where its name does not say so."""
    kind = str(account.get_kind_display())
    return "" if account.name == kind else kind


@private
@require_http_methods(["GET", "POST"])
@finance
def account(request: HttpRequest, key: str) -> HttpResponse:
    """Rename an account or give it another number."""
    found = get_ledger_account(request, key)
    form = AccountForm(request.POST or None, initial={"name": found.name, "number": found.number})
    if request.method == "POST" and form.is_valid():
        actions.change_account(account=found, by=account_of(request), **form.cleaned_data)
        messages.success(request, _("Gespeichert. Abgeschlossene Tage behalten ihre Nummer."))
        return redirect("finance:account", found.pk)
    former = [
        (_("bis %(day)s") % {"day": day_words(until)}, number or _("noch ohne Nummer"))
        for until, number in queries.former_numbers().get(found.pk, ())
    ]
    context = {
        "form": form,
        "account": found,
        "former": former,
        "trail": [*trail_to_accounts(), (found.name, "")],
    }
    return render(request, "payments/desk/account.html", context, status=422 if form.errors else 200)


def trail_to_accounts() -> list[tuple[str, str]]:
    """Where these pages lie."""
    return [(_("Kasse"), reverse("finance:overview")), (_("Konten"), reverse("finance:accounts"))]


@private
@require_http_methods(["GET", "POST"])
@finance
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then remove an account on which nothing was booked."""
    found = get_ledger_account(request, key)

    def act(form: forms.Form, by: Account) -> None:
        del form
        actions.remove_account(account=found, by=by)

    text = _("Das geht nur, solange auf %(name)s nichts gebucht ist.") % {"name": found.name}
    title, back = _("Konto löschen"), reverse("finance:account", args=[found.pk])
    form = forms.Form(request.POST if request.method == "POST" else None)
    trail = [*trail_to_accounts(), (found.name, back), (title, "")]
    return ask_then(request, form, act, title=title, text=text, back=back, trail=trail, then=reverse("finance:accounts"))
