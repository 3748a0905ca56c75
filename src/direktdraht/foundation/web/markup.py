"""The two components that stand on a page by the hundred, written in Python: a cell costs a tenth of a template's."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from direktdraht.foundation.web.tables import Cell, Column, Row

NUMBER = SafeString(' class="dd-table__number"')
STRONG = SafeString(' class="dd-table__strong"')
NOTHING = SafeString("")


def tag_markup(kind: str, text: str) -> SafeString:
    """A small state with a word."""
    return format_html('<span class="dd-tag dd-tag--{}">{}</span>', kind, text)


def rows_markup(columns: Sequence[Column], rows: Sequence[Row]) -> SafeString:
    """The body of a table; each cell carries its column's label, which phones show."""
    heads = [format_html('<td data-label="{}"{}>', column.label, NUMBER if column.numeric else NOTHING) for column in columns]
    return format_html_join("", "<tr{}>{}</tr>", ((STRONG if row.strong else NOTHING, cells_markup(heads, row.cells)) for row in rows))


def cells_markup(heads: Sequence[SafeString], cells: Sequence[Cell]) -> SafeString:
    """The cells of one row."""
    return format_html_join(
        "", "{}{}{}</td>", ((head, text_markup(cell), note_markup(cell)) for head, cell in zip(heads, cells, strict=True))
    )


def text_markup(cell: Cell) -> SafeString | str:
    """A cell's text: a link, a tag, or plain."""
    if cell.url:
        return format_html('<a href="{}">{}</a>', cell.url, cell.text)
    return tag_markup(cell.tag, cell.text) if cell.tag else cell.text


def note_markup(cell: Cell) -> SafeString:
    """The note in small type below a cell's text."""
    return format_html('<span class="dd-table__note">{}</span>', cell.note) if cell.note else NOTHING
