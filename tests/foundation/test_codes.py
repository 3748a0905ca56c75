"""Case numbers catch typing errors; keys cannot be guessed and forgive look-alikes."""

import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.foundation import codes

numbers = st.builds(codes.case_number, st.integers(2000, 2099), st.integers(1, 9_999_999_999))
signs = string.digits + string.ascii_uppercase


def read(text: str) -> str | None:
    """What the reader makes of a text: a number, or None if it is refused."""
    try:
        return codes.check_case_number(text)
    except codes.WrongCaseNumber:
        return None


def test_a_number_names_year_counter_and_check_letter() -> None:
    assert codes.case_number(2026, 48213) == "26-48213-K"
    assert codes.case_number(26, 1)[:9] == "26-00001-"


@pytest.mark.parametrize("counter", [0, -1, 10_000_000_000])
def test_a_counter_out_of_range_is_refused(counter: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        codes.case_number(2026, counter)


@given(numbers)
def test_every_writing_of_a_number_is_read(number: str) -> None:
    assert read(number) == number
    assert read(number.lower()) == number
    assert read(number.replace("-", "")) == number
    assert read(f"  {number.replace('-', ' – ')} ") == number


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    number = codes.case_number(2020, 15682)

    assert read(f"ZO-lSGBZ-{number[-1]}") == number


@given(numbers, st.data())
def test_every_single_wrong_character_is_found(number: str, data: st.DataObject) -> None:
    places = [place for place, sign in enumerate(number) if sign != "-"]
    place = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([sign for sign in signs if sign != number[place]]))

    seen = read(number[:place] + wrong + number[place + 1 :])

    # Either refused, or a look-alike was read back as the digit it stands for.
    assert seen in {None, number}


@given(numbers, st.data())
def test_every_swap_of_neighbours_is_found(number: str, data: st.DataObject) -> None:
    plain = number.replace("-", "")
    pairs = [i for i in range(len(plain) - 1) if plain[i] != plain[i + 1]]
    place = data.draw(st.sampled_from(pairs))

    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]

    assert read(swapped) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T",
        "26-48213",
        "26-48213-KT",
        "26-0048213-T",
        "26-123-A",
        "٢٦-48213-T",
        "26/48213/T",
    ],
)
def test_a_text_of_another_form_is_refused(text: str) -> None:
    assert read(text) is None


def test_keys_are_long_grouped_and_free_of_look_alikes() -> None:
    key = codes.new_key()

    assert [len(group) for group in key.split("-")] == [4] * 7
    assert set(key) <= set(codes.KEY_ALPHABET) | {"-"}
    assert codes.KEY_LENGTH * math.log2(len(codes.KEY_ALPHABET)) >= 128
    assert not set(codes.KEY_ALPHABET) & set("0O1ILZSGBU")
    assert codes.new_key() != key


def test_a_key_forgives_case_gaps_and_look_alikes() -> None:
    key = "T7KQ-9MXD-2568-VQQA-CDEF-HJKM-NPRT"

    typed = " t7kq 9mxd–zsgb uo0a cdef hjkm nprt"

    assert codes.normalise_key(typed) == key
    assert codes.key_digest(typed) == codes.key_digest(key)


@given(st.text())
def test_any_text_has_a_digest(text: str) -> None:
    assert len(codes.key_digest(text)) == 64
