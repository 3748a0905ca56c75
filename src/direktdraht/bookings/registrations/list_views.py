"""Long lists for staff: who has a place in an offer or waits, and who registered for a series; found, sorted, filtered, as CSV files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from direktdraht.bookings.registrations import access, actions, asking, lists, queries, undoing, words
from direktdraht.bookings.registrations.lists import PARTY_SORTS, PLACE_SORTS, ListPage, ListWish, Sort
from direktdraht.bookings.registrations.models import Booking, BookingState, Offer, Registration
from direktdraht.bookings.registrations.pages import private
from direktdraht.foundation.money import euros_of
from direktdraht.foundation.web.csv_files import csv_file
from direktdraht.foundation.web.dates import moment_words, short_day
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Table
from direktdraht.people.access import account_of, staff_required

PLACE_STATES = ("", "waiting", "offered", "unpaid", "confirmed", "all")
PARTY_STATES = ("", "placed", "waiting", "withdrawn")
MOST_MESSAGES = 50


def wish_of(request: HttpRequest, states: tuple[str, ...], sorts: Mapping[str, Sort]) -> ListWish:
    """What the address asks for; unknown words fall back to the usual."""
    state, sort = request.GET.get("stand", ""), request.GET.get("sortierung", "")
    return ListWish(
        state=state if state in states else "",
        words=" ".join(request.GET.get("suche", "").split())[: lists.LONGEST_SEARCH],
        sort=sort if sort.removeprefix("-") in sorts else "",
        after=request.GET.get("nach", ""),
    )


def address(base: str, wish: ListWish) -> str:
    """A list, or its file, with a wish."""
    facts = {"stand": wish.state, "suche": wish.words, "sortierung": wish.sort, "nach": wish.after}
    query = urlencode({word: value for word, value in facts.items() if value})
    return base + (f"?{query}" if query else "")


def sort_link(base: str, label: str, wish: ListWish, sort: str, present: str) -> dict[str, Any]:
    """An order of a list; pressed again it turns round. ``present`` is the order of the page."""
    up, down = present == sort, present == f"-{sort}"
    target = replace(wish, sort=f"-{sort}" if up else sort, after="")
    turned = _("%(label)s, absteigend") % {"label": label}
    return {"label": turned if down else label, "url": address(base, target), "current": up or down}


def pages_of(base: str, wish: ListWish, page: ListPage) -> Pages:
    """The links to the beginning and to what follows."""
    text = ngettext("%(n)d Eintrag auf dieser Seite", "%(n)d Einträge auf dieser Seite", len(page.rows)) % {"n": len(page.rows)}
    first = address(base, replace(wish, after="")) if wish.after else ""
    return Pages(text, first, address(base, replace(wish, after=page.next_place)) if page.next_place else "")


def filter_link(base: str, label: str, wish: ListWish, state: str) -> dict[str, Any]:
    """A filter of a list; it keeps the words that are searched for."""
    return {"label": label, "url": address(base, ListWish(state, wish.words)), "current": wish.state == state}


@private
@require_GET
@staff_required()
def participants(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Who has a place in an offer, who waits; for its staff and its leaders."""
    me = account_of(request)
    offer = access.get_offer_to_see(me, key, number)
    wish = wish_of(request, PLACE_STATES, PLACE_SORTS)
    base = reverse("registrations:participants", args=[key, number])
    page = lists.place_page(offer, wish)
    actions.record_looks(registrations=[one.participant.registration for one in page.rows], by=me)
    works = access.works_for(me, offer.series)
    context = {
        "offer": offer,
        "wanted": wish,
        "filters": place_filters(offer, base, wish),
        "sorts": [sort_link(base, label, wish, sort, lists.place_sort(wish)) for label, sort in place_sorts()],
        "table": booking_table(page.rows, offer, works=works),
        "pages": pages_of(base, wish, page),
        "export_url": address(reverse("registrations:export", args=[key, number]), replace(wish, after="")),
        "works": works,
        "reserved_free": works and queries.free_reserved(offer).exists(),
        "leads": access.leads_offer(me, offer),
        "messages_sent": list(offer.announcements.select_related("by").order_by("-at", "pk")[:MOST_MESSAGES]),
    }
    return render(request, "bookings/registrations/staff/participants.html", context)


def place_filters(offer: Offer, base: str, wish: ListWish) -> list[dict[str, Any]]:
    """The filters of an offer's list with their counts."""
    counts = lists.state_counts(offer)
    held = sum(counts.get(state, 0) for state in ("offered", "unpaid", "confirmed"))
    named = [("", _("Mit Platz"), held), ("waiting", _("Warteliste"), counts.get("waiting", 0))]
    named += [(state, str(BookingState(state).label), counts.get(state, 0)) for state in ("offered", "unpaid", "confirmed")]
    named.append(("all", _("Alle"), sum(counts.values())))
    return [filter_link(base, f"{label} {count}", wish, state) for state, label, count in named]


def place_sorts() -> list[tuple[str, str]]:
    """The orders of an offer's list."""
    return [(_("Name"), "name"), (_("Nummer"), "number"), (_("Geboren"), "born"), (_("Stand"), "state"), (_("Reihenfolge"), "line")]


def booking_table(bookings: list[Booking], offer: Offer, *, works: bool) -> Table:
    """The bookings; staff of the unit move people by hand from here."""
    columns = [Column(_("Name")), Column(_("Geboren")), Column(_("Stand")), Column(_("Kontakt")), Column(_("Gruppe"))]
    rows = [Row(booking_cells(one, offer, works=works)) for one in bookings]
    return Table(_("Teilnehmende"), columns, rows, _("Niemand steht auf dieser Liste."))


def booking_cells(booking: Booking, offer: Offer, *, works: bool) -> list[Cell]:
    """One row."""
    person, registration = booking.participant, booking.participant.registration
    can_move = works and booking.state in {"waiting", "confirmed", "unpaid"}
    way = "move" if can_move else "staff_restore" if works and undoing.is_recent(booking) else ""
    url = reverse(f"registrations:{way}", args=[offer.series_id, offer.number, booking.pk]) if way else ""
    return [
        Cell(person.name, url, note=registration.number or ""),
        Cell(short_day(person.born_on)),
        Cell(str(booking.get_state_display()), tag=words.TAGS[BookingState(booking.state)], note=booking.why),
        Cell(registration.contact_name, note=f"{registration.contact_email} {registration.contact_phone}".strip()),
        Cell(person.entitlement.label if person.entitlement else "–"),
    ]


@private
@require_GET
@staff_required()
def export(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The list as a CSV file, without health notes, with the filter and order of the page."""
    me = account_of(request)
    offer = access.get_offer_to_work(me, key, number)
    found = lists.places_of(offer, wish_of(request, PLACE_STATES, PLACE_SORTS)).prefetch_related("participant__wishes")
    rows = list(found[: lists.MOST_EXPORTED])
    actions.record_looks(registrations=[one.participant.registration for one in rows], by=me)
    actions.record_export(of=offer, rows=len(rows), by=me)
    columns = asking.Columns(offer)
    heads = [_("Nummer"), _("Name"), _("Geboren"), _("Stand"), _("Platz"), _("Kontakt"), _("E-Mail"), _("Telefon"), _("Notfallkontakt")]
    heads += [_("Abholung"), _("Gruppe"), _("Preis"), _("Kassenzeichen"), *columns.heads]
    cells = ([*csv_cells(one), *columns.cells(one.participant)] for one in rows)
    return csv_file(f"teilnehmende-{offer.series_id}-{offer.number}", heads, cells)


def csv_cells(booking: Booking) -> list[str]:
    """One row of the file."""
    person, party = booking.participant, booking.participant.registration
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
    ]


@private
@require_GET
@staff_required()
def parties(request: HttpRequest, key: str) -> HttpResponse:
    """Who registered for a series."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    wish = wish_of(request, PARTY_STATES, PARTY_SORTS)
    base = reverse("registrations:parties", args=[key])
    page = lists.party_page(series, wish)
    actions.record_looks(registrations=page.rows, by=me)
    labels = {"": _("Alle gültigen"), "placed": _("Mit Platz"), "waiting": _("Nur Warteliste"), "withdrawn": _("Zurückgezogen")}
    context = {
        "series": series,
        "wanted": wish,
        "filters": [filter_link(base, labels[state], wish, state) for state in PARTY_STATES],
        "sorts": [sort_link(base, label, wish, sort, lists.party_sort(wish)) for label, sort in party_sorts()],
        "table": party_table(page.rows),
        "pages": pages_of(base, wish, page),
        "export_url": address(reverse("registrations:parties_file", args=[key]), replace(wish, after="")),
    }
    return render(request, "bookings/registrations/staff/parties.html", context)


def party_sorts() -> list[tuple[str, str]]:
    """The orders of a series' list."""
    return [(_("Eingegangen"), "received"), (_("Nummer"), "number"), (_("Name"), "name")]


def party_table(found: list[Registration]) -> Table:
    """The registrations, each with the way to its case."""
    columns = [
        *(Column(label) for label in (_("Nummer"), _("Name"), _("Eingegangen"))),
        Column(_("Personen"), numeric=True),
        Column(_("Plätze"), numeric=True),
    ]
    return Table(_("Anmeldungen"), columns, [Row(party_cells(one)) for one in found], _("Keine Anmeldung steht auf dieser Liste."))


def party_cells(one: Registration) -> list[Cell]:
    """One row."""
    url = reverse("cases:staff_case", args=[one.case.number]) if one.case else ""
    contact = f"{one.contact_email} {one.contact_phone}".strip()
    return [
        Cell(one.number or "", url),
        Cell(one.contact_name or "–", note=contact),
        Cell(moment_words(one.sent_at) if one.sent_at else ""),
        *(Cell(str(getattr(one, name))) for name in ("person_count", "place_count")),
    ]


@private
@require_GET
@staff_required()
def parties_file(request: HttpRequest, key: str) -> HttpResponse:
    """The registrations of a series as a CSV file, with the filter and order of the page."""
    me = account_of(request)
    series = access.get_series_to_work(me, key)
    found = list(lists.parties_of(series, wish_of(request, PARTY_STATES, PARTY_SORTS))[: lists.MOST_EXPORTED])
    actions.record_looks(registrations=found, by=me)
    actions.record_export(of=series, rows=len(found), by=me)
    heads = [_("Nummer"), _("Name"), _("E-Mail"), _("Telefon"), _("Eingegangen"), _("Zurückgezogen"), _("Personen"), _("Plätze")]
    return csv_file(f"anmeldungen-{key}", heads, [party_csv(one) for one in found])


def party_csv(one: Registration) -> list[str]:
    """One row of the file."""
    return [
        one.number or "",
        *(one.contact_name, one.contact_email, one.contact_phone),
        *(moment_words(at) if at else "" for at in (one.sent_at, one.withdrawn_at)),
        *(str(getattr(one, name)) for name in ("person_count", "place_count")),
    ]
