"""Taking in bank files: every movement once, whichever files tell of it; what cannot be trusted books nothing."""

import io

import pytest

from direktdraht.payments import actions, bank_queries, queries
from direktdraht.payments.errors import NotAllowed
from direktdraht.payments.findings import sentences
from direktdraht.payments.models import BankEntry, BankFile, Posting, SetupRecord
from tests import cast
from tests.payments import stand
from tests.payments.bank import day, movement, notice, own_account, standing, states, take
from tests.payments.bank_files import PAYER, detail, document, entry, notification, statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account() -> None:
    own_account()


def test_a_payment_with_its_reference_is_booked_by_value_date() -> None:
    order = stand.order_of(3000)

    file = take(day(movement(3000, f"Kz {order.reference}"), total=3000))

    assert states(file) == ["matched"]
    assert standing(order) == ("paid", 3000)
    assert str(order.postings.get(kind="receipt").value_date) == "2026-11-03"


def test_every_movement_is_counted_once() -> None:
    order = stand.order_of(3000)
    pending = entry("9.00", status="<Sts><Cd>PDNG</Cd></Sts>")
    rows = [movement(3000, order.reference), movement(500, "Danke"), movement(100, currency="USD"), entry("0.00"), pending]

    file = take(notice(*rows))

    assert bank_queries.counts_of(file) == {"all": 5, "known": 0, "pending": 1, "empty": 1, "matched": 1, "unclear": 1, "held": 1}
    assert queries.balances()["bank"] == 3500


def test_the_same_file_again_is_the_first_one() -> None:
    content = day(movement(500), total=500)

    assert take(content).pk == take(content, "nochmal.xml").pk
    assert BankEntry.objects.count() == Posting.objects.count() == 1


@pytest.mark.parametrize("reference", ["", "B-77"])
def test_a_notification_and_the_later_statement_are_one_movement(reference: str) -> None:
    paid = movement(500, "Parken", bank_reference=reference)

    take(notice(paid))
    later = take(day(paid, total=500))

    assert later.counts["known"] == 1
    found = BankEntry.objects.get()
    assert (found.in_notification, found.in_statement) == (True, True)


def test_a_notification_without_the_banks_reference_is_known_in_the_statement_that_has_one() -> None:
    take(notice(movement(500, "Parken")))

    assert take(day(movement(500, "Parken", bank_reference="B-77"), total=500)).counts["known"] == 1


def test_overlapping_statements_give_each_movement_once() -> None:
    first, second, third = (movement(amount, f"Zahlung {amount}") for amount in (100, 200, 300))

    take(day(first, second, total=300))
    later = take(day(second, third, opening=10100, total=500, name="S2"))

    assert later.counts["known"] == 1
    assert queries.balances()["bank"] == 600


def test_two_equal_payments_of_one_day_are_two() -> None:
    take(day(movement(500, "Parken"), movement(500, "Parken"), total=1000))

    assert BankEntry.objects.count() == 2


def test_two_equal_payments_that_were_told_before_are_known_both() -> None:
    twice = [movement(500, "Parken"), movement(500, "Parken")]

    take(notice(*twice))

    assert take(day(*twice, total=1000)).counts["known"] == 2
    assert BankEntry.objects.count() == 2


def test_a_third_equal_payment_is_new() -> None:
    take(notice(*[movement(500, "Parken")] * 2))

    later = take(day(*[movement(500, "Parken")] * 3, total=1500))

    assert (later.counts["known"], BankEntry.objects.count()) == (2, 3)


def test_the_total_of_a_batch_whose_parts_are_known_is_known() -> None:
    batch = entry("30.00", detail("10.00", text="A"), detail("20.00", text="B"), bank_reference="B1")
    take(document(notification(batch), kind="054"))

    later = take(document(statement(entry("30.00", bank_reference="B1"), closing="130.00")))

    assert later.counts["known"] == 1
    assert queries.balances()["bank"] == 3000


def test_references_of_the_bank_that_come_again_on_another_day_are_other_movements() -> None:
    take(notice(movement(500, bank_reference="1")))

    other = movement(500, bank_reference="1").replace("<BookgDt><Dt>2026-11-02", "<BookgDt><Dt>2026-11-04")

    assert take(notice(other, name="N2")).counts["known"] == 0


REFUSED = [
    ("unbalanced", day(movement(500), total=600), "der Schlusssaldo nennt 106.00 EUR"),
    ("other_account", day(movement(500), total=500, account=PAYER), f"Konto {PAYER}"),
    ("malformed", day(movement(500), total=500)[:-30], "kein wohlgeformtes XML"),
    ("batch_sum", notice(entry("30.00", detail("10.00"), detail("15.00"))), "ergeben 25.00 EUR"),
    ("no_day", notice(entry("5.00", booked="", value="")), "weder Buchungstag noch Wertstellung"),
]


@pytest.mark.parametrize(("case", "content", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_file_that_cannot_be_trusted_books_nothing(case: str, content: bytes, words: str) -> None:
    file = take(content)

    assert (file.state, file.findings[0][0]) == ("refused", case)
    assert words in sentences(file.findings)[0]
    assert not BankEntry.objects.exists()
    assert not Posting.objects.exists()


def test_a_refused_file_again_keeps_one_row_and_can_be_taken_once_it_is_right() -> None:
    broken = day(movement(500), total=600)

    assert take(broken).pk == take(broken).pk
    assert take(day(movement(500), total=500)).state == "read"
    assert BankFile.objects.count() == 2


def test_nothing_is_taken_without_an_account_of_the_city() -> None:
    SetupRecord.objects.all().delete()

    assert take(day(total=0)).findings[0][0] == "no_own_account"


def test_a_missing_statement_is_named_and_the_movements_are_taken() -> None:
    content = document(statement(entry("5.00"), closing="105.00"), statement(name="S3", opening="200.00", closing="200.00"))

    file = take(content)

    assert (file.state, [case for case, _values in file.findings]) == ("read", ["gap"])
    assert states(file) == ["unclear"]


def test_only_the_finance_desk_takes_files() -> None:
    with pytest.raises(NotAllowed):
        actions.take_bank_file(file=io.BytesIO(day()), name="x", by=cast.kim())


def test_a_file_with_more_movements_than_one_chunk_is_taken_whole() -> None:
    rows = [movement(1, f"Nr {number}") for number in range(1100)]

    file = actions.take_bank_file(file=io.BytesIO(day(*rows, total=1100)), name="gross.xml")

    assert file.entries.count() == 1100
    assert file.counts == {"all": 1100, "known": 0, "pending": 0, "empty": 0}
