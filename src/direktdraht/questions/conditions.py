"""Conditions: a closed tree, typed when a definition is read, evaluated without any language of its own.

An unanswered question satisfies only ``empty``: every other test of it is false, also ``is_not``.
``not`` turns round what it is given.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal, Protocol

from pydantic import Discriminator, Field, Tag

from direktdraht.questions.days import Span, clock_time, local_moment, resolve, shifted
from direktdraht.questions.spec import Key, Spec

Operator = Literal["is", "is_not", "gt", "ge", "lt", "le", "contains", "in", "empty", "not_empty"]
Literally = bool | int | str

MOST_PARTS = 50


class Other(Spec):
    """Another answer, for days also so much later or earlier."""

    field: Key
    plus: Span | None = None


Value = Literally | list[Literally] | Other


class AllOf(Spec):
    """True if every part is true."""

    all: Annotated[list["Condition"], Field(min_length=1, max_length=MOST_PARTS)]


class AnyOf(Spec):
    """True if one part is true."""

    any: Annotated[list["Condition"], Field(min_length=1, max_length=MOST_PARTS)]


class Not(Spec):
    """True if the part is false."""

    no: Annotated["Condition", Field(alias="not")]


class FieldTest(Spec):
    """One question's answer compared with a fixed value or with another answer."""

    field: Key
    op: Operator
    value: Value | None = None


class EveryRow(Spec):
    """True if every entry of a group meets the condition."""

    group: Key
    all: "Condition"


class AnyRow(Spec):
    """True if one entry of a group meets the condition."""

    group: Key
    any: "Condition"


class Count(Spec):
    """How many entries of a group (that meet ``where``) there must be."""

    op: Literal["is", "is_not", "gt", "ge", "lt", "le"]
    value: Annotated[int, Field(ge=0, le=10_000)]
    where: "Condition | None" = None


class RowCount(Spec):
    """True if the number of entries of a group compares as asked."""

    group: Key
    count: Count


class Total(Spec):
    """What the answers to one question in the entries of a group (that meet ``where``) must add up to."""

    field: Key
    op: Literal["is", "is_not", "gt", "ge", "lt", "le"]
    value: int | str
    where: "Condition | None" = None


class RowTotal(Spec):
    """True if the answers in the entries of a group add up as asked; unanswered ones count nothing."""

    group: Key
    sum: Total


def _kind_of_node(node: Any) -> str | None:
    """Which node a JSON object is, told by its keys."""
    if isinstance(node, Spec):
        return f"<{type(node).__name__}>"
    if not isinstance(node, dict):
        return None
    if "group" in node:
        rows = {"all": "<EveryRow>", "any": "<AnyRow>", "count": "<RowCount>", "sum": "<RowTotal>"}
        return next((tag for key, tag in rows.items() if key in node), None)
    kinds = {"all": "<AllOf>", "any": "<AnyOf>", "not": "<Not>", "field": "<FieldTest>"}
    return next((tag for key, tag in kinds.items() if key in node), None)


Condition = Annotated[
    Annotated[AllOf, Tag("<AllOf>")]
    | Annotated[AnyOf, Tag("<AnyOf>")]
    | Annotated[Not, Tag("<Not>")]
    | Annotated[FieldTest, Tag("<FieldTest>")]
    | Annotated[EveryRow, Tag("<EveryRow>")]
    | Annotated[AnyRow, Tag("<AnyRow>")]
    | Annotated[RowCount, Tag("<RowCount>")]
    | Annotated[RowTotal, Tag("<RowTotal>")],
    Discriminator(_kind_of_node, custom_error_type="no_condition", custom_error_message="no_condition"),
]

for _model in (AllOf, AnyOf, Not, EveryRow, AnyRow, Count, RowCount, Total, RowTotal):
    _model.model_rebuild()


class Exactly(str):
    """An answer that is compared letter by letter, also in upper and lower case: the code of a code list."""

    __slots__ = ()


class Scope(Protocol):
    """Where references are looked up: an entry of a group sees its own answers, then those around it."""

    def value(self, key: str) -> Any:
        """The typed answer (Decimal for money, date for days), None if unanswered, wrong or hidden."""

    def rows(self, group: str) -> Sequence["Scope"]:
        """The entries of a group, none if it is hidden."""


def holds(condition: Condition, scope: Scope, today: date) -> bool:
    """Whether the condition is true for these answers on this day."""
    match condition:
        case FieldTest(value=Other() as other):
            return _compare_answers(scope.value(condition.field), condition.op, other_answer(other, scope))
        case FieldTest():
            return compare(scope.value(condition.field), condition.op, condition.value, today)
        case AllOf(all=parts):
            return all(holds(part, scope, today) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, scope, today) for part in parts)
        case Not(no=part):
            return not holds(part, scope, today)
        case EveryRow(group=group, all=part):
            return all(holds(part, row, today) for row in scope.rows(group))
        case AnyRow(group=group, any=part):
            return any(holds(part, row, today) for row in scope.rows(group))
        case RowCount(group=group, count=count):
            return compare(count_rows(group, count.where, scope, today), count.op, count.value, today)
        case RowTotal(group=group, sum=total):
            answers = (row.value(total.field) for row in rows_where(group, total.where, scope, today))
            return compare(sum((Decimal(one) for one in answers if one is not None), Decimal(0)), total.op, total.value, today)


def other_answer(other: Other, scope: Scope) -> Any:
    """The typed answer that is meant, moved by its span; None if it is unanswered."""
    answer = scope.value(other.field)
    return answer if answer is None or other.plus is None else shifted(answer, other.plus)


def _compare_answers(answer: Any, op: Operator, other: Any) -> bool:
    """Compare two answers of one kind; an unanswered one is neither the same nor different."""
    if answer is None or other is None:
        return False
    if isinstance(answer, str) and not isinstance(answer, Exactly):
        answer, other = answer.casefold(), str(other).casefold()
    if op in {"is", "is_not"}:
        return bool(answer == other) == (op == "is")
    return _ordered(answer, op, other)


def count_rows(group: str, where: Condition | None, scope: Scope, today: date) -> int:
    """How many entries of the group meet the condition."""
    return len(rows_where(group, where, scope, today))


def rows_where(group: str, where: Condition | None, scope: Scope, today: date) -> list[Scope]:
    """The entries of the group that meet the condition, in their order."""
    return [row for row in scope.rows(group) if where is None or holds(where, row, today)]


def compare(answer: Any, op: Operator, value: Any, today: date) -> bool:
    """Compare a typed answer with a definition's value.

    Text is compared without regard to case; a moment compared with a day counts as its day.
    """
    unanswered = answer is None or answer in ("", [], {})
    if op in {"empty", "not_empty"} or unanswered:
        return unanswered if op == "empty" else (not unanswered and op == "not_empty")
    if op == "in":
        return isinstance(value, list) and any(_equal(answer, one, today) for one in value)
    if op == "contains":
        if isinstance(answer, list):
            return value in answer
        return str(value).casefold() in str(answer).casefold()
    if isinstance(answer, datetime) and resolve(str(value), today) is not None:
        answer = answer.date()
    if op in {"is", "is_not"}:
        return _equal(answer, value, today) == (op == "is")
    return _ordered(answer, op, _like(answer, value, today))


def _equal(answer: Any, value: Any, today: date) -> bool:
    if isinstance(answer, Exactly):
        return isinstance(value, str) and str(answer) == value
    if isinstance(answer, str):
        return isinstance(value, str) and answer.casefold() == value.casefold()
    expected = _like(answer, value, today)
    return type(expected) is type(answer) and bool(expected == answer)


def _ordered(answer: Any, op: Operator, expected: Any) -> bool:
    if expected is None:
        return False
    results = {"gt": answer > expected, "ge": answer >= expected, "lt": answer < expected, "le": answer <= expected}
    return bool(results[op])


def _like(answer: Any, value: Any, today: date) -> Any:
    """The definition's value in the type of the answer, None if that cannot be."""
    if isinstance(answer, bool):
        return value if isinstance(value, bool) else None
    if isinstance(answer, Decimal):
        return Decimal(value)
    if isinstance(answer, int):
        return int(value)
    if isinstance(answer, time):
        return clock_time(str(value))
    if isinstance(answer, datetime):
        return local_moment(str(value))
    if isinstance(answer, date):
        return resolve(str(value), today)
    return None
