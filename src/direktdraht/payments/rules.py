"""The rules of payments that come with the software, as rows with basis and validity. Pure: the day is handed in."""

import tomllib
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field


class Row(BaseModel):
    """What every rule has: its paragraph and its days; ``subject`` is what it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    basis: str = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None

    @property
    def subject(self) -> str:
        """What the rule is about."""
        raise NotImplementedError

    def holds_on(self, day: date) -> bool:
        """Whether this row was law on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class OrderingRow(Row):
    """Whether a fee is ordered at once under a law of procedure (``law``), or set by a notice."""

    law: str
    ordered: bool

    @property
    def subject(self) -> str:
        """The law of procedure."""
        return self.law


class RetentionRow(Row):
    """How many whole years after the end of the year a record (``what``) keeps what it says of people."""

    what: str
    years: int = Field(ge=0, le=100)

    @property
    def subject(self) -> str:
        """The kind of record."""
        return self.what


AnyRow = TypeVar("AnyRow", bound=Row)


class RuleBook(BaseModel):
    """All rows; two of one subject never hold on the same day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ordering: tuple[OrderingRow, ...]
    retention: tuple[RetentionRow, ...]


def row_on(rows: Iterable[AnyRow], subject: str, day: date) -> AnyRow | None:
    """The row about something that was law on a day."""
    return next((row for row in rows if row.subject == subject and row.holds_on(day)), None)


def overlaps(rows: Iterable[Row]) -> list[str]:
    """Subjects of which two rows hold on one day."""
    pairs = pairwise(sorted(rows, key=lambda row: (row.subject, row.valid_from)))
    return [later.subject for earlier, later in pairs if earlier.subject == later.subject and earlier.holds_on(later.valid_from)]


def book_from(text: str) -> RuleBook:
    """The rows of a TOML text. Raises ValueError that names what is wrong."""
    book = RuleBook.model_validate(tomllib.loads(text))
    twice = overlaps(book.ordering) + overlaps(book.retention)
    if twice:
        raise ValueError(f"two rules hold on one day: {', '.join(twice)}")
    return book


BOOK = book_from(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
