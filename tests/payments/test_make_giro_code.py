"""The GiroCode holds the transfer exactly as EPC069-12 version 3.1 lays it out; what it cannot hold is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.payments.giro.code import LARGEST, NoGiroCode, Transfer, is_creditor_reference
from tests.payments.codes import lines_of

FEE = Transfer("Stadt Musterstadt", "DE02 1203 0000 0000 2020 51", 1250, text="MS-4711 Kursgebühr")


def test_the_code_holds_each_line_in_its_place() -> None:
    assert lines_of(FEE) == ["BCD", "002", "1", "SCT", "", "Stadt Musterstadt", "DE02120300000000202051", "EUR12.5", "", "", FEE.text]


def test_a_structured_reference_stands_in_its_own_line() -> None:
    made = replace(FEE, text="", reference="RF18 5390 0754 7034", bic="BYLADEM1001")

    assert lines_of(made) == ["BCD", "002", "1", "SCT", "BYLADEM1001", *lines_of(FEE)[5:9], "RF18539007547034"]


@pytest.mark.parametrize(
    ("cents", "written"), [(1, "EUR0.01"), (10, "EUR0.1"), (100, "EUR1"), (10_000, "EUR100"), (99_999_999_999, "EUR999999999.99")]
)
def test_the_amount_is_written_without_needless_digits(cents: int, written: str) -> None:
    assert lines_of(replace(FEE, cents=cents))[7] == written


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 71}, "name"),
        ({"name": "Stadt\nDE99"}, "name"),
        ({"name": " Stadt"}, "name"),
        ({"iban": "DE02120300000000202052"}, "iban"),
        ({"iban": ""}, "iban"),
        ({"bic": "SPARKASSE"}, "bic"),
        ({"cents": 0}, "amount"),
        ({"cents": -100}, "amount"),
        ({"cents": int(LARGEST * 100) + 1}, "amount"),
        ({"text": "x" * 141}, "remittance"),
        ({"text": "eins\u2028zwei"}, "remittance"),
        ({"text": ""}, "remittance"),
        ({"reference": "RF18539007547034"}, "remittance"),
        ({"text": "", "reference": "RF19539007547034"}, "reference"),
        ({"text": "", "reference": "4711"}, "reference"),
    ],
)
def test_what_the_code_cannot_hold_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(NoGiroCode) as refused:
        replace(FEE, **change)  # type: ignore[arg-type]  # wrong on purpose

    assert refused.value.field == field


def test_letters_that_need_many_bytes_may_be_too_long_together() -> None:
    long = replace(FEE, name="Ř" * 70, text="Ž" * 140)

    with pytest.raises(NoGiroCode) as refused:
        long.code()

    assert refused.value.field == "length"


@given(st.integers(1, 99_999_999_999), st.text(st.characters(codec="latin-1", exclude_categories=("C", "Z")), min_size=1, max_size=60))
def test_every_amount_and_text_comes_back_from_the_code(cents: int, text: str) -> None:
    lines = lines_of(replace(FEE, cents=cents, text=text))

    assert (round(float(lines[7].removeprefix("EUR")) * 100), lines[10]) == (cents, text)


def test_the_picture_stands_in_the_page_without_styles() -> None:
    svg = FEE.svg()

    assert svg.startswith("<svg")
    assert "style=" not in svg


def test_a_creditor_reference_needs_its_check_digits() -> None:
    assert is_creditor_reference("RF18539007547034")
    assert not is_creditor_reference("RF18539007547035")
    assert not is_creditor_reference("RF18")
