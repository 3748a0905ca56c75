"""The finance desk's pages of the books: the close of a day, the ledger, the proof."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.payments import actions, proving, queries
from direktdraht.payments.desk_inputs import CloseForm, LedgerForm
from direktdraht.payments.desk_lists import listed, money, order_link
from direktdraht.payments.desk_views import finance, private
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.models import ClosedDay, LedgerAccount, PostingLine, Side
from direktdraht.payments.proving import Gap
from direktdraht.people.access import account_of

CLOSED_SHOWN = 60


@private
@require_http_methods(["GET", "POST"])
@finance
def closing(request: HttpRequest) -> HttpResponse:
    """What the books say today, the form to close a day, and the days that are closed."""
    form = CloseForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_day(day=form.cleaned_data["day"], by=account_of(request))
        except PaymentsError as problem:
            form.add_error("day", str(problem))
        else:
            return redirect("finance:closing")
    names = {account.pk: account.name for account in LedgerAccount.objects.all()}
    columns = [Column(_("Konto")), Column(_("Soll"), numeric=True), Column(_("Haben"), numeric=True), Column(_("Saldo"), numeric=True)]
    totals = queries.totals(until=clock.today())
    rows = [
        Row((Cell(names.get(key, key)), Cell(money(left)), Cell(money(right)), Cell(money(left - right))))
        for key, (left, right) in totals.items()
    ]
    closed_columns = [Column(_("Tag")), Column(_("Buchungen bis dahin"), numeric=True), Column(_("Abgeschlossen")), Column(_("Prüfsumme"))]
    closed = [
        Row(
            (
                Cell(day_words(one.day)),
                Cell(str(one.postings)),
                Cell(moment_words(one.closed_at), note=str(one.by or "")),
                Cell(one.digest[:16]),
            )
        )
        for one in ClosedDay.objects.select_related("by").order_by("-day")[:CLOSED_SHOWN]
    ]
    context = {
        "form": form,
        "totals": Table(_("Stand der Konten"), columns, rows, _("Noch keine Buchung")),
        "closed": Table(_("Abgeschlossene Tage"), closed_columns, closed, _("Noch kein Tag ist abgeschlossen")),
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Tagesabschluss"), "")],
    }
    return render(request, "payments/desk/closing.html", context)


def lines_wanted(form: LedgerForm) -> tuple[date | None, date | None]:
    """The days that were asked for; nothing of a form that cannot be read."""
    return form.days() if form.is_valid() else (None, None)


@private
@require_GET
@finance
def ledger(request: HttpRequest) -> HttpResponse:
    """The lines of the ledger, the newest first."""
    form = LedgerForm(request.GET or None)
    first, last = lines_wanted(form)
    lines = PostingLine.objects.select_related("posting", "posting__order", "account").order_by("-posting_id", "pk")
    lines = lines.filter(posting__day__gte=first) if first else lines
    lines = lines.filter(posting__day__lte=last) if last else lines
    columns = [
        Column(_("Buchung")),
        Column(_("Tag")),
        Column(_("Konto")),
        Column(_("Soll"), numeric=True),
        Column(_("Haben"), numeric=True),
    ]
    empty = (_("Keine Buchung"), _("In dieser Zeit wurde nichts gebucht."))
    page = listed(request, lines, caption=_("Hauptbuch"), columns=columns, row_of=ledger_row, empty=empty)
    query = request.GET.urlencode()
    context = {
        "form": form if form.is_bound else LedgerForm(),
        "table": page.table,
        "pages": page.pages,
        "files": files_of(query),
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Hauptbuch"), "")],
    }
    return render(request, "payments/desk/ledger.html", context)


def files_of(query: str) -> list[tuple[str, str]]:
    """The file in its usual form and in each of the city's own: address, and what the link says."""
    url = reverse("finance:ledger_csv")
    usual = [(f"{url}?{query}" if query else url, _("Hauptbuch als Tabelle (CSV) speichern"))]
    others = [one for one in queries.export_profiles() if not one.is_default]
    return usual + [(f"{url}?{urlencode({'form': one.pk})}{'&' if query else ''}{query}", one.name) for one in others]


def ledger_row(line: PostingLine) -> Row:
    """One line of the ledger."""
    posting, order = line.posting, line.posting.order
    amount = money(line.cents)
    return Row(
        (
            Cell(
                f"{posting.pk} {posting.get_kind_display()}",
                url=order_link(order) if order else "",
                note=order.reference if order else posting.reason,
            ),
            Cell(day_words(posting.day), note=_("Wert %(day)s") % {"day": day_words(posting.value_date)}),
            Cell(line.account.name, note=line.cost_centre),
            Cell(amount if line.side == Side.DEBIT else ""),
            Cell(amount if line.side == Side.CREDIT else ""),
        )
    )


@private
@require_http_methods(["GET", "POST"])
@finance
def proof(request: HttpRequest) -> HttpResponse:
    """What the last proof found, each exception with its remedy; a post proves anew."""
    if request.method == "POST":
        proving.keep_proof()
        return redirect("finance:proof")
    last, kinds = proving.last_proof(), gap_words()
    columns = [Column(_("Ausnahme")), Column(_("Betrag"), numeric=True), Column(_("Was zu tun ist"))]
    rows = [gap_row(gap, kinds[gap.kind]) for gap in proving.gaps_of(last)] if last else []
    clear = (
        (_("Alles stimmt"), _("Jede Zahlung gehört zu etwas."))
        if last
        else (_("Noch nie geprüft"), _("Prüfen Sie jetzt, oder warten Sie bis zur Nacht."))
    )
    context = {
        "counts": [(kinds[kind][0], str(count)) for kind, count in last.exceptions.items()] if last else [],
        "table": Table(_("Ausnahmen"), columns, rows, *clear),
        "last": last,
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Nachweis"), "")],
    }
    return render(request, "payments/desk/proof.html", context)


def gap_row(gap: Gap, words: tuple[str, str]) -> Row:
    """An exception with its remedy."""
    url = reverse(gap.view, args=[gap.key]) if gap.key else reverse(gap.view)
    return Row((Cell(words[0], note=gap.about), Cell(money(gap.cents) if gap.cents else ""), Cell(words[1], url=url)))


def gap_words() -> dict[str, tuple[str, str]]:
    """What each kind of exception is, and what mends it."""
    return {
        "credit": (_("Geldeingang ohne Auftrag"), _("Zuordnen")),
        "debit": (_("Abbuchung ohne Grund"), _("Zuordnen")),
        "held": (_("Umsatz in fremder Währung"), _("Ansehen")),
        "new": (_("Umsatz noch nicht abgeglichen"), _("Ansehen")),
        "loose": (_("Ungeklärter Eingang, nicht von der Bank"), _("Im Hauptbuch ansehen")),
        "refund_requested": (_("Erstattung nicht freigegeben"), _("Erstattung öffnen")),
        "refund_released": (_("Erstattung nicht überwiesen"), _("Erstattung öffnen")),
        "refund_sent": (_("Erstattung nicht auf dem Konto zu sehen"), _("Erstattung öffnen")),
        "surplus": (_("Zu viel bezahlt"), _("Erstattung anordnen")),
        "ownerless": (_("Bezahlt, aber wofür ist nicht mehr da"), _("Auftrag öffnen")),
        "attempt": (_("Bezahlvorgang seit einem Tag ohne Ende"), _("Auftrag öffnen")),
        "order_differs": (_("Stand eines Auftrags weicht vom Hauptbuch ab"), _("Auftrag öffnen")),
        "sides_differ": (_("Soll und Haben sind verschieden"), _("Hauptbuch öffnen")),
        "bank_differs": (_("Zwischen den Kontoauszügen fehlt etwas"), _("Bankdateien öffnen")),
    }
