"""Reading definitions: good ones whole, bad ones refused with place and sentence, hostile ones without harm."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.questions.definition import DefinitionError, canonical, parse
from tests.questions.forms import element, form, gallery, parsed
from tests.scale import examples


def findings(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as refusal:
        parse(data)
    for finding in refusal.value.findings:
        assert finding.sentence("de")
        assert finding.sentence("en")
    return [(finding.path, finding.code) for finding in refusal.value.findings]


def in_form(*elements: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    return findings(form(*elements, **more))


def test_an_unknown_key_is_refused_with_its_path_and_a_german_sentence() -> None:
    data = form(element("group", "dogs", elements=[element("text", "name", colour="red")]))

    with pytest.raises(DefinitionError) as refusal:
        parse(data)

    assert refusal.value.path == "pages.0.elements.0.elements.0.colour"
    assert refusal.value.sentence == "Diesen Schlüssel kennt das Format nicht."


def test_all_findings_come_at_once() -> None:
    data = form(element("text", "a", label={"en": "A"}), element("choice", "b", options=[]), {"type": "poem", "key": "c"})

    assert findings(data) == [
        ("pages.0.elements.0.label", "german_missing"),
        ("pages.0.elements.1.options", "list_too_short"),
        ("pages.0.elements.2", "unknown_type"),
    ]


BAD_PARTS: list[tuple[dict[str, Any], tuple[str, str]]] = [
    (element("text", "A"), ("pages.0.elements.0.key", "wrong_value")),
    (element("text", max_length="60"), ("pages.0.elements.0.max_length", "wrong_type")),
    (element("text", pattern="("), ("pages.0.elements.0.pattern", "no_pattern")),
    (element("text", pattern="((a{1000}){1000}){1000}"), ("pages.0.elements.0.pattern", "no_pattern")),
    (element("text", pattern="(?R)"), ("pages.0.elements.0.pattern", "no_pattern")),
    (element("text", pattern="(?:cat){e<=3}"), ("pages.0.elements.0.pattern", "no_pattern")),
    (element("text", min_length=70), ("pages.0.elements.0", "min_above_max")),
    (element("integer", min=30), ("pages.0.elements.0", "min_above_max")),
    (element("date", min="tomorrow"), ("pages.0.elements.0.min", "no_day")),
    (element("text", label={"de": "gut\u202eexe"}), ("pages.0.elements.0.label", "text_unfit")),
    (element("text", label={"de": " "}), ("pages.0.elements.0.label", "text_unfit")),
    (element("file", accept=[]), ("pages.0.elements.0.accept", "list_too_short")),
    (element("choice", options=[{"value": "a", "label": {"de": "A"}}] * 2), ("pages.0.elements.0", "option_twice")),
    (element("text", show_if={"field": "it", "op": "matches"}), ("pages.0.elements.0.show_if.op", "wrong_value")),
    (element("text", show_if={"or": []}), ("pages.0.elements.0.show_if", "no_condition")),
    (element("computed", expression={"exec": "1"}), ("pages.0.elements.0.expression", "no_expression")),
    (element("text", show_if={"field": "ghost", "op": "is", "value": "x"}), ("pages.0.elements.0.show_if", "unknown_field")),
    (element("text", show_if={"group": "ghost", "any": {"field": "it", "op": "empty"}}), ("pages.0.elements.0.show_if", "unknown_group")),
    (element("computed", result="number"), ("pages.0.elements.0.result", "result_unfit")),
    (element("computed", expression={"table": {"position": {"1": "2.00"}}}), ("pages.0.elements.0.expression.table", "position_outside")),
    (
        element("computed", expression={"add": [{"money": "1.00"}, {"number": "1"}]}),
        ("pages.0.elements.0.expression", "money_and_number"),
    ),
    (
        element("computed", expression={"mul": [{"money": "1.00"}, {"money": "1.00"}]}),
        ("pages.0.elements.0.expression", "money_and_number"),
    ),
]


@pytest.mark.parametrize(("bad", "finding"), BAD_PARTS)
def test_a_bad_part_is_refused_where_it_stands(bad: dict[str, Any], finding: tuple[str, str]) -> None:
    assert in_form(bad) == [finding]


UNFIT: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (element("yesno", "a"), {"op": "gt", "value": True}, "operator_unfit"),
    (element("yesno", "a"), {"op": "is", "value": "ja"}, "value_unfit"),
    (element("choice", "a"), {"op": "is", "value": "c"}, "value_unfit"),
    (element("choice", "a"), {"op": "in", "value": []}, "value_unfit"),
    (element("integer", "a"), {"op": "gt", "value": "2"}, "value_unfit"),
    (element("integer", "a"), {"op": "gt", "value": True}, "value_unfit"),
    (element("money", "a"), {"op": "gt", "value": "viel"}, "value_unfit"),
    (element("date", "a"), {"op": "lt", "value": "soon"}, "value_unfit"),
    (element("address", "a"), {"op": "is", "value": "x"}, "operator_unfit"),
    (element("text", "a"), {"op": "empty", "value": "x"}, "value_unfit"),
    (element("info", "a"), {"op": "empty"}, "unknown_field"),
]


@pytest.mark.parametrize(("asked", "test", "code"), UNFIT)
def test_a_comparison_must_fit_the_question(asked: dict[str, Any], test: dict[str, Any], code: str) -> None:
    data = form(asked, element("text", "b", show_if={"field": "a", **test}))

    assert findings(data) == [("pages.0.elements.1.show_if", code)]


def test_a_question_inside_a_group_is_not_visible_from_outside() -> None:
    group = element("group", "dogs", elements=[element("yesno", "guide")])

    outside = element("text", "b", show_if={"field": "guide", "op": "is", "value": True})
    through = element("text", "b", show_if={"group": "dogs", "any": {"field": "guide", "op": "is", "value": True}})

    assert in_form(group, outside) == [("pages.0.elements.1.show_if", "unknown_field")]
    assert parsed(group, through).outline.order.index("guide") < parsed(group, through).outline.order.index("b")


def test_questions_that_wait_for_each_other_are_refused() -> None:
    first = element("yesno", "a", show_if={"field": "b", "op": "is", "value": True})
    second = element("yesno", "b", show_if={"field": "a", "op": "is", "value": True})

    assert in_form(first, second) == [("pages.0.elements.0", "cycle")]


def test_a_page_cannot_wait_for_its_own_question() -> None:
    data = form(element("yesno", "a"))
    data["pages"][0]["show_if"] = {"field": "a", "op": "is", "value": True}

    assert [code for _, code in findings(data)] == ["cycle"]


def test_keys_are_unique_in_the_whole_form_also_inside_groups() -> None:
    group = element("group", "dogs", elements=[element("text", "name")])

    assert in_form(element("text", "name"), group) == [("pages.0.elements.1.elements.0.key", "key_twice")]


def test_a_fee_is_money() -> None:
    assert in_form(element("integer", "n"), fee={"field": "n"}) == [("fee", "fee_no_money")]


def test_five_hundred_questions_are_allowed_and_one_more_is_not() -> None:
    many = [element("text", f"k{number}") for number in range(501)]

    assert len(parsed(*many[:500]).outline.places) == 500
    assert in_form(*many) == [("pages", "too_many_elements")]


def test_six_levels_of_groups_are_allowed_and_one_more_is_not() -> None:
    def nested(levels: int) -> dict[str, Any]:
        inner = element("text", "innermost")
        for level in range(levels):
            inner = element("group", f"g{level}", max=5, elements=[inner])
        return inner

    assert len(parsed(nested(5)).outline.places) == 6
    assert in_form(nested(6)) == [("", "too_deep")]


def test_groups_that_multiply_beyond_reason_are_refused() -> None:
    inner = element("group", "inner", max=100, elements=[element("text", f"k{number}") for number in range(3)])

    assert in_form(element("group", "outer", max=100, elements=[inner])) == [("pages", "too_many_answers")]


def test_a_megabyte_is_the_most() -> None:
    data = form(element("text"), tests=[{"name": "big", "answers": {"it": "x" * (1024 * 1024)}, "expect": {"valid": False}}])

    assert findings(data) == [("", "too_big")]


def test_endless_nesting_is_refused_before_anything_recursive_sees_it() -> None:
    deep: Any = {}
    for _ in range(50_000):
        deep = {"all": [deep]}

    assert in_form(element("text", show_if=deep)) == [("", "too_deep")]


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"pages": [None]}, {"a": float("nan")}, {"a": "\ud800"}, {3: "x"}])
def test_what_is_no_definition_gives_a_definition_error(data: Any) -> None:
    assert findings(data)


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


_PLACES = _places(gallery("hundesteuer_anmeldung"))[1:]
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["all", "not", "field", "group", "type", "de"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=examples(80))
@given(place=st.sampled_from(_PLACES), value=_JSON)
def test_a_form_with_anything_put_anywhere_is_read_or_refused(place: tuple[Any, ...], value: Any) -> None:
    data = gallery("hundesteuer_anmeldung")
    target: Any = data
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value

    assert _read_or_refused(data)


def _read_or_refused(data: Any) -> object:
    """The order of what was read, or the sentence of the refusal; nothing else may come."""
    try:
        return parse(data).outline.order
    except DefinitionError as refusal:
        return refusal.sentence


def test_the_canonical_form_is_the_one_of_rfc_8785() -> None:
    assert canonical({"ö": [1, "\n", True], "a": {"c": None, "b": "ü"}}) == '{"a":{"b":"ü","c":null},"ö":[1,"\\n",true]}'.encode()


def test_reading_a_definition_changes_nothing_in_it() -> None:
    data = gallery("meldung")
    before = json.dumps(data)

    parse(data)

    assert json.dumps(data) == before
