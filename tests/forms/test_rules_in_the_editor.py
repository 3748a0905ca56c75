"""Conditions, calculations and fees as a clerk builds them, part by part."""

from typing import Any

import pytest
from django.test import Client

from tests.forms.editor import DESK, act, do, elements, new_draft, present
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db
TARGET = "bedingung/anliegen"


@pytest.fixture
def toni() -> Client:
    """A draft with a question of each kind that a rule may ask about."""
    new_draft()
    client = client_of("toni")
    for label, kind in (
        ("Musik", "yesno"),
        ("Art", "choice"),
        ("Gäste", "integer"),
        ("Tag", "date"),
        ("Betrag", "money"),
        ("Stände", "group"),
    ):
        act(client, "frage-hinzufuegen", label=label, kind=kind, into="seite_1")
    act(client, "frage-hinzufuegen", label="Länge", kind="integer", into="staende")
    return client


def condition() -> Any:
    """The condition of the first question as it is stored now."""
    return elements()[0].get("show_if")


def add(client: Client, subject: str, operator: str, *values: str, place: str = "", **more: str) -> Any:
    """Add a test to the condition of the first question."""
    return do(client, f"{TARGET}/dazu", frage=subject, vergleich=operator, wert=list(values), stelle=place, **more)


@pytest.mark.parametrize(
    ("subject", "operator", "values", "expected"),
    [
        ("field::musik", "is", ["true"], {"field": "musik", "op": "is", "value": True}),
        ("field::art", "in", ["eins", "zwei"], {"field": "art", "op": "in", "value": ["eins", "zwei"]}),
        ("field::gaeste", "ge", ["100"], {"field": "gaeste", "op": "ge", "value": 100}),
        ("field::tag", "gt", ["heute + 14 Tage"], {"field": "tag", "op": "gt", "value": "today+14d"}),
        ("field::tag", "le", ["24.12.2026"], {"field": "tag", "op": "le", "value": "2026-12-24"}),
        ("field::betrag", "gt", ["1.234,5"], {"field": "betrag", "op": "gt", "value": "1234.50"}),
        ("count:staende:", "ge", ["2"], {"group": "staende", "count": {"op": "ge", "value": 2}}),
        ("any:staende:laenge", "gt", ["3"], {"group": "staende", "any": {"field": "laenge", "op": "gt", "value": 3}}),
        ("all:staende:laenge", "gt", ["3"], {"group": "staende", "all": {"field": "laenge", "op": "gt", "value": 3}}),
        ("field::musik", "empty", [], {"field": "musik", "op": "empty"}),
    ],
)
def test_each_kind_of_test_is_written_and_reads_as_a_sentence(
    toni: Client, subject: str, operator: str, values: list[str], expected: Any
) -> None:
    add(toni, subject, operator, *values)

    page = toni.get(f"{DESK}/{TARGET}")

    assert condition() == expected
    assert page.status_code == 200
    assert page.context["whole"].endswith(".")


def test_a_comparison_with_another_answer(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Helfer", kind="integer", into="seite_1")

    add(toni, "field::gaeste", "gt", andere="helfer")

    assert condition() == {"field": "gaeste", "op": "gt", "value": {"field": "helfer"}}


@pytest.mark.parametrize(
    ("subject", "operator", "value", "sentence"),
    [
        ("field::gaeste", "ge", "viele", "ganze Zahl"),
        ("field::tag", "gt", "31.2.2026", "Tag wie 24.12.2026"),
        ("field::betrag", "gt", "teuer", "Betrag"),
        ("field::musik", "gt", "true", "Vergleich"),
        ("field::gibtsnicht", "is", "1", "wählen Sie eine Frage"),
        ("field::gaeste", "ge", "", "womit verglichen wird"),
    ],
)
def test_a_wrong_value_is_explained_and_nothing_changes(toni: Client, subject: str, operator: str, value: str, sentence: str) -> None:
    response = add(toni, subject, operator, value)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert condition() is None


def test_parts_are_joined_switched_turned_round_and_removed(toni: Client) -> None:
    add(toni, "field::musik", "is", "true")
    add(toni, "field::gaeste", "ge", "100")
    assert list(condition()) == ["all"]

    do(toni, f"{TARGET}/wechseln", stelle="")
    assert list(condition()) == ["any"]

    do(toni, f"{TARGET}/umkehren", stelle="any.0")
    assert condition()["any"][0] == {"not": {"field": "musik", "op": "is", "value": True}}

    do(toni, f"{TARGET}/klammern", stelle="any.1")
    add(toni, "field::art", "is", "eins", place="any.1")
    assert condition()["any"][1] == {"any": [{"field": "gaeste", "op": "ge", "value": 100}, {"field": "art", "op": "is", "value": "eins"}]}

    do(toni, f"{TARGET}/weg", stelle="any.1")
    assert condition() == {"not": {"field": "musik", "op": "is", "value": True}}
    do(toni, f"{TARGET}/weg", stelle="")
    assert condition() is None


def test_a_question_that_a_rule_needs_cannot_be_deleted(toni: Client) -> None:
    add(toni, "field::musik", "is", "true")

    response = act(toni, "frage-loeschen", element="musik")

    assert response.status_code == 422
    assert "„Musik“ wird noch gebraucht" in response.content.decode()


FEES = [
    ({"shape": "fixed", "amount": "12,50"}, {"money": "12.50"}),
    ({"shape": "unit", "question": "gaeste", "amount": "2"}, {"mul": [{"field": "gaeste"}, {"money": "2.00"}]}),
    (
        {"shape": "unit", "question": "laenge", "amount": "4,5"},
        {"sum": {"group": "staende", "of": {"mul": [{"field": "laenge"}, {"money": "4.50"}]}}},
    ),
    (
        {"shape": "answer", "question": "art", "amounts": "Antwort 1 = 10\nAntwort 2 = 20"},
        {"table": {"field": "art", "values": {"eins": "10.00", "zwei": "20.00"}}},
    ),
    ({"shape": "entry", "group": "staende", "amount": "5"}, {"sum": {"group": "staende", "of": {"money": "5.00"}}}),
    (
        {"shape": "position", "group": "staende", "amounts": "132\n240"},
        {"sum": {"group": "staende", "table": {"position": {"1": "132.00", "default": "240.00"}}}},
    ),
    (
        {"shape": "steps", "question": "betrag", "amounts": "unter 20.000 = 0\nunter 30000 = 110,5\nsonst = 310"},
        {
            "table": {
                "of": {"field": "betrag"},
                "steps": [{"below": "20000.00", "value": "0.00"}, {"below": "30000.00", "value": "110.50"}],
                "else": "310.00",
            }
        },
    ),
    ({"shape": "value", "question": "betrag"}, {"field": "betrag"}),
    (
        {"shape": "fixed", "amount": "30", "only_if": "musik=true"},
        {"if": {"field": "musik", "op": "is", "value": True}, "then": {"money": "30.00"}, "else": {"money": "0.00"}},
    ),
]


@pytest.mark.parametrize(
    ("boxes", "expected"), FEES, ids=[boxes["shape"] + boxes.get("only_if", "") + boxes.get("question", "") for boxes, _ in FEES]
)
def test_each_shape_of_a_fee_is_written_and_reads_as_a_sentence(toni: Client, boxes: dict[str, str], expected: Any) -> None:
    response = do(toni, "gebuehr", basis="Gebührensatzung", **boxes)

    assert response.status_code == 302, response.context["problems"]
    assert present().definition["fee"] == expected
    assert present().definition["fee_basis"] == "Gebührensatzung"
    assert toni.get(f"{DESK}/gebuehr").context["parts"]


def test_parts_of_a_fee_are_added_up_and_removed(toni: Client) -> None:
    do(toni, "gebuehr", shape="fixed", amount="10")
    do(toni, "gebuehr", shape="entry", group="staende", amount="5")
    assert list(present().definition["fee"]) == ["add"]

    do(toni, "gebuehr", weg="0")
    assert present().definition["fee"] == {"sum": {"group": "staende", "of": {"money": "5.00"}}}
    do(toni, "gebuehr", weg="0")
    assert "fee" not in present().definition


@pytest.mark.parametrize(
    "boxes",
    [
        {"shape": "fixed", "amount": "viel"},
        {"shape": "unit", "question": "art", "amount": "2"},
        {"shape": "answer", "question": "art", "amounts": "Birne = 2"},
        {"shape": "entry", "amount": "2"},
        {"shape": "steps", "question": "betrag", "amounts": "20000 = 0"},
    ],
)
def test_a_wrong_part_of_a_fee_is_explained(toni: Client, boxes: dict[str, str]) -> None:
    response = do(toni, "gebuehr", **boxes)

    assert response.status_code == 422
    assert "fee" not in present().definition


def test_a_computed_value_gets_its_calculation(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Summe", kind="computed", into="seite_1")

    do(toni, "rechnung/summe", shape="unit", question="gaeste", amount="3")

    assert elements()[-1]["expression"] == {"mul": [{"field": "gaeste"}, {"money": "3.00"}]}
