"""The analysis of conditions never names a fault that is none: checked against the evaluation itself."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.questions.condition_analysis import verdict
from direktdraht.questions.definition import parse
from direktdraht.questions.evaluation import evaluate
from tests.questions.forms import element, form
from tests.scale import examples

TODAY = date(2026, 6, 15)
ORDERS = ["is", "is_not", "gt", "ge", "lt", "le"]

QUESTIONS = [
    element("yesno", "yes", required=False),
    element("integer", "number", required=False, min=-3, max=6),
    element("choice", "one", required=False),
    element("multichoice", "many", required=False),
    element("text", "word", required=False),
    {"type": "date", "key": "day", "label": {"de": "Tag"}, "required": False},
    element("group", "rows", required=False, min=0, max=3),
]

WORDS = st.sampled_from(["a", "A", "ab", "b"])
DAYS = st.sampled_from(["2026-06-14", "2026-06-15", "2027-01-01"])


def compared(field: str, ops: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda op, value: {"field": field, "op": op, "value": value}, st.sampled_from(ops), values)


LEAVES = st.one_of(
    st.builds(
        lambda field, op: {"field": field, "op": op},
        st.sampled_from(["yes", "number", "one", "many", "word", "day"]),
        st.sampled_from(["empty", "not_empty"]),
    ),
    compared("yes", ["is", "is_not"], st.booleans()),
    compared("number", ORDERS, st.integers(-5, 8)),
    compared("one", ["is", "is_not"], st.sampled_from(["a", "b"])),
    compared("many", ["contains"], st.sampled_from(["a", "b"])),
    compared("word", ["is", "is_not", "contains"], WORDS),
    compared("day", ORDERS, st.one_of(DAYS, st.just("today"))),
    st.builds(lambda op, value: {"group": "rows", "count": {"op": op, "value": value}}, st.sampled_from(ORDERS), st.integers(0, 5)),
    st.builds(
        lambda kind, word: {"group": "rows", kind: {"field": "inner", "op": "is", "value": word}}, st.sampled_from(["all", "any"]), WORDS
    ),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=4,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "yes": st.booleans(),
        "number": st.integers(-3, 6),
        "one": st.sampled_from(["a", "b"]),
        "many": st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True),
        "word": st.sampled_from(["a", "A", "ab", "b", "xa", "c"]),
        "day": st.sampled_from(["2026-06-13", "2026-06-14", "2026-06-15", "2026-06-16", "2027-01-01"]),
        "rows": st.lists(st.fixed_dictionaries({"inner": st.sampled_from(["a", "b", "c"])}), max_size=3),
    },
)


@given(CONDITIONS, st.lists(ANSWERS, min_size=5, max_size=25))
@settings(max_examples=examples(100))
def test_what_is_called_never_or_always_is_so_for_all_answers(condition: dict[str, Any], given_answers: list[dict[str, Any]]) -> None:
    definition = parse(form(*QUESTIONS, element("text", "shown", show_if=condition)))
    asked = definition.outline.element("shown").show_if
    assert asked is not None

    result = verdict([asked], definition.outline)

    seen = {"shown" in evaluate(definition, answers, today=TODAY).shown for answers in given_answers}
    assert result == "depends" or seen == {result == "always"}


def test_too_many_cases_are_left_alone() -> None:
    many = [element("integer", f"n{number}") for number in range(12)]
    condition = {"all": [{"field": f"n{number}", "op": "gt", "value": number} for number in range(12)]}
    definition = parse(form(*many, element("text", "it", show_if={"all": [condition, {"not": condition}]})))
    asked = definition.outline.element("it").show_if
    assert asked is not None

    assert verdict([asked], definition.outline) == "depends"
