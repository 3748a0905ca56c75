"""The list of wishes as staff see it: who waits, and which offers wait for an answer."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from direktdraht.bookings.appointments import access, letters, queries
from direktdraht.bookings.appointments.models import Appointment, Occasion
from direktdraht.bookings.appointments.views import private
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role

WISHES_SHOWN = 100


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD)
def wishes(request: HttpRequest) -> HttpResponse:
    """Who waits for a time, in the order of their turn."""
    sites = access.working_sites(account_of(request))
    waiting = list(queries.waiting_wishes(sites).prefetch_related("sites")[:WISHES_SHOWN])
    known = {one.pk: one for one in queries.open_occasions()}
    language = get_language() or "de"
    rows = [
        Row(
            [
                Cell(str(number)),
                Cell(one.name, note=one.phone or one.email),
                Cell(letters.titles([known[key] for key in one.occasions if key in known], language)),
                Cell(", ".join(sorted(site.name for site in one.sites.all()))),
                Cell(f"{day_words(one.first_day)} – {day_words(one.last_day)}", note=f"{one.from_time:%H:%M} – {one.until_time:%H:%M}"),
                Cell(day_words(one.asked_on)),
            ]
        )
        for number, one in enumerate(waiting, start=1)
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
    offers = offer_table(queries.open_offers(sites), known)
    return render(request, "bookings/appointments/staff/wishes.html", {"table": table, "offers": offers})


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
