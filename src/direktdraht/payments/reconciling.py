"""Which movement is which, and what it is probably for: identity, references, likeness of names. Pure.

A movement's identity is the bank's own reference where it gives one. Without one it is a fingerprint of everything that
the bank tells, and how many like it came before in the same file: two equal payments of one day stay two, and the same day
in two files stays one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from direktdraht.foundation.matching import similarity, words_of
from direktdraht.payments.camt.parts import Entry
from direktdraht.payments.references import Pattern

LIKELY = 0.6
MOST_PROPOSALS = 5


@dataclass(frozen=True)
class Identity:
    """How a movement is known again: ``key`` is its own, ``booking`` that of the whole booking ("" without the bank's reference).

    ``print`` is the same for a movement told in a notification and in a statement, if one of them lacks the bank's reference.
    """

    key: str
    booking: str
    print: str


def identify(entry: Entry, counter: Counter[str]) -> Identity:
    """The identity of a movement on its account; ``counter`` lives as long as one file is read."""
    money = f"{entry.amount}|{entry.currency}"
    days = f"{entry.booked}|{entry.value_date}"
    purpose = "".join(entry.purpose.upper().split())
    print_ = _digest("print", money, days, *entry.references, entry.iban, purpose)
    booking = _digest("booking", entry.bank_reference, str(entry.booked), str(entry.booking)) if entry.bank_reference else ""
    stem = _digest(booking, money) if booking else print_
    counter[stem] += 1
    return Identity(_digest(stem, str(counter[stem])), booking, print_)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def cents_of(amount: Decimal) -> int:
    """Whole cents of an amount in euros."""
    return int(amount.scaleb(2))


def references_in(pattern: Pattern, references: Sequence[str], purpose: str) -> list[str]:
    """Every reference of the city that the payer wrote, structured ones first, each once."""
    return list(dict.fromkeys(found for text in (*references, purpose) for found in pattern.find(text)))


@dataclass(frozen=True)
class Candidate:
    """An open order as far as it matters here."""

    reference: str
    payer: str
    open_cents: int
    created_on: date


@dataclass(frozen=True)
class Proposal:
    """An order that a movement may be for, with reasons (``amount``, ``name``, ``digit``) and a weight to sort by."""

    reference: str
    reasons: tuple[str, ...]
    weight: float


def propose(candidates: Iterable[Candidate], *, cents: int, name: str, purpose: str, value_date: date) -> list[Proposal]:
    """The likeliest orders: same amount and a like name, or a reference with a wrong digit; the best first, at most five."""
    found = (_weigh(candidate, cents, f"{name} {purpose}", purpose) for candidate in candidates if candidate.created_on <= value_date)
    ranked = sorted((proposal for proposal in found if proposal), key=lambda proposal: (-proposal.weight, proposal.reference))
    return ranked[:MOST_PROPOSALS]


def _weigh(candidate: Candidate, cents: int, words: str, purpose: str) -> Proposal | None:
    same, alike, slip = candidate.open_cents == cents, name_likeness(candidate.payer, words), one_slip(candidate.reference, purpose)
    if not slip and not (same and alike >= LIKELY):
        return None
    reasons = [name for name, holds in (("digit", slip), ("amount", same), ("name", alike >= LIKELY)) if holds]
    return Proposal(candidate.reference, tuple(reasons), 2 * slip + same + alike)


def name_likeness(payer: str, words: str) -> float:
    """How much of a payer's name stands in a bank's text, 0 to 1; the order of words does not matter.

    >>> name_likeness("Robin Weber", "WEBER, ROBIN")
    1.0
    """
    theirs = words_of(words)[:40]
    ours = [word for word in words_of(payer) if len(word) > 1]
    if not ours or not theirs:
        return 0.0
    return sum(max(similarity(word, other) for other in theirs) for word in ours) / len(ours)


def one_slip(reference: str, text: str) -> bool:
    """Whether the text holds the digits of a reference with one wrong, or two neighbours swapped.

    >>> one_slip("26.0000412.7", "Parkausweis 26.0000412.8"), one_slip("26.0000412.7", "26.0000421.7"), one_slip("26.0000412.7", "2026")
    (True, True, False)
    """
    wanted = "".join(sign for sign in reference if sign.isdigit())
    digits = "".join(sign for sign in text if sign.isdigit() and sign.isascii())
    windows = (digits[place : place + len(wanted)] for place in range(len(digits) - len(wanted) + 1))
    return any(_slipped(wanted, window) for window in windows)


def _slipped(wanted: str, written: str) -> bool:
    wrong = [place for place, (one, other) in enumerate(zip(wanted, written, strict=True)) if one != other]
    if len(wrong) == 1:
        return True
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return wanted[first] == written[second] and wanted[second] == written[first]
