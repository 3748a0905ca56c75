"""Lists as files for spreadsheet programs: CSV with semicolons, UTF-8 with its mark, no cell that acts as a formula. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence

# A cell that begins so is read as a formula by spreadsheet programs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of the file.

    >>> list(csv_lines(["Name"], [["=1+1"]]))
    ['\\ufeff', 'Name\\r\\n', "'=1+1\\r\\n"]
    """
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell
