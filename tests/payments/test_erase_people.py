"""Names and accounts go when their time is over, by the rule of their day; amounts, days and postings stay."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.payments import actions, jobs, queries
from direktdraht.payments.actions.settings import add_rule
from direktdraht.payments.models import BankEntry, Order, Refund, RetentionRule
from direktdraht.people import personal_data
from tests import cast
from tests.payments import stand
from tests.payments.bank import day, movement, notice, own_account, take, told
from tests.payments.bank_files import PAYER

pytestmark = pytest.mark.django_db

IBAN = "DE89370400440532013000"


@pytest.fixture(autouse=True)
def account() -> None:
    own_account()


def moment(year: int, month: int = 1, of_month: int = 1) -> datetime:
    """An instant at noon."""
    return datetime(year, month, of_month, 12, tzinfo=clock.BERLIN)


def erased(year: int, month: int = 1, of_month: int = 1) -> int:
    """The nightly job on a day."""
    with clock.frozen(moment(year, month, of_month)):
        return int(jobs.erase_people(0))


def paid_by_transfer() -> tuple[Order, BankEntry]:
    """An order of robin's and the movement that paid it, in November 2026."""
    order = stand.order_of(account=cast.robin())
    return order, told(notice(movement(3000, order.reference)))


def test_a_movement_keeps_its_people_for_ten_whole_years_and_its_money_for_ever(client: Client) -> None:
    order, entry = paid_by_transfer()
    before = queries.balances()
    assert erased(2036, 12, 31) == 0

    assert (erased(2037), erased(2037)) == (1, 0)

    entry.refresh_from_db()
    assert (entry.name, entry.iban, entry.purpose, entry.references) == ("", "", "", [])
    assert (entry.cents, entry.state, entry.order, entry.value_date) == (3000, "matched", order, date(2026, 11, 3))
    assert queries.balances() == before
    page = cast.signed_in(client, cast.mika()).get(reverse("finance:entry", args=[entry.pk])).content.decode()
    assert "Name, Konto und Text am " in page
    journal = Entry.objects.get(kind="payments.people_erased")
    assert journal.facts == {"count": 1, "from": "2026-11-03", "until": "2026-11-03"}


def test_what_belongs_to_nothing_goes_by_the_same_rule() -> None:
    entry = told(notice(movement(700, "?")))
    assert entry.state == "unclear"

    assert erased(2037) == 1

    entry.refresh_from_db()
    assert (entry.name, entry.iban, entry.state, entry.cents) == ("", "", "unclear", 700)


def test_an_old_file_books_nothing_again_after_the_erasure() -> None:
    _order, entry = paid_by_transfer()
    again = movement(3000, entry.purpose)
    erased(2037)

    take(day(again, total=3000))

    assert BankEntry.objects.count() == 1
    assert queries.balances()["bank"] == 3000


def test_a_record_keeps_the_rule_of_its_day() -> None:
    told(notice(movement(700, "alt", value="2026-11-03")))
    rule = RetentionRule(what="bank_entries", years=2, legal_basis="KomHKVO", valid_from=clock.today() + timedelta(days=1))
    add_rule(rule=rule, by=cast.mika())
    told(notice(movement(700, "neu", value="2027-02-01"), name="N2"))

    assert (erased(2029, 12, 31), erased(2030)) == (0, 1)
    assert list(BankEntry.objects.exclude(iban="").values_list("purpose", flat=True)) == ["alt"]
    assert erased(2037) == 1


def test_a_finished_refund_forgets_its_payee_and_one_on_its_way_does_not() -> None:
    order, _entry = paid_by_transfer()
    done, waiting = (
        actions.request_refund(order=order, cents=cents, reason="x", by=cast.mika(), payee_name="Robin", payee_iban=IBAN)
        for cents in (500, 600)
    )
    actions.release_refund(refund=done, by=cast.charlie())
    actions.refund_paid(refund=done, value_date=clock.today(), source=stand.source())
    year = clock.today().year
    BankEntry.objects.all().update(erased_at=clock.now())
    assert erased(year + 10, 12, 31) == 0

    assert erased(year + 11) == 1

    assert {(one.cents, one.payee_iban, one.payee_name) for one in Refund.objects.all()} == {(500, "", ""), (600, IBAN, "Robin")}
    assert Refund.objects.get(pk=waiting.pk).erased_at is None


def test_a_person_gets_the_movements_of_their_orders_and_reads_why_they_stay() -> None:
    order, _entry = paid_by_transfer()
    told(notice(movement(3000, stand.order_of(account=cast.sascha()).reference), name="N2"))
    place = personal_data.get("bank_entries")

    (row,) = place.export(cast.robin())
    kept = place.erase(cast.robin())

    assert (row["Kassenzeichen"], row["IBAN"], row["Wertstellung"]) == (order.reference, PAYER, "2026-11-03")
    assert (place.find(cast.robin()), kept.gone, kept.kept) == (1, 0, 1)
    assert "§ 147" in kept.why_kept
    assert "10 Jahre nach dem Ende des Jahres" in kept.why_kept
    assert BankEntry.objects.exclude(iban="").count() == 2


def test_after_the_erasure_nothing_is_left_to_tell() -> None:
    paid_by_transfer()
    erased(2037)

    place = personal_data.get("bank_entries")

    assert (place.find(cast.robin()), place.export(cast.robin()), place.erase(cast.robin()).why_kept) == (0, [], "")
