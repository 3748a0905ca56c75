"""The finance desk: what waits, open items, one order with everything that happened to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments import actions, bank_queries, proving, queries
from direktdraht.payments.access import get_order_for_desk
from direktdraht.payments.desk_inputs import DayReasonForm, ReasonForm
from direktdraht.payments.desk_lists import entry_columns, entry_row, money, order_columns, order_row, search_of
from direktdraht.payments.models import BankEntry, Order, PostingKind, Refund, RefundState
from direktdraht.payments.pages import tried
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account, Role

Act = Callable[[forms.Form, Account], None]
private = cache_control(private=True, no_store=True)
finance = staff_required(Role.FINANCE)


@private
@require_GET
@finance
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, with numbers, and the search."""
    words = search_of(request)
    if words:
        return search_results(request, words)
    waiting = bank_queries.waiting_counts()
    todo = sum(waiting.get(state, 0) for state in ("proposed", "unclear", "held", "new"))
    refunds = Refund.objects.filter(state__in=[RefundState.REQUESTED, RefundState.RELEASED]).count()
    last = proving.last_proof()
    figures = [
        (reverse("finance:entries"), todo, _("Umsätze zuzuordnen")),
        (reverse("finance:refunds"), refunds, _("Erstattungen zu bearbeiten")),
        (f"{reverse('finance:open')}?zeige=ueberfaellig", queries.overdue_orders().count(), _("überfällige Zahlungen")),
        (reverse("finance:proof"), sum(last.exceptions.values()) if last else 0, _("Ausnahmen im letzten Nachweis")),
    ]
    places = [
        (reverse("finance:open"), _("Offene Posten"), _("Was noch zu bezahlen ist")),
        (reverse("finance:entries"), _("Umsätze zuordnen"), _("Wofür das Geld auf dem Konto war")),
        (reverse("finance:files"), _("Bankdateien"), _("Kontoauszüge einlesen und prüfen")),
        (reverse("finance:refunds"), _("Erstattungen"), _("Anordnen, freigeben, überweisen")),
        (reverse("finance:closing"), _("Tagesabschluss"), _("Die Bücher eines Tages schließen")),
        (reverse("finance:ledger"), _("Hauptbuch"), _("Alle Buchungen, auch als Tabelle")),
        (reverse("finance:accounts"), _("Konten"), _("Namen und Nummern der Konten im Hauptbuch")),
        (reverse("payments:drawers"), _("Barkassen"), _("Bargeld einnehmen, auszahlen, zählen")),
        (reverse("payments:settings"), _("Einstellungen"), _("Konto der Stadt, Kassenzeichen, Fristen")),
        (reverse("finance:retention"), _("Aufbewahrung"), _("Wann Namen und Konten gelöscht werden")),
        (reverse("finance:proof"), _("Nachweis"), _("Ob jede Zahlung zu etwas gehört")),
    ]
    return render(request, "payments/desk/overview.html", {"figures": figures, "places": places, "words": ""})


def search_results(request: HttpRequest, words: str) -> HttpResponse:
    """Orders and movements that the words fit."""
    orders = bank_queries.orders_with(words)[:25]
    entries = bank_queries.entries_with(words)[:25]
    nothing = (_("Nichts gefunden"), _("Suchen Sie nach Kassenzeichen, Name, IBAN oder Betrag."))
    tables = [
        Table(_("Zahlungsaufträge"), order_columns(), [order_row(order) for order in orders], *nothing),
        Table(_("Umsätze"), entry_columns(), [entry_row(entry) for entry in entries], *nothing),
    ]
    trail = [(_("Kasse"), reverse("finance:overview")), (_("Suche"), "")]
    return render(request, "payments/desk/results.html", {"tables": tables, "words": words, "trail": trail})


def list_page(request: HttpRequest, title: str, table: Table, more: dict[str, Any]) -> HttpResponse:
    """A page of one list below the desk."""
    context = {"title": title, "table": table, "trail": [(_("Kasse"), reverse("finance:overview")), (title, "")], **more}
    return render(request, "payments/desk/list.html", context)


@private
@require_GET
@finance
def order_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One order: what, how it stands, what happened, and what can be done."""
    order = get_order_for_desk(request, reference)
    sums = queries.sums_of(order)
    facts = [
        (_("Stand"), order.get_state_display()),
        (_("Wer zahlt"), order.payer_name or _("ohne Namen")),
        (_("Frist"), day_words(order.due_on)),
        (_("Gefordert"), money(sums.charged)),
        (_("Eingegangen"), money(sums.received)),
        (_("Noch offen"), money(sums.open)),
        *([(_("Zu viel bezahlt"), money(sums.surplus))] if sums.surplus else []),
        *([(_("Erstattet"), money(sums.refunded))] if sums.refunded else []),
    ]
    context = {
        "order": order,
        "facts": facts,
        "sums": sums,
        "lines": lines_table(order),
        "events": events_table(order),
        "notices": notices_table(order),
        "entries": BankEntry.objects.filter(order=order).order_by("value_date", "pk"),
        "refunds": [(refund, money(refund.cents)) for refund in order.refunds.order_by("requested_at", "pk")],
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Offene Posten"), reverse("finance:open")), (order.reference, "")],
    }
    return render(request, "payments/desk/order.html", context)


def lines_table(order: Order) -> Table:
    """What is to be paid."""
    columns = [Column(_("Was")), Column(_("Konto")), Column(_("Betrag"), numeric=True)]
    rows = [
        Row((Cell(line.text, note=str(line.get_law_display())), Cell(line.revenue_account, note=line.cost_centre), Cell(money(line.cents))))
        for line in order.lines.order_by("position")
    ]
    return Table(_("Posten"), columns, rows, _("Keine Posten"))


EVENT_WORDS = dict(PostingKind.choices)


def events_table(order: Order) -> Table:
    """What happened, the newest first."""
    columns = [Column(_("Wann")), Column(_("Was")), Column(_("Wer")), Column(_("Betrag"), numeric=True)]
    rows = [
        Row(
            (
                Cell(moment_words(event.at)),
                Cell(event_word(event.kind), note=event.reason),
                Cell(str(event.by) if event.by else _("von selbst")),
                Cell(money(event.cents) if event.cents else ""),
            )
        )
        for event in order.events.select_related("by").order_by("-at", "-pk")
    ]
    return Table(_("Verlauf"), columns, rows, _("Noch ist nichts geschehen"))


def notices_table(order: Order) -> Table:
    """Which mails the payer got, the newest first, and whether they left."""
    columns = [Column(_("Wann")), Column(_("Was")), Column(_("Stand der Mail"))]
    rows = [
        Row(
            (
                Cell(moment_words(notice.at)),
                Cell(str(notice.get_kind_display())),
                Cell(str(notice.mail.get_state_display()) if notice.mail else _("nicht mehr gespeichert")),
            )
        )
        for notice in order.notices.select_related("mail").order_by("-at", "-pk")
    ]
    why = _("Sobald es etwas Neues gibt, schreiben wir.") if order.payer_email else _("Die Person hat keine E-Mail-Adresse angegeben.")
    return Table(_("Mitteilungen"), columns, rows, _("Noch keine Mitteilung"), why)


def event_word(kind: str) -> str:
    """What kind of event it was, in words."""
    own = {
        "due_changed": _("Frist geändert"),
        "payment_failed": _("Bezahlen nicht gelungen"),
        "refund_released": _("Erstattung freigegeben"),
        "refund_sent": _("Erstattung überwiesen"),
        "refund_payee": _("Konto für die Erstattung eingetragen"),
        "refund_payee_by_payer": _("Konto von der zahlenden Person angegeben"),
    }
    return str(EVENT_WORDS.get(kind) or own.get(kind) or kind)


@private
@require_http_methods(["GET", "POST"])
@finance
def waive(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the reason, then give up what is open."""
    order = get_order_for_desk(request, reference)

    def act(form: forms.Form, by: Account) -> None:
        actions.waive_order(order=order, reason=form.cleaned_data["reason"], by=by)

    text = _("Die Stadt verzichtet auf %(amount)s. Das lässt sich nicht zurücknehmen.") % {"amount": money(order.open_cents)}
    return act_on(request, order, ReasonForm(request.POST or None), act, title=_("Rest erlassen"), text=text)


@private
@require_http_methods(["GET", "POST"])
@finance
def extend(request: HttpRequest, reference: str) -> HttpResponse:
    """Give more time."""
    order = get_order_for_desk(request, reference)

    def act(form: forms.Form, by: Account) -> None:
        actions.extend_order(order=order, due_on=form.cleaned_data["due_on"], reason=form.cleaned_data["reason"], by=by)

    text = _("Bisher ist die Frist %(day)s.") % {"day": day_words(order.due_on)}
    form = DayReasonForm(request.POST or None, initial={"due_on": order.due_on})
    return act_on(request, order, form, act, title=_("Frist verlängern"), text=text)


@private
@require_http_methods(["GET", "POST"])
@finance
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the reason, then cancel."""
    order = get_order_for_desk(request, reference)

    def act(form: forms.Form, by: Account) -> None:
        actions.cancel_order(order=order, reason=form.cleaned_data["reason"], by=by)

    text = _("Danach ist nichts mehr zu bezahlen. Was schon bezahlt ist, steht der Person wieder zu.")
    return act_on(request, order, ReasonForm(request.POST or None), act, title=_("Auftrag stornieren"), text=text)


def act_on(request: HttpRequest, order: Order, form: forms.Form, act: Act, *, title: str, text: str) -> HttpResponse:
    """A page that asks before it does something with an order, and leads back to it."""
    url = reverse("finance:order", args=[order.reference])
    trail = [(_("Kasse"), reverse("finance:overview")), (order.reference, url), (title, "")]
    return ask_then(request, form, act, title=title, text=text, back=url, trail=trail)


def ask_then(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    title: str,
    text: str,
    back: str,
    trail: list[tuple[str, str]],
    then: str = "",
) -> HttpResponse:
    """Show a form, do what it asks for, and lead to ``then``, else ``back``; what is refused stands above the form."""
    if request.method == "POST" and form.is_valid() and tried(form, lambda: act(form, account_of(request))):
        return redirect(then or back)
    return render(request, "payments/desk/ask.html", {"form": form, "title": title, "text": text, "back": back, "trail": trail})
