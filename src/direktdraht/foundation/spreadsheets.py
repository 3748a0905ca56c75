"""Lists as files for spreadsheet programs: CSV with semicolons, UTF-8 with its mark, no cell that acts as a formula. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

# A cell that begins so is read as a formula by spreadsheet programs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Form:
    """How a file is written: the sign between cells, the decimal sign, whether it begins with the mark of UTF-8."""

    separator: str = ";"
    decimal: str = ","
    marked: bool = True


USUAL = Form()


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str | Decimal]], form: Form = USUAL) -> Iterator[str]:
    """The lines of the file; without a head it begins with the rows. A number is written exactly, with its own sign.

    >>> list(csv_lines(["Name"], [["=1+1", Decimal("-2.50")]]))
    ['\\ufeff', 'Name\\r\\n', "'=1+1;-2,50\\r\\n"]
    """
    writer = csv.writer(_Echo(), delimiter=form.separator)
    if form.marked:
        yield "\ufeff"
    if head:
        yield writer.writerow([harmless(cell) for cell in head])
    for row in rows:
        yield writer.writerow([f"{cell:f}".replace(".", form.decimal) if isinstance(cell, Decimal) else harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell
