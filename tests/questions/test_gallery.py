"""The municipal forms that cities start from: complete, tested from inside, fit for JSON Schema."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from direktdraht.questions.definition import FormDefinition, canonical, digest, parse
from direktdraht.questions.definition.references import keys_in
from direktdraht.questions.definition_tests import run
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.files import FileFacts
from direktdraht.questions.json_schema import schema
from direktdraht.questions.proof import prove
from direktdraht.questions.rendering import plain_text, sections
from tests.questions.forms import GALLERY, gallery

KEYS = (
    "baumfaellung",
    "bewohnerparkausweis",
    "elternbeitrag",
    "geburtsurkunde",
    "gewerbeanmeldung",
    "hundesteuer_anmeldung",
    "meldung",
    "sperrmuell",
    "veranstaltung",
    "widerspruch",
)
OLDER = {"bewohnerparkausweis", "meldung", "sperrmuell"}
LANGUAGES = {"de", "en", "de-x-leicht"}
MOST_WORDS = 15
# A point ends a sentence only before a space and a capital, so that "§ 29 Abs. 2" and "3. März" do not end one.
SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-ZÄÖÜ„])")


def test_the_gallery_holds_exactly_these_forms() -> None:
    assert tuple(sorted(path.stem for path in GALLERY.glob("*.json"))) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_test_inside_a_form_passes(key: str) -> None:
    definition = parse(gallery(key))

    outcomes = run(definition)

    assert len(outcomes) >= (3 if key in OLDER else 4)
    assert {outcome.name: outcome.differences for outcome in outcomes if not outcome.passed} == {}


@pytest.mark.parametrize("key", KEYS)
def test_the_proof_finds_nothing_to_mend(key: str) -> None:
    assert [(finding.path, finding.sentence()) for finding in prove(parse(gallery(key)))] == []


def _texts(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text by language in a form, with its place; the tests inside a form hold none."""
    if isinstance(node, dict):
        if isinstance(node.get("de"), str):
            yield path, node
        for name, part in node.items():
            if name != "tests":
                yield from _texts(part, f"{path}.{name}")
    elif isinstance(node, list):
        for index, part in enumerate(node):
            yield from _texts(part, f"{path}.{index}")


@pytest.mark.parametrize("key", KEYS)
def test_every_text_of_a_form_is_there_in_german_english_and_easy_language(key: str) -> None:
    texts = list(_texts(gallery(key)))

    assert len(texts) > 20
    assert [(path, sorted(text)) for path, text in texts if set(text) != LANGUAGES] == []


@pytest.mark.parametrize("key", KEYS)
def test_german_sentences_are_short_and_calm(key: str) -> None:
    form = gallery(key)
    written = [(path, text[language]) for path, text in _texts(form) for language in ("de", "de-x-leicht")]
    written += [(place.path, place.element.purpose) for place in parse(form).outline.places.values()]

    sentences = [(path, sentence) for path, text in written for sentence in SENTENCE_ENDS.split(text)]

    assert [(path, sentence) for path, sentence in sentences if len(sentence.split()) > MOST_WORDS] == []
    assert [(path, text) for path, text in written if "!" in text] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_notice_is_seen_before_the_form_goes_on(key: str) -> None:
    """A page is shown again for a new question, not for a new notice: so a notice never hangs on its own page's answers alone."""
    definition = parse(gallery(key))
    places = definition.outline.places
    hidden = []
    for place in places.values():
        if place.element.type == "info" and place.element.show_if is not None:
            here = {other for other in keys_in(place.element.show_if) if places[other].page == place.page}
            beside = (other.element for other in places.values() if other.page == place.page and other.element.asks)
            if here and not any(other.show_if is not None and here <= set(keys_in(other.show_if)) for other in beside):
                hidden.append(place.element.key)

    assert hidden == []


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
