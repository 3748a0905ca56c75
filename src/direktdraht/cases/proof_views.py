"""Pages about signatures in a case: the report for both sides, and the matching of persons for staff."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from direktdraht.cases import access, actions, opened, queries
from direktdraht.cases.inputs import MatchForm
from direktdraht.cases.models import Case, CaseProof, Match
from direktdraht.cases.pages import told, tried
from direktdraht.cases.staff_views import frame, looked_at, private
from direktdraht.cases.views import to_entry
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Row, ShownFile, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account
from direktdraht.writtenform import actions as writtenform
from direktdraht.writtenform import report

PART_WORDS = {
    "name": gettext_lazy("Name"),
    "given_name": gettext_lazy("Vorname"),
    "family_name": gettext_lazy("Familienname"),
    "birth_date": gettext_lazy("Geburtsdatum"),
}


@private
@require_GET
@staff_required()
def staff_page(request: HttpRequest, number: str) -> HttpResponse:
    """The signature with every check, and the decision on the person where one is needed."""
    case, me = looked_at(request, number)
    return render(request, "cases/staff/proof.html", page_context(case, me))


@private
@require_POST
@staff_required()
def recheck(request: HttpRequest, number: str) -> HttpResponse:
    """Examine the stored evidence again; nothing is changed by it."""
    case, me = looked_at(request, number)
    return render(request, "cases/staff/proof.html", page_context(case, me, again=True))


@private
@require_GET
@staff_required()
def staff_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The check report as a PDF."""
    case, _me = looked_at(request, number)
    return pdf_answer(newest_of(case), case)


@private
@require_POST
@staff_required()
@told
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Both records name the same person."""
    return settle(request, number, Match.ACCEPTED)


@private
@require_POST
@staff_required()
@told
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """The signature is another person's."""
    return settle(request, number, Match.REFUSED)


def settle(request: HttpRequest, number: str, match: Match) -> HttpResponse:
    """Decide with a reason; without one the page comes back."""
    me = account_of(request)
    case = access.get_case_to_work(me, number)
    found, form = newest_of(case), MatchForm(request.POST)
    act = actions.accept_match if match == Match.ACCEPTED else actions.refuse_match
    if form.is_valid() and tried(form, lambda: act(case=case, found=found, reason=form.cleaned_data["reason"], by=me)):
        return redirect("cases:staff_proof", case.number)
    return render(request, "cases/staff/proof.html", page_context(case, me, form=form), status=422)


@private
@require_GET
@staff_required("clerk", "lead")
def matches(request: HttpRequest) -> HttpResponse:
    """All signatures of my units that have to be matched with a person."""
    waiting = queries.open_matches(access.working_units(account_of(request)))
    return render(request, "cases/staff/matches.html", {"table": matches_table(waiting)})


@private
@require_GET
def person_page(request: HttpRequest, number: str) -> HttpResponse:
    """The person's own view of their signature: state, reason, report."""
    try:
        case, _person = opened.get_case(request, number)
    except Http404:
        return to_entry(number)
    found = newest_of(case)
    context = {"case": case, "found": found, "report": report.report_of(found.proof)}
    return render(request, "cases/proof.html", context)


@private
@require_GET
def person_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The check report as a PDF, for the person."""
    case, _person = opened.get_case(request, number)
    return pdf_answer(newest_of(case), case)


def page_context(case: Case, me: Account, *, again: bool = False, form: MatchForm | None = None) -> dict[str, Any]:
    """Everything that the staff page shows."""
    signed = signed_or_404(case)
    found = signed[-1]
    checks = writtenform.recheck(found.proof) if again else None
    shown = report.report_of(found.proof, checks)
    return {
        **frame(case, me, "proof", signed),
        "found": found,
        "again": again,
        "report": shown,
        "both": both_records(found),
        "spelling": found.likeness == "spelling",
        "form": form or MatchForm(),
        "evidence": [ShownFile(one.name, reverse("documents:download", args=[one.pk]), one.size) for one in shown.evidence],
    }


def signed_or_404(case: Case) -> list[CaseProof]:
    """The proofs of the case, oldest first; raises Http404 when there is none."""
    found = queries.proofs_of(case)
    if not found:
        raise Http404
    return found


def newest_of(case: Case) -> CaseProof:
    """The proof that counts; raises Http404."""
    return signed_or_404(case)[-1]


def both_records(found: CaseProof) -> Table:
    """What was written and what was proved, side by side."""
    rows = [
        Row([Cell(str(words)), Cell(found.declared.get(part, "–") or "–"), Cell(found.proved.get(part, "–") or "–")])
        for part, words in PART_WORDS.items()
        if found.declared.get(part) or found.proved.get(part)
    ]
    return Table(
        _("Beide Angaben nebeneinander"), [Column(_("Angabe")), Column(_("In der Erklärung")), Column(_("Im Nachweis"))], rows, "", ""
    )


def matches_table(waiting: list[CaseProof]) -> Table:
    """The list of open matches."""
    rows = [
        Row(
            [
                Cell(each.case.number),
                Cell(each.case.title, url=reverse("cases:staff_proof", args=[each.case.number]), note=each.proof.signer),
                Cell(day_words(each.added_at.date())),
            ]
        )
        for each in waiting
    ]
    columns = [Column(_("Nummer")), Column(_("Anliegen")), Column(_("Seit"))]
    return Table(
        _("Unterschriften, die abzugleichen sind"),
        columns,
        rows,
        _("Es gibt nichts abzugleichen."),
        _("Alle Unterschriften gehören klar zu ihrer Person."),
    )


def pdf_answer(found: CaseProof, case: Case) -> HttpResponse:
    """The report's PDF as an attachment."""
    response = HttpResponse(report.render_pdf(found.proof), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="pruefprotokoll-{case.number}.pdf"'
    return response
