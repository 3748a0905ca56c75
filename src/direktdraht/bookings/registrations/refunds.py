"""What a place costs, and what goes back when a person gives it up: rows of days and per cent. Pure; money is whole cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WHOLE = 100


@dataclass(frozen=True)
class Rule:
    """Whoever cancels at least so many days before the first session gets so many per cent back."""

    days_before: int
    percent: int


def reduced(cents: int, percent: int) -> int:
    """The price after a reduction, rounded half up to whole cents.

    >>> reduced(1501, 50), reduced(1500, 0), reduced(1500, 100)
    (751, 1500, 0)
    """
    return (cents * (WHOLE - percent) + WHOLE // 2) // WHOLE


def percent_back(rules: Iterable[Rule], first_day: date | None, today: date) -> int:
    """The share of the fee that goes back; everything while no date is set or no rule is.

    >>> rules = [Rule(14, 100), Rule(3, 50)]
    >>> [percent_back(rules, date(2026, 7, 20), date(2026, 7, day)) for day in (6, 7, 17, 18)]
    [100, 50, 50, 0]
    """
    known = sorted(rules, key=lambda rule: rule.days_before, reverse=True)
    if not known or first_day is None:
        return WHOLE
    left = (first_day - today).days
    return next((rule.percent for rule in known if left >= rule.days_before), 0)


def back(cents: int, percent: int) -> int:
    """The refund of a fee, rounded half up in favour of the person.

    >>> back(1501, 50)
    751
    """
    return (cents * percent + WHOLE // 2) // WHOLE
