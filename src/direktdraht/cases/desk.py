"""The desk (Eingang): which cases a member of staff has before them. A fixed number of queries, whatever the number of cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from direktdraht.cases.models import Case, State
from direktdraht.cases.models.case import FAR_AWAY
from direktdraht.cases.states import IDLE
from direktdraht.foundation import clock, keyset
from direktdraht.people.models import Account, Unit

PAGE = 50
MOST_EXPORTED = 10_000
LONGEST_SEARCH = 100

Show = Literal["open", "overdue", "unread", "running", "closed"]
SORTS = {"due": ("due_order", False), "-due": ("due_order", True), "received": ("received_at", False), "-received": ("received_at", True)}
MINE, FREE, WAITING = "mein", "frei", "wartet"


@dataclass(frozen=True)
class Wish:
    """What the clerk asked to see: a list (``mein``, ``frei``, ``wartet`` or a unit's key), a filter, words, an order, a place."""

    box: str = MINE
    show: str = "open"
    search: str = ""
    sort: str = "due"
    after: str = ""


@dataclass
class Tally:
    """How many cases to be worked on lie in one list."""

    open: int = 0
    overdue: int = 0
    unread: int = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one group of the count."""
        self.open += row["open"]
        self.overdue += row["overdue"]
        self.unread += row["unread"]


@dataclass
class Tallies:
    """The counts of every list, from one query."""

    boxes: dict[str, Tally] = field(default_factory=dict)

    def of(self, box: str) -> Tally:
        """The count of one list."""
        return self.boxes.setdefault(box, Tally())


@dataclass(frozen=True)
class DeskPage:
    """One page of the list, and the place where the next begins (empty: none)."""

    cases: list[Case]
    next_place: str


def is_overdue() -> Q:
    """The promise has passed and the clock does not rest."""
    return Q(promise_due__lt=clock.today(), rested_since__isnull=True)


def tallies(me: Account, units: list[Unit]) -> Tallies:
    """Count the cases of the units that are to be worked on by list and filter, in one query."""

    def flag(condition: Q) -> "ExpressionWrapper[Q]":
        return ExpressionWrapper(condition, output_field=BooleanField())

    groups = (
        Case.objects.filter(unit__in=units)
        .exclude(state__in=IDLE)
        .values(
            "unit_id",
            mine=flag(Q(assignee_id=me.pk, assignee__isnull=False)),
            free=flag(Q(assignee__isnull=True)),
            rests=flag(Q(state=State.WAITING)),
        )
        .annotate(open=Count("pk"), overdue=Count("pk", filter=is_overdue()), unread=Count("pk", filter=Q(unread_by_staff=True)))
        .order_by()
    )
    found = Tallies()
    for row in groups:
        found.of(row["unit_id"]).add(row)
        for box, belongs in ((MINE, row["mine"]), (FREE, row["free"]), (WAITING, row["rests"])):
            if belongs:
                found.of(box).add(row)
    return found


def wished(me: Account, units: list[Unit], wish: Wish) -> QuerySet[Case]:
    """The cases of a wish in its order; a search looks through all of the clerk's units, closed ones too."""
    found = Case.objects.filter(unit__in=units).select_related("unit", "assignee")
    found = found.annotate(due_order=Coalesce("promise_due", Value(FAR_AWAY)))
    if wish.search:
        words = wish.search[:LONGEST_SEARCH].replace("\x00", "")
        found = found.filter(Q(number__icontains=words) | Q(title__icontains=words) | Q(person_name__icontains=words))
    else:
        found = found.filter(in_box(me, wish.box)).filter(shown(wish.show))
    name, descending = SORTS.get(wish.sort, SORTS["due"])
    return found.order_by(f"-{name}" if descending else name, "-id" if descending else "id")


def in_box(me: Account, box: str) -> Q:
    """The condition of one list."""
    boxes = {MINE: Q(assignee_id=me.pk), FREE: Q(assignee__isnull=True), WAITING: Q(state=State.WAITING)}
    return boxes.get(box, Q(unit_id=box))


def shown(show: str) -> Q:
    """The condition of one filter; an unknown one means open."""
    single = {"closed": State.CLOSED, "running": State.RUNNING}.get(show)
    if single is not None:
        return Q(state=single)
    more = {"overdue": is_overdue(), "unread": Q(unread_by_staff=True)}.get(show, Q())
    return ~Q(state__in=IDLE) & more


def page(me: Account, units: list[Unit], wish: Wish) -> DeskPage:
    """One page from the wish's place on (keyset paging: no counting, no skipping)."""
    name, descending = SORTS.get(wish.sort, SORTS["due"])
    found = wished(me, units, wish)
    if (place := read_place(wish.after, name)) is not None:
        value, last_id = place
        way = "lt" if descending else "gt"
        beyond = Q(**{f"{name}__{way}": value}) | Q(**{name: value, f"id__{way}": last_id})
        found = found.filter(beyond, **{f"{name}__{way}e": value})
    rows = list(found[: PAGE + 1])
    cases = rows[:PAGE]
    return DeskPage(cases, write_place(cases[-1], name) if len(rows) > PAGE else "")


def exported(me: Account, units: list[Unit], wish: Wish) -> Iterator[Case]:
    """The whole list of a wish, at most 10,000 cases."""
    return wished(me, units, wish)[:MOST_EXPORTED].iterator(chunk_size=500)


def write_place(case: Case, name: str) -> str:
    """The place behind a case, as a word for addresses."""
    return keyset.write_place(getattr(case, name).isoformat(), str(case.pk))


def read_place(word: str, name: str) -> tuple[date | datetime, UUID] | None:
    """The place that a word of an address names; nothing for none or a broken one."""
    known = keyset.read_place(word)
    try:
        if known is None:
            return None
        read = date.fromisoformat(known[0]) if name == "due_order" else datetime.fromisoformat(known[0])
        return read, UUID(known[1])
    except ValueError:
        return None
