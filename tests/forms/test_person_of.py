"""Who writes: the name and address that a case carries, read from answers of every type that names somebody."""

from typing import Any

import pytest

from direktdraht.forms import actions as forms
from direktdraht.forms.registration import person_of
from direktdraht.questions.definition import parse

ROBIN = {"given_name": "Robin", "family_name": "Weber", "birth_date": "2000-01-01"}
CLUB = {"name": "Kanuverein e. V.", "register_number": "VR 12"}


def named(*asked: tuple[str, Any]) -> dict[str, str]:
    """What is read from a form with questions of these types and their clean answers."""
    elements = [
        {"type": kind, "key": f"q{index}", "label": {"de": f"Frage {index}"}, "purpose": "Bescheid"}
        for index, (kind, _) in enumerate(asked)
    ]
    page = {"key": "all", "title": {"de": "Alles"}, "elements": elements}
    definition = parse({**forms.read_gallery("sperrmuell"), "pages": [page], "tests": [], "fee": None})
    return person_of(definition, {f"q{index}": value for index, (_, value) in enumerate(asked) if value is not None})


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ([("person", ROBIN)], "Robin Weber"),
        ([("person", {"family_name": "Weber"})], "Weber"),
        ([("organisation", CLUB)], "Kanuverein e. V."),
        ([("organisation", CLUB | {"contact": "Noa Lindner"})], "Noa Lindner"),
        ([("organisation", CLUB), ("person", ROBIN)], "Robin Weber"),
        ([("name", "Kim Yılmaz"), ("person", ROBIN)], "Kim Yılmaz"),
        ([("person", None), ("name", "Kim Yılmaz")], "Kim Yılmaz"),
        ([("text", "Robin")], ""),
    ],
)
def test_the_first_name_that_says_who_writes_counts(asked: list[tuple[str, Any]], name: str) -> None:
    assert named(*asked) == {"name": name, "email": ""}


def test_the_first_address_counts() -> None:
    assert named(("email", "a@example.org"), ("email", "b@example.org"))["email"] == "a@example.org"
