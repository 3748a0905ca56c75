"""Long lists for staff: the places of an offer and the registrations of a series, found, sorted, filtered, page by page.

A page begins behind the last row of the one before (keyset paging): no counting, no skipping, however long the list is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from direktdraht.bookings.registrations.models import HOLDING, Booking, BookingState, Offer, Registration, Series
from direktdraht.foundation.keyset import read_place, write_place

PAGE = 50
MOST_EXPORTED = 5_000
LONGEST_SEARCH = 100
BIGGEST = 2**62

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Sort:
    """By what a list is sorted: the field, and how its value is read from an address."""

    field: str
    read: Callable[[str], Any]


def whole(text: str) -> int:
    """A number that the database can hold. Raises ValueError."""
    number = int(text)
    if abs(number) > BIGGEST:
        raise ValueError(text[:40])
    return number


PLACE_SORTS: Mapping[str, Sort] = {
    "name": Sort("participant__name", str),
    "line": Sort("line", whole),
    "number": Sort("participant__registration__number", str),
    "state": Sort("state", str),
    "born": Sort("participant__born_on", date.fromisoformat),
}
PARTY_SORTS: Mapping[str, Sort] = {
    "received": Sort("sent_at", datetime.fromisoformat),
    "number": Sort("number", str),
    "name": Sort("contact_name", str),
}


@dataclass(frozen=True)
class ListWish:
    """What staff ask of a list: a filter (empty: the usual one), words, an order (``-`` before it turns it round), a place."""

    state: str = ""
    words: str = ""
    sort: str = ""
    after: str = ""


@dataclass(frozen=True)
class ListPage:
    """One page, and the place where the next begins (empty: none)."""

    rows: list[Any]
    next_place: str


def in_order(rows: QuerySet[Row], sorts: Mapping[str, Sort], sort: str) -> QuerySet[Row]:
    """The rows in an order of the list."""
    way = "-" if sort.startswith("-") else ""
    return rows.order_by(f"{way}{sorts[sort.removeprefix('-')].field}", f"{way}pk")


def page_of(rows: QuerySet[Row], sorts: Mapping[str, Sort], sort: str, after: str, read_key: Callable[[str], Any]) -> ListPage:
    """One page of ordered rows from a place on; a broken place is the beginning."""
    by, way = sorts[sort.removeprefix("-")], "lt" if sort.startswith("-") else "gt"
    place = place_in(after, by, read_key)
    if place is not None:
        value, key = place
        rows = rows.filter(Q(**{f"{by.field}__{way}": value}) | Q(**{by.field: value, f"pk__{way}": key}))
    found = list(rows[: PAGE + 1])
    return ListPage(found[:PAGE], place_behind(found[PAGE - 1], by) if len(found) > PAGE else "")


def place_in(word: str, by: Sort, read_key: Callable[[str], Any]) -> tuple[Any, Any] | None:
    """Value and key of a place, read; nothing for none or a broken one."""
    known = read_place(word)
    try:
        return (by.read(known[0]), read_key(known[1])) if known else None
    except ValueError:
        return None


def place_behind(row: Model, by: Sort) -> str:
    """The place behind a row."""
    value: Any = row
    for name in by.field.split("__"):
        value = getattr(value, name)
    return write_place(value.isoformat() if isinstance(value, date) else str(value), str(row.pk))


def searched(words: str) -> str:
    """The words of a search as they are looked for."""
    return words[:LONGEST_SEARCH].replace("\x00", "")


def place_sort(wish: ListWish) -> str:
    """The order of a list of places: as asked for, else the line by its own order and all others by name."""
    usual = "line" if wish.state == BookingState.WAITING else "name"
    return wish.sort if wish.sort.removeprefix("-") in PLACE_SORTS else usual


def places_of(offer: Offer, wish: ListWish) -> QuerySet[Booking]:
    """The places of an offer that fit, in their order; without a filter those that hold a seat."""
    rows = Booking.objects.filter(offer=offer).select_related("participant__registration", "participant__entitlement", "seat", "order")
    if wish.state != "all":
        rows = rows.filter(state=wish.state) if wish.state else rows.filter(state__in=HOLDING)
    if wish.words:
        words = searched(wish.words)
        party = Q(participant__registration__contact_name__icontains=words) | Q(participant__registration__number__icontains=words)
        party |= Q(participant__registration__contact_email__icontains=words)
        rows = rows.filter(Q(participant__name__icontains=words) | party)
    return in_order(rows, PLACE_SORTS, place_sort(wish))


def place_page(offer: Offer, wish: ListWish) -> ListPage:
    """One page of places."""
    return page_of(places_of(offer, wish), PLACE_SORTS, place_sort(wish), wish.after, whole)


def state_counts(offer: Offer) -> dict[str, int]:
    """How many bookings of an offer are in each state."""
    rows = Booking.objects.filter(offer=offer).values_list("state").annotate(n=Count("pk")).order_by("state")
    return dict(rows)


def party_sort(wish: ListWish) -> str:
    """The order of a list of registrations: as asked for, else the newest first."""
    return wish.sort if wish.sort.removeprefix("-") in PARTY_SORTS else "-received"


def parties_of(series: Series, wish: ListWish) -> QuerySet[Registration]:
    """The registrations of a series that were sent and fit, with ``person_count`` and ``place_count``, in their order.

    Filters: ``placed`` with a place, ``waiting`` without one and in a line, ``withdrawn``; without one all that stand.
    """
    rows = Registration.objects.filter(series=series, sent_at__isnull=False).select_related("case")
    rows = rows.filter(withdrawn_at__isnull=wish.state != "withdrawn")
    own = Booking.objects.filter(participant__registration=OuterRef("pk"))
    holds, waits = Exists(own.filter(state__in=HOLDING)), Exists(own.filter(state=BookingState.WAITING))
    if wish.state == "placed":
        rows = rows.filter(holds)
    if wish.state == "waiting":
        rows = rows.filter(waits).exclude(holds)
    if wish.words:
        words = searched(wish.words)
        child = Exists(Registration.objects.filter(pk=OuterRef("pk"), participants__name__icontains=words))
        rows = rows.filter(Q(contact_name__icontains=words) | Q(number__icontains=words) | Q(contact_email__icontains=words) | child)
    held = Count("participants__bookings", filter=Q(participants__bookings__state__in=HOLDING), distinct=True)
    counted = rows.annotate(person_count=Count("participants", distinct=True), place_count=held)
    return in_order(counted, PARTY_SORTS, party_sort(wish))


def party_page(series: Series, wish: ListWish) -> ListPage:
    """One page of registrations."""
    return page_of(parties_of(series, wish), PARTY_SORTS, party_sort(wish), wish.after, UUID)
