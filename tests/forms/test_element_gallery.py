"""The page of all question types: each type in each state and language, for those who design forms."""

import pytest

from direktdraht.forms.gallery_views import LANGUAGES, STATES, kinds, samples
from direktdraht.questions.elements.registry import ELEMENT_TYPES
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings
from tests.questions.test_elements import AROUND

pytestmark = pytest.mark.django_db
TELLING = {"info", "hidden", "signature", "payment", "computed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_is_shown_in_its_states(language: str) -> None:
    shown = {kind.name: [one.state for one in kind.states] for kind in kinds(language)}

    assert set(shown) == {name for name, _ in ELEMENT_TYPES.items()}
    assert {name for name, states in shown.items() if tuple(states) != STATES} == TELLING


def test_every_filled_sample_is_right_and_every_wrong_one_has_its_message() -> None:
    definition, answers = samples()
    around = Surroundings(AROUND.today, {"sample": AROUND.files["f1"]})
    messages: dict[str, list[Message]] = {}
    for place in definition.outline.places.values():
        if place.element.asks and place.element.key in answers and not place.groups:
            cleaned = place.element.clean(answers[place.element.key], around)
            messages[place.element.key] = [problem.message for problem in cleaned.problems]

    assert {key for key, found in messages.items() if key.endswith("_filled") and found} == set()
    assert {key for key, found in messages.items() if key.endswith("_wrong") and not found} == {"consent_wrong", "group_wrong"}


def test_the_languages_differ_and_texts_are_there_in_all() -> None:
    definition, _ = samples()
    pages = {language: "".join(one.html for kind in kinds(language) for one in kind.states) for language in LANGUAGES}

    assert len(set(pages.values())) == len(LANGUAGES)
    assert all(set(place.element.label) == set(LANGUAGES) for place in definition.outline.places.values())
    assert "Bitte wählen Sie eine Antwort aus." in pages["de"]
    assert "Please choose one of the answers" in pages["en"]
    assert pages["de"].count('class="dd-error"') > 25
