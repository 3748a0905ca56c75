"""Questions as pages show them: labels, hints, errors, safe with any answer, and they come back as they were."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.questions.definition import FormDefinition, parse
from direktdraht.questions.elements.group import Group
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.faces import Sight, target
from direktdraht.questions.files import FileFacts
from direktdraht.questions.posting import read_page
from direktdraht.questions.rendering import entry_name
from tests.questions.browser import read, send, show
from tests.questions.forms import SPECS, element, gallery, parsed
from tests.questions.test_elements import HOSTILE
from tests.scale import examples

TODAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Stored:
    """A stored file."""

    id: str
    name: str
    size: int


def full(key: str) -> tuple[FormDefinition, dict[str, Any], dict[str, FileFacts], list[Stored]]:
    definition = parse(gallery(key))
    test = definition.tests[0]
    files = {name: FileFacts(file.name, file.size, file.content_type) for name, file in test.files.items()}
    return definition, test.answers, files, [Stored(name, file.name, file.size) for name, file in files.items()]


@pytest.mark.parametrize("key", ["bewohnerparkausweis", "hundesteuer_anmeldung", "meldung", "sperrmuell"])
@pytest.mark.parametrize("language", ["de", "en", "de-x-leicht"])
def test_what_a_page_shows_comes_back_as_the_same_clean_answers(key: str, language: str) -> None:
    definition, answers, files, stored = full(key)
    evaluation = evaluate(definition, answers, today=TODAY, files=files)
    raw: dict[str, Any] = {}

    for page in evaluation.pages:
        html = show(definition, page, answers, evaluation=evaluation, files=stored, language=language)
        kept = {name: value for name, value in answers.items() if name in {"photos", "registration"}}
        raw = read_page(definition, page, send(html), {**raw, **kept})

    assert evaluate(definition, raw, today=TODAY, files=files).answers == evaluation.answers


def test_a_question_has_its_error_between_hint_and_field() -> None:
    definition = parsed(element("integer", "count", label={"de": "Anzahl"}, hint={"de": "Höchstens 20."}))
    evaluation = evaluate(definition, {"count": "viele"}, today=TODAY)

    html = show(definition, "first", {"count": "viele"}, errors=evaluation.errors)

    order = [html.index(part) for part in ("Anzahl</label>", "Höchstens 20.", "ganze Zahl", 'id="id_count"')]
    assert order == sorted(order)
    assert 'aria-describedby="id_count_helptext id_count_error" aria-invalid="true"' in html
    assert 'value="viele"' in html
    assert 'inputmode="numeric"' in html


def test_every_error_of_a_form_has_a_field_that_a_summary_can_link_to() -> None:
    definition = parse(gallery("hundesteuer_anmeldung"))
    raw = {"dogs": [{"assistance": True}, "dog"], "home": {"street": "Weg"}, "debit": True}
    evaluation = evaluate(definition, raw, today=TODAY)

    pages = "".join(show(definition, page, raw, errors=evaluation.errors, evaluation=evaluation) for page in evaluation.pages)

    assert [path for path in evaluation.errors if f'id="{target(path)}"' not in pages] == []
    assert len(evaluation.errors) > 15


def test_entries_are_numbered_unless_there_can_be_only_one() -> None:
    groups = [parsed(element("group", "it", max=most)).pages[0].elements[0] for most in (2, 1)]

    assert [entry_name(group, 0, "de") for group in groups if isinstance(group, Group)] == ["Frage it 1", "Frage it"]


def test_optional_questions_are_marked_and_required_ones_are_not() -> None:
    definition = parsed(element("text", "a"), element("text", "b", required=False))

    html = show(definition, "first", {})

    assert html.count("(freiwillig)") == 1
    assert html.index("(freiwillig)") > html.index('for="id_b"')


def test_a_browser_can_fill_in_what_it_knows() -> None:
    html = show(parsed(element("name"), element("email", "b"), element("phone", "c"), element("address", "d")), "first", {})

    for part in ("name", "email", "tel", "address-line1", "postal-code", "address-level2", "country"):
        assert f'autocomplete="{part}"' in html


def test_a_group_shows_cards_with_buttons_that_need_no_script() -> None:
    definition = parsed(element("group", "dogs", max=2, item_label={"de": "Hund", "en": "Dog"}, elements=[element("text", "name")]))

    one = show(definition, "first", {})
    two = show(definition, "first", {"dogs": [{"name": "Bello"}, {"name": "Ida"}]}, language="en")

    assert read(one).buttons == [("_add", "dogs")]
    assert read(two).buttons == [("_remove", "dogs.0"), ("_remove", "dogs.1")]
    assert "Weiterer Eintrag: Hund" in one
    assert 'formaction="#id_dogs-1"' in one
    assert "Remove Dog 2" in two
    assert read_page(definition, "first", send(two, _remove="dogs.0"), {})["dogs"] == [{"name": "Ida"}]


def test_stored_files_are_listed_with_a_button_to_remove_each() -> None:
    definition = parsed(element("file", "photos", max_count=2))
    stored = [Stored("f1", "sofa.jpg", 2_200_000), Stored("f2", "b<script>.jpg", 10), Stored("f3", "other.jpg", 10)]

    some = show(definition, "first", {"photos": ["f1"]}, files=stored)
    full_up = show(definition, "first", {"photos": ["f1", "f2"]}, files=stored)

    assert "sofa.jpg, 2,1 MB" in some
    assert read(some).buttons == [("_remove_file", "photos:f1")]
    assert 'type="file" id="id_photos" name="photos" accept="image/jpeg" multiple' in some
    assert 'type="file"' not in full_up
    assert "<script>" not in full_up
    assert "other.jpg" not in full_up


def test_a_text_in_another_language_than_the_page_says_so() -> None:
    definition = parsed(element("text", label={"de": "Nur deutsch"}), element("text", "b", label={"de": "Beides", "en": "Both"}))

    html = show(definition, "first", {}, language="en")

    assert 'for="id_it" lang="de">Nur deutsch' in html
    assert 'for="id_b">Both' in html


def test_long_lists_are_a_select_and_short_ones_are_radios() -> None:
    many = [{"value": f"v{number}", "label": {"de": f"Antwort {number}"}} for number in range(8)]
    definition = parsed(element("choice", "short"), element("choice", "long", options=many))

    html = show(definition, "first", {"long": "v3", "short": "b"})

    assert '<select class="kern-form-input__select" id="id_long" name="long"' in html
    assert read(html).sent == [("_shown", "short"), ("short", "b"), ("_shown", "long"), ("long", "v3")]


EVERY_TYPE = parsed(
    *(element(kind, f"k_{kind}") for kind in sorted(SPECS)),
    element("group", "rows", elements=[element(kind, f"r_{kind}") for kind in sorted(SPECS) if kind not in {"group"}]),
)
_RAW = st.dictionaries(st.sampled_from([f"k_{kind}" for kind in SPECS]), HOSTILE)
_ROW = st.dictionaries(st.sampled_from([f"r_{kind}" for kind in SPECS]), HOSTILE)


@settings(max_examples=examples(15))
@given(raw=_RAW, row=_ROW)
def test_any_raw_answers_are_shown_safely(raw: dict[str, Any], row: dict[str, Any]) -> None:
    answers = {**raw, "rows": [row]}
    evaluation = evaluate(EVERY_TYPE, answers, today=TODAY)

    html = show(EVERY_TYPE, "first", answers, errors=evaluation.errors, evaluation=evaluation)

    read_page(EVERY_TYPE, "first", send(html), answers)


@pytest.mark.parametrize("kind", ["text", "name", "longtext", "integer", "money", "email", "phone", "iban"])
def test_hostile_text_is_shown_as_text(kind: str) -> None:
    attack = '"><script>alert(1)</script></textarea>' + "x" * 10_000
    definition = parsed(element(kind, label={"de": "<b>fett</b>"}, hint={"de": "<i>"}))

    html = show(definition, "first", {"it": attack})

    assert "<script>" not in html
    assert "<b>" not in html
    assert read(html).sent == [("_shown", "it"), ("it", attack)]


def test_a_new_entry_does_not_ask_what_depends_on_another_answer() -> None:
    definition = parse(gallery("hundesteuer_anmeldung"))
    evaluation = evaluate(definition, {}, today=TODAY)
    group = next(element for element in definition.pages[0].elements if isinstance(element, Group))

    face = Sight({}, evaluation, [], "de").face(group, {})

    shown = {inner.path.rpartition(".")[2] for inner in face.own["entries"][0].faces}
    assert shown == {element.key for element in group.elements if element.show_if is None}
