"""Searching and paging of the finance desk's lists: fixed steps, no counting of everything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from direktdraht.foundation.money import euros_of, money_in_words
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Table, sorting_column
from direktdraht.payments.models import BankEntry, Order

PAGE = 50
LONGEST_SEARCH = 80
MOST_SKIPPED = 100_000


def money(cents: int) -> str:
    """Cents as people read them."""
    return money_in_words(euros_of(cents), get_language() or "de")


@dataclass(frozen=True)
class Listed:
    """One page of a list with the links to its neighbours."""

    table: Table
    pages: Pages


def listed(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    caption: str,
    columns: Sequence[Column],
    row_of: Callable[[Any], Row],
    empty: tuple[str, str],
) -> Listed:
    """A page of 50 rows; ``ab`` in the address is how many stand before it."""
    before = start_of(request)
    found: list[Model] = list(rows[before : before + PAGE + 1])
    shown = found[:PAGE]
    table = Table(caption, columns, [row_of(one) for one in shown], *empty)
    text = ngettext("%(n)d Zeile auf dieser Seite", "%(n)d Zeilen auf dieser Seite", len(shown)) % {"n": len(shown)}
    earlier = address(request, max(0, before - PAGE)) if before else ""
    later = address(request, before + PAGE) if len(found) > PAGE else ""
    return Listed(table, Pages(text, earlier, later))


def start_of(request: HttpRequest) -> int:
    """How many rows stand before the page."""
    asked = request.GET.get("ab", "0")
    return min(int(asked), MOST_SKIPPED) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0


def address(request: HttpRequest, start: int) -> str:
    """The same list from another place on."""
    words = {name: value for name, value in request.GET.items() if name != "ab"}
    return f"{request.path}?{urlencode({**words, 'ab': start})}"


def search_of(request: HttpRequest) -> str:
    """The words that were typed."""
    return request.GET.get("suche", "").replace("\x00", "").strip()[:LONGEST_SEARCH]


@dataclass(frozen=True)
class Sort:
    """The order of a list: a word of the address, turned round by a hyphen before it; ``field`` is what the database sorts by."""

    request: HttpRequest
    word: str
    field: str

    def address(self, **words: str) -> str:
        """The page from its beginning, with other words in its address; an empty one goes."""
        return f"{self.request.path}{self.query(**words)}"

    def query(self, **words: str) -> str:
        """The words of the address, with others, from the beginning of the list."""
        kept = {name: value for name, value in {**self.request.GET.dict(), **words}.items() if value and name != "ab"}
        return f"?{urlencode(kept)}" if kept else ""

    def column(self, label: str, word: str, *, numeric: bool = False) -> Column:
        """A column whose title sorts."""
        return sorting_column(label, word, present=self.word, address=lambda sort: self.address(sortierung=sort), numeric=numeric)


def sort_of(request: HttpRequest, fields: Mapping[str, str], usual: str) -> Sort:
    """The order that the address asks for; unknown words fall back to the usual one."""
    asked = request.GET.get("sortierung", "")
    word = asked if asked.removeprefix("-") in fields else usual
    sign = "-" if word.startswith("-") else ""
    return Sort(request, word, sign + fields[word.removeprefix("-")])


def order_link(order: Order) -> str:
    """The desk's page of an order."""
    return reverse("finance:order", args=[order.reference])


STATE_TAGS = {"open": "warning", "partly_paid": "warning", "paid": "success", "overpaid": "info"}
ENTRY_TAGS = {"matched": "success", "proposed": "info", "unclear": "warning", "held": "warning", "new": "neutral"}


def order_row(order: Order) -> Row:
    """An order in a list."""
    return Row(
        (
            Cell(order.reference, url=order_link(order), note=order.title),
            Cell(order.payer_name or gettext("ohne Namen")),
            Cell(money(order.open_cents)),
            Cell(day_words(order.due_on)),
            Cell(str(order.get_state_display()), tag=STATE_TAGS.get(order.state, "neutral")),
        )
    )


def order_columns(sort: Sort | None = None) -> list[Column]:
    """The columns of a list of orders; with a ``sort`` their titles sort."""
    state = Column(gettext("Stand"))
    named = {"kassenzeichen": gettext("Kassenzeichen"), "name": gettext("Name"), "offen": gettext("Offen"), "frist": gettext("Frist")}
    if sort is None:
        return [*(Column(label, numeric=word == "offen") for word, label in named.items()), state]
    return [*(sort.column(label, word, numeric=word == "offen") for word, label in named.items()), state]


def entry_row(entry: BankEntry) -> Row:
    """A movement in a list."""
    return Row(
        (
            Cell(entry.name or gettext("ohne Namen"), url=reverse("finance:entry", args=[entry.pk]), note=entry.purpose[:120]),
            Cell(day_words(entry.value_date)),
            Cell(entry_money(entry)),
            Cell(str(entry.get_state_display()), tag=ENTRY_TAGS.get(entry.state, "neutral")),
        )
    )


def entry_columns() -> list[Column]:
    """The columns of a list of movements."""
    return [
        Column(gettext("Von oder an")),
        Column(gettext("Wertstellung")),
        Column(gettext("Betrag"), numeric=True),
        Column(gettext("Stand")),
    ]


def entry_money(entry: BankEntry) -> str:
    """A movement's amount; what is not in euros says so."""
    return money(entry.cents) if entry.currency == "EUR" else f"{euros_of(entry.cents)} {entry.currency}"
