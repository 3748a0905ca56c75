"""The ledger as a file for the city's accounting: which columns, in which order, under which names, in which signs. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from direktdraht.foundation.money import euros_of
from direktdraht.foundation.spreadsheets import Form, csv_lines

Cell = str | date | Decimal
MOST_COLUMNS = 40


@dataclass(frozen=True)
class LineFacts:
    """What a file can say of one line of the ledger; ``account`` is its key, ``number`` what accounting called it that day."""

    posting: int
    kind: str
    kind_words: str
    day: date
    value_date: date
    account: str
    number: str
    cost_centre: str
    is_debit: bool
    cents: int
    reference: str
    title: str

    @property
    def amount(self) -> Decimal:
        """The amount in euros, exact, above zero."""
        return euros_of(self.cents)


# The columns by the names under which a city chooses them.
FIELDS: dict[str, Callable[[LineFacts], Cell]] = {
    "Buchung": lambda line: str(line.posting),
    "Art": lambda line: line.kind,
    "Buchungsart": lambda line: line.kind_words,
    "Tag": lambda line: line.day,
    "Wertstellung": lambda line: line.value_date,
    "Konto": lambda line: line.account,
    "Sachkonto": lambda line: line.number,
    "Kostenstelle": lambda line: line.cost_centre,
    "Soll": lambda line: line.amount if line.is_debit else "",
    "Haben": lambda line: "" if line.is_debit else line.amount,
    "Betrag": lambda line: line.amount,
    "Seite": lambda line: "S" if line.is_debit else "H",
    "Saldo": lambda line: line.amount if line.is_debit else -line.amount,
    "Kassenzeichen": lambda line: line.reference,
    "Text": lambda line: line.title,
}
DATES = {"iso": "%Y-%m-%d", "german": "%d.%m.%Y", "compact": "%Y%m%d", "short": "%d%m"}


class ColumnChoice(BaseModel):
    """A column: what stands in it (a name of ``FIELDS``), and how it is called in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    heading: str = Field(max_length=60)

    @field_validator("field")
    @classmethod
    def _known(cls, field: str) -> str:
        """A column that there is."""
        if field not in FIELDS:
            raise ValueError(field)
        return field


class Profile(BaseModel):
    """How the file looks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[ColumnChoice, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    separator: Literal[";", ",", "\t", "|"] = ";"
    decimal: Literal[",", "."] = ","
    dates: Literal["iso", "german", "compact", "short"] = "iso"
    encoding: Literal["utf-8-sig", "utf-8", "cp1252", "iso8859-15"] = "utf-8-sig"
    with_head: bool = True

    def lines(self, lines: Iterable[LineFacts]) -> Iterator[str]:
        """The lines of the file as text."""
        head = [column.heading for column in self.columns] if self.with_head else []
        form = Form(self.separator, self.decimal, marked=self.encoding == "utf-8-sig")
        yield from csv_lines(head, (self.cells(line) for line in lines), form)

    def cells(self, line: LineFacts) -> list[str | Decimal]:
        """One line of the file."""
        found = (FIELDS[column.field](line) for column in self.columns)
        return [cell.strftime(DATES[self.dates]) if isinstance(cell, date) else cell for cell in found]

    def encoded(self, lines: Iterable[LineFacts]) -> Iterator[bytes]:
        """The file itself; a sign that its encoding does not have becomes a question mark."""
        encoding = "utf-8" if self.encoding == "utf-8-sig" else self.encoding
        for line in self.lines(lines):
            yield line.encode(encoding, errors="replace")


USUAL_COLUMNS = ("Buchung", "Art", "Tag", "Wertstellung", "Konto", "Sachkonto", "Kostenstelle", "Soll", "Haben", "Kassenzeichen")
USUAL = Profile(columns=tuple(ColumnChoice(field=name, heading=name) for name in USUAL_COLUMNS))


class WrongColumns(ValueError):
    """A text of columns cannot be read; the text names the line, or is empty where there is none."""


def columns_of(text: str) -> tuple[ColumnChoice, ...]:
    """The columns of a text with one on each line, ``Sachkonto = Konto`` or just its name. Raises WrongColumns.

    >>> columns_of("Sachkonto = Konto, neu")
    (ColumnChoice(field='Sachkonto', heading='Konto, neu'),)
    """
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _sign, heading = (part.strip() for part in line.partition("="))
        if name not in FIELDS or len(heading) > 60:
            raise WrongColumns(line)
        found.append(ColumnChoice(field=name, heading=heading or name))
    if not 1 <= len(found) <= MOST_COLUMNS:
        raise WrongColumns("")
    return tuple(found)


def text_of(columns: Iterable[ColumnChoice]) -> str:
    """Columns as a text that ``columns_of`` reads."""
    return "\n".join(one.field if one.heading == one.field else f"{one.field} = {one.heading}" for one in columns)
