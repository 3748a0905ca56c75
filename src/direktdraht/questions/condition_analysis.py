"""Conditions that can never or only ever be true, found by trying out all cases.

Every answer a condition tests gets a small set of stand-ins: unanswered, the tested values, and values between
and beyond them inside the question's own limits. The condition is worked out for every combination. Where an
answer has no small set (days that move with today, parts of a text, other answers, entries of groups) each test
may turn out either way. So the stand-ins cover at least what people can answer: what is called never or always is so; what
is not named may still be. Above ``MOST_CASES`` combinations nothing is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any, Literal

from direktdraht.questions import conditions as c
from direktdraht.questions.definition.outline import Outline
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.choice import Offering
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.elements.group import Group

MOST_CASES = 20_000

Verdict = Literal["never", "always", "depends"]

_ANY_DAY = date(2026, 1, 1)
_ORDERED = {"gt", "ge", "lt", "le", "is", "is_not", "in"}
_NO_VALUE = {"empty", "not_empty"}

Variable = tuple[str, str]
"""What varies: ("answer", key), ("entries", group) or ("test", the test as text)."""

Case = Mapping[Variable, Any]


def verdict(conditions: Sequence[c.Condition], outline: Outline) -> Verdict:
    """Whether all the conditions together can be true, and whether they can be false."""
    parts = [part for condition in conditions for part in _leaves(condition)]
    variables = _variables(parts, outline)
    if prod(len(values) for values in variables.values()) > MOST_CASES:
        return "depends"
    seen = {_true(conditions, dict(zip(variables, case, strict=True))) for case in product(*variables.values())}
    if seen == {False}:
        return "never"
    return "always" if seen == {True} else "depends"


@dataclass(frozen=True)
class _Leaf:
    """A test that is not put together from others."""

    node: c.FieldTest | c.EveryRow | c.AnyRow | c.RowCount | c.RowTotal

    @property
    def free(self) -> Variable:
        """The test as something that may turn out either way."""
        return ("test", self.node.model_dump_json())


def _leaves(condition: c.Condition) -> Iterator[_Leaf]:
    match condition:
        case c.AllOf(all=parts) | c.AnyOf(any=parts):
            for part in parts:
                yield from _leaves(part)
        case c.Not(no=part):
            yield from _leaves(part)
        case _:
            yield _Leaf(condition)


def _variables(leaves: Sequence[_Leaf], outline: Outline) -> dict[Variable, list[Any]]:
    tests: dict[str, list[c.FieldTest]] = {}
    counts: dict[str, list[int]] = {}
    variables: dict[Variable, list[Any]] = {}
    for leaf in leaves:
        match leaf.node:
            case c.FieldTest(field=key):
                tests.setdefault(key, []).append(leaf.node)
            case c.RowCount(group=group, count=count) if count.where is None:
                counts.setdefault(group, []).append(count.value)
            case _:
                variables[leaf.free] = [True, False]
    for key, of_field in tests.items():
        fixed = [test for test in of_field if not isinstance(test.value, c.Other)]
        stand_ins = _stand_ins(outline.element(key), fixed) if fixed else None
        variables[("answer", key)] = [None, *([True] if stand_ins is None else stand_ins)]
        for test in of_field:
            if isinstance(test.value, c.Other) or (stand_ins is None and test.op not in _NO_VALUE):
                variables[_Leaf(test).free] = [True, False]
    for group, tested in counts.items():
        element = outline.element(group)
        most = element.max if isinstance(element, Group) else max(tested) + 1
        variables[("entries", group)] = sorted(
            {number for value in tested for number in (0, value - 1, value, value + 1) if 0 <= number <= most}
        )
    return variables


def _stand_ins(element: Element, tests: Sequence[c.FieldTest]) -> list[Any] | None:
    """Values that stand for all answers, None if there is no small set of them."""
    tested = [
        value for test in tests if test.op not in _NO_VALUE for value in (test.value if isinstance(test.value, list) else [test.value])
    ]
    if element.kind == "bool":
        return [True, False]
    if element.kind in {"number", "money"} and all(test.op in _ORDERED | _NO_VALUE for test in tests):
        return _numbers(element, [Decimal(str(value)) for value in tested])
    if isinstance(element, Offering | CodeListChoice) and element.kind == "choice":
        return [element.typed(value) for value in (*dict.fromkeys(tested), *_others(element, tested))]
    if element.kind == "text" and all(test.op in {"is", "is_not", "in", *_NO_VALUE} for test in tests):
        spoken = dict.fromkeys(str(value).casefold() for value in tested)
        return [*spoken, "".join(spoken) + "\N{REPLACEMENT CHARACTER}"]
    return None


def _others(element: Element, tested: Sequence[Any]) -> list[str]:
    """One offered value that no test names, if there is one."""
    if not isinstance(element, Offering | CodeListChoice):
        return []
    return [value for value in element.offered() if value not in tested][:1]


def _numbers(element: Element, tested: Sequence[Decimal]) -> list[Decimal]:
    """The tested numbers, one between each two, one beyond on both sides, as far as the question allows them."""
    points = sorted(set(tested))
    between = [(one + other) / 2 for one, other in pairwise(points)]
    beyond = [points[0] - 1, points[-1] + 1] if points else [Decimal(0)]
    limits = [getattr(element, name, None) for name in ("min", "max")]
    least, most = (None if limit is None else Decimal(str(limit)) for limit in limits)
    edges = [limit for limit in (least, most) if limit is not None]
    candidates = sorted({*points, *between, *beyond, *edges})
    return [number for number in candidates if (least is None or number >= least) and (most is None or number <= most)]


def _true(conditions: Sequence[c.Condition], case: Case) -> bool:
    return all(_holds(condition, case) for condition in conditions)


def _holds(condition: c.Condition, case: Case) -> bool:
    match condition:
        case c.AllOf(all=parts):
            return all(_holds(part, case) for part in parts)
        case c.AnyOf(any=parts):
            return any(_holds(part, case) for part in parts)
        case c.Not(no=part):
            return not _holds(part, case)
        case c.FieldTest():
            return _test_holds(condition, case)
        case c.RowCount(group=group, count=count) if count.where is None:
            return c.compare(case[("entries", group)], count.op, count.value, _ANY_DAY)
        case _:
            return bool(case[_Leaf(condition).free])


def _test_holds(test: c.FieldTest, case: Case) -> bool:
    answer = case[("answer", test.field)]
    free = _Leaf(test).free
    if free in case:
        return answer is not None and bool(case[free])
    return c.compare(answer, test.op, test.value, _ANY_DAY)
