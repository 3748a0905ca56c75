"""The list of wishes as staff see it: who waits, and which offers wait for an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from direktdraht.bookings.appointments import access, actions, letters, queries, staff_lists
from direktdraht.bookings.appointments.models import Appointment, Occasion
from direktdraht.bookings.appointments.views import private
from direktdraht.foundation.web.csv_files import csv_file
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD)
def wishes(request: HttpRequest) -> HttpResponse:
    """Who waits for a time, in the order of their turn."""
    me = account_of(request)
    sites = access.working_sites(me)
    wanted = staff_lists.asked(request, reverse("appointments:wishes"))
    read = list(staff_lists.wishes(sites, wanted)[wanted.window()])
    waiting, before = read[: staff_lists.A_PAGE], (wanted.page - 1) * staff_lists.A_PAGE
    offered = queries.open_offers(sites)
    actions.record_wish_looks(sites=sites, wishes=waiting, by=me)
    actions.record_looks(sites=sites, appointments=offered, by=me)
    known = {one.pk: one for one in queries.open_occasions()}
    language = get_language() or "de"
    rows = [
        Row(
            [
                Cell(str(number) if not wanted.words else "–"),
                Cell(one.name, note=one.phone or one.email),
                Cell(letters.titles([known[key] for key in one.occasions if key in known], language)),
                Cell(", ".join(sorted(site.name for site in one.sites.all()))),
                Cell(f"{day_words(one.first_day)} – {day_words(one.last_day)}", note=f"{one.from_time:%H:%M} – {one.until_time:%H:%M}"),
                Cell(day_words(one.asked_on)),
            ]
        )
        for number, one in enumerate(waiting, start=before + 1)
    ]
    columns = [
        Column(_("Reihenfolge"), numeric=True),
        Column(_("Name")),
        Column(_("Anlass")),
        Column(_("Ort")),
        Column(_("Zeitraum")),
        Column(_("Eingetragen")),
    ]
    table = Table(_("Wunschliste"), columns, rows, _("Niemand wartet"), _("Wer einen Wunsch einträgt, steht dann hier."))
    offers = offer_table(offered, known)
    context = {
        "table": table,
        "offers": offers,
        "wanted": wanted,
        "pages": wanted.pages(len(read)),
        "export_url": replace(wanted, page=1).address(reverse("appointments:wishes_csv")),
    }
    return render(request, "bookings/appointments/staff/wishes.html", context)


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD)
def wishes_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file, all its pages."""
    me = account_of(request)
    wanted = staff_lists.asked(request, reverse("appointments:wishes"))
    sites = access.working_sites(me)
    found = list(staff_lists.wishes(sites, wanted)[: staff_lists.MOST_EXPORTED])
    actions.record_wish_looks(sites=sites, wishes=found, by=me)
    actions.record_export(site=None, rows=len(found), by=me)
    known = {one.pk: one for one in queries.open_occasions()}
    return csv_file("wunschliste", staff_lists.WISH_HEAD, staff_lists.wish_rows(found, known))


def offer_table(offers: Sequence[Appointment], known: Mapping[int, Occasion]) -> Table:
    """The offers that wait for an answer; who gave only a phone number must be called."""
    language = get_language() or "de"
    rows = [
        Row(
            [
                Cell(one.name, url=reverse("appointments:staff_appointment", args=[one.pk]), note=one.phone or one.email),
                Cell(letters.titles([known[key] for key in queries.occasion_keys(one) if key in known], language)),
                Cell(moment_words(one.starts_at), note=one.site.name),
                Cell(moment_words(one.held_until) if one.held_until else "–"),
                Cell(_("bekam eine Mail"), tag="neutral") if one.email else Cell(_("bitte anrufen"), tag="warning"),
            ]
        )
        for one in offers
    ]
    columns = [Column(_("Name")), Column(_("Anlass")), Column(_("Zeit")), Column(_("Antwort bis")), Column(_("Stand"))]
    return Table(_("Laufende Angebote"), columns, rows, _("Kein Angebot läuft"))
