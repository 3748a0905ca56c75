"""The finance desk's pages: one click does one thing, once; what is refused is said above the form."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.payments import actions, queries
from direktdraht.payments.models import BankEntry, BankFile, ClosedDay, Order, Refund
from direktdraht.people.models import Account
from tests import cast
from tests.payments import stand
from tests.payments.bank import day, movement, notice, own_account, standing, told
from tests.payments.bank_files import PAYER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account() -> None:
    own_account()


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.signed_in(client, cast.mika())


def post(client: Client, view: str, key: object, **words: str) -> str:
    """Post and give the text of the page that follows."""
    return client.post(reverse(f"finance:{view}", args=[key]), words, follow=True).content.decode()


def page(client: Client, view: str, *key: object, **words: str) -> str:
    return client.get(reverse(f"finance:{view}", args=key), words).content.decode()


def upload(client: Client, content: bytes, name: str = "auszug.xml") -> str:
    file = SimpleUploadedFile(name, content, "text/xml")
    return client.post(reverse("finance:files"), {"file": file}, follow=True).content.decode()


def test_a_file_is_taken_and_its_movements_are_settled_at_once(desk: Client) -> None:
    order = stand.order_of(3000)

    shown = upload(desk, day(movement(3000, order.reference), total=3000))

    assert "Die Datei ist eingelesen" in shown
    assert standing(order) == ("paid", 3000)


def test_a_refused_file_says_why_and_that_nothing_is_booked(desk: Client) -> None:
    shown = upload(desk, day(movement(3000), total=3100))

    assert "Die Datei ist abgelehnt" in shown
    assert "der Schlusssaldo nennt 131.00 EUR" in shown
    assert not BankEntry.objects.exists()


def test_an_upload_without_a_file_is_refused(desk: Client) -> None:
    answer = desk.post(reverse("finance:files"), {})

    assert answer.status_code == 200
    assert not BankFile.objects.exists()


def test_a_proposal_is_confirmed_with_one_click_even_if_it_is_two(desk: Client) -> None:
    order = stand.order_of(3000)
    entry = told(notice(movement(3000, "Parken", value="2030-01-02")))
    assert "Betrag stimmt, Name passt" in page(desk, "entry", entry.pk)

    for _click in range(2):
        post(desk, "confirm_order", entry.pk, reference=order.reference, amount="")

    assert standing(order) == ("paid", 3000)
    assert queries.balances()["bank"] == 3000


def test_a_reference_is_understood_as_people_write_it(desk: Client) -> None:
    order = stand.order_of(3000)
    entry = told(notice(movement(3000, "?")))

    post(desk, "confirm_order", entry.pk, reference=order.reference.replace(".", " "), amount="10,00")

    assert standing(order) == ("partly_paid", 1000)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"reference": "99.9999999.9"}, "Dieses Kassenzeichen gibt es nicht"),
        ({"reference": ""}, "Kassenzeichen"),
        ({"reference": "{}", "amount": "zwölf"}, "Bitte schreiben Sie den Betrag so"),
        ({"reference": "{}", "amount": "40,00"}, "Dieser Betrag ist nicht möglich"),
    ],
)
def test_what_cannot_be_matched_is_said(desk: Client, words: dict[str, str], said: str) -> None:
    order = stand.order_of(3000)
    entry = told(notice(movement(3000, "?")))

    shown = post(desk, "confirm_order", entry.pk, **{name: text.format(order.reference) for name, text in words.items()})

    assert said in shown
    assert standing(order) == ("open", 0)


def test_a_debit_shows_what_it_may_be_and_takes_each_answer(desk: Client) -> None:
    order = stand.order_of(3000)
    receipt = told(notice(movement(3000, order.reference)))
    unclear = told(notice(movement(700, "?"), name="N2"))
    back = told(notice(movement(-3000, "Rückgabe", reversal=True), name="N3"))
    sent = told(notice(movement(-700, "Zurück"), name="N4"))
    assert receipt.state == "matched"
    assert "Diese Zahlung ging zurück" in page(desk, "entry", back.pk)
    assert "Dieser Eingang ging zurück" in page(desk, "entry", sent.pk)

    post(desk, "confirm_order", back.pk, reference=order.reference)
    post(desk, "confirm_sent_back", sent.pk, receipt=str(unclear.pk))

    assert standing(order) == ("open", 0)
    assert queries.balances()["bank"] == queries.balances()["unclear"] == 0


def test_a_movement_is_booked_elsewhere_only_with_a_reason(desk: Client) -> None:
    entry = told(notice(movement(-790, "Entgelt", iban="")))

    assert "Grund" in post(desk, "book_elsewhere", entry.pk, reason="")
    assert BankEntry.objects.get(pk=entry.pk).state == "unclear"
    post(desk, "book_elsewhere", entry.pk, reason="Kontoführung")
    assert BankEntry.objects.get(pk=entry.pk).state == "matched"


def test_a_match_is_undone_with_a_reason(desk: Client) -> None:
    order = stand.order_of(3000)
    entry = told(notice(movement(3000, order.reference)))

    post(desk, "undo_match", entry.pk, reason="falsch")

    assert standing(order) == ("open", 0)
    assert "Danach ist der Auftrag wieder offen" in page(desk, "undo_match", entry.pk)


def test_a_refund_goes_its_way_by_four_eyes(client: Client) -> None:
    order = stand.order_of(3000)
    told(notice(movement(3500, order.reference)))
    mika, charlie = cast.signed_in(client, cast.mika()), cast.signed_in(Client(), cast.charlie())

    post(mika, "ask_refund", order.reference, amount="5,00", reason="zu viel", payee_name="Robin Weber", payee_iban="")
    refund = Refund.objects.get()
    post(mika, "payee", refund.pk, name="Robin Weber", iban=PAYER)
    assert "Sie haben diese Erstattung selbst angeordnet" in post(mika, "release", refund.pk)
    assert Refund.objects.get().state == "requested"
    post(charlie, "release", refund.pk)
    assert Refund.objects.get().state == "requested"
    post(charlie, "release", refund.pk, seen=Refund.objects.get().payee)
    post(charlie, "mark_sent", refund.pk)
    assert Refund.objects.get().state == "sent"
    told(notice(movement(-500, "Erstattung"), name="N2"))

    assert Refund.objects.get().state == "paid"
    assert "erledigt" in page(mika, "refunds", zeige="fertig")


def test_an_iban_with_a_wrong_digit_is_refused(desk: Client) -> None:
    order = stand.order_of(3000)
    told(notice(movement(3500, order.reference)))
    refund = actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika())

    assert "Diese IBAN stimmt nicht" in post(desk, "payee", refund.pk, name="Robin", iban=PAYER[:-1] + "9")


def test_a_refund_is_withdrawn(desk: Client) -> None:
    order = stand.order_of(3000)
    told(notice(movement(3500, order.reference)))
    refund = actions.request_refund(order=order, cents=500, reason="zu viel", by=cast.mika())

    post(desk, "withdraw", refund.pk, reason="doch nicht")

    assert Refund.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("view", "words", "state"),
    [("waive", {"reason": "Kleinbetrag"}, "waived"), ("cancel", {"reason": "Antrag zurückgezogen"}, "cancelled")],
)
def test_an_order_is_ended_with_a_reason(desk: Client, view: str, words: dict[str, str], state: str) -> None:
    order = stand.order_of(3000)

    post(desk, view, order.reference)
    assert standing(order)[0] == "open"
    post(desk, view, order.reference, **words)

    assert standing(order)[0] == state


def test_a_later_day_is_given_and_an_earlier_one_refused(desk: Client) -> None:
    order = stand.order_of(3000)

    post(desk, "extend", order.reference, due_on="2099-01-01", reason="Stundung")
    refused = post(desk, "extend", order.reference, due_on="2020-01-01", reason="Stundung")

    assert str(Order.objects.get(pk=order.pk).due_on) == "2099-01-01"
    assert "Der Stand der Zahlung hat sich geändert" in refused


def test_a_day_is_closed_once_and_shown(desk: Client) -> None:
    told(notice(movement(700, "?")))
    today = clock.today().isoformat()

    for _click in range(2):
        desk.post(reverse("finance:closing"), {"day": today})

    assert ClosedDay.objects.count() == 1
    assert ClosedDay.objects.get().digest[:16] in page(desk, "closing")
    assert "Dieser Tag ist abgeschlossen" in desk.post(reverse("finance:closing"), {"day": "2020-01-01"}).content.decode()


def test_the_ledger_is_shown_by_days_and_saved_as_a_table(desk: Client) -> None:
    order = stand.order_of(3000)
    told(notice(movement(3000, order.reference)))
    today = clock.today().isoformat()

    table = b"".join(desk.get(reverse("finance:ledger_csv"), {"von": today}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # streamed

    assert table.count("\r\n") == 5
    assert f";receipt;{today};2026-11-03;bank;;;30,00;;{order.reference}" in table
    assert order.reference in page(desk, "ledger")
    assert order.reference not in page(desk, "ledger", bis="2020-01-01")


def test_the_proof_says_that_all_is_clear_or_what_to_do(desk: Client) -> None:
    assert "Noch nie geprüft" in page(desk, "proof")
    assert "Alles stimmt" in desk.post(reverse("finance:proof"), follow=True).content.decode()
    entry = told(notice(movement(700, "?")))

    shown = desk.post(reverse("finance:proof"), follow=True).content.decode()

    assert "Geldeingang ohne Auftrag" in shown
    assert reverse("finance:entry", args=[entry.pk]) in shown


@pytest.mark.parametrize("words", ["Weber", "30,00", "Anwohner"])
def test_the_search_finds_orders_by_name_amount_and_title(desk: Client, words: str) -> None:
    order = stand.order_of(3000)

    assert order.reference in page(desk, "overview", suche=words)


@pytest.mark.parametrize("words", ["Weber", "7,00", PAYER, "Tombola"])
def test_the_search_finds_movements_by_name_amount_account_and_purpose(desk: Client, words: str) -> None:
    entry = told(notice(movement(700, "Tombola")))

    assert reverse("finance:entry", args=[entry.pk]) in page(desk, "overview", suche=words)


def test_lists_go_on_after_fifty_rows(desk: Client) -> None:
    orders = [stand.order_of(100) for _number in range(51)]
    last = queries.open_orders().last()
    assert last is not None

    assert last.reference not in page(desk, "open")
    assert last.reference in page(desk, "open", ab="50")
    assert orders[0].reference in page(desk, "open", ab="unsinn")


@pytest.mark.parametrize("who", [cast.kim, cast.jo, cast.robin])
def test_only_the_finance_desk_comes_in(client: Client, who: Callable[[], Account]) -> None:
    entry = told(notice(movement(700, "?")))

    assert cast.signed_in(client, who()).post(reverse("finance:book_elsewhere", args=[entry.pk]), {"reason": "x"}).status_code == 403
    assert BankEntry.objects.get(pk=entry.pk).state == "unclear"
