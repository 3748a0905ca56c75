"""References (Kassenzeichen): written, read aloud, found in the purpose of a transfer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.payments.references import Pattern, WrongPattern

USUAL = Pattern("JJ.NNNNNNN.P")
COUNTERS = st.integers(1, 9_999_999)


@given(COUNTERS, st.sampled_from(["luhn", "mod11", "mod97"]))
def test_what_is_written_can_be_read_and_found(counter: int, method: str) -> None:
    pattern = Pattern("KA-JJJJ NNNNNNN." + ("PP" if method == "mod97" else "P"), method)
    written = pattern.write(2026, counter)

    assert pattern.read(written) == written
    assert pattern.read(written.lower().replace(" ", "/")) == written
    assert pattern.find(f"Parkausweis {written}, danke") == [written]


@given(COUNTERS, st.integers(0, 8), st.integers(1, 9), st.sampled_from(["luhn", "mod97"]))
def test_one_wrong_digit_is_always_found(counter: int, place: int, more: int, method: str) -> None:
    pattern = Pattern("JJNNNNNNNP" if method == "luhn" else "JJNNNNNNNPP", method)
    digits = list(pattern.write(2026, counter))
    digits[place] = str((int(digits[place]) + more) % 10)

    assert pattern.read("".join(digits)) is None


@given(COUNTERS, st.integers(0, 7))
def test_two_swapped_digits_are_always_found_with_two_check_digits(counter: int, place: int) -> None:
    pattern = Pattern("JJNNNNNNNPP", "mod97")
    digits = list(pattern.write(2026, counter))
    digits[place], digits[place + 1] = digits[place + 1], digits[place]

    assert "".join(digits) == pattern.write(2026, counter) or pattern.read("".join(digits)) is None


def test_a_reference_inside_a_longer_number_is_not_one() -> None:
    written = USUAL.write(2026, 412).replace(".", "")

    assert USUAL.find(f"DE89{written}00") == []
    assert USUAL.find(f"1{written}") == []


def test_two_references_in_one_purpose_are_both_found() -> None:
    first, second = USUAL.write(2026, 412), USUAL.write(2026, 413)

    assert USUAL.find(f"{first} {second} {first}") == [first, second]


def test_a_long_hostile_purpose_is_read_in_no_time() -> None:
    assert USUAL.find("1 " * 100_000) == []


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("", "luhn"),
        ("JJ.NNNNN.P", "luhn"),  # five digits run out
        ("JJ.NNNNNNN", "luhn"),
        ("P.NNNNNNN", "luhn"),
        ("NNNNNNN.NNNNNN.P", "luhn"),
        ("NNNNNNNPP", "luhn"),
        ("NNNNNNNP", "mod97"),
        ("NNNNNNNP", "crc"),
        ("ä-NNNNNNNP", "luhn"),
        ("JJ/NNNNNNNP", "luhn"),  # would break an address
        ("NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNP", "luhn"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused(text: str, method: str) -> None:
    with pytest.raises(WrongPattern):
        Pattern(text, method)


@pytest.mark.parametrize("counter", [0, -1, 10_000_000])
def test_a_running_number_that_does_not_fit_is_refused(counter: int) -> None:
    with pytest.raises(ValueError, match="fit"):
        USUAL.write(2026, counter)
