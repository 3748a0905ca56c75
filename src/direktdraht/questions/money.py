"""Amounts of money: decimal, two places, one currency, rounded half up."""

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
