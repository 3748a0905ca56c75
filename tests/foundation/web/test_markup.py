"""Rows of a table: each part in its place, and nothing that a person wrote becomes markup."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from direktdraht.foundation.web.markup import rows_markup, tag_markup
from direktdraht.foundation.web.tables import Cell, Column, Row

COLUMNS = [Column("Anliegen"), Column("Anträge", numeric=True)]
WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


def test_cells_carry_label_link_tag_note_and_number() -> None:
    rows = [Row([Cell("Sperrmüll", url="/buero/1", note="neu"), Cell("3")], strong=True), Row([Cell("offen", tag="info"), Cell("4")])]

    markup = rows_markup(COLUMNS, rows)

    assert markup == (
        '<tr class="dd-table__strong"><td data-label="Anliegen"><a href="/buero/1">Sperrmüll</a>'
        '<span class="dd-table__note">neu</span></td><td data-label="Anträge" class="dd-table__number">3</td></tr>'
        '<tr><td data-label="Anliegen"><span class="dd-tag dd-tag--info">offen</span></td>'
        '<td data-label="Anträge" class="dd-table__number">4</td></tr>'
    )


@given(text=WORDS, label=WORDS, note=WORDS, url=WORDS)
def test_whatever_is_written_is_shown_as_it_is_and_never_becomes_markup(text: str, label: str, note: str, url: str) -> None:
    markup = rows_markup([Column(label)], [Row([Cell(text, url=url, note=note)])])

    cell = html.fromstring(f"<table><tbody>{markup}</tbody></table>").find(".//td")

    assert cell is not None
    assert (cell.get("data-label"), cell[0].get("href")) == (label, url)
    assert [part.text for part in cell] == [text, note]
    assert [part.tag for part in cell.iter()] == ["td", "a", "span"]


def test_a_tag_escapes_its_words() -> None:
    assert tag_markup("info", "<b>") == '<span class="dd-tag dd-tag--info">&lt;b&gt;</span>'
