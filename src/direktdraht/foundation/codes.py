"""Numbers and keys that people read aloud, write down and type in.

A case number (Vorgangsnummer) such as ``26-48213-K`` is public and short; its check letter finds
every wrong character and every two neighbours swapped. A case key (Vorgangsschlüssel) such as
``T7KQ-9MXD-…`` is secret and long; whoever has it may open the case.
"""

import hashlib
import re
import secrets

# Nineteen letters, none of which looks like a digit (B 8, G 6, I 1, L 1, O 0, S 5, Z 2) or is
# read for one. Nineteen is prime, so weights that differ detect all swaps of neighbours.
CHECK_LETTERS = "ACDEFHJKMNPQRTUVWXY"
_DIGIT_FOR_LETTER = str.maketrans("OILZSGB", "0112568")
_CASE_NUMBER = re.compile(r"(\d{2})(\d{5}|[1-9]\d{5,9})([A-Z])", re.ASCII)

# Twenty-six signs, one of each group that looks alike: 28 of them carry 131 bits.
KEY_ALPHABET = "ACDEFHJKMNPQRTVWXY23456789"
KEY_LENGTH = 28
_SIGN_FOR_LOOK_ALIKE = str.maketrans("ZSGBUO0", "2568VQQ")


class WrongCaseNumber(ValueError):
    """The text is no case number: its form or its check letter is wrong."""


def case_number(year: int, counter: int) -> str:
    """The case number for the ``counter``-th case of a year (2026 or 26), with its check letter.

    Raises ValueError when the counter is not between 1 and 9,999,999,999.
    """
    if not 1 <= counter <= 9_999_999_999:
        raise ValueError(f"counter {counter} is out of range")
    head, tail = f"{year % 100:02d}", f"{counter:05d}"
    return f"{head}-{tail}-{_check_letter(head + tail)}"


def check_case_number(text: str) -> str:
    """The case number in its normal writing; lower case, spaces, missing dashes do not matter.

    Letters that look like digits are read as digits. Raises WrongCaseNumber.

    >>> check_case_number(" 26 48213 k")
    '26-48213-K'
    """
    signs = _without_gaps(text)
    match = _CASE_NUMBER.fullmatch(signs[:-1].translate(_DIGIT_FOR_LETTER) + signs[-1:])
    if match is None:
        raise WrongCaseNumber("Eine Vorgangsnummer sieht so aus: 26-48213-K.")
    head, tail, letter = match.groups()
    if letter != _check_letter(head + tail):
        raise WrongCaseNumber("Diese Vorgangsnummer enthält einen Tippfehler.")
    return f"{head}-{tail}-{letter}"


def new_key() -> str:
    """A fresh secret key of 131 bits in groups of four."""
    return _in_groups("".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH)))


def normalise_key(text: str) -> str:
    """The key in its normal writing; a text that is no key gives a text that matches none."""
    return _in_groups(_without_gaps(text).translate(_SIGN_FOR_LOOK_ALIKE))


def key_digest(text: str) -> str:
    """The SHA-256 of a key as hex: what is stored in place of the key.

    A plain digest is enough because the key itself is random and cannot be guessed.
    """
    return hashlib.sha256(normalise_key(text).encode()).hexdigest()


def _check_letter(digits: str) -> str:
    """Weighted sum modulo 19; the weights 15^0, 15^1, ... from the right are all different."""
    total = sum(int(digit) * 15**place for place, digit in enumerate(reversed(digits)))
    return CHECK_LETTERS[total % len(CHECK_LETTERS)]


def _without_gaps(text: str) -> str:
    return re.sub(r"[\s\-–—‑]", "", text).upper()


def _in_groups(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
