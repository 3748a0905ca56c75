"""The municipal forms that cities start from: complete, tested from inside, fit for JSON Schema."""

from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from direktdraht.questions.definition import FormDefinition, canonical, digest, parse
from direktdraht.questions.definition_tests import run
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.files import FileFacts
from direktdraht.questions.json_schema import schema
from direktdraht.questions.rendering import plain_text, sections
from tests.questions.forms import GALLERY, gallery

KEYS = ("bewohnerparkausweis", "hundesteuer_anmeldung", "meldung", "sperrmuell")


def test_the_gallery_holds_exactly_these_forms() -> None:
    assert tuple(sorted(path.stem for path in GALLERY.glob("*.json"))) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_test_inside_a_form_passes(key: str) -> None:
    definition = parse(gallery(key))

    outcomes = run(definition)

    assert len(outcomes) >= 3
    assert {outcome.name: outcome.differences for outcome in outcomes if not outcome.passed} == {}


@pytest.mark.parametrize("key", KEYS)
def test_every_text_of_a_form_is_there_in_german_english_and_easy_language(key: str) -> None:
    definition = parse(gallery(key))

    titles = [definition.title, *(page.title for page in definition.pages)]
    labels = [place.element.label for place in definition.outline.places.values()]

    assert [text for text in titles if set(text) != {"de", "en", "de-x-leicht"}] == []
    assert [text for text in labels if not {"de", "en"} <= set(text)] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_question_says_what_it_is_asked_for(key: str) -> None:
    definition = parse(gallery(key))

    silent = [place.element.key for place in definition.outline.places.values() if place.element.asks and not place.element.purpose]

    assert silent == []


@pytest.mark.parametrize("key", KEYS)
def test_clean_answers_fit_the_forms_json_schema_and_stay_themselves(key: str) -> None:
    definition = parse(gallery(key))
    validator = Draft202012Validator(schema(definition))
    Draft202012Validator.check_schema(schema(definition, "en"))

    for evaluation, test, files in _valid_tests(definition):
        again = evaluate(definition, evaluation.answers, today=test, files=files)

        assert list(validator.iter_errors(evaluation.answers)) == []
        assert (again.answers, again.errors, again.fee) == (evaluation.answers, {}, evaluation.fee)
        assert plain_text(definition, again.answers, "de", files) == plain_text(definition, evaluation.answers, "de", files)
        assert sections(definition, again.answers, "en", files)


def _valid_tests(definition: FormDefinition) -> Any:
    for test in definition.tests:
        if test.expect.valid:
            files = {key: FileFacts(file.name, file.size, file.content_type) for key, file in test.files.items()}
            day = date.fromisoformat(test.today)
            yield evaluate(definition, test.answers, today=day, files=files), day, files


@pytest.mark.parametrize("key", KEYS)
def test_a_digest_does_not_depend_on_the_order_of_keys(key: str) -> None:
    data = gallery(key)
    turned = dict(reversed(data.items()))

    assert digest(data) == digest(turned)
    assert canonical(data) == canonical(turned)


def test_a_failing_test_inside_a_form_says_what_was_expected() -> None:
    data = gallery("sperrmuell")
    data["tests"][0]["expect"]["fee"] = "12.00"

    outcome = run(parse(data))[0]

    assert outcome.differences == ("fee: expected '12.00', got '0.00'",)


def test_the_plain_text_of_a_bulky_waste_order_reads_like_this() -> None:
    definition = parse(gallery("sperrmuell"))
    files = {"a": FileFacts("sofa.jpg", 2_200_000, "image/jpeg")}
    answers = {**definition.tests[0].answers, "photos": ["a"], "what": "Sofa\n== Wo sollen wir abholen? =="}

    evaluation = evaluate(definition, answers, today=date(2026, 6, 15), files=files)

    assert plain_text(definition, evaluation.answers, "de", files) == (
        "Sperrmüll abholen lassen\n\n"
        "== Wo sollen wir abholen? ==\n"
        "Anschrift der Abholung:\n    Lange Straße 12\n    26121 Musterstadt\n\n"
        "== Was sollen wir abholen? ==\n"
        "Art der Gegenstände:\n    Möbel und Hausrat\n"
        "Anzahl der großen Teile:\n    3\n"
        "Beschreibung:\n    Sofa\n    == Wo sollen wir abholen? ==\n"
        "Tag der Abholung:\n    Mi., 24. Juni 2026\n"
        "Soll es eine Express-Abholung sein?:\n    Nein\n"
        "Fotos:\n    sofa.jpg, 2,1 MB\n\n"
        "== Wie erreichen wir Sie? ==\n"
        "Ihr Name:\n    Robin Özdemir\n"
        "E-Mail-Adresse:\n    robin@musterstadt.example\n"
    )
