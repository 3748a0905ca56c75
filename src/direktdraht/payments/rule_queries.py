"""Which rule holds on a day: the city's own newest row, else the one that comes with the software."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from direktdraht.payments import setup
from direktdraht.payments.models import CityRule, FeeRule, Law, OrderingRule, PayFirstRule, RetentionRule
from direktdraht.payments.rules import BOOK, RetentionRow, row_on

Rule = TypeVar("Rule", bound=CityRule)


def rules_of(model: type[Rule]) -> QuerySet[Rule]:
    """All rules of a kind that were not taken back, by subject and beginning."""
    return model._default_manager.filter(withdrawn_at=None).order_by(model.SUBJECT, "-valid_from")


def rule_on(model: type[Rule], subject: str, on: date) -> Rule | None:
    """The rule of the city about something that holds on a day; the latest begun."""
    begun = model._default_manager.filter(withdrawn_at=None, valid_from__lte=on, **{model.SUBJECT: subject})
    return begun.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by("-valid_from").first()


def pay_first_rule(service: str, on: date) -> PayFirstRule | None:
    """The rule by which a service is paid before it is sent; none for nearly all."""
    return rule_on(PayFirstRule, service, on)


@dataclass(frozen=True)
class FeePlace:
    """Where a fee goes in the city's books, and by which law it is claimed."""

    account: str
    cost_centre: str
    law: Law


def fee_place(service: str, on: date, *, unit: str) -> FeePlace:
    """Where the fee of a service goes: by its own rule, else by the city's settings, with the unit as cost centre."""
    rule = rule_on(FeeRule, service, on) if service else None
    if rule is not None:
        return FeePlace(rule.account, rule.cost_centre or unit[:40], Law(rule.law))
    city = setup.current()
    return FeePlace(city.fee_account, city.fee_cost_centre or unit[:40], Law.PUBLIC)


def is_ordered(law: str, on: date) -> bool:
    """Whether a fee under this law of procedure is ordered at once; a law that no row knows is not taken for a tax."""
    own = rule_on(OrderingRule, law, on)
    row = row_on(BOOK.ordering, law, on)
    return own.ordered if own is not None else row is None or row.ordered


class Retention:
    """How long records of a kind keep what they say of people, for any day, with one query in all."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._own = list(RetentionRule.objects.filter(what=what, withdrawn_at=None).order_by("-valid_from"))

    def on(self, day: date) -> RetentionRow:
        """The rule of a day. Raises KeyError for a kind of record that no row knows."""
        for own in self._own:
            if own.valid_from <= day and (own.valid_to is None or day <= own.valid_to):
                return RetentionRow(
                    what=self.what, years=own.years, basis=own.legal_basis, valid_from=own.valid_from, valid_to=own.valid_to
                )
        row = row_on(BOOK.retention, self.what, day)
        if row is None:
            raise KeyError(self.what)
        return row

    def is_over(self, day: date, today: date) -> bool:
        """Whether a record of a day has been kept long enough: whole years after the end of its year."""
        return date(day.year + self.on(day).years + 1, 1, 1) <= today
