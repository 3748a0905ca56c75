"""Staff pages of the cash drawers: take one over, take cash, pay out, hand over, count."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.foundation.money import cents_in_words
from direktdraht.foundation.web.dates import moment_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Table
from direktdraht.payments import actions, queries, setup, shown
from direktdraht.payments.access import get_session_for
from direktdraht.payments.actions.cash import account_of as ledger_account
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.inputs import CashForm, CountForm, DrawerForm, PickupForm
from direktdraht.payments.models import CashSession, Order
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role


def words(cents: int) -> str:
    """An amount in the language of the page."""
    return cents_in_words(cents, shown.language())


@never_cache
@require_GET
@staff_required(Role.FINANCE)
def drawers(request: HttpRequest) -> HttpResponse:
    """All drawers: open ones, free ones, and earlier counts."""
    return show_drawers(request, DrawerForm())


def show_drawers(request: HttpRequest, form: DrawerForm) -> HttpResponse:
    """The list; 422 with errors."""
    free = queries.free_drawers()
    form.fields["drawer"].queryset = free  # type: ignore[attr-defined]  # a field of models
    counts = queries.counted_sessions(before=request.GET.get("nach", ""))
    context = {
        "form": form,
        "free": free,
        "open": queries.open_sessions(),
        "counts": count_table(counts.sessions),
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Barkassen"), "")],
        "pages": Pages(
            "",
            earlier_url=reverse("payments:drawers") if "nach" in request.GET else "",
            later_url=f"{reverse('payments:drawers')}?nach={counts.after}" if counts.after else "",
        ),
    }
    return render(request, "payments/staff/drawers.html", context, status=422 if form.errors else 200)


def count_table(sessions: list[CashSession]) -> Table:
    """Earlier counts, the newest first."""
    columns = [Column(_("Barkasse")), Column(_("Gezählt am")), Column(_("Gezählt"), numeric=True), Column(_("Differenz"), numeric=True)]
    rows = []
    for session in sessions:
        difference = (session.counted_cents or 0) - (session.expected_cents or 0)
        who = f"{session.opened_by} → {session.closed_by}" if session.closed_by_id != session.opened_by_id else str(session.closed_by)
        rows.append(
            Row(
                [
                    Cell(session.drawer.name, note=who),
                    Cell(moment_words(session.closed_at) if session.closed_at else "–"),
                    Cell(words(session.counted_cents or 0)),
                    Cell(words(difference), note=session.note),
                ]
            )
        )
    return Table(_("Frühere Kassenstürze"), columns, rows, _("Noch kein Kassensturz"))


@never_cache
@require_http_methods(["POST"])
@staff_required(Role.FINANCE)
def open_drawer(request: HttpRequest) -> HttpResponse:
    """Take a drawer over."""
    form = DrawerForm(request.POST)
    form.fields["drawer"].queryset = queries.free_drawers()  # type: ignore[attr-defined]  # a field of models
    if form.is_valid():
        try:
            session = actions.open_drawer(by=account_of(request), **form.cleaned_data)
        except PaymentsError as error:
            form.add_error(None, str(error))
        else:
            return redirect("payments:drawer", session.pk)
    return show_drawers(request, form)


@never_cache
@require_GET
@staff_required(Role.FINANCE)
def drawer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One open drawer with everything that can be done at the counter."""
    return show_drawer(request, get_session_for(account_of(request), pk), {})


def show_drawer(request: HttpRequest, session: CashSession, forms: dict[str, Form]) -> HttpResponse:
    """The page of a drawer; 422 with the form that has errors."""
    refunds = queries.cash_refunds() if session.closed_at is None else []
    reference = request.GET.get("kassenzeichen", "")[:60]
    context = {
        "session": session,
        "balance": words(queries.balance(ledger_account(session.drawer))),
        "entries": entry_table(session),
        "refunds": [(refund, words(refund.cents)) for refund in refunds],
        "cash_form": forms.get("cash") or CashForm(initial={"reference": reference}, prefix="cash"),
        "pickup_form": forms.get("pickup") or PickupForm(prefix="pickup"),
        "count_form": forms.get("count") or CountForm(prefix="count"),
        "found": next(iter(forms.values()), None),
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Barkassen"), reverse("payments:drawers")), (session.drawer.name, "")],
    }
    return render(request, "payments/staff/drawer.html", context, status=422 if forms else 200)


def entry_table(session: CashSession) -> Table:
    """What went in and out of the drawer since it was taken over, the newest first."""
    columns = [Column(_("Wann")), Column(_("Was")), Column(_("Kassenzeichen")), Column(_("Betrag"), numeric=True)]
    rows = [
        Row(
            [
                Cell(moment_words(line.posting.at)),
                Cell(str(line.posting.get_kind_display())),
                Cell(line.posting.order.reference if line.posting.order else "–"),
                Cell(words(line.cents if line.side == "debit" else -line.cents)),
            ]
        )
        for line in queries.drawer_lines(session, ledger_account(session.drawer))
    ]
    return Table(_("Bewegungen"), columns, rows, _("Noch keine Bewegung"))


def done(
    request: HttpRequest, pk: UUID, name: str, form: Form, change: Callable[[CashSession], str], *, leads_to: str = "payments:drawer"
) -> HttpResponse:
    """Do something with an open drawer; a refusal becomes an error of the form, so that nothing typed is lost."""
    session = get_session_for(account_of(request), pk)
    if form.is_valid():
        try:
            said = change(session)
        except PaymentsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect(leads_to, session.pk) if leads_to == "payments:drawer" else redirect(leads_to)
    return show_drawer(request, session, {name: form})


@never_cache
@require_POST
@staff_required(Role.FINANCE)
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take cash for an order."""
    form = CashForm(request.POST, prefix="cash")

    def change(session: CashSession) -> str:
        given = form.cleaned_data
        order = order_by_reference(given["reference"])
        cents = given["cents"] or order.open_cents
        actions.take_cash(session=session, order=order, cents=cents, token=given["token"], by=account_of(request))
        return _("%(amount)s für %(reference)s eingenommen.") % {"amount": words(cents), "reference": order.reference}

    return done(request, pk, "cash", form, change)


def order_by_reference(reference: str) -> Order:
    """The order of a reference that a clerk typed. Raises PaymentsError."""
    written = setup.current().pattern.read(reference) or " ".join(reference.split())
    order = Order.objects.filter(reference=written).first()
    if order is None:
        raise PaymentsError(_("Dieses Kassenzeichen gibt es nicht. Bitte vergleichen Sie die Ziffern."))
    return order


@never_cache
@require_POST
@staff_required(Role.FINANCE)
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pay a released refund in cash."""
    session = get_session_for(account_of(request), pk)
    refund = next((one for one in queries.cash_refunds() if str(one.pk) == request.POST.get("refund")), None)
    try:
        if refund is not None:
            actions.give_cash(session=session, refund=refund, by=account_of(request))
            messages.success(request, _("%(amount)s ausgezahlt.") % {"amount": words(refund.cents)})
    except PaymentsError as error:
        messages.error(request, str(error))
    return redirect("payments:drawer", session.pk)


@never_cache
@require_POST
@staff_required(Role.FINANCE)
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring cash to the bank."""
    form = PickupForm(request.POST, prefix="pickup")

    def change(session: CashSession) -> str:
        cents = form.cleaned_data["cents"]
        actions.hand_over(session=session, cents=cents, token=form.cleaned_data["token"], by=account_of(request))
        return _("%(amount)s sind unterwegs zur Bank.") % {"amount": words(cents)}

    return done(request, pk, "pickup", form, change)


@never_cache
@require_POST
@staff_required(Role.FINANCE)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count the drawer and give it up."""
    form = CountForm(request.POST, prefix="count")

    def change(session: CashSession) -> str:
        given = form.cleaned_data
        closed = actions.close_drawer(session=session, counted_cents=given["counted_cents"], note=given["note"], by=account_of(request))
        difference = (closed.counted_cents or 0) - (closed.expected_cents or 0)
        return _("Die Barkasse ist geschlossen. Differenz: %(amount)s") % {"amount": words(difference)}

    return done(request, pk, "count", form, change, leads_to="payments:drawers")
