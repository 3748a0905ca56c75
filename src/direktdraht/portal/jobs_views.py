"""Staff page of background work: what failed, what waits, when the clock's jobs last ran."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from direktdraht.foundation.jobs import queries
from direktdraht.foundation.post import actions as post
from direktdraht.foundation.post import queries as mails
from direktdraht.foundation.web.dates import moment_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role
from direktdraht.portal import actions


@require_safe
@never_cache
@staff_required(Role.ADMIN)
def jobs_page(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    counts = queries.counts()
    rows = [
        (_("Warten"), str(counts.waiting)),
        (_("Warten auf ihre Zeit"), str(counts.later)),
        (_("Laufen"), str(counts.running)),
        (_("Gescheitert"), str(counts.failed)),
    ]
    context = {
        "rows": rows,
        "failed_jobs": queries.failed_jobs(),
        "failed_mails": mails.failed_mails(),
        "schedules": schedule_table(queries.schedules()),
    }
    return render(request, "portal/jobs.html", context)


def schedule_table(schedules: list[queries.Schedule]) -> Table:
    """The clock's jobs with their last good run."""
    columns = [Column(_("Auftrag")), Column(_("Takt")), Column(_("Zuletzt gelungen"))]
    rows = [
        Row([Cell(entry.name), Cell(entry.cron), Cell(moment_words(entry.last_run) if entry.last_run else _("noch nie"))])
        for entry in schedules
    ]
    return Table(_("Aufträge nach der Uhr"), columns, rows, _("Kein Auftrag läuft nach der Uhr"))


@require_POST
@staff_required(Role.ADMIN)
def try_job_again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Put a failed job back to the waiting ones."""
    if actions.try_job_again(job_id=job_id, by=account_of(request)):
        messages.success(request, _("Der Auftrag läuft gleich noch einmal."))
    else:
        messages.info(request, _("Dieser Auftrag wartet schon oder ist nicht mehr gescheitert."))
    return redirect("portal:jobs")


@require_POST
@staff_required(Role.ADMIN)
def try_mail_again(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Queue a failed mail once more."""
    mail = mails.failed_mail(mail_id)
    if mail is None:
        raise Http404
    post.try_again(mail)
    messages.success(request, _("Die Nachricht wird gleich noch einmal gesendet."))
    return redirect("portal:jobs")
