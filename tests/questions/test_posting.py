"""Reading posted pages without JavaScript: answers, entries, files, and nothing that was not asked."""

from datetime import date
from typing import Any

from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.questions.definition import parse
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.posting import add_files, file_fields, is_page_change, newly_shown, read_page
from tests.questions.forms import element, gallery, parsed
from tests.scale import examples

TODAY = date(2026, 6, 15)
DOGS = parsed(
    element("yesno", "guide"),
    element("multichoice", "fruits", required=False),
    element("consent", "sure", required=False),
    element("date", "since"),
    element("address", "home"),
    element("text", "why", show_if={"field": "guide", "op": "is", "value": True}),
    element("group", "dogs", max=3, elements=[element("text", "name"), element("file", "proof")]),
)


def posted(pairs: dict[str, Any]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in pairs.items():
        post.setlist(name, value if isinstance(value, list) else [value])
    return post


def test_a_page_is_read_with_all_its_types() -> None:
    post = posted(
        {
            "guide": "true",
            "fruits": ["a", "b"],
            "sure": "true",
            "since.day": "1",
            "since.month": "6",
            "since.year": "2026",
            "home.street": "Lange Straße",
            "home.postal_code": "26121",
            "home.city": "Musterstadt",
            "dogs": "2",
            "dogs.0.name": "Bello",
            "dogs.1.name": "Ida",
        }
    )

    raw = read_page(DOGS, "first", post, {"elsewhere": 1})

    assert raw == {
        "elsewhere": 1,
        "guide": True,
        "fruits": ["a", "b"],
        "sure": True,
        "since": "2026-06-01",
        "home": {"street": "Lange Straße", "postal_code": "26121", "city": "Musterstadt"},
        "dogs": [{"name": "Bello"}, {"name": "Ida"}],
    }


def test_what_was_shown_and_left_empty_is_taken_back_and_what_was_not_shown_stays() -> None:
    answers = {"fruits": ["a"], "sure": True, "why": "because"}

    raw = read_page(DOGS, "first", posted({"_shown": ["fruits", "sure"]}), answers)

    assert raw == {"fruits": [], "sure": False, "why": "because"}
    assert answers == {"fruits": ["a"], "sure": True, "why": "because"}


def test_a_half_typed_date_comes_back_as_it_was_typed() -> None:
    raw = read_page(DOGS, "first", posted({"since.day": "31", "since.month": "Feb", "since.year": ""}), {})

    assert raw["since"] == {"day": "31", "month": "Feb", "year": ""}


def test_an_entry_is_added_and_removed() -> None:
    answers = {"dogs": [{"name": "Bello", "proof": ["f1"]}, {"name": "Ida"}]}

    added = read_page(DOGS, "first", posted({"dogs": "2", "dogs.0.name": "Bello", "dogs.1.name": "Ida", "_add": "dogs"}), answers)
    removed = read_page(DOGS, "first", posted({"dogs": "2", "dogs.0.name": "Bello", "dogs.1.name": "Ida", "_remove": "dogs.0"}), answers)

    assert added["dogs"] == [{"name": "Bello", "proof": ["f1"]}, {"name": "Ida"}, {}]
    assert removed["dogs"] == [{"name": "Ida"}]
    assert is_page_change(posted({"_add": "dogs"}))
    assert not is_page_change(posted({"dogs": "2"}))


def test_the_first_entry_can_be_added_where_there_was_none() -> None:
    assert read_page(DOGS, "first", posted({"_add": "dogs"}), {})["dogs"] == [{}]


def test_no_one_adds_more_entries_than_allowed() -> None:
    raw = read_page(DOGS, "first", posted({"dogs": "9999", "_add": ["dogs"] * 50}), {})

    assert raw["dogs"] == [{}, {}, {}]


def test_files_are_added_and_removed_by_path() -> None:
    answers = {"dogs": [{"name": "Bello"}, {"name": "Ida"}]}

    with_files = add_files(answers, "dogs.1.proof", ["f1", "f2", "f1"])
    without_one = read_page(DOGS, "first", posted({"_remove_file": "dogs.1.proof:f1"}), with_files)

    assert list(file_fields(DOGS, "first", answers)) == ["dogs.0.proof", "dogs.1.proof"]
    assert with_files["dogs"][1] == {"name": "Ida", "proof": ["f1", "f2"]}
    assert without_one["dogs"][1] == {"name": "Ida", "proof": ["f2"]}


def test_a_browser_cannot_put_file_ids_into_an_answer() -> None:
    assert read_page(DOGS, "first", posted({"dogs": "1", "dogs.0.proof": "f9"}), {})["dogs"] == [{"proof": []}]


def test_a_question_that_an_answer_brings_up_is_named_so_that_the_page_is_shown_again() -> None:
    post = posted({"_shown": ["guide", "fruits", "sure", "since", "home", "dogs"], "guide": "true"})

    evaluation = evaluate(DOGS, read_page(DOGS, "first", post, {}), today=TODAY)

    assert newly_shown(DOGS, "first", post, evaluation) == ["why"]


HUNDE = parse(gallery("hundesteuer_anmeldung"))
_NAMES = st.sampled_from(
    [
        "dogs",
        "dogs.0.dog_name",
        "dogs.0.born.day",
        "dogs.99.breed",
        "_add",
        "_remove",
        "_remove_file",
        "_shown",
        "liability",
        "..",
        "dogs.x",
    ]
)
_TEXTS = st.sampled_from(
    ["dogs", "dogs.0", "dogs.-1", "dogs.0.proof:x", "dogs.0.proof", "0", "-1", "²", "10" * 9, "", "dogs.0.born"]
) | st.text(max_size=20)
_KEPT: st.SearchStrategy[Any] = (
    st.none() | st.text() | st.lists(st.dictionaries(st.sampled_from(["proof", "born"]), st.none() | st.lists(st.text())) | st.none())
)


@settings(max_examples=examples(100))
@given(pairs=st.dictionaries(_NAMES, st.lists(_TEXTS, max_size=3)), kept=_KEPT)
def test_any_posted_page_over_any_kept_answers_is_read(pairs: dict[str, list[str]], kept: Any) -> None:
    post = posted(pairs)

    raw = read_page(HUNDE, "dog", post, {"dogs": kept})

    evaluation = evaluate(HUNDE, raw, today=TODAY)
    newly_shown(HUNDE, "dog", post, evaluation)
    add_files(raw, "dogs.0.proof", ["f1"])
    assert set(raw) <= {"dogs"}
