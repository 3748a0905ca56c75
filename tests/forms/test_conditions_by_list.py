"""Conditions that compare with answers: entries of a code list are offered by name, several answers need the right comparison."""

from typing import Any

import pytest
from django.test import Client

from tests.forms.editor import DESK, act, do, elements, new_draft
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db
LIST = "urn:de:obst"
ASKED = "field::obst"


def toni_with_a_list(count: int) -> Client:
    """Toni's desk with a form that carries a code list and a question about it."""
    entries: list[dict[str, Any]] = [{"code": f"c{place}", "label": {"de": f"Sorte {place}"}} for place in range(count)]
    new_draft(code_lists={LIST: {"version": "1", "entries": entries}})
    toni = client_of("toni")
    act(toni, "frage-hinzufuegen", label="Obst", kind="codelist", into="seite_1")
    return toni


def test_a_short_code_list_is_offered_by_name() -> None:
    toni = toni_with_a_list(3)

    response = toni.get(f"{DESK}/bedingung/anliegen", {"frage": ASKED})

    assert response.context["options"] == [("c0", "Sorte 0"), ("c1", "Sorte 1"), ("c2", "Sorte 2")]


def test_a_long_code_list_asks_for_the_code() -> None:
    toni = toni_with_a_list(30)

    response = toni.get(f"{DESK}/bedingung/anliegen", {"frage": ASKED})

    assert response.context["options"] == []
    assert "Der Code aus der Werteliste" in response.content.decode()


def test_two_answers_with_a_comparison_for_one_are_refused_and_not_dropped() -> None:
    toni = toni_with_a_list(3)

    response = do(toni, "bedingung/anliegen/dazu", frage=ASKED, vergleich="is", wert=["c0", "c1"])

    assert response.status_code == 422
    assert "ist eines von" in response.content.decode()
    assert "show_if" not in elements()[0]


def test_two_answers_with_one_of_become_a_condition() -> None:
    toni = toni_with_a_list(3)

    do(toni, "bedingung/anliegen/dazu", frage=ASKED, vergleich="in", wert=["c0", "c1"])

    assert elements()[0]["show_if"] == {"field": "obst", "op": "in", "value": ["c0", "c1"]}
