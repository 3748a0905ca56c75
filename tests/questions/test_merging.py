"""What an older page may change: worked examples for answers of every shape."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from direktdraht.questions import merging, posting
from direktdraht.questions.definition import parse
from direktdraht.questions.surroundings import Surroundings

AROUND = Surroundings(today=date(2026, 11, 24))
FORM = parse(
    {
        "format": "direktdraht-form/1",
        "key": "hund",
        "title": {"de": "Hund"},
        "unit": "steueramt",
        "service": "hund",
        "answer_days": 5,
        "law": "ao",
        "retention": {"months": 12, "basis": "Aktenordnung"},
        "pages": [
            {
                "key": "eins",
                "title": {"de": "Eins"},
                "elements": [
                    {"type": "date", "key": "since", "label": {"de": "Seit"}, "purpose": "Steuer"},
                    {"type": "iban", "key": "iban", "label": {"de": "IBAN"}, "purpose": "Steuer"},
                    {
                        "type": "group",
                        "key": "dogs",
                        "label": {"de": "Hunde"},
                        "elements": [{"type": "text", "key": "name", "label": {"de": "Name"}, "purpose": "Steuer"}],
                    },
                ],
            }
        ],
    }
)
PAGE = FORM.pages[0]
OLD: dict[str, Any] = {"dogs": [{"name": "Bello"}, {"name": "Ida"}]}


def merged(shown: dict[str, Any], stored: dict[str, Any], post: str) -> merging.Merged:
    """Post a page that showed ``shown`` when ``stored`` is stored by now."""
    query = QueryDict(post, mutable=True)
    query.setlist("_was", merging.marks(PAGE, shown, AROUND))
    return merging.merge(PAGE, query, stored=stored, posted=posting.read_page(FORM, PAGE, query, stored), around=AROUND)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("since", "2026-11-02", {"day": "2", "month": "11", "year": "2026"}),
        ("iban", "DE02120300000000202051", " de02 1203 0000 0000 2020 51 "),
        ("dogs", None, [{"name": ""}]),
        ("dogs", [{"name": "Bello"}], [{"name": "Bello "}, {}]),
        ("iban", None, ""),
    ],
)
def test_two_ways_of_writing_an_answer_have_one_mark(key: str, one: Any, other: Any) -> None:
    element = next(element for element in PAGE.elements if element.key == key)

    assert merging.mark(element, one, AROUND) == merging.mark(element, other, AROUND)


def test_only_this_page_changed_it() -> None:
    found = merged(OLD, OLD, "dogs=2&dogs.0.name=Bello&dogs.1.name=Ira")

    assert (found.answers["dogs"][1], found.mine) == ({"name": "Ira"}, {})


def test_only_the_other_page_changed_it() -> None:
    found = merged(OLD, {"dogs": [{"name": "Bela"}, {"name": "Ida"}]}, "dogs=2&dogs.0.name=Bello&dogs.1.name=Ida")

    assert (found.answers["dogs"][0], found.mine) == ({"name": "Bela"}, {})


def test_removing_an_entry_of_a_list_that_changed_is_to_be_decided() -> None:
    found = merged(OLD, {"dogs": [{"name": "Ida"}]}, "dogs=2&dogs.0.name=Bello&dogs.1.name=Ida&_remove=dogs.1")

    assert found.answers["dogs"] == [{"name": "Ida"}]
    assert found.mine == {"dogs": [{"name": "Bello"}]}


def test_a_question_that_the_page_did_not_show_stays() -> None:
    found = merged({}, {"iban": "DE02120300000000202051"}, "since.day=2&since.month=11&since.year=2026")

    assert found.answers["iban"] == "DE02120300000000202051"
    assert not found.mine
