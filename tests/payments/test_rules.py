"""Rules as rows: the software's with their validity, the city's own before them, pages to add and take back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.payments.actions.settings import add_rule, withdraw_rule
from direktdraht.payments.errors import ReasonMissing, WrongOrderState
from direktdraht.payments.models import FeeRule, OrderingRule, RetentionRule
from direktdraht.payments.rule_queries import Retention, fee_place, is_ordered, rule_on
from direktdraht.payments.rules import BOOK, OrderingRow, book_from, overlaps, row_on
from tests import cast

PAGE = "/buero/kasse/aufbewahrung"
BOTH = """
[[ordering]]
law = "ao"
ordered = false
valid_from = 2020-01-01
basis = "§ 155 AO"
[[ordering]]
law = "ao"
ordered = true
valid_from = {later}
basis = "§ 155 AO neu"
[[retention]]
what = "bank_entries"
years = 10
valid_from = 2020-01-01
basis = "§ 147 AO"
"""


def own(rule: FeeRule | OrderingRule | RetentionRule, begins: date | None = None, ends: date | None = None) -> None:
    """The city adds a rule of its own."""
    rule.legal_basis, rule.valid_from, rule.valid_to = "Satzung", begins or clock.today(), ends
    add_rule(rule=rule, by=cast.mika())


def test_the_rows_of_the_software_say_what_was_an_if_before() -> None:
    today = date(2026, 11, 30)

    assert [(row.law, row.ordered) for row in BOOK.ordering] == [("vwvfg", True), ("ao", False), ("sgb", True)]
    retention = row_on(BOOK.retention, "bank_entries", today)
    assert retention is not None
    assert retention.years == 10


def test_rows_that_hold_on_the_same_day_are_refused() -> None:
    with pytest.raises(ValueError, match="two rules hold on one day: ao"):
        book_from(BOTH.format(later="2026-01-01"))
    with pytest.raises(ValueError, match="basis"):
        book_from(BOTH.format(later="2026-01-01").replace('basis = "§ 155 AO"\n', ""))


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.lists(st.tuples(days, st.none() | days), max_size=4), days)
def test_without_overlap_at_most_one_row_holds_on_any_day(spans: list[tuple[date, date | None]], day: date) -> None:
    rows = [OrderingRow(law="ao", ordered=True, basis="§", valid_from=first, valid_to=last) for first, last in spans]

    holding = [row for row in rows if row.holds_on(day)]

    assert overlaps(rows) or len(holding) <= 1 or any(row.valid_to and row.valid_to < row.valid_from for row in rows)
    assert row_on(rows, "ao", day) == (holding[0] if holding else None)


@pytest.mark.django_db
def test_a_rule_of_the_city_goes_before_within_its_days() -> None:
    tomorrow = clock.today() + timedelta(days=1)

    own(OrderingRule(law="ao", ordered=True), tomorrow, tomorrow)

    assert [is_ordered("ao", tomorrow + timedelta(days=shift)) for shift in (-1, 0, 1)] == [False, True, False]
    assert is_ordered("vwvfg", tomorrow)
    assert is_ordered("unbekannt", tomorrow)


@pytest.mark.django_db
def test_a_fee_without_a_rule_goes_where_the_settings_say() -> None:
    place = fee_place("parkausweis", clock.today(), unit="verkehr")

    assert (place.account, place.cost_centre, place.law) == ("331100", "verkehr", "public")


@pytest.mark.django_db
def test_the_latest_begun_rule_holds_and_one_taken_back_does_not() -> None:
    own(FeeRule(service="bad", account="1", law="private"))
    own(FeeRule(service="bad", account="2", cost_centre="k", law="public"), clock.today() + timedelta(days=5))

    later = clock.today() + timedelta(days=6)
    assert fee_place("bad", clock.today(), unit="sport").account == "1"
    assert (fee_place("bad", later, unit="sport").account, fee_place("bad", later, unit="sport").cost_centre) == ("2", "k")
    second = rule_on(FeeRule, "bad", later)
    assert second is not None
    for _ in range(2):
        withdraw_rule(rule=second, by=cast.mika())

    assert fee_place("bad", later, unit="sport").account == "1"
    kinds = Entry.objects.filter(kind__startswith="payments.fee_").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["payments.fee_added", "payments.fee_added", "payments.fee_withdrawn"]


@pytest.mark.django_db
def test_a_rule_needs_basis_sense_and_the_right_person() -> None:
    fresh = OrderingRule(law="ao", ordered=True, legal_basis=" ", valid_from=clock.today())
    with pytest.raises(ReasonMissing):
        add_rule(rule=fresh, by=cast.mika())
    with pytest.raises(WrongOrderState):
        own(OrderingRule(law="ao", ordered=True), clock.today(), clock.today() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        add_rule(rule=fresh, by=cast.kim())
    own(OrderingRule(law="ao", ordered=True))
    with pytest.raises(WrongOrderState):
        own(OrderingRule(law="ao", ordered=False))
    with pytest.raises(PermissionDenied):
        withdraw_rule(rule=OrderingRule.objects.get(), by=cast.kim())


@pytest.mark.django_db
def test_the_page_shows_the_softwares_rows_and_adds_the_citys(client: Client) -> None:
    desk = cast.signed_in(client, cast.mika())
    tomorrow = clock.today() + timedelta(days=1)
    assert "vom Programm" in desk.get(PAGE).content.decode()
    fields = {"what": "bank_entries", "years": "12", "legal_basis": "KomHKVO", "valid_from": tomorrow.isoformat(), "valid_to": ""}

    refused = desk.post(PAGE, {**fields, "valid_from": clock.today().isoformat()})
    desk.post(PAGE, fields)

    assert "Die Regel kann frühestens morgen beginnen." in refused.content.decode()
    assert Retention("bank_entries").on(tomorrow).years == 12
    assert Retention("bank_entries").on(clock.today()).years == 10
    rule = RetentionRule.objects.get()
    assert "12 Jahre nach Jahresende" in desk.get(f"{PAGE}/{rule.pk}/zuruecknehmen").content.decode()
    desk.post(f"{PAGE}/{rule.pk}/zuruecknehmen")
    assert Retention("bank_entries").on(tomorrow).years == 10
    assert desk.get(f"{PAGE}/{rule.pk}/zuruecknehmen").status_code == 404


@pytest.mark.django_db
def test_what_nobody_ruled_on_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        Retention("anderes").on(clock.today())
