"""Expressions for computed values and fees: a closed tree of numbers, money, sums and tables.

An expression over an unanswered question has no value (None); so a fee appears once all it needs is known.
Money is exact decimal arithmetic; the result is rounded to cents once, half up (``Money.of``).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from direktdraht.foundation.money import MOST
from direktdraht.questions.conditions import MOST_PARTS, Condition, Other, Scope, count_rows, holds, other_answer, rows_where
from direktdraht.questions.days import Day, full_months, full_years, resolve
from direktdraht.questions.spec import Key, Spec

Amount = Annotated[str, Field(pattern=r"^-?[0-9]{1,9}\.[0-9]{2}$")]
Numeral = Annotated[str, Field(pattern=r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$")]


class Number(Spec):
    """A plain number, written as text so that it stays decimal."""

    number: Numeral


class Sum(Spec):
    """A fixed amount of money, with two places."""

    money: Amount


class FieldValue(Spec):
    """The answer of an integer, money or computed question."""

    field: Key


class Add(Spec):
    """The sum of the parts, all numbers or all money."""

    add: Annotated[list["Expression"], Field(min_length=1, max_length=MOST_PARTS)]


class Subtract(Spec):
    """The first part less the second."""

    sub: Annotated[list["Expression"], Field(min_length=2, max_length=2)]


class Multiply(Spec):
    """The product of the parts, at most one of them money."""

    mul: Annotated[list["Expression"], Field(min_length=1, max_length=MOST_PARTS)]


class Least(Spec):
    """The smallest of the parts, all numbers or all money."""

    min: Annotated[list["Expression"], Field(min_length=1, max_length=MOST_PARTS)]


class Greatest(Spec):
    """The greatest of the parts, all numbers or all money."""

    max: Annotated[list["Expression"], Field(min_length=1, max_length=MOST_PARTS)]


class Rounding(Spec):
    """What is rounded, to how many places, and how: half up (kaufmännisch), always up, always down."""

    of: "Expression"
    places: Annotated[int, Field(ge=0, le=6)] = 0
    mode: Literal["half_up", "up", "down"] = "half_up"


class Rounded(Spec):
    """A rounded value."""

    round: Rounding


class Interval(Spec):
    """From one day to another; each is the answer to a question, or a day such as "today" or "2026-08-01"."""

    begin: Annotated[Other | Day, Field(alias="from")]
    end: Annotated[Other | Day, Field(alias="to")]


class DaysBetween(Spec):
    """The days from one day to another, not counting the first; less than zero if it comes before."""

    days: Interval


class MonthsBetween(Spec):
    """The full months from one day to another; less than zero if it comes before."""

    months: Interval


class YearsBetween(Spec):
    """The full years from one day to another: someone's age on a day."""

    years: Interval


class GroupSum(Spec):
    """What each entry of a group (that meets ``where``) comes to, added up."""

    group: Key
    where: Condition | None = None
    of: "Expression | None" = None
    table: "Table | None" = None


class SumOver(Spec):
    """A sum over the entries of a group."""

    sum: GroupSum


class CountOf(Spec):
    """Which entries are counted."""

    group: Key
    where: Condition | None = None


class CountOver(Spec):
    """The number of entries of a group."""

    count: CountOf


class PositionTable(Spec):
    """Amounts by the position of an entry among those summed: first, second, all others."""

    position: Annotated[dict[Annotated[str, Field(pattern=r"^([1-9][0-9]{0,3}|default)$")], Amount], Field(min_length=1, max_length=200)]


class FieldTable(Spec):
    """Amounts by the answer to a question; without a default an unlisted answer has no amount."""

    field: Key
    values: Annotated[dict[Annotated[str, Field(max_length=200)], Amount], Field(min_length=1, max_length=500)]
    default: Amount | None = None


class Step(Spec):
    """The amount for values below a limit, from the limit of the step before."""

    below: Numeral
    value: Amount


class StepTable(Spec):
    """Amounts by steps of a value, such as an income; the limits rise, ``else`` is for what reaches the last one."""

    of: "Expression"
    steps: Annotated[list[Step], Field(min_length=1, max_length=200)]
    otherwise: Annotated[Amount, Field(alias="else")]


def _kind_of_table(table: Any) -> str:
    if isinstance(table, Spec):
        return f"<{type(table).__name__}>"
    known = table if isinstance(table, dict) else {}
    return "<PositionTable>" if "position" in known else "<StepTable>" if "steps" in known else "<FieldTable>"


Table = Annotated[
    Annotated[PositionTable, Tag("<PositionTable>")]
    | Annotated[FieldTable, Tag("<FieldTable>")]
    | Annotated[StepTable, Tag("<StepTable>")],
    Discriminator(_kind_of_table),
]


class Lookup(Spec):
    """An amount looked up in a table of fees."""

    table: Table


class Choice(Spec):
    """One of two expressions, by a condition."""

    when: Annotated[Condition, Field(alias="if")]
    then: "Expression"
    otherwise: Annotated["Expression", Field(alias="else")]


_TAGS = {
    "number": "<Number>",
    "money": "<Sum>",
    "field": "<FieldValue>",
    "add": "<Add>",
    "sub": "<Subtract>",
    "mul": "<Multiply>",
    "sum": "<SumOver>",
    "count": "<CountOver>",
    "table": "<Lookup>",
    "if": "<Choice>",
    "min": "<Least>",
    "max": "<Greatest>",
    "round": "<Rounded>",
    "days": "<DaysBetween>",
    "months": "<MonthsBetween>",
    "years": "<YearsBetween>",
}


def _kind_of_node(node: Any) -> str | None:
    if isinstance(node, Spec):
        return f"<{type(node).__name__}>"
    return next((tag for key, tag in _TAGS.items() if key in node), None) if isinstance(node, dict) else None


Expression = Annotated[
    Annotated[Number, Tag("<Number>")]
    | Annotated[Sum, Tag("<Sum>")]
    | Annotated[FieldValue, Tag("<FieldValue>")]
    | Annotated[Add, Tag("<Add>")]
    | Annotated[Subtract, Tag("<Subtract>")]
    | Annotated[Multiply, Tag("<Multiply>")]
    | Annotated[SumOver, Tag("<SumOver>")]
    | Annotated[CountOver, Tag("<CountOver>")]
    | Annotated[Lookup, Tag("<Lookup>")]
    | Annotated[Choice, Tag("<Choice>")]
    | Annotated[Least, Tag("<Least>")]
    | Annotated[Greatest, Tag("<Greatest>")]
    | Annotated[Rounded, Tag("<Rounded>")]
    | Annotated[DaysBetween, Tag("<DaysBetween>")]
    | Annotated[MonthsBetween, Tag("<MonthsBetween>")]
    | Annotated[YearsBetween, Tag("<YearsBetween>")],
    Discriminator(_kind_of_node, custom_error_type="no_expression", custom_error_message="no_expression"),
]

for _model in (Add, Subtract, Multiply, Least, Greatest, Rounding, Rounded, GroupSum, SumOver, StepTable, Lookup, Choice):
    _model.model_rebuild()


Calculated = Add | Subtract | Multiply | Least | Greatest
"""Nodes that combine their parts."""

_MODES = {"half_up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


_COUNTED: Mapping[type[Spec], Callable[[date, date], int]] = {
    DaysBetween: lambda begin, end: (end - begin).days,
    MonthsBetween: full_months,
    YearsBetween: full_years,
}


def parts_in(node: Calculated) -> list[Expression]:
    """The parts that a node combines."""
    match node:
        case Add(add=parts) | Subtract(sub=parts) | Multiply(mul=parts) | Least(min=parts) | Greatest(max=parts):
            return parts


def compute(expression: Expression, scope: Scope, today: date) -> Decimal | None:
    """The exact value, None if a needed answer is missing or the result is out of all proportion."""
    try:
        value = _value(expression, scope, today, None)
    except DecimalException:
        return None
    return value if value is not None and value.is_finite() and abs(value) <= MOST else None


def _value(expression: Expression, scope: Scope, today: date, position: int | None) -> Decimal | None:
    match expression:
        case Number(number=written) | Sum(money=written):
            return Decimal(written)
        case FieldValue(field=key):
            answer = scope.value(key)
            return Decimal(answer) if isinstance(answer, int | Decimal) else None
        case CountOver(count=counted):
            return Decimal(count_rows(counted.group, counted.where, scope, today))
        case Lookup(table=table):
            return _look_up(table, scope, today, position)
        case SumOver(sum=over):
            return _sum(over, scope, today)
        case Choice():
            branch = expression.then if holds(expression.when, scope, today) else expression.otherwise
            return _value(branch, scope, today, position)
        case Rounded(round=rounding):
            value = _value(rounding.of, scope, today, position)
            return None if value is None else value.quantize(Decimal(1).scaleb(-rounding.places), rounding=_MODES[rounding.mode])
        case DaysBetween(days=interval) | MonthsBetween(months=interval) | YearsBetween(years=interval):
            return _between(interval, scope, today, _COUNTED[type(expression)])
        case _:
            values = [_value(part, scope, today, position) for part in parts_in(expression)]
            return _combine(expression, values)


def _between(interval: Interval, scope: Scope, today: date, counted: Callable[[date, date], int]) -> Decimal | None:
    begin, end = (_day(one, scope, today) for one in (interval.begin, interval.end))
    if begin is None or end is None:
        return None
    return Decimal(counted(begin, end))


def _day(written: Other | str, scope: Scope, today: date) -> date | None:
    answer = other_answer(written, scope) if isinstance(written, Other) else resolve(written, today)
    return answer if isinstance(answer, date) else None


def _combine(expression: Calculated, values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if isinstance(expression, Add):
        return sum(known, Decimal(0))
    if isinstance(expression, Subtract):
        return known[0] - known[1]
    if isinstance(expression, Least | Greatest):
        return min(known) if isinstance(expression, Least) else max(known)
    product = Decimal(1)
    for value in known:
        product *= value
    return product


def _sum(over: GroupSum, scope: Scope, today: date) -> Decimal | None:
    total = Decimal(0)
    for position, row in enumerate(rows_where(over.group, over.where, scope, today), start=1):
        value = _look_up(over.table, row, today, position) if over.table is not None else None
        if over.of is not None:
            value = _value(over.of, row, today, position)
        if value is None:
            return None
        total += value
    return total


def _look_up(table: Table, scope: Scope, today: date, position: int | None) -> Decimal | None:
    if isinstance(table, StepTable):
        value = _value(table.of, scope, today, position)
        return None if value is None else _step(table, value)
    if isinstance(table, PositionTable):
        written = table.position.get(str(position)) or table.position.get("default")
    else:
        answer = scope.value(table.field)
        known = None if answer is None else table.values.get(_as_key(answer))
        written = None if answer is None else known or table.default
    return None if written is None else Decimal(written)


def _step(table: StepTable, value: Decimal) -> Decimal:
    return Decimal(next((step.value for step in table.steps if value < Decimal(step.below)), table.otherwise))


def _as_key(answer: Any) -> str:
    """An answer as it stands in a table: options and numbers as they are, yes and no as true and false."""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


Result = Literal["number", "money"]
"""What an expression comes to."""


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expression and everything within it, except conditions."""
    yield expression
    inner: list[Expression] = []
    match expression:
        case Choice():
            inner = [expression.then, expression.otherwise]
        case SumOver(sum=over) if over.of is not None:
            inner = [over.of]
        case SumOver(sum=GroupSum(table=StepTable() as table)) | Lookup(table=StepTable() as table):
            inner = [table.of]
        case Rounded(round=rounding):
            inner = [rounding.of]
        case Add() | Subtract() | Multiply() | Least() | Greatest():
            inner = parts_in(expression)
    for part in inner:
        yield from parts_of(part)
