"""The online provider against a counterpart that misbehaves in every way: nothing is lost, nothing is booked twice."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from sandbox.payment_provider import Provider

from direktdraht.foundation import clock
from direktdraht.payments import actions, jobs, queries
from direktdraht.payments.actions import paying
from direktdraht.payments.errors import AttemptRunning, WayNotOpen, WrongOrderState
from direktdraht.payments.models import Order, Payment, Posting, Refund
from direktdraht.payments.xbezahldienste import own
from tests import cast
from tests.payments import counterpart, stand

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    with counterpart.running() as running:
        yield running


@pytest.fixture
def provider(process: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The counterpart, connected and in good order."""
    process.switches.clear()
    path = counterpart.write_settings(tmp_path, process)
    monkeypatch.setattr(own, "settings_file", lambda: path)
    return process


def begun(order: Order) -> Payment:
    """An attempt that the provider knows, if it answers."""
    return actions.connect(actions.begin_payment(order=order, way="online"))


def asked_later(minutes: float = 2) -> None:
    """The job, so many minutes later."""
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        jobs.ask_providers(0)
        jobs.send_refunds(0)


def test_an_order_is_created_paid_and_booked(provider: Provider, stall: stand.Stall) -> None:
    order = stand.order_of()
    payment = begun(order)
    assert payment.redirect_url.startswith(f"{provider.base}/bezahlen/")

    counterpart.pays(provider, payment)
    actions.ask(payment)

    assert (stand.again(order).state, stall.told) == ("paid", ["paid"])
    assert queries.balances() == {"clearing:online": 3000, "receivables": 0, "revenue:331100": -3000}


@pytest.mark.parametrize(("status", "state"), [("FAILED", "failed"), ("CANCELED", "cancelled"), ("EXPIRED", "timed_out")])
def test_an_attempt_that_ends_without_money_leaves_the_order_open(provider: Provider, status: str, state: str) -> None:
    order = stand.order_of()
    payment = begun(order)

    counterpart.pays(provider, payment, status)

    assert actions.ask(payment).state == state
    assert stand.again(order).state == "open"
    assert begun(order).pk != payment.pk


def test_pressing_twice_gives_one_attempt_here_and_there(provider: Provider) -> None:
    order = stand.order_of()

    first, second = begun(order), begun(order)

    assert first == second
    assert provider.by_request[str(first.pk)] == first.provider_id


def test_a_person_who_stops_can_choose_another_way(provider: Provider) -> None:
    payment = begun(stand.order_of())

    assert actions.stop_payment(payment).state == "cancelled"
    assert provider.transactions[payment.provider_id].status == "CANCELED"


def test_stopping_what_was_paid_meanwhile_books_it(provider: Provider) -> None:
    order = stand.order_of()
    payment = begun(order)
    counterpart.pays(provider, payment)

    assert actions.stop_payment(payment).state == "paid"
    assert stand.again(order).state == "paid"


@pytest.mark.parametrize("switch", ["silent", "broken", "error", "lose_answer", "wrong_amount", "wrong_request", "no_token"])
def test_a_start_without_a_usable_answer_is_tried_again_and_happens_once(provider: Provider, switch: str) -> None:
    if switch == "no_token":
        provider.tokens.clear()
    provider.switches[switch] = 1
    order = stand.order_of()

    payment = begun(order)
    assert payment.state == "unsure"
    asked_later()

    payment.refresh_from_db()
    assert payment.state == "waiting"
    assert list(provider.by_request.values()).count(payment.provider_id) == 1
    counterpart.pays(provider, payment)
    asked_later(60)
    assert stand.again(order).state == "paid"


def test_a_refused_start_is_over_at_once(provider: Provider) -> None:
    provider.switches["refuse"] = 1
    order = stand.order_of()

    assert begun(order).state == "failed"
    assert begun(order).state == "waiting"


@pytest.mark.parametrize("switch", ["silent", "broken", "error", "lose_answer", "wrong_amount", "wrong_request"])
def test_a_question_without_a_usable_answer_keeps_the_attempt_unsure_until_one_comes(provider: Provider, switch: str) -> None:
    order = stand.order_of()
    payment = begun(order)
    counterpart.pays(provider, payment)
    provider.switches[switch] = 1

    assert actions.ask(payment).state == "unsure"
    assert stand.again(order).state == "open"
    asked_later()

    assert stand.again(order).state == "paid"


def test_two_messages_and_a_late_one_book_once(provider: Provider, client: Client, stall: stand.Stall) -> None:
    order = stand.order_of()
    payment = begun(order)
    counterpart.pays(provider, payment)

    for _ in range(2):
        told = client.post("/zahlung/meldung/online", json.dumps({"transactionId": payment.provider_id}), "application/json")
        assert told.status_code == 204
        jobs.ask_providers(0)
    with clock.frozen(clock.now() + timedelta(days=2)):
        client.post("/zahlung/meldung/online", json.dumps({"transactionId": payment.provider_id}), "application/json")
        jobs.ask_providers(0)

    assert Posting.objects.filter(kind="receipt").count() == 1
    assert stall.told == ["paid"]


def test_a_message_before_the_payment_changes_nothing(provider: Provider, client: Client) -> None:
    order = stand.order_of()
    payment = begun(order)

    client.post("/zahlung/meldung/online", json.dumps({"transactionId": payment.provider_id, "status": "PAYED"}), "application/json")
    jobs.ask_providers(0)

    assert (stand.again(order).state, Payment.objects.get().state) == ("open", "waiting")


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"transactionId": 7}', '{"transactionId": ""}', '{"transactionId": "x"}', "NaN", "[" * 5000]
)
def test_a_message_that_names_nothing_finds_nothing(provider: Provider, client: Client, body: str) -> None:
    assert client.post("/zahlung/meldung/online", body, "application/json").status_code == 404


def test_there_are_no_messages_of_other_ways(client: Client) -> None:
    assert client.post("/zahlung/meldung/transfer", "{}", "application/json").status_code == 404
    assert client.post("/zahlung/meldung/gibtsnicht", "{}", "application/json").status_code == 404


def test_without_any_message_the_job_finds_the_money(provider: Provider) -> None:
    order = stand.order_of()
    counterpart.pays(provider, begun(order))

    asked_later()

    assert stand.again(order).state == "paid"


def test_failed_and_later_paid_after_all_is_found(provider: Provider) -> None:
    order = stand.order_of()
    payment = begun(order)
    counterpart.pays(provider, payment, "FAILED")
    asked_later()
    counterpart.pays(provider, payment)

    asked_later(65)

    assert stand.again(order).state == "paid"


def test_who_never_pays_is_stopped_after_half_an_hour(provider: Provider) -> None:
    order = stand.order_of(expires_at=stand.in_minutes(15), ways=["online"])
    payment = begun(order)
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        assert jobs.expire(0) == 0

    asked_later(31)
    payment.refresh_from_db()

    assert (payment.state, provider.transactions[payment.provider_id].status) == ("cancelled", "CANCELED")
    with clock.frozen(clock.now() + timedelta(minutes=32)):
        assert jobs.expire(0) == 1


def test_paid_here_and_by_transfer_gives_the_second_back(provider: Provider, stall: stand.Stall) -> None:
    order = stand.order_of()
    payment = begun(order)
    stand.paid(order, 3000)
    counterpart.pays(provider, payment)

    asked_later()
    asked_later()

    refund = Refund.objects.get()
    assert (refund.state, refund.automatic, refund.cents) == ("paid", True, 3000)
    assert (stand.again(order).state, stand.again(order).owed_cents) == ("paid", 0)
    assert queries.balances()["clearing:online"] == 0


def test_money_for_an_order_that_ended_goes_back(provider: Provider) -> None:
    order = stand.order_of()
    payment = begun(order)
    actions.cancel_order(order=order, reason="fällt aus")
    counterpart.pays(provider, payment)

    asked_later()
    asked_later()

    assert stand.again(order).state == "refunded"


def paid_online(provider: Provider) -> tuple[Order, Payment]:
    """An order paid online."""
    order = stand.order_of()
    payment = begun(order)
    counterpart.pays(provider, payment)
    return order, actions.ask(payment)


def released(order: Order, cents: int) -> Refund:
    """A refund of a part through the provider."""
    refund = actions.request_refund(order=order, cents=cents, reason="Kurs kürzer", by=cast.mika())
    return actions.release_refund(refund=refund, by=cast.charlie())


@pytest.mark.parametrize("switch", ["", "silent", "lose_answer", "error", "broken", "refund_waits"])
def test_a_part_goes_back_once_whatever_the_provider_does(provider: Provider, switch: str) -> None:
    order, payment = paid_online(provider)
    refund = released(order, 1000)
    assert refund.way == "online"
    provider.switches[switch] = 1

    for minutes in (1, 30, 60):
        asked_later(minutes)

    refund.refresh_from_db()
    assert (refund.state, stand.again(order).state) == ("paid", "paid")
    assert [one["amount"] for one in provider.transactions[payment.provider_id].refunds.values()] == [10.0]
    assert queries.balances()["clearing:online"] == 2000


def test_a_refund_that_the_provider_refuses_waits_for_an_account_and_a_second_person(provider: Provider) -> None:
    order, _payment = paid_online(provider)
    refund = released(order, 3000)
    provider.switches["refund_fails"] = 1

    asked_later()

    refund.refresh_from_db()
    assert (refund.state, refund.way, refund.released_by) == ("requested", "transfer", None)
    assert stand.again(order).owed_cents == 3000


def test_all_of_it_goes_back_in_parts_and_never_more(provider: Provider) -> None:
    order, payment = paid_online(provider)
    for cents in (1000, 2000):
        released(order, cents)
    asked_later()

    assert stand.again(order).state == "refunded"
    assert len(provider.transactions[payment.provider_id].refunds) == 2
    assert queries.left_to_refund(payment) == 0


def test_another_way_waits_until_the_running_one_is_stopped(provider: Provider) -> None:
    order = stand.order_of()
    begun(order)
    stand.paid(order, 1000)

    with pytest.raises(AttemptRunning):
        actions.begin_payment(order=order, way="online")


def test_what_is_paid_or_not_open_to_this_way_is_not_begun(provider: Provider) -> None:
    paid, other = stand.order_of(), stand.order_of(ways=["transfer"])
    stand.paid(paid, 3000)

    with pytest.raises(WrongOrderState):
        actions.begin_payment(order=paid, way="online")
    for way in ("online", "cash", "gibtsnicht"):
        with pytest.raises(WayNotOpen):
            actions.begin_payment(order=other, way=way)


def test_a_page_on_another_site_is_never_gone_to(provider: Provider) -> None:
    provider.base, good = "https://fremd.example", provider.base
    try:
        payment = begun(stand.order_of())
    finally:
        provider.base = good

    assert (payment.state, payment.redirect_url) == ("unsure", "")


def test_pages_pay_and_come_back(provider: Provider, client: Client) -> None:
    order = stand.order_of(account=cast.robin())
    cast.signed_in(client, cast.robin())
    address = f"/zahlung/{order.reference}"
    shown = client.get(address)
    assert provider.base in shown.headers["Content-Security-Policy"]

    gone = client.post(f"{address}/bezahlen", {"way": "online"})
    assert gone.headers["Location"].startswith(provider.base)
    assert client.post(f"{address}/bezahlen", {"way": "online"}).headers["Location"] == gone.headers["Location"]
    assert "Eine Online-Zahlung läuft." in client.get(address).content.decode()
    provider.switches["silent"] = 1
    client.get(f"{address}/zurueck")
    assert "noch nicht bestätigt, wir fragen nach" in client.get(address).content.decode()
    counterpart.pays(provider, Payment.objects.get())
    client.post(f"{address}/nachfragen")

    assert "Es ist alles bezahlt." in client.get(address).content.decode()


def test_a_stopped_payment_leaves_the_choice(provider: Provider, client: Client) -> None:
    order = stand.order_of(account=cast.robin())
    cast.signed_in(client, cast.robin())
    client.post(f"/zahlung/{order.reference}/bezahlen", {"way": "online"})

    client.post(f"/zahlung/{order.reference}/abbrechen")

    assert "Jetzt online bezahlen" in client.get(f"/zahlung/{order.reference}").content.decode()


@pytest.mark.parametrize("text", ["", "base_url = 7", "[", 'base_url = "http://fremd.example"'])
def test_wrong_settings_close_the_way_and_the_doctor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "provider.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(own, "settings_file", lambda: path)

    with pytest.raises(own.NotConnected, match=r"provider\.toml"):
        own.connection()
    with pytest.raises(WayNotOpen):
        actions.begin_payment(order=stand.order_of(), way="online")


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_book_once(provider: Provider) -> None:
    order = stand.order_of()
    payment = begun(order)
    counterpart.pays(provider, payment)
    together = Barrier(2, timeout=20)

    def press() -> None:
        try:
            mine = Payment.objects.select_related("order").get(pk=payment.pk)
            together.wait()
            paying.ask(mine)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert Posting.objects.filter(kind="receipt").count() == 1
    assert stand.again(order).state == "paid"
