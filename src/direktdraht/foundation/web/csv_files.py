"""Lists as files to take along."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

from direktdraht.foundation.spreadsheets import csv_lines


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> HttpResponse:
    """A list as a CSV file of this name (without ending), safe to open in a spreadsheet program."""
    answer = HttpResponse("".join(csv_lines(head, rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
