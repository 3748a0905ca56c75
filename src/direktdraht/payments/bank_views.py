"""The finance desk's pages of the bank: files with their findings, movements, and what they were for."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import Cell, Column, PageProblem, Row, Table
from direktdraht.payments import actions, bank_queries, queries
from direktdraht.payments import setup as settings
from direktdraht.payments.access import get_bank_entry, get_bank_file, get_order_for_desk, get_refund_for_desk
from direktdraht.payments.desk_inputs import AssignForm, BankFileForm, ReasonForm
from direktdraht.payments.desk_lists import entry_columns, entry_money, entry_row, listed, money
from direktdraht.payments.desk_views import ask_then, finance, list_page, private
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.findings import sentences
from direktdraht.payments.models import BankEntry, BankFile, EntryState, FileState, Order
from direktdraht.payments.reconciling import Proposal, cents_of
from direktdraht.people.access import account_of
from direktdraht.people.models import Account

AT_ONCE = 500
SHOWS = {"vorschlag": "proposed", "ungeklaert": "unclear", "zurueckgestellt": "held", "zugeordnet": "matched"}


@private
@require_GET
@finance
def entries(request: HttpRequest) -> HttpResponse:
    """Movements: those that wait, or of one state."""
    shown = SHOWS.get(request.GET.get("zeige", ""), "")
    rows = BankEntry.objects.filter(state=shown) if shown else BankEntry.objects.exclude(state=EntryState.MATCHED)
    rows = rows.order_by("-value_date" if shown == "matched" else "value_date", "pk")
    empty = (_("Nichts wartet"), _("Alle Umsätze der Bank sind zugeordnet."))
    page = listed(request, rows, caption=_("Umsätze"), columns=entry_columns(), row_of=entry_row, empty=empty)
    counts = bank_queries.waiting_counts()
    url = reverse("finance:entries")
    names = {"": _("wartend"), "vorschlag": _("Vorschlag"), "ungeklaert": _("ungeklärt"), "zurueckgestellt": _("zurückgestellt")}
    filters = [
        (
            f"{url}?zeige={word}" if word else url,
            f"{name} ({counts.get(SHOWS[word], 0) if word else sum(counts.values())})",
            SHOWS.get(word, "") == shown,
        )
        for word, name in names.items()
    ]
    filters.append((f"{url}?zeige=zugeordnet", _("zugeordnet"), shown == "matched"))
    return list_page(request, _("Umsätze zuordnen"), page.table, {"pages": page.pages, "filters": filters})


@private
@require_GET
@finance
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One movement beside what it may be for; each proposal is one click."""
    return show_entry(request, get_bank_entry(request, pk), AssignForm())


def show_entry(request: HttpRequest, entry: BankEntry, form: forms.Form, problem: str = "") -> HttpResponse:
    """The page of a movement, with what was wrong if something was."""
    waits = entry.state in {EntryState.PROPOSED, EntryState.UNCLEAR}
    left = queries.left_unclear(entry.posting) if entry.posting and waits else 0
    facts = [
        (_("Betrag"), entry_money(entry)),
        *([(_("Davon noch nicht zugeordnet"), money(left))] if left and left != entry.cents else []),
        (_("Wertstellung"), day_words(entry.value_date)),
        (_("Name"), entry.name or _("ohne Namen")),
        (_("IBAN"), entry.iban or _("nicht angegeben")),
        (_("Verwendungszweck"), entry.purpose or _("leer")),
        *([(_("Referenz"), ", ".join(entry.references))] if entry.references else []),
        *([(_("Rückläufer"), entry.returned or _("ja"))] if entry.reversal else []),
        (_("Stand"), entry.get_state_display()),
        (_("Aus der Datei"), entry.file.name),
        *([(_("Gelöscht"), _("Name, Konto und Text am %(day)s") % {"day": day_words(entry.erased_at)})] if entry.erased_at else []),
    ]
    context: dict[str, Any] = {"entry": entry, "facts": facts, "waits": waits, "form": form, "trail": entry_trail(entry)}
    context["problems"] = [PageProblem(problem)] if problem else []
    if waits:
        context.update(proposed(entry))
    return render(request, "payments/desk/entry.html", context)


def entry_trail(entry: BankEntry, title: str = "") -> list[tuple[str, str]]:
    """Where a movement's pages lie."""
    name = entry.name or _("ohne Namen")
    trail = [(_("Kasse"), reverse("finance:overview")), (_("Umsätze zuordnen"), reverse("finance:entries"))]
    return [*trail, (name, reverse("finance:entry", args=[entry.pk])), (title, "")] if title else [*trail, (name, "")]


def proposed(entry: BankEntry) -> dict[str, Any]:
    """What a waiting movement may be for."""
    nothing: dict[str, Any] = {"orders": [], "refunds": [], "returned": [], "sent_back": []}
    if entry.cents > 0:
        found = bank_queries.proposals(entry)
        orders = Order.objects.in_bulk([one.reference for one in found], field_name="reference")
        return {**nothing, "orders": [order_card(orders[one.reference], one) for one in found if one.reference in orders]}
    receipts = list(bank_queries.returned_receipts(entry)[:5])
    return {
        **nothing,
        "refunds": [(refund, money(refund.cents)) for refund in bank_queries.refunds_fitting(entry)[:5]],
        "returned": [(receipt, receipt.order) for receipt in receipts if receipt.order_id],
        "sent_back": [receipt for receipt in receipts if receipt.state in {EntryState.PROPOSED, EntryState.UNCLEAR}],
    }


def order_card(order: Order, proposal: Proposal) -> dict[str, Any]:
    """An order as a proposal shows it."""
    words = {
        "reference": _("Kassenzeichen stimmt"),
        "digit": _("Kassenzeichen mit Tippfehler"),
        "amount": _("Betrag stimmt"),
        "name": _("Name passt"),
    }
    return {"order": order, "open": money(order.open_cents), "why": ", ".join(words[reason] for reason in proposal.reasons)}


@require_POST
@finance
def confirm_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Book the movement, or a part of it, to an order."""
    entry, form = get_bank_entry(request, pk), AssignForm(request.POST)
    if not form.is_valid():
        return show_entry(request, entry, form)
    reference = settings.current().pattern.read(form.cleaned_data["reference"]) or form.cleaned_data["reference"]
    try:
        order = get_order_for_desk(request, reference)
    except Http404:
        form.add_error("reference", _("Dieses Kassenzeichen gibt es nicht. Bitte prüfen Sie die Ziffern."))
        return show_entry(request, entry, form)
    return settled(
        request, entry, lambda by: actions.confirm_order(entry=entry, order=order, by=by, cents=form.cleaned_data["amount"]), form
    )


@require_POST
@finance
def confirm_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a debit was this refund."""
    entry = get_bank_entry(request, pk)
    refund = get_refund_for_desk(request, request.POST.get("refund", ""))
    return settled(request, entry, lambda by: actions.confirm_refund(entry=entry, refund=refund, by=by))


@require_POST
@finance
def confirm_sent_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a debit sent an unclear receipt back."""
    entry, number = get_bank_entry(request, pk), request.POST.get("receipt", "")
    receipt = get_bank_entry(request, int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0)
    reason = _("an die Bank der Person zurückgegeben")
    return settled(request, entry, lambda by: actions.confirm_sent_back(entry=entry, receipt=receipt, reason=reason, by=by))


def settled(request: HttpRequest, entry: BankEntry, act: Any, form: forms.Form | None = None) -> HttpResponse:
    """Do it and show the movement; what is refused stands above it."""
    try:
        act(account_of(request))
    except PaymentsError as problem:
        return show_entry(request, get_bank_entry(request, entry.pk), form or AssignForm(), str(problem))
    return redirect("finance:entry", pk=entry.pk)


@private
@require_http_methods(["GET", "POST"])
@finance
def book_elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a movement has nothing to do with orders."""
    entry = get_bank_entry(request, pk)

    def act(form: forms.Form, by: Account) -> None:
        actions.book_elsewhere(entry=entry, reason=form.cleaned_data["reason"], by=by)

    title, back = _("Anderswo buchen"), reverse("finance:entry", args=[pk])
    text = _("Der Umsatz gehört zu keinem Zahlungsauftrag. Er kommt auf das Konto „Geld unterwegs“.")
    return ask_then(request, ReasonForm(request.POST or None), act, title=title, text=text, back=back, trail=entry_trail(entry, title))


@private
@require_http_methods(["GET", "POST"])
@finance
def undo_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrong match back."""
    entry = get_bank_entry(request, pk)

    def act(form: forms.Form, by: Account) -> None:
        actions.undo_match(entry=entry, reason=form.cleaned_data["reason"], by=by)

    title, back = _("Zuordnung lösen"), reverse("finance:entry", args=[pk])
    text = _("Danach ist der Auftrag wieder offen, und das Geld ist ungeklärt.")
    return ask_then(request, ReasonForm(request.POST or None), act, title=title, text=text, back=back, trail=entry_trail(entry, title))


@private
@require_http_methods(["GET", "POST"])
@finance
def files(request: HttpRequest) -> HttpResponse:
    """The bank's files, and the field to give a new one."""
    form = BankFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        taken = actions.take_bank_files(file=given.file, name=given.name, by=account_of(request))
        read = sum(one.state == FileState.READ for one in taken)
        if read:
            actions.settle_new(most=AT_ONCE)
        if len(taken) == 1:
            return redirect("finance:file", pk=taken[0].pk)
        say = messages.success if read == len(taken) else messages.warning
        say(request, _("Das Archiv enthielt %(all)d Dateien: %(read)d eingelesen, %(refused)d abgelehnt.") % counted(taken, read))
        return redirect("finance:files")
    columns = [Column(_("Datei")), Column(_("Wann")), Column(_("Umsätze"), numeric=True), Column(_("Stand"))]
    empty = (_("Noch keine Bankdatei"), _("Geben Sie oben die erste Datei an."))
    rows = BankFile.objects.order_by("-at", "pk")
    page = listed(request, rows, caption=_("Bankdateien"), columns=columns, row_of=file_row, empty=empty)
    trail = [(_("Kasse"), reverse("finance:overview")), (_("Bankdateien"), "")]
    return render(request, "payments/desk/files.html", {"form": form, "table": page.table, "pages": page.pages, "trail": trail})


def counted(taken: list[BankFile], read: int) -> dict[str, int]:
    """How many files of an archive were read."""
    return {"all": len(taken), "read": read, "refused": len(taken) - read}


def file_row(file: BankFile) -> Row:
    """A file in the list."""
    tag = "success" if file.state == FileState.READ else "danger"
    found = ngettext("%(n)d Hinweis", "%(n)d Hinweise", len(file.findings)) % {"n": len(file.findings)} if file.findings else ""
    return Row(
        (
            Cell(file.name, url=reverse("finance:file", args=[file.pk]), note=found),
            Cell(moment_words(file.at)),
            Cell(str(file.counts.get("all", 0))),
            Cell(str(file.get_state_display()), tag=tag),
        )
    )


@private
@require_GET
@finance
def file_page(request: HttpRequest, pk: str) -> HttpResponse:
    """What was in a file, what became of it, and what speaks against it."""
    file = get_bank_file(request, pk)
    refused = file.state == FileState.REFUSED
    counts = bank_queries.counts_of(file)
    words = {
        "all": _("Umsätze in der Datei"),
        "matched": _("zugeordnet"),
        "proposed": _("mit Vorschlag"),
        "unclear": _("ungeklärt"),
        "held": _("zurückgestellt"),
        "new": _("noch nicht abgeglichen"),
        "known": _("schon bekannt"),
        "pending": _("von der Bank noch nicht gebucht"),
        "empty": _("ohne Betrag"),
        "refused": _("abgelehnt"),
    }
    facts = [(word, str(counts[key])) for key, word in words.items() if counts.get(key)]
    columns = [Column(_("Auszug")), Column(_("Konto")), Column(_("Anfangssaldo"), numeric=True), Column(_("Schlusssaldo"), numeric=True)]
    heads = [
        Row((Cell(one["id"]), Cell(one["account"]), Cell(balance_of(one, "opening")), Cell(balance_of(one, "closing"))))
        for one in file.statements[:50]
    ]
    empty = (_("Keine Umsätze"), _("Aus dieser Datei ist kein Umsatz neu."))
    page = listed(request, file.entries.order_by("pk"), caption=_("Umsätze"), columns=entry_columns(), row_of=entry_row, empty=empty)
    context = {
        "file": file,
        "refused": refused,
        "findings": sentences(file.findings),
        "facts": facts,
        "statements": Table(_("Auszüge"), columns, heads, _("Kein Auszug lesbar")),
        "table": page.table,
        "pages": page.pages,
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Bankdateien"), reverse("finance:files")), (file.name, "")],
    }
    return render(request, "payments/desk/file.html", context)


def balance_of(head: dict[str, Any], name: str) -> str:
    """A balance of a statement as people read it; a dash where the file has none."""
    if head[name] is None:
        return "–"
    return money(cents_of(Decimal(head[name]))) if head["currency"] == "EUR" else f"{head[name]} {head['currency']}"
