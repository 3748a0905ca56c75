"""From an event to a legal date, step by step, each step with its paragraph."""

import calendar as months_calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .calendar import FIRST_YEAR, LAST_YEAR, WorkingDays
from .rows import ROWS, DeadlineError, Row, row_for
from .sentences import Sentences

LONGEST_DAYS = 3660
LONGEST_MONTHS = 120


@dataclass(frozen=True)
class Deadline:
    """A legal date (the whole day counts) and the sentences that lead to it."""

    day: date
    steps: tuple[str, ...]


@dataclass(frozen=True)
class _Length:
    """How long: days or months, never both."""

    days: int | None
    months: int | None


def compute(
    *,
    law: str,
    rule: str,
    start: date,
    state: str = "NI",
    days: int | None = None,
    months: int | None = None,
    on: date | None = None,
    rows: Sequence[Row] = ROWS,
    local_holidays: Collection[date] = (),
    language: str = "de",
) -> Deadline:
    """The date that a rule leads to from ``start``, with its reasons.

    ``law`` is the law of procedure (``vwvfg``, ``ao``, ``sgb``); ``rule`` for example ``post``
    (dispatch → day known) or ``objection`` (day known → last day). ``days`` or ``months`` are
    given for rules without a length of their own (``period``). The row is chosen by ``on``,
    the day of dispatch, which is ``start`` when nothing else is said. Raises DeadlineError.
    """
    if isinstance(start, datetime):
        raise DeadlineError("Fristen beginnen mit einem Tag, nicht mit einem Zeitpunkt.")
    if not FIRST_YEAR <= start.year <= LAST_YEAR - 11:
        raise DeadlineError(f"Fristen sind nur von {FIRST_YEAR} bis {LAST_YEAR - 11} berechenbar.")
    working_days = WorkingDays(state, local_holidays)
    row = row_for(rows, law=law, rule=rule, on=on or start)
    length = _length(row, days=days, months=months)
    sentences = Sentences(language, row, working_days)
    if row.kind == "presumption":
        return _presumed(start, length, row, working_days, sentences)
    return _period(start, length, row, working_days, sentences)


def _length(row: Row, *, days: int | None, months: int | None) -> _Length:
    """The rule's own length, or the caller's where the rule has none."""
    if not row.open_length:
        if days is not None or months is not None:
            raise DeadlineError(f"Die Regel „{row.rule}“ hat eine feste Dauer ({row.paragraph}).")
        return _Length(row.days, row.months)
    if (days is None) == (months is None):
        raise DeadlineError(f"Die Regel „{row.rule}“ braucht eine Dauer: Tage oder Monate.")
    given, longest = (days, LONGEST_DAYS) if days is not None else (months, LONGEST_MONTHS)
    if given is None or not 1 <= given <= longest:
        raise DeadlineError(f"Eine Dauer hat 1 bis {LONGEST_DAYS} Tage oder 1 bis {LONGEST_MONTHS} Monate.")
    return _Length(days, months)


def _presumed(start: date, length: _Length, row: Row, working_days: WorkingDays, sentences: Sentences) -> Deadline:
    """The day on which a decision counts as known."""
    if length.days is None:
        raise DeadlineError(f"Die Regel „{row.rule}“ hat keine Zahl von Tagen.")
    day = start + timedelta(days=length.days)
    steps = [sentences.event(start), sentences.presumed(length.days, day)]
    return _moved(day, steps, row, working_days, sentences)


def _period(start: date, length: _Length, row: Row, working_days: WorkingDays, sentences: Sentences) -> Deadline:
    """The last day of a period that an event begins (§ 187 (1)) or the start of a day (2)."""
    counted = row.kind == "period-from-start-of-day"
    steps = [sentences.event(start, counted=counted)]
    clamped = False
    if length.days is not None:
        day = start + timedelta(days=length.days - (1 if counted else 0))
    else:
        day, clamped = _months_later(start, length.months or 0)
        if counted and not clamped:
            day -= timedelta(days=1)
    steps.append(sentences.ends(length.days, length.months, day))
    if clamped:
        steps.append(sentences.missing_day(start.day, day))
    return _moved(day, steps, row, working_days, sentences)


def _moved(day: date, steps: list[str], row: Row, working_days: WorkingDays, sentences: Sentences) -> Deadline:
    """The day itself, or the next working day where the rule says so (§ 193 BGB)."""
    if working_days.is_working_day(day):
        return Deadline(day, tuple(steps))
    if not row.moves:
        return Deadline(day, (*steps, sentences.stays(day)))
    later = working_days.next_from(day)
    return Deadline(later, (*steps, sentences.moves(day, later)))


def _months_later(start: date, months: int) -> tuple[date, bool]:
    """The day with the same number ``months`` later, and whether it is missing (§ 188 (3)).

    >>> _months_later(date(2026, 1, 31), 1)
    (datetime.date(2026, 2, 28), True)
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = months_calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)), start.day > last
