""" "Mein Bereich": everything of one person in one place. Needs an account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from direktdraht.bookings.appointments import queries as appointments
from direktdraht.bookings.appointments.letters import titles
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.registrations import queries as registrations
from direktdraht.cases.models import Case, State
from direktdraht.cases.states import IDLE
from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Table
from direktdraht.payments.queries import orders_of_account
from direktdraht.payments.shown import cost_words
from direktdraht.people.access import account_of, account_required
from direktdraht.people.models import Account
from direktdraht.portal import queries
from direktdraht.portal.views import language_now
from direktdraht.submissions import kinds
from direktdraht.submissions.access import get_draft_for

TAGS = {
    State.NEW: "info",
    State.RUNNING: "neutral",
    State.IN_PROGRESS: "info",
    State.WAITING: "warning",
    State.DECIDED: "success",
    State.CLOSED: "neutral",
}


@require_safe
@never_cache
@account_required
def own_area(request: HttpRequest) -> HttpResponse:
    """Decisions to retrieve, drafts, cases, account."""
    account = account_of(request)
    page = queries.own_cases(account, request.GET.get("nach", ""))
    pages = Pages(
        "",
        earlier_url=reverse("portal:area") if "nach" in request.GET else "",
        later_url=f"{reverse('portal:area')}?nach={page.after}" if page.after else "",
    )
    context = {
        "account": account,
        "decisions": queries.decisions_to_retrieve(account),
        "orders": [(order, cost_words(order)) for order in orders_of_account(account) if order.open_cents],
        "appointments": own_appointments(account),
        "drafts": queries.own_drafts(account, language_now()),
        "cases": case_table(page.cases),
        "pages": pages,
    }
    return render(request, "portal/area.html", context)


def own_appointments(account: Account) -> list[dict[str, object]]:
    """The person's appointments that lie ahead, each with what it is for and its page."""
    found = appointments.appointments_of(account)
    known = appointments.titles_of(found)
    return [
        {
            "appointment": one,
            "title": titles([known[key] for key in appointments.occasion_keys(one) if key in known], language_now()),
            "url": reverse("appointments:appointment", args=[token_of(one.pk)]),
        }
        for one in found
    ]


def case_table(cases: list[Case]) -> Table:
    """The person's cases as a table."""
    pages = registrations.registrations_of(cases)
    columns = [Column(_("Anliegen")), Column(_("Stand")), Column(_("Antwort bis")), Column(_("Eingegangen"))]
    return Table(
        _("Ihre Anliegen"),
        columns,
        [Row(cells_of(case, pages.get(case.pk))) for case in cases],
        _("Noch kein Anliegen"),
        _("Was Sie mit diesem Konto absenden, steht dann hier."),
    )


def cells_of(case: Case, registration: UUID | None) -> list[Cell]:
    """One row: the matter with number and unit, where it stands, by when the city answers, since when.

    A registration's own page is shown, which leads to its case.
    """
    url = reverse("registrations:status", args=[registration]) if registration else reverse("cases:case", args=[case.number])
    return [
        Cell(case.title, url=url, note=f"{case.number} · {case.unit.name}"),
        Cell(words_for_person(case), tag=TAGS[State(case.state)]),
        Cell(answer_by(case)),
        Cell(day_words(case.received_at)),
    ]


def words_for_person(case: Case) -> str:
    """Where the case stands, as one says it to the person."""
    if case.state == State.WAITING:
        return _("Wir warten auf Sie")
    return str(case.get_state_display())


def answer_by(case: Case) -> str:
    """By when the person hears from the city."""
    if case.resting or case.state in IDLE:
        return "–"
    if case.promise_due is None:
        return _("Wir haben geantwortet")
    if case.promise_due < clock.today():
        return _("überfällig seit %(day)s") % {"day": day_words(case.promise_due)}
    return day_words(case.promise_due)


@require_safe
@never_cache
@account_required
def continue_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go on where the draft was left."""
    draft = get_draft_for(request, draft_id)
    return redirect(kinds.registry.get(draft.kind).page_url(draft))
