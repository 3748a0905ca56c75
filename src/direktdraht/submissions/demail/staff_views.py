"""Pages of staff on De-Mails: what came and went, with state and reason; what is held can be tried again or filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from direktdraht.foundation.verdicts import Check
from direktdraht.foundation.web.dates import moment_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, ShownFile, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.submissions.demail import held, lists
from direktdraht.submissions.models import DeMail, MailState, SendingState, SentDeMail

private = cache_control(private=True, no_store=True)
KINDS = {
    MailState.SIGNED: "success",
    MailState.REFUSED: "warning",
    MailState.HELD: "danger",
    SendingState.FAILED: "danger",
    SendingState.DELIVERED: "success",
    SendingState.RETRIEVED: "success",
}


@dataclass(frozen=True)
class Filter:
    """A filter with its count."""

    label: str
    url: str
    current: bool


@private
@require_GET
@staff_required("clerk", "lead")
def mails(request: HttpRequest) -> HttpResponse:
    """What came in, newest first."""
    found = lists.mails_for(account_of(request))
    return listed(request, found, MailState, "arrived_at", name="submissions:demails", table=incoming)


@private
@require_GET
@staff_required("clerk", "lead")
def sent(request: HttpRequest) -> HttpResponse:
    """What went out, newest first."""
    found = lists.sent_for(account_of(request))
    return listed(request, found, SendingState, "created_at", name="submissions:demails_sent", table=outgoing)


def listed(request: HttpRequest, found: Any, states: Any, field: str, *, name: str, table: Any) -> HttpResponse:
    """A list with its filters and the way to older entries."""
    state = request.GET.get("stand", "")
    state = state if state in states.values else ""
    counts = lists.counts(found)
    rows, later = lists.page_of(found.filter(state=state) if state else found, field, lists.place_of(request.GET.get("nach", "")))
    filters = [Filter(f"{_('Alle')} ({sum(counts.values())})", reverse(name), not state)]
    filters += [
        Filter(f"{one.label} ({counts[one.value]})", address(name, stand=one.value), state == one.value) for one in states if one in counts
    ]
    context = {
        "incoming": name == "submissions:demails",
        "filters": filters,
        "table": table(rows),
        "pages": Pages("", later_url=address(name, stand=state, nach=later.words())) if later else None,
    }
    return render(request, "submissions/staff/demails.html", context)


def address(name: str, **query: str) -> str:
    """The address of a list with its filter and place."""
    words = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse(name)}?{words}" if words else reverse(name)


def incoming(rows: Sequence[DeMail]) -> Table:
    """The table of what came in."""
    columns = [Column(_("Angekommen")), Column(_("Betreff")), Column(_("Stand")), Column(_("Vorgang"))]
    lines = [
        Row(
            [
                Cell(moment_words(mail.arrived_at)),
                Cell(mail.subject or _("(ohne Betreff)"), url=reverse("submissions:demail", args=[mail.pk]), note=mail.sender),
                Cell(
                    str(mail.get_state_display()), tag=KINDS.get(MailState(mail.state), "info"), note=_(mail.reason) if mail.reason else ""
                ),
                case_cell(mail),
            ],
            strong=mail.state == MailState.HELD,
        )
        for mail in rows
    ]
    return Table(_("Eingegangene De-Mails"), columns, lines, _("Keine De-Mails"), _("Hier steht jede Nachricht an das De-Mail-Postfach."))


def outgoing(rows: Sequence[SentDeMail]) -> Table:
    """The table of what went out."""
    columns = [Column(_("Erstellt")), Column(_("An")), Column(_("Stand")), Column(_("Vorgang"))]
    lines = [
        Row(
            [
                Cell(moment_words(one.created_at)),
                Cell(one.to, note=_("Bescheid") if one.decision_id else _("Nachricht")),
                Cell(
                    str(one.get_state_display()), tag=KINDS.get(SendingState(one.state), "info"), note=_(one.problem) if one.problem else ""
                ),
                case_cell(one),
            ],
            strong=one.state == SendingState.FAILED,
        )
        for one in rows
    ]
    return Table(_("Gesendete De-Mails"), columns, lines, _("Keine De-Mails"), _("Antworten an Personen mit De-Mail stehen hier."))


def case_cell(one: DeMail | SentDeMail) -> Cell:
    """The case to which a mail belongs."""
    return Cell(one.case.number, url=reverse("cases:staff_case", args=[one.case.number])) if one.case is not None else Cell("–")


@private
@require_GET
@staff_required("clerk", "lead")
def mail_page(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail: what it proved, where it lies, and what can be done while it is held."""
    mail = lists.get_mail_for(account_of(request), mail_id)
    marks = {True: _("ja"), False: _("nein"), None: _("nicht geprüft")}
    document = mail.document
    files = (
        [ShownFile(document.name, reverse("documents:download", args=[document.pk]), document.size)] if document and mail.unit_id else []
    )
    context = {
        "mail": mail,
        "facts": [
            (_("Genannter Absender"), mail.sender or "–"),
            (_("Angekommen"), moment_words(mail.arrived_at)),
            (_("Stand"), str(mail.get_state_display())),
            *([(_("Grund"), _(mail.reason))] if mail.reason else []),
            (_("So oft angekommen"), str(mail.times)),
        ],
        "checks": [(marks[check.ok], _(check.detail)) for check in map(Check.from_json, mail.checks)],
        "files": files,
        "held": mail.state == MailState.HELD,
    }
    return render(request, "submissions/staff/demail.html", context)


@private
@require_POST
@staff_required("clerk", "lead")
def try_again(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Examine a held mail once more."""
    by = account_of(request)
    held.try_again(lists.get_mail_for(by, mail_id), by=by)
    return redirect("submissions:demail", mail_id=mail_id)


@private
@require_POST
@staff_required("clerk", "lead")
def file_held(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Make a case of a held mail, as it is."""
    by = account_of(request)
    case = held.file_as_case(lists.get_mail_for(by, mail_id), by=by)
    return redirect("cases:staff_case", case.number) if case is not None else redirect("submissions:demail", mail_id=mail_id)
