"""A registry refuses duplicates and says what it knows."""

import pytest

from direktdraht.foundation.registry import DuplicateEntry, Registry, UnknownEntry
from direktdraht.foundation.texts import LocalText, pick


def test_entries_come_back_in_their_order() -> None:
    animals: Registry[int] = Registry("animals")

    animals.register("dog", 4)
    animals.register("bird", 2)

    assert animals.get("bird") == 2
    assert list(animals.items()) == [("dog", 4), ("bird", 2)]
    assert "dog" in animals
    assert "fish" not in animals


def test_a_second_entry_under_the_same_key_is_refused() -> None:
    animals: Registry[int] = Registry("animals")
    animals.register("dog", 4)

    with pytest.raises(DuplicateEntry, match="animals already has an entry 'dog'"):
        animals.register("dog", 3)

    assert animals.get("dog") == 4


def test_an_unknown_key_names_the_known_ones() -> None:
    animals: Registry[int] = Registry("animals")
    animals.register("dog", 4)

    with pytest.raises(UnknownEntry, match="'fish'; known: dog"):
        animals.get("fish")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ({"de": "Hund", "en": "dog"}, "en", ("dog", "en")),
        ({"de": "Hund", "en": "dog"}, "en-GB", ("dog", "en")),
        ({"de": "Hund", "en": ""}, "en", ("Hund", "de")),
        ({"de": "Hund"}, "tr", ("Hund", "de")),
        (
            {"de": "Hund", "de-x-leicht": "Der Hund"},
            "de-x-leicht",
            ("Der Hund", "de-x-leicht"),
        ),
        ({"en": "dog"}, "de", ("dog", "en")),
        ({}, "de", ("", "de")),
    ],
)
def test_pick_falls_back_to_german(text: LocalText, language: str, expected: tuple[str, str]) -> None:
    assert pick(text, language) == expected
