"""Pages of staff: series and offers, the draw, health notes for leaders."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from direktdraht.bookings.registrations import access, actions, files, queries, sealing, words
from direktdraht.bookings.registrations.inputs import EventForm
from direktdraht.bookings.registrations.models import Draw, Offer, Series, SeriesState
from direktdraht.bookings.registrations.pages import private
from direktdraht.foundation import clock
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required

STATE_TAGS = {SeriesState.DRAFT: "neutral", SeriesState.PUBLISHED: "success", SeriesState.CLOSED: "neutral"}


@private
@require_GET
@staff_required()
def series_list(request: HttpRequest) -> HttpResponse:
    """The series of the reader's units, and the offers that they lead."""
    me = account_of(request)
    rows = list(access.series_for(me)[: queries.STAFF_PAGE])
    counts = queries.counts_of_series(rows)
    columns = [Column(_("Reihe")), Column(_("Stand")), Column(_("Anmeldungen"), numeric=True), Column(_("Vergebene Plätze"), numeric=True)]
    cells = [
        Row(
            [
                Cell(one.title, reverse("registrations:staff_series", args=[one.pk]), note=one.unit.name),
                Cell(str(one.get_state_display()), tag=STATE_TAGS[SeriesState(one.state)]),
                Cell(str(counts[one.pk][0])),
                Cell(str(counts[one.pk][1])),
            ]
        )
        for one in rows
    ]
    table = Table(_("Reihen"), columns, cells, _("Noch keine Reihe"), _("Legen Sie die erste Reihe an."))
    context = {"table": table, "led": queries.led_offers(me), "may_make": bool(access.working_units(me))}
    return render(request, "bookings/registrations/staff/list.html", context)


@private
@require_GET
@staff_required()
def series_page(request: HttpRequest, key: str) -> HttpResponse:
    """One series with its offers and what can be done now."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    draw = Draw.objects.filter(series=series).first()
    context = {
        "series": series,
        "tag": STATE_TAGS[SeriesState(series.state)],
        "table": offer_table(queries.offers_of(series)),
        "draw": draw,
        "counts": queries.counts_of_series([series])[series.pk],
        "is_over": series.closes_at <= clock.now(),
    }
    return render(request, "bookings/registrations/staff/series.html", context)


def offer_table(offers: list[Offer]) -> Table:
    """The offers of a series."""
    columns = [
        Column(_("Nr.")),
        Column(_("Angebot")),
        Column(_("Plätze"), numeric=True),
        Column(_("frei"), numeric=True),
        Column(_("Warteliste"), numeric=True),
    ]
    rows = [
        Row(
            [
                Cell(one.code),
                Cell(one.title, reverse("registrations:participants", args=[one.series_id, one.number]), note=when(one)),
                Cell(str(getattr(one, "seat_count", 0))),
                Cell(str(getattr(one, "free_count", 0))),
                Cell(str(getattr(one, "waiting_count", 0))),
            ]
        )
        for one in offers
    ]
    return Table(_("Angebote"), columns, rows, _("Noch kein Angebot"), _("Legen Sie das erste Angebot an."))


def when(offer: Offer) -> str:
    """When an offer is, or that it is called off."""
    if offer.cancelled_at is not None:
        return _("fällt aus")
    return words.span_words(*(words.local_day(getattr(offer, name, None)) for name in ("first_at", "last_at")))


@private
@require_GET
@staff_required()
def draw_page(request: HttpRequest, key: str) -> HttpResponse:
    """The draw: a trial before, the result afterwards."""
    series = access.get_series_to_work(account_of(request), key)
    return render(request, "bookings/registrations/staff/draw.html", draw_context(series, EventForm()))


def draw_context(series: Series, form: EventForm) -> dict[str, Any]:
    """Everything that the page of the draw shows."""
    draw = Draw.objects.select_related("by").filter(series=series).first()
    outcome = None
    if draw is not None:
        outcome = files.outcome_of(draw.wishes, draw.places, draw.seed)
    elif series.is_drawn:
        outcome = actions.try_draw(series)
    return {
        "series": series,
        "draw": draw,
        "figures": figures_of(outcome) if outcome else [],
        "remarks": remarks_of(outcome) if outcome and draw is None else [],
        "is_over": series.closes_at <= clock.now(),
        "form": form,
    }


def figures_of(outcome: files.Outcome) -> list[tuple[str, int]]:
    """A draw in numbers."""
    return [
        (_("Personen"), outcome.persons),
        (_("Wünsche"), outcome.wishes),
        (_("Plätze"), outcome.places),
        (_("Erster Wunsch erfüllt"), outcome.first_wish),
        (_("Späterer Wunsch erfüllt"), outcome.later_wish),
        (_("Ohne Platz"), outcome.no_place),
    ]


def remarks_of(outcome: files.Outcome) -> list[str]:
    """What may be mended before the draw."""
    unwished = [_("Niemand wünscht sich %(offer)s.") % {"offer": code} for code in outcome.unwished]
    return [*unwished, *(_("%(offer)s hat keine Plätze.") % {"offer": code} for code in outcome.without_places)]


@private
@require_GET
@staff_required()
def health(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Health notes, for the leaders of the offer alone; every look is recorded and shown to the family."""
    me = account_of(request)
    offer = access.get_offer_of_leader(me, key, number)
    people = queries.with_health_notes(offer)
    actions.record_health_look(offer=offer, participants=people, by=me)
    notes = [(one, sealing.unseal(one.health)) for one in people]
    return render(request, "bookings/registrations/staff/health.html", {"offer": offer, "notes": notes})
