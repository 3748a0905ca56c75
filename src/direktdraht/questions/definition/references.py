"""References inside conditions and expressions: do they exist, are they visible, do the types fit."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from direktdraht.questions import conditions as c
from direktdraht.questions import expressions as e
from direktdraht.questions.days import clock_time, local_moment, resolve
from direktdraht.questions.definition.errors import Finding
from direktdraht.questions.definition.outline import Place
from direktdraht.questions.elements.base import Element, Kind
from direktdraht.questions.elements.choice import Offering
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.spec import Spec

OPERATORS: dict[Kind, frozenset[str]] = {
    "text": frozenset({"is", "is_not", "contains", "in", "empty", "not_empty"}),
    "number": frozenset({"is", "is_not", "gt", "ge", "lt", "le", "in", "empty", "not_empty"}),
    "money": frozenset({"is", "is_not", "gt", "ge", "lt", "le", "in", "empty", "not_empty"}),
    "bool": frozenset({"is", "is_not", "empty", "not_empty"}),
    "date": frozenset({"is", "is_not", "gt", "ge", "lt", "le", "empty", "not_empty"}),
    "time": frozenset({"is", "is_not", "gt", "ge", "lt", "le", "empty", "not_empty"}),
    "datetime": frozenset({"is", "is_not", "gt", "ge", "lt", "le", "empty", "not_empty"}),
    "choice": frozenset({"is", "is_not", "in", "empty", "not_empty"}),
    "choices": frozenset({"contains", "empty", "not_empty"}),
    "files": frozenset({"empty", "not_empty"}),
    "address": frozenset({"empty", "not_empty"}),
    "parts": frozenset({"empty", "not_empty"}),
    "rows": frozenset({"empty", "not_empty"}),
    "none": frozenset(),
}
"""Which comparisons each kind of answer allows."""

COMPARING = frozenset({"is", "is_not", "gt", "ge", "lt", "le"})
"""Comparisons that can be made with another answer."""

INCOMPARABLE = frozenset({"choices", "files", "address", "parts", "rows", "none"})

_ANY_DAY = date(2026, 1, 1)


def keys_in(node: Any) -> Iterator[str]:
    """All keys of questions and groups that a tree refers to."""
    if isinstance(node, list):
        for part in node:
            yield from keys_in(part)
    elif isinstance(node, Spec):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in {"field", "group"} and isinstance(value, str):
                yield value
            else:
                yield from keys_in(value)


class Reader:
    """Reads trees against the elements of a definition and collects findings."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.places = places
        self.findings: list[Finding] = []

    def condition(self, node: c.Condition | None, inside: tuple[str, ...], path: str) -> None:
        """Check a condition that stands inside the given groups."""
        match node:
            case None:
                return
            case c.AllOf(all=parts) | c.AnyOf(any=parts):
                for index, part in enumerate(parts):
                    self.condition(part, inside, f"{path}.{index}")
            case c.Not(no=part):
                self.condition(part, inside, f"{path}.not")
            case c.FieldTest():
                self._field_test(node, inside, path)
            case c.EveryRow(group=group, all=part) | c.AnyRow(group=group, any=part):
                self._rows(group, part, inside, path)
            case c.RowCount(group=group, count=count):
                self._rows(group, count.where, inside, f"{path}.count")
            case c.RowTotal(group=group, sum=total):
                self._total(group, total, inside, f"{path}.sum")

    def _total(self, group: str, total: c.Total, inside: tuple[str, ...], path: str) -> None:
        if not self._group(group, inside, path):
            return
        rows = (*inside, group)
        self.condition(total.where, rows, path)
        element = self._field(total.field, rows, path)
        if element is None:
            return
        if element.kind not in {"number", "money"}:
            self.findings.append(Finding(path, "no_number", {"key": total.field}))
        elif not _one_fits(total.value, element, total.op):
            self.findings.append(Finding(path, "value_unfit", {"key": total.field}))

    def _rows(self, group: str, part: c.Condition | None, inside: tuple[str, ...], path: str) -> None:
        if self._group(group, inside, path):
            self.condition(part, (*inside, group), path)

    def _group(self, key: str, inside: tuple[str, ...], path: str) -> bool:
        place = self.places.get(key)
        known = place is not None and place.element.kind == "rows" and place.groups == inside[: len(place.groups)] and key not in inside
        if not known:
            self.findings.append(Finding(path, "unknown_group", {"key": key}))
        return known

    def _field(self, key: str, inside: tuple[str, ...], path: str) -> Element | None:
        place = self.places.get(key)
        if place is None or place.groups != inside[: len(place.groups)] or place.element.kind == "none":
            self.findings.append(Finding(path, "unknown_field", {"key": key}))
            return None
        return place.element

    def _field_test(self, node: c.FieldTest, inside: tuple[str, ...], path: str) -> None:
        element = self._field(node.field, inside, path)
        if element is None:
            return
        if node.op not in OPERATORS[element.kind]:
            self.findings.append(Finding(path, "operator_unfit", {"key": node.field}))
        elif isinstance(node.value, c.Other):
            self._other(node, node.value, element, inside, path)
        elif not _value_fits(node, element):
            self.findings.append(Finding(path, "value_unfit", {"key": node.field}))

    def _other(self, node: c.FieldTest, other: c.Other, element: Element, inside: tuple[str, ...], path: str) -> None:
        """Two answers can be compared if they are of one kind; only days can be moved."""
        compared = self._field(other.field, inside, f"{path}.value")
        if compared is None:
            return
        if compared.kind != element.kind or node.op not in COMPARING or element.kind in INCOMPARABLE:
            self.findings.append(Finding(path, "kinds_differ", {"key": node.field, "other": other.field}))
        elif other.plus is not None and element.kind != "date":
            self.findings.append(Finding(f"{path}.value.plus", "no_span"))

    def expression(self, node: e.Expression, inside: tuple[str, ...], path: str, *, in_sum: bool = False) -> e.Result | None:
        """Check an expression; what it comes to, None where a finding says why that cannot be told."""
        match node:
            case e.Number():
                return "number"
            case e.Sum():
                return "money"
            case e.FieldValue(field=key):
                return self._numeric(key, inside, path)
            case e.CountOver(count=counted):
                self._rows(counted.group, counted.where, inside, f"{path}.count")
                return "number"
            case e.Lookup(table=table):
                return self._table(table, inside, f"{path}.table", in_sum=in_sum)
            case e.SumOver(sum=over):
                return self._sum(over, inside, f"{path}.sum")
            case e.Choice():
                self.condition(node.when, inside, f"{path}.if")
                branches = [("then", node.then), ("else", node.otherwise)]
                return self._alike([self.expression(part, inside, f"{path}.{name}", in_sum=in_sum) for name, part in branches], path)
            case e.Rounded(round=rounding):
                return self.expression(rounding.of, inside, f"{path}.round.of", in_sum=in_sum)
            case e.DaysBetween(days=interval) | e.MonthsBetween(months=interval) | e.YearsBetween(years=interval):
                self._interval(interval, inside, path)
                return "number"
            case _:
                return self._calculated(node, inside, path, in_sum=in_sum)

    def _calculated(self, node: e.Calculated, inside: tuple[str, ...], path: str, *, in_sum: bool) -> e.Result | None:
        product = isinstance(node, e.Multiply)
        here = f"{path}.mul" if product else path
        results = [self.expression(part, inside, f"{here}.{index}", in_sum=in_sum) for index, part in enumerate(e.parts_in(node))]
        if not product:
            return self._alike(results, path)
        if results.count("money") > 1:
            self.findings.append(Finding(path, "money_and_number"))
        return "money" if "money" in results else "number"

    def _interval(self, interval: e.Interval, inside: tuple[str, ...], path: str) -> None:
        for one in (interval.begin, interval.end):
            element = self._field(one.field, inside, path) if isinstance(one, c.Other) else None
            if element is not None and element.kind != "date":
                self.findings.append(Finding(path, "no_day_answer", {"key": element.key}))

    def _numeric(self, key: str, inside: tuple[str, ...], path: str) -> e.Result | None:
        element = self._field(key, inside, path)
        if element is None:
            return None
        if element.kind == "money":
            return "money"
        if element.kind == "number":
            return "number"
        self.findings.append(Finding(path, "no_number", {"key": key}))
        return None

    def _sum(self, over: e.GroupSum, inside: tuple[str, ...], path: str) -> e.Result | None:
        if (over.of is None) == (over.table is None):
            self.findings.append(Finding(path, "one_of_both"))
            return None
        if not self._group(over.group, inside, path):
            return None
        rows = (*inside, over.group)
        self.condition(over.where, rows, f"{path}.where")
        if over.table is not None:
            return self._table(over.table, rows, f"{path}.table", in_sum=True)
        return None if over.of is None else self.expression(over.of, rows, f"{path}.of", in_sum=True)

    def _table(self, table: e.Table, inside: tuple[str, ...], path: str, *, in_sum: bool) -> e.Result | None:
        if isinstance(table, e.PositionTable):
            if not in_sum:
                self.findings.append(Finding(path, "position_outside"))
            return "money"
        if isinstance(table, e.StepTable):
            self.expression(table.of, inside, f"{path}.of", in_sum=in_sum)
            limits = [Decimal(step.below) for step in table.steps]
            if limits != sorted(set(limits)):
                self.findings.append(Finding(f"{path}.steps", "steps_unordered"))
            return "money"
        element = self._field(table.field, inside, path)
        if isinstance(element, Offering | CodeListChoice) and not set(table.values) <= set(element.offered()):
            self.findings.append(Finding(path, "value_unfit", {"key": table.field}))
        elif element is not None and element.kind not in {"choice", "number", "bool"}:
            self.findings.append(Finding(path, "operator_unfit", {"key": table.field}))
        return "money"

    def _alike(self, results: list[e.Result | None], path: str) -> e.Result | None:
        known = [result for result in results if result is not None]
        if len(set(known)) > 1:
            self.findings.append(Finding(path, "money_and_number"))
            return None
        return known[0] if known else None


def _value_fits(node: c.FieldTest, element: Element) -> bool:
    if node.op in {"empty", "not_empty"}:
        return node.value is None
    values = node.value if node.op == "in" else [node.value]
    return isinstance(values, list) and bool(values) and all(_one_fits(value, element, node.op) for value in values)


def _one_fits(value: Any, element: Element, op: str) -> bool:
    if isinstance(element, Offering | CodeListChoice):
        return isinstance(value, str) and value in element.offered()
    match element.kind:
        case "bool":
            return isinstance(value, bool)
        case "number":
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole or (not element.whole and isinstance(value, str) and _is_amount(value))
        case "money":
            return isinstance(value, str) and _is_amount(value)
        case "date":
            return isinstance(value, str) and resolve(value, _ANY_DAY) is not None
        case "time":
            return isinstance(value, str) and clock_time(value) is not None
        case "datetime":
            return isinstance(value, str) and (local_moment(value) is not None or resolve(value, _ANY_DAY) is not None)
        case _:
            return isinstance(value, str) and (bool(value) or op != "contains")


def _is_amount(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
