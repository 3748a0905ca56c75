"""Every rule can be read as a German and an English sentence."""

from typing import Any

import pytest

from direktdraht.questions.definition import parse
from direktdraht.questions.sentences import expression_sentence, sentence
from tests.questions.forms import element, gallery, parsed

PARTS = (
    element("group", "dogs", label={"de": "Hunde", "en": "Dogs"}, elements=[element("integer", "age", label={"de": "Alter", "en": "Age"})]),
    element("yesno", "guide", label={"de": "Ist es ein Assistenzhund?", "en": "Is it an assistance dog?"}),
    element("date", "since", label={"de": "Seit", "en": "Since"}),
    element("choice", "fruit", label={"de": "Obst", "en": "Fruit"}),
    element("multichoice", "fruits", label={"de": "Obst", "en": "Fruits"}),
    element("money", "rent", label={"de": "Miete", "en": "Rent"}),
    element("text", "note", label={"de": "Notiz", "en": "Note"}, show_if={"field": "guide", "op": "is", "value": True}),
)

SAID: list[tuple[dict[str, Any], str, str]] = [
    ({"field": "guide", "op": "is", "value": True}, "„Ist es ein Assistenzhund?“ ist „Ja“.", "“Is it an assistance dog?” is “Yes”."),
    (
        {"field": "since", "op": "ge", "value": "today-3m"},
        "„Seit“ liegt nicht vor heute − 3 Monate.",
        "“Since” is not before today − 3 months.",
    ),
    ({"field": "since", "op": "lt", "value": "2026-12-24"}, "„Seit“ liegt vor 24. Dezember 2026.", "“Since” is before 24 December 2026."),
    (
        {"field": "since", "op": "le", "value": "today+14d"},
        "„Seit“ liegt nicht nach heute + 14 Tage.",
        "“Since” is not after today + 14 days.",
    ),
    (
        {"field": "fruit", "op": "in", "value": ["a", "b"]},
        "„Obst“ ist eines von: „Apfel“, „Birne“.",
        "“Fruit” is one of: “Apple”, “Birne”.",
    ),
    ({"field": "fruits", "op": "contains", "value": "a"}, "„Obst“ enthält „Apfel“.", "“Fruits” contains “Apfel”."),
    ({"field": "rent", "op": "gt", "value": "1000.00"}, "„Miete“ ist mehr als 1.000,00 €.", "“Rent” is more than €1,000.00."),
    ({"field": "note", "op": "empty"}, "„Notiz“ ist nicht beantwortet.", "“Note” is not answered."),
    (
        {"group": "dogs", "count": {"op": "ge", "value": 2, "where": {"field": "age", "op": "gt", "value": 5}}},
        "Bei „Hunde“ gibt es mindestens 2 Einträge, nur Einträge mit: („Alter“ ist mehr als 5).",
        "In “Dogs” there are at least 2 entries, only entries with: (“Age” is more than 5).",
    ),
    (
        {
            "all": [
                {"field": "note", "op": "not_empty"},
                {"any": [{"field": "note", "op": "is", "value": "x"}, {"not": {"field": "guide", "op": "empty"}}]},
            ]
        },
        "„Notiz“ ist beantwortet und („Notiz“ ist „x“ oder es trifft nicht zu: („Ist es ein Assistenzhund?“ ist nicht beantwortet)).",
        "“Note” is answered and (“Note” is “x” or it is not true that: (“Is it an assistance dog?” is not answered)).",
    ),
]


@pytest.mark.parametrize(("condition", "german", "english"), SAID)
def test_a_condition_as_a_sentence(condition: dict[str, Any], german: str, english: str) -> None:
    tree = parsed(*PARTS, element("text", "more", show_if=condition))
    show_if = tree.outline.element("more").show_if
    assert show_if is not None

    assert sentence(show_if, tree, "de") == german
    assert sentence(show_if, tree, "en") == english


def test_the_dog_tax_as_a_sentence() -> None:
    definition = parse(gallery("hundesteuer_anmeldung"))
    assert definition.fee is not None

    assert expression_sentence(definition.fee, definition, "de") == (
        "Summe über „Hunde“: (nach der Reihenfolge: 1.: 132,00 €, 2.: 240,00 €, sonst: 240,00 €), "
        "nur Einträge mit: (es trifft nicht zu: („Ist es ein Assistenz- oder Blindenführhund?“ ist „Ja“))."
    )


@pytest.mark.parametrize("key", ["bewohnerparkausweis", "hundesteuer_anmeldung", "meldung", "sperrmuell"])
@pytest.mark.parametrize("language", ["de", "en", "de-x-leicht"])
def test_every_rule_of_the_gallery_can_be_said(key: str, language: str) -> None:
    definition = parse(gallery(key))
    rules = [place.element.show_if for place in definition.outline.places.values() if place.element.show_if is not None]

    said = [sentence(rule, definition, language) for rule in rules]

    assert said
    assert all(words.endswith(".") and "%(" not in words for words in said)
    if definition.fee is not None:
        assert expression_sentence(definition.fee, definition, language)
