"""Random definitions over all types and rules, and hostile answers to them."""

from typing import Any

from hypothesis import strategies as st

from direktdraht.questions.definition import DefinitionError, FormDefinition, parse
from tests.questions.forms import FRUITS, SPECS, element
from tests.questions.test_elements import HOSTILE, PARTS

KINDS = sorted(set(SPECS) - {"group", "computed"})
NUMBERS = ["integer", "decimal", "money", "scale"]
OPERATORS = ["is", "is_not", "gt", "ge", "lt", "le", "contains", "in", "empty", "not_empty"]
KEYS = [f"q{number}" for number in range(8)]
GROUPS = ["g0", "g1"]
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [True, 2, "2.5", "10.00", "a", "apfel", "today", "today-1y", "2026-06-01", "09:30", ["a", "b"], [1, 2]]
)

FITTING: dict[str, list[tuple[str, Any]]] = {
    "yesno": [("is", True), ("is_not", False)],
    "consent": [("is", True)],
    "integer": [("gt", 2), ("in", [1, 3]), ("is", 3)],
    "scale": [("le", 3), ("is_not", 2)],
    "decimal": [("ge", "2.5"), ("lt", 100)],
    "money": [("gt", "10.00"), ("is", "12.50")],
    "date": [("ge", "today-1y"), ("is", "2026-06-01"), ("lt", {"field": "q0", "plus": "+1m"})],
    "time": [("lt", "10:00")],
    "datetime": [("gt", "2026-01-01"), ("is", "2026-06-01T09:30"), ("le", "today")],
    "text": [("is", "a"), ("contains", "a"), ("in", ["a", "b"]), ("is", {"field": "q1"})],
    "choice": [("is", "a"), ("in", ["a", "b"])],
    "codelist": [("is", "apfel"), ("is_not", "b")],
    "multichoice": [("contains", "a")],
}
"""Comparisons that fit a type; every type can be asked whether it is answered."""

_key, _group = st.sampled_from(KEYS), st.sampled_from(GROUPS)
_fits = st.builds(lambda key, place: {"fits": place, "field": key}, _key, st.integers(0, 5))
_number = st.builds(lambda place: {"number_of": place}, st.integers(0, 7))
_day = st.builds(lambda place, plus: {"day_of": place, **plus}, st.integers(0, 7), st.sampled_from([{}, {"plus": "+1m"}]))
_other = st.builds(lambda key, plus: {"field": key, **plus}, _key, st.sampled_from([{}, {"plus": "+1m"}, {"plus": "-9d"}]))


def _tested(key: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": key, "op": op} if op in {"empty", "not_empty"} else {"field": key, "op": op, "value": value}


def _conditions_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    counted = st.builds(lambda op, where: {"op": op, "value": 1, "where": where}, st.sampled_from(["ge", "is", "lt"]), inner)
    summed = st.builds(lambda key, value: {"field": key, "op": "gt", "value": value}, _key, st.sampled_from([2, "2.50"]))
    return (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
        | st.builds(lambda group, part: {"group": group, "all": part}, _group, inner)
        | st.builds(lambda group, part: {"group": group, "any": part}, _group, inner)
        | st.builds(lambda group, count: {"group": group, "count": count}, _group, counted)
        | st.builds(lambda group, total: {"group": group, "sum": total}, _group, summed)
    )


CONDITIONS: st.SearchStrategy[Any] = st.recursive(
    _fits | _fits | _fits | st.builds(_tested, _key, st.sampled_from(OPERATORS), VALUES | _other), _conditions_of, max_leaves=4
)

_table = st.builds(lambda key: {"field": key, "values": {"a": "1.00", "true": "2.00", "2": "3.00"}, "default": "0.50"}, _key)


def _expressions_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=3)
    steps = [{"below": "2", "value": "1.00"}, {"below": "20.5", "value": "2.00"}]
    return (
        st.builds(lambda node, parts: {node: parts}, st.sampled_from(["add", "mul", "min", "max"]), parts)
        | st.builds(lambda one, two: {"sub": [one, two]}, inner, inner)
        | st.builds(lambda of, mode: {"round": {"of": of, "mode": mode}}, inner, st.sampled_from(["up", "down", "half_up"]))
        | st.builds(lambda group, of: {"sum": {"group": group, "of": of}}, _group, inner)
        | st.builds(lambda group, table: {"sum": {"group": group, "table": table}}, _group, _table)
        | st.builds(lambda of: {"table": {"of": of, "steps": steps, "else": "3.00"}}, inner)
        | st.builds(lambda when, one, two: {"if": when, "then": one, "else": two}, CONDITIONS, inner, inner)
    )


EXPRESSIONS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([{"number": "2.5"}, {"number": "99999999"}, {"money": "12.34"}])
    | _number
    | _number
    | st.builds(lambda group: {"count": {"group": group}}, _group)
    | st.builds(lambda table: {"table": table}, _table)
    | st.builds(
        lambda node, begin, end: {node: {"from": begin, "to": end}},
        st.sampled_from(["days", "months", "years"]),
        _day | st.just("today"),
        _day | st.just("2026-12-24"),
    ),
    _expressions_of,
    max_leaves=5,
)


@st.composite
def _question(draw: st.DrawFn, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from([*KINDS, *NUMBERS, "date", "computed", "payment"]))
    more: dict[str, Any] = {}
    if kind == "computed":
        more = {"expression": draw(EXPRESSIONS), "result": draw(st.sampled_from(["number", "money"]))}
    elif kind == "payment" and draw(st.booleans()):
        more = {"expression": draw(EXPRESSIONS)}
    elif kind not in {"info", "hidden", "signature", "payment"}:
        more = {"required": draw(st.booleans())}
    if draw(st.integers(0, 3)) == 0:
        more["show_if"] = draw(CONDITIONS)
    return element(kind, key, **more)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Definitions of two pages with up to eight questions, two groups, one inside the other or beside it.

    Rules are made for the questions there are; some do not fit, and such a form is refused (``mended`` takes them out).
    """
    questions = [draw(_question(key)) for key in KEYS]
    cut = draw(st.integers(1, 5))
    outer, inner, rest = questions[:cut], questions[cut : cut + 1], questions[cut + 1 :]
    nested = {"type": "group", "key": "g1", "label": {"de": "Innen"}, "max": 3, "min": 0, "elements": inner}
    groups: list[dict[str, Any]] = [{"type": "group", "key": "g0", "label": {"de": "Gruppe"}, "max": 4, "elements": outer}]
    if draw(st.booleans()):
        groups[0]["elements"] = [*outer, nested]
    else:
        groups.append(nested)
    pages = [
        {"key": "first", "title": {"de": "Erste", "en": "First"}, "elements": groups},
        {"key": "second", "title": {"de": "Zweite"}, "elements": rest},
    ]
    if draw(st.integers(0, 4)) == 0:
        pages[1]["show_if"] = draw(CONDITIONS)
    fee = {"fee": draw(EXPRESSIONS)} if draw(st.integers(0, 2)) == 0 else {}
    data = {
        "format": "direktdraht-form/1",
        "key": "probe",
        "service": "probe",
        "title": {"de": "Probe"},
        "unit": "abfall",
        "answer_days": 5,
        "law": "vwvfg",
        "retention": {"months": 12, "basis": "Aktenordnung"},
        "code_lists": {"urn:de:obst": FRUITS},
        "pages": pages,
        **fee,
    }
    fitted: dict[str, Any] = fit(data, {one["key"]: one["type"] for one in questions})
    return fitted


def fit(node: Any, types: dict[str, str]) -> Any:
    """The tree with its open places filled by questions of a type that fits."""
    if isinstance(node, list):
        return [fit(part, types) for part in node]
    if not isinstance(node, dict):
        return node
    if "fits" in node:
        known = [*FITTING.get(types[node["field"]], []), ("not_empty", None), ("empty", None)]
        return _tested(node["field"], *known[node["fits"] % len(known)])
    if "number_of" in node:
        return _chosen(node["number_of"], [key for key, kind in types.items() if kind in NUMBERS], {"number": "3"})
    if "day_of" in node:
        found = _chosen(node["day_of"], [key for key, kind in types.items() if kind == "date"], "today")
        return {**found, **{key: node[key] for key in ("plus",) if key in node}} if isinstance(found, dict) else found
    return {key: fit(part, types) for key, part in node.items()}


def _chosen(place: int, keys: list[str], otherwise: Any) -> Any:
    return {"field": keys[place % len(keys)]} if keys else otherwise


def mended(data: dict[str, Any]) -> FormDefinition:
    """The form without the rules that are refused; everything else in it must be readable."""
    for _ in range(20):
        try:
            return parse(data)
        except DefinitionError as refusal:
            for finding in refusal.findings:
                _take_out(data, finding.path)
                if finding.code == "cycle":
                    data["pages"][1].pop("show_if", None)
                elif finding.code == "fee_twice":
                    data.pop("fee", None)
    return parse(data)


def _take_out(data: dict[str, Any], path: str) -> None:
    """Remove the rule at a path, or all rules of the question at it."""
    part: Any = data
    for step in path.split("."):
        if step in {"show_if", "fee", "expression", "result"} or (isinstance(part, dict) and step not in part):
            break
        part = part[int(step)] if isinstance(part, list) else part[step]
    for rule in ("show_if", "fee"):
        part.pop(rule, None)
    if "expression" in part:
        part["expression"] = {"money": "1.00"}
        if part["type"] == "computed":
            part["result"] = "money"


LIKELY: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(
            "2",
            3,
            "2,5",
            "12,50",
            True,
            "a",
            "apfel",
            "2026-06-01",
            "2026-06-01T09:30",
            "09:30",
            ["a", "b", "c.1"],
            "robin@musterstadt.example",
        ),
        *({"begin": "2026-06-01", "end": "2026-06-03"}, {"bus": "good", "bike": "bad"}, {"family_name": "Weber"}, {"name": "Verein"}),
        *({"label": "Weg"}, {"street": "Weg", "postal_code": "26121", "city": "Ort"}, "0441 235444", "DE02120300000000202051", ["f1"]),
    ]
)
_ANSWERS = st.dictionaries(st.sampled_from(KEYS), LIKELY | HOSTILE, max_size=8)
_ROWS = st.lists(st.builds(lambda row, inner: {**row, "g1": inner}, _ANSWERS, st.lists(_ANSWERS, max_size=2) | HOSTILE), max_size=3)
ANSWERS: st.SearchStrategy[Any] = (
    st.builds(lambda answers, rows, inner: {**answers, "g0": rows, "g1": inner}, _ANSWERS, _ROWS | HOSTILE, st.lists(_ANSWERS, max_size=2))
    | HOSTILE
)

_NAMES = st.builds(
    lambda key, part: f"{key}.{part}" if part else key,
    st.sampled_from([*KEYS, *(f"g0.0.{key}" for key in KEYS), "g0", "g1", "_add", "_remove", "_search", "_shown"]),
    st.sampled_from(["", "begin.day", "birth_date.year", *PARTS]),
)
POSTS: st.SearchStrategy[dict[str, str]] = st.dictionaries(
    _NAMES, st.text(max_size=12) | st.sampled_from(["g0", "1", "q1", "a"]), max_size=12
)
