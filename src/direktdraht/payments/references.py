"""References of orders (Kassenzeichen) by a pattern that a city sets, with check digits. Pure.

A pattern is a row of letters with a meaning; everything else stands for itself:

- ``JJJJ`` or ``JJ``: the year, ``N``: a digit of the running number, at least six in a row,
- ``P``: the check digit over all digits before it.

``JJ.NNNNNNN.P`` gives ``26.0000412.7``. The method of the check digit is ``luhn``, ``mod11`` or ``mod97``
(the last has two digits, so ``PP``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LEAST_DIGITS, MOST_DIGITS = 6, 12
LONGEST_TEXT = 2000
MOST_LENGTH = 27  # what fits into the purpose of a transfer beside a word
_PARTS = re.compile(r"(JJJJ|JJ|N+|P+|[A-Z0-9]|[ .-])")
# What people and banks put between the digits.
_GAPS = re.compile(r"[\s./-]")


class WrongPattern(ValueError):
    """The pattern cannot be used; the text says why."""


def luhn(digits: str) -> str:
    """The check digit of ISO/IEC 7812: it finds every wrong digit and nearly all swaps of neighbours.

    >>> luhn("7992739871")
    '3'
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def mod11(digits: str) -> str:
    """Weights 2 to 7 from the right, modulo 11; ten and eleven become 0.

    >>> mod11("260000412")
    '6'
    """
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits)))
    rest = 11 - total % 11
    return str(rest if rest < 10 else 0)


def mod97(digits: str) -> str:
    """Two check digits as in ISO 7064 MOD 97-10.

    >>> mod97("260000412")
    '15'
    """
    return f"{98 - int(digits + '00') % 97:02d}"


METHODS: dict[str, tuple[Callable[[str], str], int]] = {"luhn": (luhn, 1), "mod11": (mod11, 1), "mod97": (mod97, 2)}


@dataclass(frozen=True)
class Pattern:
    """A checked pattern. Raises WrongPattern."""

    text: str
    method: str = "luhn"

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise WrongPattern(f"unknown method {self.method!r}")
        if not self.text or len(self.text) > MOST_LENGTH or "".join(_PARTS.findall(self.text)) != self.text:
            raise WrongPattern("only capital letters, digits, space, dot and hyphen")
        counters = [part for part in self.parts if part[0] == "N"]
        checks = [part for part in self.parts if part[0] == "P"]
        if len(counters) != 1 or not LEAST_DIGITS <= len(counters[0]) <= MOST_DIGITS:
            raise WrongPattern(f"one running number of {LEAST_DIGITS} to {MOST_DIGITS} digits")
        if checks != ["P" * METHODS[self.method][1]] or self.parts[-1] != checks[0]:
            raise WrongPattern("the check digit stands once, at the end")

    @property
    def parts(self) -> list[str]:
        """The pattern taken apart."""
        return _PARTS.findall(self.text)

    def write(self, year: int, counter: int) -> str:
        """The reference for a running number. Raises ValueError when it has too many digits or is not positive."""
        written = ""
        for part in self.parts:
            if part[0] == "J" and len(part) > 1:
                written += f"{year:04d}"[-len(part) :]
            elif part[0] == "N":
                digits = f"{counter:0{len(part)}d}"
                if counter < 1 or len(digits) > len(part):
                    raise ValueError(f"running number {counter} does not fit")
                written += digits
            elif part[0] == "P":
                written += METHODS[self.method][0](re.sub(r"\D", "", written))
            else:
                written += part
        return written

    def read(self, text: str) -> str | None:
        """The reference in its normal writing if ``text`` is one with a right check digit; gaps do not matter."""
        signs = _GAPS.sub("", text.upper())
        if not self._shape().fullmatch(signs):
            return None
        length = METHODS[self.method][1]
        if METHODS[self.method][0](re.sub(r"\D", "", signs[:-length])) != signs[-length:]:
            return None
        return self._spaced(signs)

    def find(self, text: str) -> list[str]:
        """Every reference in a text such as the purpose of a transfer, each once, in order; gaps do not matter.

        >>> Pattern("JJ.NNNNNNN.P").find("Parkausweis 26 0000412-7, Danke 2026")
        ['26.0000412.7']
        """
        pieces = "[\\s./-]*".join(sign.upper() if sign not in "JNP" else r"\d" for sign in self._signs())
        signs = text.upper()[:LONGEST_TEXT]
        hits = [(match.start(1), match.group(1)) for match in re.finditer(rf"(?<!\d)(?=({pieces})(?!\d))", signs, re.ASCII)]
        known = [(start, found, reference) for start, found in hits if (reference := self.read(found)) is not None]
        # What is written as it should be goes first: a window over two numbers may have a right check digit by chance.
        known.sort(key=lambda hit: (hit[1] not in {hit[2], _GAPS.sub("", hit[2])}, hit[0]))
        taken: list[tuple[int, int, str]] = []
        for start, found, reference in known:
            end = start + len(found)
            if all(end <= first or start >= last for first, last, _ in taken):
                taken.append((start, end, reference))
        return list(dict.fromkeys(reference for _, _, reference in sorted(taken)))

    def _signs(self) -> str:
        """One sign for each place without gaps: J, N and P for digits, everything else for itself."""
        return "".join(
            part if part[0] in "NP" or part in {"JJ", "JJJJ"} else part.lower() for part in self.parts if not _GAPS.fullmatch(part)
        )

    def _shape(self) -> re.Pattern[str]:
        return re.compile("".join(r"\d" if sign in "JNP" else sign.upper() for sign in self._signs()), re.ASCII)

    def _spaced(self, signs: str) -> str:
        written, rest = "", signs
        for sign in self.text:
            if _GAPS.fullmatch(sign):
                written += sign
            else:
                written, rest = written + rest[0], rest[1:]
        return written
