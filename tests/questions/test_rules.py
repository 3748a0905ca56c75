"""Rules between answers: compared with each other, added up over entries, spans of time, steps of fees."""

from datetime import date
from typing import Any

import pytest

from direktdraht.questions.days import full_years, shifted
from direktdraht.questions.definition import DefinitionError, FormDefinition, parse
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.sentences import expression_sentence, sentence
from tests.questions.forms import element, form, parsed

TODAY = date(2026, 6, 15)
STALLS = element(
    "group",
    "stalls",
    label={"de": "Stände", "en": "Stalls"},
    elements=[
        element("integer", "metres", label={"de": "Länge", "en": "Length"}),
        element("yesno", "roof", label={"de": "Dach", "en": "Roof"}),
        element("group", "helpers", label={"de": "Hilfen", "en": "Helpers"}, elements=[element("money", "wage")]),
    ],
)
PARTS = (
    STALLS,
    element("date", "begin", label={"de": "Beginn", "en": "Begin"}, max="today+9y"),
    element("date", "end", label={"de": "Ende", "en": "End"}, max="today+9y"),
    element("money", "income", label={"de": "Einkommen", "en": "Income"}, max="900000.00"),
    element("decimal", "size", label={"de": "Größe", "en": "Size"}),
    element("time", "opens", label={"de": "Öffnet", "en": "Opens"}),
    element("datetime", "visit", label={"de": "Besuch", "en": "Visit"}),
    element("text", "one", label={"de": "Eins", "en": "One"}),
    element("text", "two", label={"de": "Zwei", "en": "Two"}),
)
DAYS = {"begin": "2026-01-31", "end": "2026-04-30"}


def with_condition(condition: dict[str, Any]) -> FormDefinition:
    return parsed(*PARTS, element("text", "more", show_if=condition))


def shown(condition: dict[str, Any], answers: dict[str, Any]) -> bool:
    return "more" in evaluate(with_condition(condition), answers, today=TODAY).shown


def refusal(*elements: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as refused:
        parse(form(*PARTS, *elements, **more))
    assert all(finding.sentence(language) for finding in refused.value.findings for language in ("de", "en"))
    return [(finding.path.replace("pages.0.elements.9.", ""), finding.code) for finding in refused.value.findings]


def other(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


HOLDS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    (other("end", "gt", {"field": "begin"}), DAYS, True),
    (other("end", "le", {"field": "begin", "plus": "+3m"}), DAYS, True),
    (other("end", "lt", {"field": "begin", "plus": "+3m"}), DAYS, False),
    (other("begin", "is", {"field": "end", "plus": "-89d"}), DAYS, True),
    (other("end", "is_not", {"field": "begin"}), {"end": "2026-04-30"}, False),
    (other("end", "is", {"field": "begin"}), {}, False),
    (other("one", "is", {"field": "two"}), {"one": "Ja", "two": "ja"}, True),
    (other("size", "gt", "2.25"), {"size": "2,5"}, True),
    (other("size", "is", "2.5"), {"size": "2,50"}, True),
    (other("size", "in", [1, "2.5"]), {"size": "2,50"}, True),
    (other("size", "le", 2), {"size": "2,50"}, False),
    (other("opens", "lt", "09:30"), {"opens": "9:29"}, True),
    (other("visit", "is", "today"), {"visit": "2026-06-15T23:30"}, True),
    (other("visit", "gt", "today"), {"visit": "2026-06-15T23:30"}, False),
    (other("visit", "ge", "2026-06-15T23:30"), {"visit": "2026-06-15T23:30"}, True),
    ({"group": "stalls", "sum": {"field": "metres", "op": "ge", "value": 7}}, {"stalls": [{"metres": 3}, {}, {"metres": 4}]}, True),
    (
        {"group": "stalls", "sum": {"field": "metres", "op": "is", "value": 3, "where": other("roof", "is", True)}},
        {"stalls": [{"metres": 3, "roof": True}, {"metres": 4, "roof": False}]},
        True,
    ),
    (
        {"group": "stalls", "any": {"group": "helpers", "all": other("wage", "lt", {"field": "income"})}},
        {"income": "12.00", "stalls": [{"helpers": [{"wage": "10.00"}, {"wage": "11.00"}]}]},
        True,
    ),
    (
        {"group": "stalls", "all": {"group": "helpers", "sum": {"field": "wage", "op": "gt", "value": "20.00"}}},
        {"stalls": [{"helpers": [{"wage": "10.00"}, {"wage": "11.00"}]}]},
        True,
    ),
]


@pytest.mark.parametrize(("condition", "answers", "holds"), HOLDS)
def test_a_condition_holds(condition: dict[str, Any], answers: dict[str, Any], holds: bool) -> None:
    assert shown(condition, answers) is holds


UNFIT: list[tuple[dict[str, Any], tuple[str, str]]] = [
    (other("end", "gt", {"field": "income"}), ("show_if", "kinds_differ")),
    (other("size", "gt", {"field": "income"}), ("show_if", "kinds_differ")),
    (other("one", "contains", {"field": "two"}), ("show_if", "kinds_differ")),
    (other("income", "gt", {"field": "income", "plus": "+1y"}), ("show_if.value.plus", "no_span")),
    (other("end", "gt", {"field": "wage"}), ("show_if.value", "unknown_field")),
    (other("end", "gt", {"field": "begin", "plus": "soon"}), ("show_if.value.plus", "wrong_value")),
    (other("opens", "gt", "25:00"), ("show_if", "value_unfit")),
    (other("visit", "gt", "soon"), ("show_if", "value_unfit")),
    (other("size", "gt", "viel"), ("show_if", "value_unfit")),
    ({"group": "stalls", "sum": {"field": "roof", "op": "gt", "value": 1}}, ("show_if.sum", "no_number")),
    ({"group": "stalls", "sum": {"field": "metres", "op": "gt", "value": "x"}}, ("show_if.sum", "value_unfit")),
    ({"group": "stalls", "sum": {"field": "income", "op": "gt", "value": "x"}}, ("show_if.sum", "value_unfit")),
    ({"group": "ghost", "sum": {"field": "metres", "op": "gt", "value": 1}}, ("show_if.sum", "unknown_group")),
]


@pytest.mark.parametrize(("condition", "finding"), UNFIT)
def test_what_cannot_be_compared_is_refused(condition: dict[str, Any], finding: tuple[str, str]) -> None:
    assert finding in refusal(element("text", "more", show_if=condition))


STEPS = {
    "of": {"field": "income"},
    "steps": [{"below": "20000.00", "value": "0.00"}, {"below": "30000.00", "value": "120.00"}],
    "else": "310.00",
}
NESTED = {"sum": {"group": "stalls", "of": {"sum": {"group": "helpers", "of": {"field": "wage"}}}}}
WAGES = {"stalls": [{"helpers": [{"wage": "10.00"}, {"wage": "11.00"}]}, {"helpers": [{"wage": "1.50"}]}]}

COMES_TO: list[tuple[dict[str, Any], str, dict[str, Any], str | None]] = [
    ({"table": STEPS}, "money", {"income": "19.999,99"}, "0.00"),
    ({"table": STEPS}, "money", {"income": "20000.00"}, "120.00"),
    ({"table": STEPS}, "money", {"income": "30000.00"}, "310.00"),
    ({"table": STEPS}, "money", {}, None),
    ({"min": [{"field": "income"}, {"money": "50.00"}]}, "money", {"income": "70.00"}, "50.00"),
    ({"max": [{"field": "size"}, {"number": "3"}]}, "number", {"size": "2.5"}, "3"),
    ({"round": {"of": {"field": "size"}}}, "number", {"size": "2.5"}, "3"),
    ({"round": {"of": {"field": "size"}, "mode": "down"}}, "number", {"size": "2.99"}, "2"),
    ({"round": {"of": {"field": "size"}, "places": 1, "mode": "up"}}, "number", {"size": "2.51"}, "2.6"),
    ({"days": {"from": {"field": "begin"}, "to": {"field": "end"}}}, "number", DAYS, "89"),
    ({"days": {"from": {"field": "end", "plus": "+1d"}, "to": "2026-05-01"}}, "number", DAYS, "0"),
    ({"years": {"from": {"field": "begin"}, "to": "today"}}, "number", {"begin": "2000-06-16"}, "25"),
    ({"years": {"from": {"field": "begin"}, "to": "today"}}, "number", {}, None),
    ({"months": {"from": {"field": "begin"}, "to": "today"}}, "number", {"begin": "2026-01-16"}, "4"),
    ({"months": {"from": {"field": "begin"}, "to": "today"}}, "number", {"begin": "2026-01-15"}, "5"),
    (NESTED, "money", WAGES, "22.50"),
    ({"sum": {"group": "stalls", "table": {**STEPS, "of": {"field": "income"}}}}, "money", {**WAGES, "income": "20000.00"}, "240.00"),
]


@pytest.mark.parametrize(("expression", "result", "answers", "value"), COMES_TO)
def test_an_expression_comes_to(expression: dict[str, Any], result: str, answers: dict[str, Any], value: str | None) -> None:
    definition = parsed(*PARTS, element("computed", "total", expression=expression, result=result))

    assert evaluate(definition, answers, today=TODAY).answers.get("total") == value


BAD: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"min": [{"field": "income"}, {"field": "size"}]}, ("expression", "money_and_number")),
    ({"days": {"from": {"field": "income"}, "to": "today"}}, ("expression", "no_day_answer")),
    ({"table": {**STEPS, "steps": [STEPS["steps"][1], STEPS["steps"][0]]}}, ("expression.table.steps", "steps_unordered")),  # type: ignore[index]  # a list
    ({"table": {**STEPS, "of": {"field": "ghost"}}}, ("expression.table.of", "unknown_field")),
    ({"table": {"of": {"number": "1"}, "steps": []}}, ("expression.table.steps", "list_too_short")),
    ({"round": {"of": {"number": "1"}, "places": 9}}, ("expression.round.places", "wrong_value")),
]


@pytest.mark.parametrize(("expression", "finding"), BAD)
def test_an_expression_that_makes_no_sense_is_refused(expression: dict[str, Any], finding: tuple[str, str]) -> None:
    assert finding in refusal(element("computed", "total", expression=expression))


SAID: list[tuple[dict[str, Any], str, str]] = [
    (
        other("end", "le", {"field": "begin", "plus": "+3m"}),
        "„Ende“ liegt nicht nach „Beginn“ + 3 Monate.",
        "“End” is not after “Begin” + 3 months.",
    ),
    (other("one", "is_not", {"field": "two"}), "„Eins“ ist nicht „Zwei“.", "“One” is not “Two”."),
    (other("opens", "lt", "09:30"), "„Öffnet“ liegt vor 9:30 Uhr.", "“Opens” is before 9:30."),
    (
        other("visit", "ge", "2026-12-24T18:00"),
        "„Besuch“ liegt nicht vor 24. Dezember 2026, 18:00 Uhr.",
        "“Visit” is not before 24 December 2026, 18:00.",
    ),
    (other("visit", "gt", "today"), "„Besuch“ liegt nach heute.", "“Visit” is after today."),
    (other("size", "gt", "2.5"), "„Größe“ ist mehr als 2,5.", "“Size” is more than 2.5."),
    (
        {"group": "stalls", "sum": {"field": "metres", "op": "gt", "value": 9, "where": other("roof", "is", True)}},
        "Die Summe von „Länge“ bei „Stände“ ist mehr als 9, nur Einträge mit: („Dach“ ist „Ja“).",
        "The sum of “Length” in “Stalls” is more than 9, only entries with: (“Roof” is “Yes”).",
    ),
]


@pytest.mark.parametrize(("condition", "german", "english"), SAID)
def test_a_condition_reads_as_a_sentence(condition: dict[str, Any], german: str, english: str) -> None:
    definition = with_condition(condition)
    rule = definition.outline.element("more").show_if
    assert rule is not None

    assert (sentence(rule, definition, "de"), sentence(rule, definition, "en")) == (german, english)


COMPUTED: list[tuple[dict[str, Any], str, str]] = [
    (
        {"table": STEPS},
        "Nach („Einkommen“): unter 20.000,00 €: 0,00 €, unter 30.000,00 €: 120,00 €, sonst: 310,00 €.",
        "By (“Income”): below €20,000.00: €0.00, below €30,000.00: €120.00, otherwise: €310.00.",
    ),
    (
        {"mul": [{"years": {"from": {"field": "begin"}, "to": "today"}}, {"money": "2.00"}]},
        "Volle Jahre von „Beginn“ bis heute mal 2,00 €.",
        "Full years from “Begin” to today times €2.00.",
    ),
    (
        {"mul": [{"days": {"from": {"field": "begin"}, "to": {"field": "end", "plus": "+1d"}}}, {"money": "2.00"}]},
        "Tage von „Beginn“ bis „Ende“ + 1 Tage mal 2,00 €.",
        "Days from “Begin” to “End” + 1 days times €2.00.",
    ),
    (
        {"max": [{"round": {"of": {"field": "income"}, "mode": "down"}}, {"min": [{"money": "9.00"}, {"money": "8.00"}]}]},
        "Der größte Wert von: („Einkommen“), abgerundet auf 0 Stellen nach dem Komma, der kleinste Wert von: 9,00 €, 8,00 €.",
        "The greatest of: (“Income”), rounded down to 0 decimal places, the smallest of: €9.00, €8.00.",
    ),
]


@pytest.mark.parametrize(("expression", "german", "english"), COMPUTED)
def test_an_expression_reads_as_a_sentence(expression: dict[str, Any], german: str, english: str) -> None:
    definition = parsed(*PARTS, fee=expression)
    assert definition.fee is not None

    assert (expression_sentence(definition.fee, definition, "de"), expression_sentence(definition.fee, definition, "en")) == (
        german,
        english,
    )


def test_a_question_waits_for_the_answer_it_is_compared_with() -> None:
    first = element("text", "a", show_if=other("begin", "lt", {"field": "end"}))

    order = parsed(first, *PARTS).outline.order

    assert order.index("a") > max(order.index("begin"), order.index("end"))


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2000-06-15", "2026-06-15", 26),
        ("2026-06-16", "2026-06-15", -1),
    ],
)
def test_years_of_life_end_the_day_before_the_birthday(born: str, day: str, years: int) -> None:
    assert full_years(date.fromisoformat(born), date.fromisoformat(day)) == years


@pytest.mark.parametrize(
    ("span", "day"), [("+1m", "2026-02-28"), ("-1y", "2025-01-31"), ("+99999y", "9999-12-31"), ("-99999d", "1752-04-18")]
)
def test_a_day_is_moved_by_a_span(span: str, day: str) -> None:
    assert shifted(date(2026, 1, 31), span) == date.fromisoformat(day)
