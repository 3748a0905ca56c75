"""What a movement was for: found by its reference, proposed by amount and name, or said by a person."""

import pytest

from direktdraht.payments import actions, bank_queries, queries
from direktdraht.payments.errors import NotAllowed, WrongAmount, WrongOrderState
from direktdraht.payments.models import BankEntry, Refund
from tests import cast
from tests.payments import stand
from tests.payments.bank import movement, notice, own_account, standing, take, told
from tests.payments.bank_files import PAYER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account() -> None:
    own_account()


def settled(entry: BankEntry) -> tuple[str, int]:
    """State of a movement and the unclear money that its posting holds."""
    found = BankEntry.objects.get(pk=entry.pk)
    return found.state, queries.left_unclear(found.posting) if found.posting else 0


@pytest.mark.parametrize(("cents", "state"), [(1000, "partly_paid"), (3000, "paid"), (3500, "overpaid")])
def test_the_reference_decides_whatever_the_amount(cents: int, state: str) -> None:
    order = stand.order_of(3000)

    told(notice(movement(cents, order.reference)))

    assert standing(order) == (state, cents)


def test_one_payment_for_two_orders_pays_both_if_the_sum_fits() -> None:
    first, second = stand.order_of(3000), stand.order_of(1200)

    entry = told(notice(movement(4200, f"{first.reference} und {second.reference}")))

    assert settled(entry) == ("matched", 0)
    assert [standing(first), standing(second)] == [("paid", 3000), ("paid", 1200)]


def test_one_payment_for_two_orders_with_another_sum_waits_with_both_proposed() -> None:
    first, second = stand.order_of(3000), stand.order_of(1200)

    entry = told(notice(movement(4000, f"{first.reference} {second.reference}")))

    assert settled(entry) == ("proposed", 4000)
    assert {proposal.reference for proposal in bank_queries.proposals(entry)} == {first.reference, second.reference}


def test_same_amount_and_name_are_proposed_and_a_person_confirms() -> None:
    order = stand.order_of(3000)
    entry = told(notice(movement(3000, "Parkausweis", name="WEBER ROBIN", value="2030-01-02")))
    (proposal,) = bank_queries.proposals(entry)

    actions.confirm_order(entry=entry, order=order, by=cast.mika())
    again = actions.confirm_order(entry=entry, order=order, by=cast.mika())

    assert proposal.reasons == ("amount", "name")
    assert again.settled_by == cast.mika()
    assert settled(entry) == ("matched", 0)
    assert standing(order) == ("paid", 3000)


def test_a_wrong_digit_in_the_reference_is_proposed() -> None:
    order = stand.order_of(3000)
    digits = order.reference
    slipped = digits[:-1] + str((int(digits[-1]) + 1) % 10)

    entry = told(notice(movement(3000, slipped, name="Ganz Anders", value="2030-01-02")))

    assert [proposal.reasons for proposal in bank_queries.proposals(entry)] == [("digit", "amount")]


def test_money_that_nobody_knows_is_unclear_until_a_person_gives_it_out_in_parts() -> None:
    first, second = stand.order_of(3000), stand.order_of(1200)
    entry = told(notice(movement(4500, "Danke", name="Unbekannt")))

    actions.confirm_order(entry=entry, order=first, by=cast.mika(), cents=3000)
    assert settled(entry) == ("unclear", 1500)
    actions.confirm_order(entry=entry, order=second, by=cast.mika(), cents=1200)
    assert settled(entry) == ("unclear", 300)
    with pytest.raises(WrongAmount):
        actions.confirm_order(entry=entry, order=second, by=cast.mika(), cents=301)


def test_an_order_that_is_made_later_is_found_by_the_next_look() -> None:
    order = stand.order_of(3000)
    reference = order.reference
    type(order).objects.filter(pk=order.pk).update(reference="00.0000000.0")
    entry = told(notice(movement(3000, reference)))
    assert settled(entry) == ("unclear", 3000)
    type(order).objects.filter(pk=order.pk).update(reference=reference)

    assert actions.settle_again(days=100_000) == 1

    assert standing(order) == ("paid", 3000)


def test_a_returned_payment_opens_the_order_again() -> None:
    order = stand.order_of(3000)
    told(notice(movement(3000, order.reference)))

    entry = told(notice(movement(-3000, order.reference, reversal=True, returned="AC04"), name="N2"))

    assert settled(entry)[0] == "matched"
    assert standing(order) == ("open", 0)
    assert stand.STALL.told == ["paid", "unpaid"]


def test_a_return_without_reference_is_proposed_by_account_and_amount() -> None:
    order = stand.order_of(3000)
    paid = told(notice(movement(3000, order.reference)))

    entry = told(notice(movement(-3000, "Rückgabe", reversal=True), name="N2"))

    assert settled(entry) == ("proposed", 0)
    assert list(bank_queries.returned_receipts(entry)) == [paid]
    actions.confirm_order(entry=entry, order=order, by=cast.mika())
    assert standing(order) == ("open", 0)


def refund_of(cents: int = 1000) -> Refund:
    """A released refund by transfer of an order that was paid."""
    order = stand.order_of(3000)
    told(notice(movement(3000, order.reference, bank_reference=order.reference)))
    refund = actions.request_refund(order=order, cents=cents, reason="Kurs fiel aus", by=cast.mika(), payee_name="Robin", payee_iban=PAYER)
    return actions.release_refund(refund=refund, by=cast.charlie())


def test_a_refund_is_found_in_the_bank_file_by_account_and_amount() -> None:
    refund = refund_of()

    entry = told(notice(movement(-1000, "Erstattung"), name="N2"))

    assert settled(entry)[0] == "matched"
    assert Refund.objects.get(pk=refund.pk).state == "paid"


def test_of_two_equal_refunds_the_reference_decides() -> None:
    first, second = refund_of(), refund_of()

    entry = told(notice(movement(-1000, f"Erstattung {second.order.reference}"), name="N2"))

    assert BankEntry.objects.get(pk=entry.pk).refund == second
    assert Refund.objects.get(pk=first.pk).state == "released"


def test_two_equal_refunds_without_reference_wait_for_a_person() -> None:
    first, _second = refund_of(), refund_of()
    entry = told(notice(movement(-1000, "Erstattung"), name="N2"))
    assert settled(entry)[0] == "proposed"

    actions.confirm_refund(entry=entry, refund=first, by=cast.mika())
    actions.confirm_refund(entry=entry, refund=first, by=cast.mika())

    assert Refund.objects.get(pk=first.pk).state == "paid"


def test_a_refund_that_comes_back_waits_for_another_account() -> None:
    refund = refund_of()
    told(notice(movement(-1000, "Erstattung"), name="N2"))

    told(notice(movement(1000, refund.order.reference, reversal=True, returned="AC01"), name="N3"))

    bounced = Refund.objects.get(pk=refund.pk)
    assert (bounced.state, bounced.payee_iban, bounced.failure) == ("requested", "", "AC01")


def test_a_debit_that_nobody_knows_waits_and_can_be_booked_elsewhere() -> None:
    entry = told(notice(movement(-790, "Kontoführung", name="Sparkasse", iban="")))
    assert settled(entry) == ("unclear", 0)

    actions.book_elsewhere(entry=entry, reason="Bankentgelt", by=cast.mika())
    actions.book_elsewhere(entry=entry, reason="Bankentgelt", by=cast.mika())

    assert settled(entry)[0] == "matched"
    assert queries.balances() == {"bank": -790, "transit": 790}


def test_an_incoming_movement_that_is_not_ours_goes_to_the_money_in_transit() -> None:
    entry = told(notice(movement(5000, "Zuweisung des Landes", name="Land")))

    actions.book_elsewhere(entry=entry, reason="Haushalt", by=cast.mika())

    assert settled(entry) == ("matched", 0)
    assert queries.balances() == {"bank": 5000, "transit": -5000, "unclear": 0}


def test_unclear_money_that_was_sent_back_is_settled_with_its_debit() -> None:
    receipt = told(notice(movement(5000, "Irrtum", name="Sascha")))
    entry = told(notice(movement(-5000, "Zurück", name="Sascha"), name="N2"))
    assert settled(entry)[0] == "proposed"

    actions.confirm_sent_back(entry=entry, receipt=receipt, reason="Irrläufer", by=cast.mika())

    assert settled(entry)[0] == "matched"
    assert settled(receipt) == ("matched", 0)
    assert queries.balances() == {"bank": 0, "unclear": 0}


def test_a_wrong_match_can_be_taken_back_and_given_to_another_order_and_back_again() -> None:
    wrong, right = stand.order_of(3000), stand.order_of(3000)
    entry = told(notice(movement(3000, wrong.reference)))

    actions.undo_match(entry=entry, reason="falsches Kassenzeichen", by=cast.mika())
    assert settled(entry)[1] == 3000
    assert standing(wrong) == ("open", 0)
    actions.confirm_order(entry=entry, order=right, by=cast.mika())
    assert standing(right) == ("paid", 3000)
    actions.undo_match(entry=entry, reason="doch nicht", by=cast.mika())
    assert settled(entry)[1] == 3000
    assert standing(right) == ("open", 0)


def test_what_is_settled_is_not_settled_otherwise() -> None:
    order, other = stand.order_of(3000), stand.order_of(3000)
    entry = told(notice(movement(3000, order.reference)))

    with pytest.raises(WrongOrderState):
        actions.confirm_order(entry=entry, order=other, by=cast.mika())


def test_only_the_finance_desk_says_what_a_movement_was() -> None:
    order = stand.order_of(3000)
    entry = told(notice(movement(500)))

    with pytest.raises(NotAllowed):
        actions.confirm_order(entry=entry, order=order, by=cast.kim())
    with pytest.raises(NotAllowed):
        actions.book_elsewhere(entry=entry, reason="x", by=cast.kim())
    with pytest.raises(NotAllowed):
        actions.undo_match(entry=entry, reason="x", by=cast.kim())


def test_the_ledger_equals_the_bank_after_a_day_of_everything() -> None:
    order = stand.order_of(3000)
    refund_of()
    rows = [movement(3000, order.reference), movement(77, "?"), movement(-1000, "Erstattung"), movement(-790, "Entgelt", iban="")]

    take(notice(*rows, name="N5"))

    waiting = BankEntry.objects.get(cents=-790)
    assert waiting.state == "unclear"
    assert queries.balances()["bank"] == sum(entry.cents for entry in BankEntry.objects.exclude(pk=waiting.pk))
    assert not list(queries.wrong_orders())
