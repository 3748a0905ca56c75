"""Rule rows: a change of law is a new row, and a bad row is refused with its number."""

from datetime import date
from pathlib import Path

import pytest

from direktdraht.foundation import deadlines
from direktdraht.foundation.deadlines import ROWS, DeadlineError

FIFTH_DAY = """
[[row]]
law = "vwvfg"
rule = "post"
kind = "presumption"
valid_from = 2027-01-01
days = 5
paragraph = "§ 41 Abs. 2 Satz 1 VwVfG"
event = "posted"
begins = "§ 31 Abs. 1 VwVfG"
ends = "§ 31 Abs. 1 VwVfG"
moves = true
moving = "§ 31 Abs. 3 VwVfG"
"""


def write(folder: Path, text: str) -> Path:
    """A file of rule rows."""
    path = folder / "rows.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_city_replaces_all_rows_of_one_law_and_rule(tmp_path: Path) -> None:
    own = deadlines.rows_from(write(tmp_path, FIFTH_DAY))
    rows = deadlines.replaced(ROWS, own)

    changed = deadlines.compute(law="vwvfg", rule="post", start=date(2027, 11, 24), rows=rows)
    unchanged = deadlines.compute(law="sgb", rule="post", start=date(2027, 11, 24), rows=rows)

    assert changed.day == date(2027, 11, 29)
    assert unchanged.day == date(2027, 11, 28)
    with pytest.raises(DeadlineError, match=r"frühestens ab 01\.01\.2027"):
        deadlines.compute(law="vwvfg", rule="post", start=date(2026, 12, 31), rows=rows)


@pytest.mark.parametrize("law", ["vwvfg", "ao", "sgb"])
@pytest.mark.parametrize("rule", ["post", "electronic", "own-inbox", "nutzerkonto", "period", "objection"])
def test_every_law_has_every_rule_of_the_command_line(law: str, rule: str) -> None:
    assert any(row.holds_on(date(2026, 11, 24)) for row in ROWS if (row.law, row.rule) == (law, rule))


def test_every_row_names_its_paragraph() -> None:
    assert all(row.paragraph.startswith("§") for row in ROWS)
    assert not [row for row in ROWS if row.kind != "presumption" and not row.moves]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[row]]", "[row]", "nicht in"),
        ("[[row]]", "[[row", "nicht lesbar"),
        ('law = "vwvfg"', 'law = "bgb"', "law oder kind ist unbekannt"),
        ("days = 5", "days = 0", "mindestens 1"),
        ("days = 5", "days = 5\nmonths = 1", "entweder days oder months"),
        ("days = 5", "", "braucht days"),
        ("days = 5", "days = true", "„days“ hat die falsche Art"),
        ("valid_from = 2027-01-01", 'valid_from = "2027"', "„valid_from“ hat die falsche Art"),
        ("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2026-01-01", "endet, bevor sie beginnt"),
        ("moves = true", "", "fehlen Angaben: moves"),
        ("moves = true", "moves = true\nmood = 1", "unbekannte Angaben: mood"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = write(tmp_path, FIFTH_DAY.replace(old, new))

    with pytest.raises(DeadlineError, match=sentence):
        deadlines.rows_from(path)


def test_two_rows_for_the_same_day_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, FIFTH_DAY + FIFTH_DAY.replace("2027-01-01", "2028-01-01"))

    with pytest.raises(DeadlineError, match=r"gelten am 01\.01\.2028 zugleich"):
        deadlines.rows_from(path)


def test_an_unknown_event_is_named(tmp_path: Path) -> None:
    rows = deadlines.rows_from(write(tmp_path, FIFTH_DAY.replace('"posted"', '"flown"')))

    with pytest.raises(DeadlineError, match="Ereignis „flown“ ist unbekannt"):
        deadlines.compute(law="vwvfg", rule="post", start=date(2027, 1, 4), rows=rows)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeadlineError, match="nicht lesbar"):
        deadlines.rows_from(tmp_path / "none.toml")
