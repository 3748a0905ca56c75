"""Expressions for computed values and fees: a closed tree of numbers, money, sums and tables.

An expression over an unanswered question has no value (None); so a fee appears once all it needs is known.
Money is exact decimal arithmetic; the result is rounded to cents once, half up (``Money.of``).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, DecimalException
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from direktdraht.questions.conditions import MOST_PARTS, Condition, Scope, count_rows, holds, rows_where
from direktdraht.questions.money import MOST
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


class GroupSum(Spec):
    """What each entry of a group (that meets ``where``) comes to, added up."""

    group: Key
    where: Condition | None = None
    of: "Expression | None" = None
    table: "PositionTable | FieldTable | None" = None


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


class Lookup(Spec):
    """An amount looked up in a table of fees."""

    table: PositionTable | FieldTable


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
    | Annotated[Choice, Tag("<Choice>")],
    Discriminator(_kind_of_node, custom_error_type="no_expression", custom_error_message="no_expression"),
]

for _model in (Add, Subtract, Multiply, GroupSum, SumOver, Lookup, Choice):
    _model.model_rebuild()


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
            return _look_up(table, scope, position)
        case SumOver(sum=over):
            return _sum(over, scope, today)
        case Choice():
            branch = expression.then if holds(expression.when, scope, today) else expression.otherwise
            return _value(branch, scope, today, position)
        case Add(add=parts) | Subtract(sub=parts) | Multiply(mul=parts):
            values = [_value(part, scope, today, position) for part in parts]
            return _combine(expression, values)


def _combine(expression: Add | Subtract | Multiply, values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if isinstance(expression, Add):
        return sum(known, Decimal(0))
    if isinstance(expression, Subtract):
        return known[0] - known[1]
    product = Decimal(1)
    for value in known:
        product *= value
    return product


def _sum(over: GroupSum, scope: Scope, today: date) -> Decimal | None:
    total = Decimal(0)
    for position, row in enumerate(rows_where(over.group, over.where, scope, today), start=1):
        value = _look_up(over.table, row, position) if over.table is not None else None
        if over.of is not None:
            value = _value(over.of, row, today, position)
        if value is None:
            return None
        total += value
    return total


def _look_up(table: PositionTable | FieldTable, scope: Scope, position: int | None) -> Decimal | None:
    if isinstance(table, PositionTable):
        written = table.position.get(str(position)) or table.position.get("default")
    else:
        answer = scope.value(table.field)
        known = None if answer is None else table.values.get(_as_key(answer))
        written = None if answer is None else known or table.default
    return None if written is None else Decimal(written)


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
        case Add(add=parts) | Subtract(sub=parts) | Multiply(mul=parts):
            inner = parts
        case Choice():
            inner = [expression.then, expression.otherwise]
        case SumOver(sum=over) if over.of is not None:
            inner = [over.of]
    for part in inner:
        yield from parts_of(part)
