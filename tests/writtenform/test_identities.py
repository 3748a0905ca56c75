"""Whether two records name the same person: exactly, in another spelling, or not clearly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.writtenform.identities import Likeness, compare

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéłşğıáõÅÆØ' -", min_size=1, max_size=20).filter(
    lambda name: any(sign.isalpha() for sign in name)
)


def record(given_name: str, family_name: str, birth_date: str = "") -> dict[str, str]:
    return {"given_name": given_name, "family_name": family_name, "birth_date": birth_date}


@pytest.mark.parametrize(
    ("declared", "proved", "likeness"),
    [
        (record("Robin", "Weber"), record("Robin", "Weber"), Likeness.SAME),
        (record("robin ", "WEBER"), record("Robin", "Weber"), Likeness.SAME),
        (record("Erika", "Mustermann", "1964-08-12"), record("ERIKA", "MUSTERMANN", "1964-08-12"), Likeness.SAME),
        (record("Erika", "Mustermann", "1964-08-12"), record("ERIKA", "MUSTERMANN", "1964-08"), Likeness.UNCLEAR),
        (record("Erika", "Mustermann", "1964-08-12"), record("ERIKA", "MUSTERMANN", "1964"), Likeness.UNCLEAR),
        (record("Erika", "Groß"), record("ERIKA", "GROẞ"), Likeness.SAME),
        (record("José", "Özdemir"), record("JOSÉ", "ÖZDEMIR"), Likeness.SAME),
        (record("Robin", "Weber", "1990-05-04"), record("Robin", "Weber"), Likeness.SAME),
        (record("Robin", "Özdemir"), record("ROBIN", "OEZDEMIR"), Likeness.SPELLING),
        (record("Robin", "Ozdemir"), record("Robin", "Özdemir"), Likeness.SPELLING),
        (record("Robin", "Strauß"), record("ROBIN", "STRAUSS"), Likeness.SAME),
        (record("Łukasz", "Wałęsa"), record("Lukasz", "Walesa"), Likeness.SPELLING),
        (record("Jørgen", "Sørensen"), record("JOERGEN", "SOERENSEN"), Likeness.SPELLING),
        (record("Robin", "Müller Meier"), record("Robin", "Mueller-Meier"), Likeness.SPELLING),
        (record("Robin", "Weber"), record("Robin Kim", "Weber"), Likeness.SPELLING),
        (record("Kim", "Weber"), record("Robin Kim", "Weber"), Likeness.SPELLING),
        (record("Alex", "Weber"), record("Robin Kim", "Weber"), Likeness.UNCLEAR),
        (record("Robin", "Weber"), record("Robin", "Meier"), Likeness.UNCLEAR),
        (record("Robin", "Weber", "1990-05-04"), record("Robin", "Weber", "1990-04-05"), Likeness.UNCLEAR),
        ({"name": "Robin Weber"}, record("Robin", "Weber"), Likeness.SAME),
        ({"name": "Robin Weber"}, record("Robin Kim", "Weber"), Likeness.SPELLING),
        ({"name": "Robin Kim"}, record("Robin Kim", "Weber"), Likeness.UNCLEAR),
        ({"name": "Robin Weber"}, {"name": "Robin Weber"}, Likeness.SAME),
        ({"name": "Robin Weber"}, {"name": "WEBER ROBIN"}, Likeness.UNCLEAR),
        ({}, record("Robin", "Weber"), Likeness.UNCLEAR),
        (record("", ""), record("Robin", "Weber"), Likeness.UNCLEAR),
    ],
)
def test_two_records(declared: dict[str, str], proved: dict[str, str], likeness: Likeness) -> None:
    assert compare(declared, proved).likeness == likeness


def test_the_parts_that_differ_are_named() -> None:
    assert compare(record("Robin", "Weber", "1990-05-04"), record("Alex", "Weber", "1990-05-05")).differing == ("given_name", "birth_date")


@given(NAMES, NAMES)
def test_everybody_is_themselves(given_name: str, family_name: str) -> None:
    assert compare(record(given_name, family_name), record(given_name, family_name)).likeness == Likeness.SAME


@given(NAMES, NAMES)
def test_capitals_make_no_other_person(given_name: str, family_name: str) -> None:
    assert compare(record(given_name, family_name), record(given_name.upper(), family_name.upper())).likeness != Likeness.UNCLEAR


@given(NAMES, NAMES, NAMES)
def test_another_family_name_is_never_the_same_person(given_name: str, family_name: str, other: str) -> None:
    if compare(record("x", family_name), record("x", other)).likeness == Likeness.UNCLEAR:
        assert compare(record(given_name, family_name), record(given_name, other)).likeness == Likeness.UNCLEAR
