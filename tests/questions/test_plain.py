"""Text from outside loses what no one can see, and names keep to what registers can hold."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from direktdraht.questions import din91379
from direktdraht.questions.plain import clean_line, clean_lines
from tests.scale import examples


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("rechnung\u202egpj.exe", "rechnunggpj.exe"),
        ("\u2066a\u2069\u200fb\u061c", "ab"),
        ("Anna\u200bMeier\ufeff", "AnnaMeier"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("lone \ud800 half", "lone half"),
        ("A\u0308pfel", "Äpfel"),
        ("eins\u2028zwei\ttab", "eins zwei tab"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_invisible_and_direction_characters_are_removed(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


@settings(max_examples=examples(100))
@given(text=st.text())
def test_clean_text_stays_itself_and_can_be_encoded(text: str) -> None:
    for clean in (clean_line, clean_lines):
        once = clean(text)

        assert clean(once) == once
        assert once.encode("utf-8").decode("utf-8") == once
        assert "\n" not in clean_line(text)


@settings(max_examples=examples(200))
@given(text=st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=30))
def test_a_text_of_one_plain_line_is_cleaned_like_a_line_among_others(text: str) -> None:
    among_others = f"oben\n{text}\nunten"

    assert clean_lines(text) == clean_lines(among_others).removeprefix("oben").removesuffix("unten").strip()


def test_the_standard_has_this_many_letters() -> None:
    letters = [character for character in din91379.CHARACTERS["A"] if unicodedata.category(character).startswith("L")]
    sequences = din91379.SEQUENCES

    assert all(unicodedata.is_normalized("NFC", text) for text in [*din91379.CHARACTERS["C"] - {"´", "¨"}, *sequences])
    assert len([letter for letter in letters if letter not in "ʹʺʾʿˈˌ"]) + len(sequences) == 649


@pytest.mark.parametrize("name", ["Əli", "Müller-Lüdenscheidt", "D’Angelo", "Nguyễn Thị Hương", "Ĭ", "Z̆ivković", "K͟han", "C̨̆a", "Ḳ̄"])
def test_names_of_europe_are_accepted(name: str) -> None:
    assert din91379.strangers(name, "A") == []


@pytest.mark.parametrize(
    ("name", "datatype", "strangers"),
    [
        ("Robin 3", "A", ["3"]),
        ("Weg 3", "B", []),
        ("½ Brot", "B", ["½"]),
        ("½ Brot", "C", []),
        ("Мария", "C", list("Мария")),
        ("Zal\u0334go", "A", ["l\u0334"]),
        ("a\u0300\u0301\u0302", "A", ["à\u0301\u0302"]),
        ("\u0301x", "A", ["\u0301"]),
        ("Bob😀", "C", ["😀"]),
    ],
)
def test_other_characters_are_named(name: str, datatype: din91379.Datatype, strangers: list[str]) -> None:
    assert din91379.strangers(name, datatype) == strangers
