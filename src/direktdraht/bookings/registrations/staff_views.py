"""Pages of staff: series and offers, the draw, participants, attendance, health notes for leaders."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from direktdraht.bookings.registrations import access, actions, asking, queries, sealing, words
from direktdraht.bookings.registrations.inputs import EventForm
from direktdraht.bookings.registrations.models import Booking, BookingState, Draw, Offer, Series, SeriesState
from direktdraht.bookings.registrations.pages import csv_file, number_in, private
from direktdraht.bookings.registrations.queries import ListFilter
from direktdraht.foundation import clock
from direktdraht.foundation.money import euros_of
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Table
from direktdraht.people.access import account_of, staff_required

STATE_TAGS = {SeriesState.DRAFT: "neutral", SeriesState.PUBLISHED: "success", SeriesState.CLOSED: "neutral"}
BOXES = ("", "waiting", "offered", "unpaid", "confirmed", "all")


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
    return {
        "series": series,
        "draw": draw,
        "trial": actions.try_draw(series) if series.is_drawn and draw is None else None,
        "is_over": series.closes_at <= clock.now(),
        "form": form,
    }


@private
@require_GET
@staff_required()
def participants(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Who has a place in an offer, who waits; for its staff and its leaders."""
    me = account_of(request)
    offer = access.get_offer_to_see(me, key, number)
    wanted = list_filter(request)
    page = list(queries.bookings_of(offer, wanted)[(wanted.page - 1) * queries.STAFF_PAGE : wanted.page * queries.STAFF_PAGE + 1])
    works = access.works_for(me, offer.series)
    context = {
        "offer": offer,
        "wanted": wanted,
        "filters": filter_links(offer, wanted),
        "table": booking_table(page[: queries.STAFF_PAGE], offer, works=works),
        "pages": Pages(
            _("Seite %(n)d") % {"n": wanted.page},
            list_address(offer, wanted, wanted.page - 1) if wanted.page > 1 else "",
            list_address(offer, wanted, wanted.page + 1) if len(page) > queries.STAFF_PAGE else "",
        ),
        "export_url": list_address(offer, wanted, 1, "export"),
        "works": works,
        "leads": access.leads_offer(me, offer),
        "messages_sent": list(offer.announcements.select_related("by").order_by("-at", "pk")[: queries.STAFF_PAGE]),
    }
    return render(request, "bookings/registrations/staff/participants.html", context)


def list_filter(request: HttpRequest) -> ListFilter:
    """What the address asks for."""
    state = request.GET.get("stand", "")
    typed = " ".join(request.GET.get("suche", "").split())[: queries.LONGEST_SEARCH]
    return ListFilter(state if state in BOXES else "", typed, number_in(request, "seite") or 1)


def list_address(offer: Offer, wanted: ListFilter, page: int, name: str = "participants") -> str:
    """The list or its file with a filter."""
    facts = {"stand": wanted.state, "suche": wanted.words, "seite": page if page > 1 else ""}
    query = urlencode({word: value for word, value in facts.items() if value})
    return reverse(f"registrations:{name}", args=[offer.series_id, offer.number]) + (f"?{query}" if query else "")


def filter_links(offer: Offer, wanted: ListFilter) -> list[dict[str, Any]]:
    """The filters of the list with their counts."""
    counts = queries.state_counts(offer)
    held = sum(counts.get(state, 0) for state in ("offered", "unpaid", "confirmed"))
    named = [("", _("Mit Platz"), held), ("waiting", _("Warteliste"), counts.get("waiting", 0))]
    named += [(state, str(BookingState(state).label), counts.get(state, 0)) for state in ("offered", "unpaid", "confirmed")]
    named.append(("all", _("Alle"), sum(counts.values())))
    return [
        {"label": f"{label} {count}", "url": list_address(offer, ListFilter(state), 1), "current": wanted.state == state}
        for state, label, count in named
    ]


def booking_table(bookings: list[Booking], offer: Offer, *, works: bool) -> Table:
    """The bookings; staff of the unit move people by hand from here."""
    columns = [Column(_("Name")), Column(_("Geboren")), Column(_("Stand")), Column(_("Kontakt")), Column(_("Gruppe"))]
    rows = [Row(booking_cells(one, offer, works=works)) for one in bookings]
    return Table(_("Teilnehmende"), columns, rows, _("Niemand steht auf dieser Liste."))


def booking_cells(booking: Booking, offer: Offer, *, works: bool) -> list[Cell]:
    """One row."""
    person, registration = booking.participant, booking.participant.registration
    can_move = works and booking.state in {"waiting", "confirmed", "unpaid"}
    url = reverse("registrations:move", args=[offer.series_id, offer.number, booking.pk]) if can_move else ""
    return [
        Cell(person.name, url, note=registration.number or ""),
        Cell(day_words(person.born_on)),
        Cell(str(booking.get_state_display()), tag=words.TAGS[BookingState(booking.state)], note=booking.why),
        Cell(registration.contact_name, note=f"{registration.contact_email} {registration.contact_phone}".strip()),
        Cell(person.entitlement.label if person.entitlement else "–"),
    ]


@private
@require_GET
@staff_required()
def export(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The list as a CSV file, without health notes, safe to open in a spreadsheet program."""
    me = account_of(request)
    offer = access.get_offer_to_work(me, key, number)
    rows = list(queries.exported(offer, list_filter(request)))
    actions.record_export(offer=offer, rows=len(rows), by=me)
    heads = [_("Nummer"), _("Name"), _("Geboren"), _("Stand"), _("Platz"), _("Kontakt"), _("E-Mail"), _("Telefon"), _("Notfallkontakt")]
    heads += [_("Abholung"), _("Gruppe"), _("Preis"), _("Kassenzeichen"), *question_heads(offer.series)]
    return csv_file(f"teilnehmende-{offer.series_id}-{offer.number}", heads, [csv_cells(one, offer.series) for one in rows])


def question_heads(series: Series) -> list[str]:
    """The questions of a series, as columns."""
    return [one["label"]["de"] for one in series.questions]


def csv_cells(booking: Booking, series: Series) -> list[str]:
    """One row of the file."""
    person, party = booking.participant, booking.participant.registration
    answers = dict(asking.in_words(series, person.answers, "de"))
    return [
        party.number or "",
        person.name,
        person.born_on.isoformat(),
        str(booking.get_state_display()),
        str(booking.seat.number) if booking.seat else "",
        party.contact_name,
        party.contact_email,
        party.contact_phone,
        f"{party.emergency_name} {party.emergency_phone}".strip(),
        party.pickup,
        person.entitlement.label if person.entitlement else "",
        str(euros_of(booking.price_cents)),
        booking.order.reference if booking.order else "",
        *(answers.get(head, "") for head in question_heads(series)),
    ]


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
