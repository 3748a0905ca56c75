"""Conditions, calculations and fees as a clerk builds them, part by part."""

from typing import Any

import pytest
from django.test import Client

from direktdraht.forms.fee_inputs import BOXES
from tests.forms.editor import DESK, act, do, elements, new_draft, present
from tests.pages.world import client_of

pytestmark = pytest.mark.django_db
TARGET = "bedingung/anliegen"
DOGS = {"version": "1", "entries": [{"code": "B01", "label": {"de": "Beagle"}}, {"code": "D01", "label": {"de": "Dackel"}}]}
LONG = {"field": "laenge", "op": "gt", "value": 3}
SHORT = {"field": "laenge", "op": "lt", "value": 9}


@pytest.fixture
def toni() -> Client:
    """A draft with a question of each kind that a rule may ask about."""
    new_draft(code_lists={"urn:de:hunde": DOGS})
    client = client_of("toni")
    for label, kind in (
        ("Musik", "yesno"),
        ("Art", "choice"),
        ("Gäste", "integer"),
        ("Tag", "date"),
        ("Betrag", "money"),
        ("Rasse", "codelist"),
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
        ("sum:staende:laenge", "le", ["30"], {"group": "staende", "sum": {"field": "laenge", "op": "le", "value": 30}}),
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


@pytest.mark.parametrize(
    ("first", "inside", "expected"),
    [
        (("any:staende:laenge", "gt", "3"), "any", {"any": {"all": [LONG, SHORT]}}),
        (("all:staende:laenge", "gt", "3"), "all", {"all": {"all": [LONG, SHORT]}}),
        (("count:staende:", "ge", "2"), "count", {"count": {"op": "ge", "value": 2, "where": SHORT}}),
        (("sum:staende:laenge", "gt", "3"), "sum", {"sum": {**LONG, "where": SHORT}}),
    ],
)
def test_a_test_of_the_same_entry_is_put_inside(toni: Client, first: tuple[str, str, str], inside: str, expected: Any) -> None:
    add(toni, first[0], first[1], first[2])

    offered = toni.get(f"{DESK}/{TARGET}?frage=any:staende:laenge").context["inside"]
    add(toni, "any:staende:laenge", "lt", "9", place=inside)

    assert [place for place, _words in offered] == [inside]
    assert condition() == {"group": "staende", **expected}
    assert toni.get(f"{DESK}/{TARGET}").context["whole"].endswith(".")


def test_only_a_test_of_the_same_group_fits_inside(toni: Client) -> None:
    add(toni, "any:staende:laenge", "gt", "3")

    response = add(toni, "field::musik", "is", "true", place="any")

    assert response.status_code == 422
    assert condition() == {"group": "staende", "any": LONG}


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
    (
        {"shape": "answer", "question": "art", "amounts": "Antwort 1 = 10\nsonst = 3"},
        {"table": {"field": "art", "values": {"eins": "10.00"}, "default": "3.00"}},
    ),
    (
        {"shape": "answer", "question": "rasse", "amounts": "Beagle = 10\nD01 = 12,5\nsonst = 3"},
        {"table": {"field": "rasse", "values": {"B01": "10.00", "D01": "12.50"}, "default": "3.00"}},
    ),
    *(
        (
            {"shape": "span", "begin": "tag", "end": "today", "unit": unit, "amount": "2"},
            {"mul": [{unit: {"from": {"field": "tag"}, "to": "today"}}, {"money": "2.00"}]},
        )
        for unit in ("days", "months", "years")
    ),
    ({"shape": "value", "question": "betrag"}, {"field": "betrag"}),
    (
        {"shape": "fixed", "amount": "30", "only_if": "musik=true"},
        {"if": {"field": "musik", "op": "is", "value": True}, "then": {"money": "30.00"}, "else": {"money": "0.00"}},
    ),
]


@pytest.mark.parametrize(("boxes", "expected"), FEES, ids=["-".join(boxes.values()) for boxes, _ in FEES])
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
        {"shape": "span", "begin": "tag", "end": "tag", "amount": "2"},
        {"shape": "between", "begin": "tag", "end": "today"},
        {"shape": "at_most", "amount": "2"},
        {"shape": "rounded"},
    ],
)
def test_a_wrong_part_of_a_fee_is_explained(toni: Client, boxes: dict[str, str]) -> None:
    response = do(toni, "gebuehr", **boxes)

    assert response.status_code == 422
    assert "fee" not in present().definition


TEN, TWENTY, CAP = {"money": "10.00"}, {"money": "20.00"}, {"money": "15.00"}
MUSIC = {"field": "musik", "op": "is", "value": True}


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ({"shape": "at_most", "amount": "15"}, {"min": [{"add": [TEN, TWENTY]}, CAP]}),
        ({"shape": "at_least", "amount": "15", "place": "0"}, {"add": [{"max": [TEN, CAP]}, TWENTY]}),
        ({"shape": "rounded", "digits": "1", "mode": "up"}, {"round": {"of": {"add": [TEN, TWENTY]}, "places": 1, "mode": "up"}}),
        (
            {"shape": "fixed", "amount": "15", "place": "1", "only_if": "musik=true"},
            {"add": [TEN, {"if": MUSIC, "then": CAP, "else": TWENTY}]},
        ),
    ],
)
def test_a_part_gets_a_limit_or_another_amount_in_a_case(toni: Client, boxes: dict[str, str], expected: Any) -> None:
    for euros in ("10", "20"):
        do(toni, "gebuehr", shape="fixed", amount=euros)

    response = do(toni, "gebuehr", **boxes)

    assert response.status_code == 302, response.context["problems"]
    assert present().definition["fee"] == expected
    assert toni.get(f"{DESK}/gebuehr").context["parts"]


def test_cases_are_nested_by_doing_it_again(toni: Client) -> None:
    do(toni, "gebuehr", shape="fixed", amount="10")
    do(toni, "gebuehr", shape="fixed", amount="20", place="0", only_if="art=eins")
    do(toni, "gebuehr", shape="fixed", amount="15", place="0", only_if="musik=true")

    first = {"if": {"field": "art", "op": "is", "value": "eins"}, "then": TWENTY, "else": TEN}
    assert present().definition["fee"] == {"if": MUSIC, "then": CAP, "else": first}


def test_another_amount_needs_its_case(toni: Client) -> None:
    do(toni, "gebuehr", shape="fixed", amount="10")

    response = do(toni, "gebuehr", shape="fixed", amount="20", place="0")

    assert response.status_code == 422
    assert "wann der neue Betrag gilt" in response.content.decode()
    assert present().definition["fee"] == TEN


@pytest.mark.parametrize("shape", BOXES)
def test_each_shape_has_its_own_boxes_and_no_others(toni: Client, shape: str) -> None:
    act(toni, "frage-hinzufuegen", label="Summe", kind="computed", into="seite_1")

    page = toni.get(f"{DESK}/rechnung/summe?art={shape}")
    names = [field.name for field in page.context["form"].boxes()]

    assert f'<input type="hidden" name="shape" value="{shape}">' in page.content.decode()
    assert set(BOXES[shape]) <= set(names) <= {*BOXES[shape], "only_if", "place"}


def test_a_calculation_counts_days_months_and_years_as_numbers(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Alter", kind="computed", into="seite_1")

    response = do(toni, "rechnung/alter", shape="between", begin="tag", end="today", unit="years", only_if="musik=true")

    between = {"years": {"from": {"field": "tag"}, "to": "today"}}
    assert response.status_code == 302, response.context["problems"]
    assert elements()[-1]["expression"] == {"if": MUSIC, "then": between, "else": {"number": "0"}}
    assert elements()[-1]["result"] == "number"


def test_a_computed_value_gets_its_calculation(toni: Client) -> None:
    act(toni, "frage-hinzufuegen", label="Summe", kind="computed", into="seite_1")

    do(toni, "rechnung/summe", shape="unit", question="gaeste", amount="3")

    assert elements()[-1]["expression"] == {"mul": [{"field": "gaeste"}, {"money": "3.00"}]}
