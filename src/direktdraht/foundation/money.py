"""Amounts of money: decimal, two places, one currency, rounded half up; and how they are written for people.

What is stored and added up is whole cents (``int``); ``Money`` is for computing and for definitions.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")

# Above this an amount is a mistake or an attack, never a fee.
MOST = Decimal("1000000000000")


@dataclass(frozen=True, order=True)
class Money:
    """An amount in euros, always with two places.

    >>> str(Money.of("372"))
    '372.00'
    """

    amount: Decimal

    @classmethod
    def of(cls, amount: Decimal | int | str) -> "Money":
        """Round to cents, half up (kaufmännisch). Raises ValueError above ``MOST`` or if not finite."""
        exact = Decimal(amount)
        if not exact.is_finite() or abs(exact) > MOST:
            raise ValueError("amount out of range")
        return cls(exact.quantize(CENT, rounding=ROUND_HALF_UP))

    def __str__(self) -> str:
        """The amount as definitions and JSON write it, such as ``372.00``."""
        return format(self.amount, "f")


def cents_of(amount: Decimal) -> int:
    """An amount in euros as whole cents, rounded half up. Raises ValueError as ``Money.of`` does.

    >>> cents_of(Decimal("12.345"))
    1235
    """
    return int(Money.of(amount).amount.scaleb(2))


def euros_of(cents: int) -> Decimal:
    """Whole cents as an amount in euros with two places.

    >>> euros_of(-1205)
    Decimal('-12.05')
    """
    return Decimal(cents).scaleb(-2)


def money_in_words(amount: Decimal | str, language: str) -> str:
    """An amount in euros.

    >>> money_in_words("1234.50", "de"), money_in_words("1234.50", "en")
    ('1.234,50 €', '€1,234.50')
    """
    written = with_separators(f"{Decimal(amount):,.2f}", language)
    return f"€{written}".replace("€-", "-€") if language.startswith("en") else f"{written} €"


def cents_in_words(cents: int, language: str) -> str:
    """Whole cents as people read them.

    >>> cents_in_words(3050, "de")
    '30,50 €'
    """
    return money_in_words(euros_of(cents), language)


def with_separators(written: str, language: str) -> str:
    """A number with English separators as the language has them."""
    return written if language.startswith("en") else written.translate(str.maketrans(",.", ".,"))
