"""Rule rows: what a law says about a date, as data with its paragraph and time of validity."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

LAWS = ("vwvfg", "ao", "sgb")
KINDS = ("presumption", "period", "period-from-start-of-day", "extension")


class DeadlineError(ValueError):
    """A date cannot be computed; the text is one German sentence for the person who asked."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One rule of one law of procedure for one time.

    ``days`` and ``months`` are both empty where the caller gives the length. ``moves`` says
    whether a day on Saturday, Sunday or holiday moves to the next working day.
    """

    law: str
    rule: str
    valid_from: date
    paragraph: str
    kind: str
    event: str
    begins: str
    ends: str
    moves: bool
    moving: str
    valid_to: date | None = None
    days: int | None = None
    months: int | None = None

    @property
    def open_length(self) -> bool:
        """Whether the caller must give the length of the period."""
        return self.days is None and self.months is None

    def holds_on(self, day: date) -> bool:
        """Whether this row was law on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_REQUIRED = frozenset(field.name for field in fields(Row) if field.default is MISSING)
_TYPES: Mapping[str, type] = MappingProxyType({"valid_from": date, "valid_to": date, "days": int, "months": int, "moves": bool})


def rows_of(entries: Iterable[Mapping[str, object]]) -> tuple[Row, ...]:
    """Rows from plain tables (as TOML gives them); raises DeadlineError naming the bad one."""
    rows = tuple(_row(number, entry) for number, entry in enumerate(entries, start=1))
    _refuse_overlap(rows)
    return rows


def rows_from(path: Path) -> tuple[Row, ...]:
    """The rows in the ``[[row]]`` tables of a TOML file; raises DeadlineError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("row", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DeadlineError(f"Die Fristenregeln in {path} sind nicht lesbar: {error}.") from error
    if not isinstance(tables, list):
        raise DeadlineError(f"Die Fristenregeln in {path} stehen nicht in [[row]]-Tabellen.")
    return rows_of(tables)


def replaced(rows: Sequence[Row], own: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with a city's own in place of all rows of the same law and rule."""
    overridden = {(row.law, row.rule) for row in own}
    kept = tuple(row for row in rows if (row.law, row.rule) not in overridden)
    return kept + tuple(own)


def row_for(rows: Sequence[Row], *, law: str, rule: str, on: date) -> Row:
    """The row that was law on a day; raises DeadlineError that names what there is."""
    if law not in LAWS:
        raise DeadlineError(f"Das Verfahrensrecht „{law}“ ist unbekannt; bekannt: {_list(LAWS)}.")
    of_law = [row for row in rows if row.law == law]
    of_rule = [row for row in of_law if row.rule == rule]
    if not of_rule:
        known = sorted({row.rule for row in of_law})
        raise DeadlineError(f"Für {law} gibt es keine Regel „{rule}“; bekannt: {_list(known)}.")
    for row in of_rule:
        if row.holds_on(on):
            return row
    first = min(row.valid_from for row in of_rule)
    raise DeadlineError(f"Für {law} ist die Regel „{rule}“ am {on:%d.%m.%Y} nicht hinterlegt, frühestens ab {first:%d.%m.%Y}.")


def _row(number: int, entry: Mapping[str, object]) -> Row:
    known = {field.name for field in fields(Row)}
    if not isinstance(entry, Mapping):
        raise DeadlineError(f"Fristenregel {number} ist keine Tabelle.")
    if unknown := sorted(set(entry) - known):
        raise DeadlineError(f"Fristenregel {number} hat unbekannte Angaben: {_list(unknown)}.")
    if missing := sorted(_REQUIRED - set(entry)):
        raise DeadlineError(f"Fristenregel {number} fehlen Angaben: {_list(missing)}.")
    for name, value in entry.items():
        # ``type`` and not ``isinstance``: a yes/no is an int, an instant is a date in Python.
        if type(value) is not _TYPES.get(name, str):
            raise DeadlineError(f"Fristenregel {number}: „{name}“ hat die falsche Art.")
    row = Row(**entry)  # type: ignore[arg-type]  # every value's type was checked just above
    _check(number, row)
    return row


def _check(number: int, row: Row) -> None:
    if row.law not in LAWS or row.kind not in KINDS:
        raise DeadlineError(f"Fristenregel {number}: law oder kind ist unbekannt.")
    lengths = [length for length in (row.days, row.months) if length is not None]
    if len(lengths) > 1 or any(length < 1 for length in lengths):
        raise DeadlineError(f"Fristenregel {number}: entweder days oder months, mindestens 1.")
    if row.kind == "presumption" and row.days is None:
        raise DeadlineError(f"Fristenregel {number}: eine Bekanntgabe braucht days.")
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise DeadlineError(f"Fristenregel {number} endet, bevor sie beginnt.")


def _refuse_overlap(rows: Sequence[Row]) -> None:
    ordered = sorted(rows, key=lambda row: (row.law, row.rule, row.valid_from))
    for earlier, later in pairwise(ordered):
        if (earlier.law, earlier.rule) == (later.law, later.rule) and earlier.holds_on(later.valid_from):
            raise DeadlineError(f"Zwei Fristenregeln „{later.rule}“ ({later.law}) gelten am {later.valid_from:%d.%m.%Y} zugleich.")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


ROWS = rows_from(Path(__file__).with_name("rows.toml"))
