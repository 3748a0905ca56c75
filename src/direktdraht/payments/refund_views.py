"""The finance desk's pages of refunds: asked for by one person, released by another, transferred, found in the bank's file."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.foundation.money import euros_of
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import Cell, Column, PageProblem, Row
from direktdraht.payments import actions, queries
from direktdraht.payments import setup as settings
from direktdraht.payments.access import get_order_for_desk, get_refund_for_desk
from direktdraht.payments.desk_inputs import ReasonForm, RefundForm
from direktdraht.payments.desk_lists import listed, money
from direktdraht.payments.desk_views import Act, act_on, ask_then, finance, list_page, private
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.inputs import PayeeForm
from direktdraht.payments.models import Refund, RefundState
from direktdraht.people.access import account_of
from direktdraht.people.models import Account

SHOWS = {"": [RefundState.REQUESTED, RefundState.RELEASED, RefundState.SENT], "fertig": [RefundState.PAID, RefundState.WITHDRAWN]}
TAGS = {"requested": "warning", "released": "info", "sent": "info", "paid": "success", "withdrawn": "neutral"}


@private
@require_GET
@finance
def refunds(request: HttpRequest) -> HttpResponse:
    """Refunds on their way, or those that are done."""
    shown = "fertig" if request.GET.get("zeige") == "fertig" else ""
    rows = (
        Refund.objects.filter(state__in=SHOWS[shown]).select_related("order").order_by("-requested_at" if shown else "requested_at", "pk")
    )
    columns = [Column(_("An")), Column(_("IBAN")), Column(_("Betrag"), numeric=True), Column(_("Seit")), Column(_("Stand"))]
    empty = (_("Keine Erstattung"), _("Eine Erstattung ordnen Sie auf der Seite eines Zahlungsauftrags an."))
    page = listed(request, rows, caption=_("Erstattungen"), columns=columns, row_of=refund_row, empty=empty)
    url = reverse("finance:refunds")
    filters = [(url, _("zu bearbeiten"), not shown), (f"{url}?zeige=fertig", _("erledigt"), bool(shown))]
    return list_page(request, _("Erstattungen"), page.table, {"pages": page.pages, "filters": filters})


def refund_row(refund: Refund) -> Row:
    """A refund in the list."""
    name = refund.payee_name or refund.order.payer_name or _("ohne Namen")
    return Row(
        (
            Cell(name, url=reverse("finance:refund", args=[refund.pk]), note=refund.order.reference),
            Cell(refund.payee_iban or (_("fehlt noch") if refund.way == "transfer" else _("anderer Weg"))),
            Cell(money(refund.cents)),
            Cell(day_words(refund.requested_at.date())),
            Cell(str(refund.get_state_display()), tag=TAGS.get(refund.state, "neutral")),
        )
    )


@private
@require_GET
@finance
def refund_page(request: HttpRequest, pk: str) -> HttpResponse:
    """One refund: where it goes, who asked and released, and what is next."""
    return show_refund(request, get_refund_for_desk(request, pk))


def show_refund(request: HttpRequest, refund: Refund, problem: str = "") -> HttpResponse:
    """The page of a refund."""
    me = account_of(request)
    transfer = refund.way == "transfer"
    facts = [
        (_("Betrag"), money(refund.cents)),
        (_("Wer gezahlt hat"), refund.order.payer_name or _("ohne Namen")),
        *(
            transfer_facts(refund)
            if transfer
            else [(_("Weg"), _("bar am Schalter") if refund.way == "cash" else _("über den Zahlungsdienst"))]
        ),
        (_("Grund"), refund.reason),
        (_("Angeordnet"), who_when(refund.requested_by, refund.requested_at)),
        *([(_("Freigegeben"), who_when(refund.released_by, refund.released_at))] if refund.released_at else []),
        *([(_("Gelöscht"), _("Name und Konto am %(day)s") % {"day": day_words(refund.erased_at)})] if refund.erased_at else []),
        *([(_("Kam zurück, weil"), refund.failure)] if refund.failure else []),
        (_("Stand"), refund.get_state_display()),
    ]
    has_account = bool(refund.payee_iban and refund.payee_name) or not transfer
    context = {
        "refund": refund,
        "facts": facts,
        "has_account": has_account,
        "own": refund.requested_by_id == me.pk,
        "may_release": refund.state == RefundState.REQUESTED and has_account and refund.requested_by_id != me.pk,
        "may_send": refund.state == RefundState.RELEASED and transfer,
        "may_change": refund.state in {RefundState.REQUESTED, RefundState.RELEASED} and transfer,
        "may_withdraw": refund.state == RefundState.REQUESTED or (refund.state == RefundState.RELEASED and transfer),
        "problems": [PageProblem(problem)] if problem else [],
        "trail": [*trail_to_refunds(), (refund.order.reference, "")],
    }
    return render(request, "payments/desk/refund.html", context)


def transfer_facts(refund: Refund) -> list[tuple[str, str]]:
    """What is typed at the bank, and who said where the money goes."""
    return [
        (_("An"), refund.payee_name or _("noch nicht eingetragen")),
        (_("IBAN"), refund.payee_iban or _("noch nicht eingetragen")),
        *([(_("Konto"), _("von der zahlenden Person angegeben"))] if refund.payee_by_payer else []),
        (_("Von unserem Konto"), settings.current().iban or _("noch nicht eingerichtet")),
        (_("Verwendungszweck"), _("Erstattung %(reference)s") % {"reference": refund.order.reference}),
    ]


def who_when(who: Account | None, when: datetime | None) -> str:
    """A person and an instant in words."""
    return f"{who or _('von selbst')}, {moment_words(when) if when else ''}"


def trail_to_refunds() -> list[tuple[str, str]]:
    """Where the pages of refunds lie."""
    return [(_("Kasse"), reverse("finance:overview")), (_("Erstattungen"), reverse("finance:refunds"))]


@private
@require_http_methods(["GET", "POST"])
@finance
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for money of an order to go back."""
    order = get_order_for_desk(request, reference)
    sums = queries.sums_of(order)
    initial = {"amount": f"{euros_of(sums.surplus):.2f}".replace(".", ","), "payee_name": order.payer_name}
    form = RefundForm(request.POST or None, initial=initial if sums.surplus else {"payee_name": order.payer_name})

    def act(form: forms.Form, by: Account) -> None:
        words = form.cleaned_data
        payee = {"payee_name": words["payee_name"], "payee_iban": words["payee_iban"]}
        actions.request_refund(order=order, cents=words["amount"], reason=words["reason"], by=by, **payee)

    left = money(sums.received - sums.asked_back)
    text = _("Höchstens %(amount)s können zurückgehen. Eine zweite Person gibt die Erstattung frei.") % {"amount": left}
    return act_on(request, order, form, act, title=_("Erstattung anordnen"), text=text)


@require_POST
@finance
def release(request: HttpRequest, pk: str) -> HttpResponse:
    """Release as the second person."""
    refund = get_refund_for_desk(request, pk)
    try:
        actions.release_refund(refund=refund, by=account_of(request), seen=request.POST.get("seen", ""))
    except PaymentsError as problem:
        return show_refund(request, get_refund_for_desk(request, pk), str(problem))
    return redirect("finance:refund", pk=pk)


@require_POST
@finance
def mark_sent(request: HttpRequest, pk: str) -> HttpResponse:
    """Note that the transfer was given to the bank."""
    refund = get_refund_for_desk(request, pk)
    try:
        actions.mark_refund_sent(refund=refund, by=account_of(request))
    except PaymentsError as problem:
        return show_refund(request, get_refund_for_desk(request, pk), str(problem))
    return redirect("finance:refund", pk=pk)


@private
@require_http_methods(["GET", "POST"])
@finance
def payee(request: HttpRequest, pk: str) -> HttpResponse:
    """Say which account the money goes to."""
    refund = get_refund_for_desk(request, pk)

    def act(form: forms.Form, by: Account) -> None:
        actions.change_payee(refund=refund, name=form.cleaned_data["name"], iban=form.cleaned_data["iban"], by=by)

    title = _("Konto eintragen")
    initial = {"name": refund.payee_name or refund.order.payer_name, "iban": refund.payee_iban}
    text = _("Danach muss eine andere Person die Erstattung freigeben.")
    return ask_about(request, refund, PayeeForm(request.POST or None, initial=initial), act, title=title, text=text)


@private
@require_http_methods(["GET", "POST"])
@finance
def withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a refund back that was not sent."""
    refund = get_refund_for_desk(request, pk)

    def act(form: forms.Form, by: Account) -> None:
        actions.withdraw_refund(refund=refund, reason=form.cleaned_data["reason"], by=by)

    text = _("Das Geld bleibt als Guthaben beim Zahlungsauftrag.")
    return ask_about(request, refund, ReasonForm(request.POST or None), act, title=_("Erstattung zurücknehmen"), text=text)


def ask_about(request: HttpRequest, refund: Refund, form: forms.Form, act: Act, *, title: str, text: str) -> HttpResponse:
    """A page that asks before it changes a refund."""
    back = reverse("finance:refund", args=[refund.pk])
    trail = [*trail_to_refunds(), (refund.order.reference, back), (title, "")]
    return ask_then(request, form, act, title=title, text=text, back=back, trail=trail)
