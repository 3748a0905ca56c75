"""Values that pages hand to the table, paging, thread and file components."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Column:
    """A column; ``sort_url`` makes its title a link, ``sorted`` names the present direction."""

    label: str
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    numeric: bool = False


def sorting_column(label: str, word: str, *, present: str, address: Callable[[str], str], numeric: bool = False) -> Column:
    """A column whose title sorts; a second press turns the order round.

    ``word`` and ``present`` name an order, turned round by a hyphen before it; ``address`` is where the list in an order lies.
    """
    up, down = present == word, present == f"-{word}"
    turned = address(f"-{word}" if up else word)
    return Column(label, turned, "ascending" if up else "descending" if down else "", numeric)


@dataclass(frozen=True)
class Cell:
    """A cell: text, optionally a link or a tag of a kind, with a note in small type."""

    text: str
    url: str = ""
    tag: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A row of cells in the order of the columns; ``strong`` marks unread."""

    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its name for screen readers and what an empty one says."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty_title: str
    empty_text: str = ""

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the rows as given."""
        return iter(self.rows)


@dataclass(frozen=True)
class ShownPlace:
    """A place for a map that is only looked at: its question, and where it is as ``53.1,8.2`` or ``line:53.1,8.2;53.2,8.3``."""

    label: str
    drawn: str


@dataclass(frozen=True)
class Pages:
    """Keyset paging: links to the neighbouring pages and a text such as "Einträge 51 bis 100"."""

    text: str
    earlier_url: str = ""
    later_url: str = ""


@dataclass(frozen=True)
class ShownFile:
    """A file as a list shows it; ``size`` in bytes."""

    name: str
    url: str
    size: int
    note: str = ""


@dataclass(frozen=True)
class ThreadMessage:
    """A message of a thread; ``kind``: person, city or internal."""

    id: str
    author: str
    at: datetime
    text: str
    kind: Literal["person", "city", "internal"]
    files: Sequence[ShownFile] = field(default_factory=tuple)
    is_new: bool = False


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class PageProblem:
    """A line of the error summary: a sentence and the id of the field it belongs to."""

    text: str
    target: str = ""
