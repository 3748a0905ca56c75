"""Which questions are asked, what is clean, what it costs; hidden is absent everywhere."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.questions.definition import FormDefinition, parse
from direktdraht.questions.evaluation import Evaluation, evaluate
from tests.questions.forms import SPECS, element, form, gallery, parsed
from tests.questions.test_elements import HOSTILE
from tests.scale import examples

TODAY = date(2026, 6, 15)


def run(definition: FormDefinition, answers: Any) -> Evaluation:
    return evaluate(definition, answers, today=TODAY)


def codes(evaluation: Evaluation) -> dict[str, list[str]]:
    return {path: [message.code for message in found] for path, found in evaluation.errors.items()}


def test_a_hidden_answer_is_neither_checked_nor_kept() -> None:
    definition = parsed(element("yesno", "a"), element("integer", "b", show_if={"field": "a", "op": "is", "value": True}))

    evaluation = run(definition, {"a": False, "b": "nonsense"})

    assert evaluation.valid
    assert (evaluation.shown, evaluation.answers, evaluation.kept) == (["a"], {"a": False}, {"a": False})


def test_a_hidden_answer_is_absent_from_other_conditions() -> None:
    definition = parsed(
        element("yesno", "a"),
        element("yesno", "b", show_if={"field": "a", "op": "is", "value": True}),
        element("text", "c", show_if={"field": "b", "op": "is", "value": True}),
    )

    assert run(definition, {"a": False, "b": True, "c": "x"}).shown == ["a"]
    assert run(definition, {"a": True, "b": True, "c": "x"}).shown == ["a", "b", "c"]


def test_a_question_may_depend_on_one_further_down() -> None:
    definition = parsed(element("text", "a", show_if={"field": "b", "op": "is", "value": True}), element("yesno", "b"))

    evaluation = run(definition, {"a": "x", "b": True})

    assert definition.outline.order == ("b", "a")
    assert list(evaluation.answers) == ["a", "b"]


def test_a_hidden_page_hides_all_on_it() -> None:
    data = form(element("yesno", "a"))
    data["pages"].append(
        {
            "key": "second",
            "title": {"de": "Zweite"},
            "show_if": {"field": "a", "op": "is", "value": True},
            "elements": [element("text", "b")],
        }
    )
    definition = parse(data)

    assert run(definition, {"a": False, "b": "x"}).pages == ["first"]
    assert run(definition, {"a": True, "b": "x"}).answers == {"a": True, "b": "x"}
    assert codes(run(definition, {"a": True})) == {"b": ["required"]}
    assert run(definition, {"a": True}).errors_of("first") == {}
    assert list(run(definition, {"a": True}).errors_of("second")) == ["b"]


def test_a_wrong_answer_counts_as_unanswered_for_conditions() -> None:
    definition = parsed(element("integer", "a"), element("text", "b", show_if={"field": "a", "op": "ge", "value": 1}))

    evaluation = run(definition, {"a": 99})

    assert evaluation.shown == ["a"]
    assert codes(evaluation) == {"a": ["too_large"]}
    assert evaluation.kept == {"a": 99}


def test_each_entry_of_a_group_is_asked_for_itself() -> None:
    inner = [element("yesno", "guide"), element("text", "proof", show_if={"field": "guide", "op": "is", "value": True})]
    definition = parsed(element("group", "dogs", elements=inner))

    evaluation = run(definition, {"dogs": [{"guide": True}, {"guide": False, "proof": "x"}, "dog"]})

    assert evaluation.shown == ["dogs", "dogs.0.guide", "dogs.0.proof", "dogs.1.guide", "dogs.2.guide"]
    assert codes(evaluation) == {"dogs.0.proof": ["required"], "dogs.2": ["wrong_type"], "dogs.2.guide": ["required_choice"]}
    assert evaluation.answers == {"dogs": [{"guide": True}, {"guide": False}, {}]}


def test_an_entry_sees_the_answers_around_its_group() -> None:
    inner = [element("text", "chip", show_if={"field": "chipped", "op": "is", "value": True})]
    definition = parsed(element("yesno", "chipped"), element("group", "dogs", elements=inner))

    assert run(definition, {"chipped": True, "dogs": [{"chip": "1"}]}).answers["dogs"] == [{"chip": "1"}]
    assert run(definition, {"chipped": False, "dogs": [{"chip": "1"}]}).answers["dogs"] == [{}]


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ({"group": "dogs", "any": {"field": "age", "op": "gt", "value": 5}}, True),
        ({"group": "dogs", "all": {"field": "age", "op": "gt", "value": 5}}, False),
        ({"group": "dogs", "count": {"op": "is", "value": 2}}, True),
        ({"group": "dogs", "count": {"op": "ge", "value": 2, "where": {"field": "age", "op": "gt", "value": 5}}}, False),
        ({"field": "dogs", "op": "not_empty"}, True),
        ({"not": {"field": "note", "op": "empty"}}, False),
        ({"any": [{"field": "note", "op": "not_empty"}, {"field": "dogs", "op": "not_empty"}]}, True),
        ({"all": [{"field": "note", "op": "empty"}, {"field": "dogs", "op": "empty"}]}, False),
        ({"field": "note", "op": "is_not", "value": "x"}, False),
    ],
)
def test_conditions_over_groups_and_unanswered_questions(condition: dict[str, Any], shown: bool) -> None:
    definition = parsed(
        element("group", "dogs", elements=[element("integer", "age")]),
        element("text", "note", required=False),
        element("text", "more", required=False, show_if=condition),
    )

    evaluation = run(definition, {"dogs": [{"age": 2}, {"age": 9}]})

    assert ("more" in evaluation.shown) is shown


COMPARED: list[tuple[dict[str, Any], Any, dict[str, Any], bool]] = [
    (element("date", "a"), "2026-06-15", {"op": "is", "value": "today"}, True),
    (element("date", "a"), "2026-06-14", {"op": "ge", "value": "today"}, False),
    (element("date", "a"), "2024-02-29", {"op": "lt", "value": "today-2y"}, True),
    (element("money", "a"), "100,00", {"op": "is", "value": "100"}, True),
    (element("money", "a"), "9,00", {"op": "gt", "value": "10.00"}, False),
    (element("text", "a"), "Bellevue", {"op": "contains", "value": "VUE"}, True),
    (element("text", "a"), "bello", {"op": "in", "value": ["Ida", "Bello"]}, True),
    (element("multichoice", "a"), ["a", "b"], {"op": "contains", "value": "b"}, True),
    (element("choice", "a"), "a", {"op": "is_not", "value": "b"}, True),
    (element("integer", "a"), "7", {"op": "le", "value": 7}, True),
    (element("yesno", "a"), False, {"op": "is_not", "value": True}, True),
]


@pytest.mark.parametrize(("asked", "answer", "test", "holds"), COMPARED)
def test_answers_are_compared_by_their_type(asked: dict[str, Any], answer: Any, test: dict[str, Any], holds: bool) -> None:
    definition = parsed(asked, element("text", "more", required=False, show_if={"field": "a", **test}))

    assert ("more" in run(definition, {"a": answer}).shown) is holds


FEES: list[tuple[dict[str, Any], dict[str, Any], str | None]] = [
    ({"money": "30.70"}, {}, "30.70"),
    ({"mul": [{"field": "n"}, {"money": "30.70"}]}, {"n": 3}, "92.10"),
    ({"mul": [{"field": "n"}, {"money": "30.70"}]}, {}, None),
    ({"mul": [{"number": "0.333333"}, {"money": "0.05"}]}, {}, "0.02"),
    ({"mul": [{"number": "0.5"}, {"money": "0.01"}]}, {}, "0.01"),
    ({"add": [{"money": "1.10"}, {"money": "2.20"}]}, {}, "3.30"),
    ({"sub": [{"field": "cost"}, {"money": "2.20"}]}, {"cost": "1,00"}, "-1.20"),
    ({"if": {"field": "n", "op": "gt", "value": 2}, "then": {"money": "5.00"}, "else": {"money": "9.00"}}, {}, "9.00"),
    ({"table": {"field": "n", "values": {"1": "30.70"}, "default": "61.40"}}, {"n": 2}, "61.40"),
    ({"table": {"field": "n", "values": {"1": "30.70"}}}, {"n": 2}, None),
    ({"sum": {"group": "dogs", "of": {"field": "tax"}}}, {"dogs": [{"tax": "1,50"}, {"tax": "2"}]}, "3.50"),
    ({"sum": {"group": "dogs", "of": {"field": "tax"}}}, {"dogs": [{"tax": "1,50"}, {}]}, None),
    ({"sum": {"group": "dogs", "of": {"field": "tax"}}}, {}, "0.00"),
    ({"mul": [{"count": {"group": "dogs"}}, {"money": "10.00"}]}, {"dogs": [{}, {}]}, "20.00"),
    ({"sum": {"group": "dogs", "table": {"position": {"1": "132.00", "default": "240.00"}}}}, {"dogs": [{}, {}, {}]}, "612.00"),
    ({"mul": [{"number": "999999999"}] * 40 + [{"money": "1.00"}]}, {}, None),
]


@pytest.mark.parametrize(("fee", "answers", "amount"), FEES)
def test_a_fee_is_exact_and_absent_while_an_answer_is_missing(fee: dict[str, Any], answers: dict[str, Any], amount: str | None) -> None:
    definition = parsed(
        element("integer", "n"), element("money", "cost"), element("group", "dogs", elements=[element("money", "tax")]), fee=fee
    )

    found = run(definition, answers).fee

    assert (None if found is None else str(found)) == amount


def test_a_computed_value_is_ours_whatever_a_browser_sends() -> None:
    total = {"mul": [{"field": "n"}, {"money": "2.50"}]}
    definition = parsed(
        element("integer", "n"),
        element("computed", "total", expression=total),
        element("text", "why", show_if={"field": "total", "op": "gt", "value": "5.00"}),
    )

    evaluation = run(definition, {"n": 2, "total": "99.00"})

    assert evaluation.answers == {"n": 2, "total": "5.00"}
    assert run(definition, {"n": 3, "why": "x"}).answers == {"n": 3, "total": "7.50", "why": "x"}


def test_too_many_entries_are_refused_without_being_worked_through() -> None:
    definition = parsed(element("group", "dogs", max=3, elements=[element("text", "name")]))

    evaluation = run(definition, {"dogs": [{}] * 100_000})

    assert evaluation.errors["dogs"][0].text("de") == "Bitte machen Sie höchstens 3 Einträge."
    assert len(evaluation.shown) == 4


@pytest.mark.parametrize("answers", [None, [], "x", 7, {"dogs": {"0": {}}}, {"": ""}])
def test_answers_that_are_no_object_give_errors_only(answers: Any) -> None:
    assert not run(parse(gallery("hundesteuer_anmeldung")), answers).valid


EVERY_TYPE = parsed(
    *(element(kind, f"k_{kind}") for kind in sorted(SPECS)),
    element("group", "rows", required=False, elements=[element(kind, f"r_{kind}") for kind in sorted(SPECS) if kind != "group"]),
)
_VALUES = st.dictionaries(
    st.sampled_from([f"k_{kind}" for kind in SPECS] + ["rows", "it"]),
    HOSTILE | st.lists(st.dictionaries(st.sampled_from([f"r_{kind}" for kind in SPECS]), HOSTILE)),
)


@settings(max_examples=examples(80))
@given(answers=_VALUES)
def test_any_answers_are_evaluated_the_same_twice_and_never_raise(answers: dict[str, Any]) -> None:
    evaluation = run(EVERY_TYPE, answers)

    again = run(EVERY_TYPE, json.loads(json.dumps(evaluation.answers)))

    assert again.answers == evaluation.answers
    assert set(evaluation.answers) <= set(evaluation.shown)
    assert evaluation == run(EVERY_TYPE, answers)


CHAIN = parsed(
    element("yesno", "c0"),
    *(element("yesno", f"c{number}", show_if={"field": f"c{number - 1}", "op": "is", "value": True}) for number in range(1, 8)),
)


@settings(max_examples=examples(50))
@given(values=st.dictionaries(st.sampled_from([f"c{number}" for number in range(8)]), st.booleans()))
def test_hidden_is_never_stored(values: dict[str, bool]) -> None:
    evaluation = run(CHAIN, values)

    assert set(evaluation.answers) <= set(evaluation.shown)
    assert set(evaluation.kept) <= set(evaluation.shown)
    assert set(evaluation.errors) <= set(evaluation.shown)
