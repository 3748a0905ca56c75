"""The ledger's guards stand in the database: it balances, is never changed, closed days stay closed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.utils import translation

from direktdraht.foundation import clock
from direktdraht.payments import actions, ledger, queries
from direktdraht.payments.errors import DayIsClosed, WrongAmount
from direktdraht.payments.models import ClosedDay, LedgerAccount, Posting, PostingKind, PostingLine
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db


def check_now() -> None:
    """Run what the database checks at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def bare_posting() -> Posting:
    """A posting without lines, past all code of ours."""
    ledger.ensure_accounts({"bank", "receivables"})
    return Posting.objects.create(kind=PostingKind.TRANSFER, day=clock.today(), value_date=clock.today())


def test_accounts_are_named_in_the_language_of_the_books_whoever_books_first() -> None:
    with translation.override("en"):
        ledger.ensure_accounts({"unclear", "revenue:331100"})

    names = LedgerAccount.objects.order_by("key").values_list("name", flat=True)
    assert {"Verwahrung", "Ertrag 331100"} <= set(names)


def test_sides_that_differ_are_refused_before_they_are_written() -> None:
    with pytest.raises(WrongAmount):
        ledger.post(PostingKind.TRANSFER, [ledger.debit("bank", 100), ledger.credit("receivables", 99)])

    assert not Posting.objects.exists()


@pytest.mark.parametrize("lines", [[], [("debit", 100)], [("debit", 100), ("credit", 99)]])
def test_the_database_refuses_a_posting_that_does_not_balance(lines: list[tuple[str, int]]) -> None:
    posting = bare_posting()
    PostingLine.objects.bulk_create(PostingLine(posting=posting, account_id="bank", side=side, cents=cents) for side, cents in lines)

    with pytest.raises(Error, match="does not balance"), transaction.atomic():
        check_now()
    transaction.set_rollback(True)  # so that the end of the test does not meet it again


def test_a_line_added_later_is_refused() -> None:
    posting = stand.paid(stand.order_of(), 3000)
    check_now()

    with pytest.raises(Error, match="does not balance"), transaction.atomic():
        PostingLine.objects.create(posting=posting, account_id="bank", side="debit", cents=1)
        check_now()


@pytest.mark.parametrize("doing", ["update", "delete"])
@pytest.mark.parametrize("table", ["posting", "line", "day"])
def test_rows_are_never_changed(table: str, doing: str) -> None:
    posting = stand.paid(stand.order_of(), 3000)
    day = actions.close_day(day=clock.today())
    check_now()
    rows = {
        "posting": Posting.objects.filter(pk=posting.pk),
        "line": PostingLine.objects.filter(posting=posting),
        "day": ClosedDay.objects.filter(pk=day.pk),
    }[table]
    name, value = {"posting": ("reason", "anders"), "line": ("cents", 1), "day": ("postings", 0)}[table]

    with pytest.raises(Error, match="never changed"), transaction.atomic():
        rows.update(**{name: value}) if doing == "update" else rows._raw_delete("default")


def test_nothing_is_added_to_a_closed_day() -> None:
    actions.close_day(day=clock.today())
    with pytest.raises(Error, match="are closed"), transaction.atomic():
        bare_posting()

    posting = stand.paid(stand.order_of(), 3000)

    assert posting.day == clock.today() + timedelta(days=1)
    assert posting.value_date == clock.today()


def test_days_are_closed_in_order_and_never_in_advance() -> None:
    today = clock.today()
    first = actions.close_day(day=today - timedelta(days=1), by=cast.mika())
    actions.close_day(day=today)

    assert actions.close_day(day=today) == ClosedDay.objects.get(day=today)
    with pytest.raises(DayIsClosed):
        actions.close_day(day=first.day)
    with pytest.raises(DayIsClosed):
        actions.close_day(day=today + timedelta(days=1))


def test_only_who_keeps_accounts_closes_a_day() -> None:
    with pytest.raises(PermissionDenied):
        actions.close_day(day=clock.today(), by=cast.alex())


def test_a_closed_day_holds_the_sums_and_a_digest_of_its_postings() -> None:
    stand.paid(stand.order_of(1000, 2000), 3000)

    closed = actions.close_day(day=clock.today())

    assert closed.totals == {"bank": [3000, 0], "receivables": [3000, 3000], "revenue:331100": [0, 3000]}
    assert closed.postings == 2
    assert closed.digest == queries.digest_of(after=None, until=clock.today())


def test_an_account_of_no_kind_is_refused() -> None:
    for key in ("kasse", "cash", "bank:2", "revenue"):
        with pytest.raises(WrongAmount):
            ledger.new_account(key)


def test_a_day_is_a_day_in_germany() -> None:
    with clock.frozen(datetime(2026, 10, 24, 22, 30, tzinfo=UTC)):  # half past midnight of the night with 25 hours
        assert stand.paid(stand.order_of(), 3000).day == date(2026, 10, 25)
    with clock.frozen(datetime(2028, 2, 28, 23, 30, tzinfo=UTC)):
        assert stand.paid(stand.order_of(), 3000).day == date(2028, 2, 29)
