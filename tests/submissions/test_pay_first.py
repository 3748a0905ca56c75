"""Paid first: only by rule, only with instant providers; whatever dies in between, it is sent once or the money goes back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from sandbox.payment_provider import Provider

from direktdraht.foundation import clock
from direktdraht.payments import actions as payments
from direktdraht.payments import jobs as payment_jobs
from direktdraht.payments.actions import paying
from direktdraht.payments.actions.settings import add_rule, withdraw_rule
from direktdraht.payments.errors import ReasonMissing, WrongOrderState
from direktdraht.payments.models import Order, PayFirstRule, Payment, Refund
from direktdraht.payments.xbezahldienste import own
from direktdraht.services.models import Service
from direktdraht.submissions import actions, finishing, jobs, kinds
from direktdraht.submissions.models import PaidFirst, Submission
from tests import cast
from tests.payments import counterpart
from tests.submissions import way

pytestmark = pytest.mark.django_db

EXPRESS = {**way.ITEMS, "express": "true"}


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    with counterpart.running() as running:
        yield running


@pytest.fixture
def provider(process: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The payment provider, connected and in good order."""
    process.switches.clear()
    path = counterpart.write_settings(tmp_path, process)
    monkeypatch.setattr(own, "settings_file", lambda: path)
    return process


def rule() -> PayFirstRule:
    """Bulky waste is paid first from today on."""
    way.published_form()
    service = Service.objects.get(form_key=way.FORM)
    fresh = PayFirstRule(service=service.key, legal_basis="Satzung der Stadt, § 9", valid_from=clock.today())
    add_rule(rule=fresh, by=cast.mika())
    return fresh


def written(client: Client) -> Any:
    """A draft that costs something; returns its id and the answer to its button."""
    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)
    way.post_page(client, draft_id, "items", EXPRESS)
    way.post_page(client, draft_id, "contact", way.CONTACT)
    return draft_id, way.send(client, draft_id)


def pays(provider: Provider, order: Order) -> Payment:
    """The person pays at the provider, and comes back."""
    payment = payments.connect(payments.begin_payment(order=order, way="online"))
    counterpart.pays(provider, payment)
    return payments.ask(payment)


def test_without_a_rule_nothing_is_paid_first(client: Client, provider: Provider) -> None:
    draft_id, answer = written(client)

    assert answer.headers["Location"].endswith("/eingegangen")
    assert Submission.objects.filter(pk=draft_id).exists()


def test_by_rule_it_is_paid_and_then_sent_by_itself(client: Client, provider: Provider) -> None:
    rule()
    draft_id, answer = written(client)
    order = Order.objects.get()
    assert answer.headers["Location"] == f"/zahlung/{order.reference}"
    assert client.get(f"/zahlung/{order.reference}").status_code == 200
    assert not Submission.objects.exists()
    assert order.ways == ["online"]

    pays(provider, order)
    jobs.finish_paid_first(0)
    jobs.finish_paid_first(0)

    submission = Submission.objects.get(pk=draft_id)
    assert Order.objects.get().owner_id == str(submission.pk)
    assert client.get(f"/antrag/{draft_id}/eingegangen").status_code == 200
    assert f"/zahlung/{order.reference}" in client.get(f"/vorgang/{submission.case.number}").content.decode()


def test_the_review_page_says_so_with_the_legal_basis(client: Client, provider: Provider) -> None:
    rule()
    draft_id, _answer = written(client)

    page = client.get(f"/antrag/{draft_id}/pruefen").content.decode()

    assert "Hier zahlen Sie zuerst." in page
    assert "Satzung der Stadt, § 9" in page
    assert "Bezahlen und verbindlich absenden" in page


def test_nothing_is_sent_unpaid_by_another_door(client: Client, provider: Provider) -> None:
    rule()
    draft_id, _answer = written(client)
    draft = way.draft_of(draft_id)

    with pytest.raises(kinds.NotReady):
        actions.submit(draft, seen_digest=way.seen_digest(client, draft_id))


def test_pressing_twice_gives_one_order(client: Client, provider: Provider) -> None:
    rule()
    draft_id, first = written(client)

    assert way.send(client, draft_id).headers["Location"] == first.headers["Location"]
    assert Order.objects.count() == 1


def test_where_no_instant_provider_is_open_nobody_is_held_up(client: Client) -> None:
    rule()
    _draft_id, answer = written(client)

    assert answer.headers["Location"].endswith("/eingegangen")
    assert Order.objects.get().open_cents == 3500


def test_a_draft_that_was_changed_after_it_was_paid_is_sent_by_its_person(client: Client, provider: Provider) -> None:
    rule()
    draft_id, _answer = written(client)
    pays(provider, Order.objects.get())
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "contact_name": "Robin W."})

    jobs.finish_paid_first(0)
    assert not Submission.objects.exists()
    assert way.send(client, draft_id).headers["Location"].endswith("/eingegangen")

    assert Order.objects.get().state == "paid"
    assert PaidFirst.objects.get().ended_at is not None


def given_back(provider: Provider) -> None:
    """All of it went back through the provider, once."""
    for _ in range(2):
        payment_jobs.send_refunds(0)
    assert Refund.objects.get().state == "paid"
    assert Order.objects.get().state == "refunded"


def test_what_cannot_be_sent_for_a_day_is_given_back(client: Client, provider: Provider) -> None:
    rule()
    draft_id, _answer = written(client)
    pays(provider, Order.objects.get())
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "email": "nichts"})

    with clock.frozen(clock.now() + timedelta(hours=25)):
        jobs.finish_paid_first(0)
        jobs.finish_paid_first(0)
        given_back(provider)
    assert not Submission.objects.exists()


def test_who_went_to_pay_comes_back_though_the_draft_is_gone(client: Client, provider: Provider) -> None:
    rule()
    draft_id, answer = written(client)
    order = answer.headers["Location"]
    client.post(f"{order}/bezahlen", {"way": "online"})

    client.post(f"/antrag/{draft_id}/verwerfen")

    assert client.get(f"{order}/zurueck").headers["Location"] == order
    assert client.get(order).status_code == 200
    assert Client().get(f"{order}/zurueck").status_code == 404


def test_a_discarded_draft_gets_its_money_back(client: Client, provider: Provider) -> None:
    rule()
    draft_id, _answer = written(client)
    pays(provider, Order.objects.get())
    actions.discard(way.draft_of(draft_id))

    jobs.finish_paid_first(0)

    given_back(provider)


def test_another_fee_makes_another_order_and_gives_the_first_back(client: Client, provider: Provider) -> None:
    rule()
    draft_id, _answer = written(client)
    first = Order.objects.get()
    pays(provider, first)
    way.post_page(client, draft_id, "items", {**way.ITEMS, "express": "false"})

    assert way.send(client, draft_id).headers["Location"].endswith("/eingegangen")
    with clock.frozen(clock.now() + timedelta(hours=25)):
        jobs.finish_paid_first(0)

    assert Order.objects.get(pk=first.pk).owed_cents in {0, 3500}


def all_pay(provider: Provider) -> None:
    """Whoever was sent to the provider pays there."""
    for payment in Payment.objects.all():
        counterpart.pays(provider, payment)


class Died(BaseException):
    """A process was killed here."""


POINTS = {
    "payment.begun": paying,
    "payment.before_provider": paying,
    "payment.after_provider": paying,
    "payment.told": paying,
    "paid_first.before_submit": finishing,
    "submission.case_written": actions,
    "submission.before_commit": actions,
    "submission.after_commit": actions,
}


@pytest.mark.parametrize("point", POINTS)
def test_a_death_at_any_point_ends_in_one_submission(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    rule()
    draft_id, _answer = written(client)
    order = Order.objects.get()
    deaths: list[str] = []

    def die_once(name: str) -> None:
        if name == point and not deaths:
            deaths.append(name)
            raise Died(name)

    monkeypatch.setattr(POINTS[point], "fault", die_once)
    doings: list[Callable[[], object]] = [
        lambda: payments.connect(payments.begin_payment(order=order, way="online")),
        lambda: all_pay(provider),
        lambda: payment_jobs.ask_providers(0),
        lambda: jobs.finish_paid_first(0),
    ]
    for minutes, doing in enumerate([*doings, *doings], start=1):
        with clock.frozen(clock.now() + timedelta(minutes=2 * minutes)):
            try:
                doing()
            except (Died, WrongOrderState, LookupError):
                continue

    assert deaths == [point]
    assert Submission.objects.filter(pk=draft_id).count() == 1
    assert (Order.objects.get().state, Order.objects.get().received_cents) == ("paid", 3500)
    assert PaidFirst.objects.get().ended_at is not None


def test_a_rule_needs_its_basis_and_begins_once() -> None:
    made = rule()

    with pytest.raises(WrongOrderState):
        rule()
    with pytest.raises(ReasonMissing):
        add_rule(rule=PayFirstRule(service="x", legal_basis=" ", valid_from=clock.today()), by=cast.mika())
    withdraw_rule(rule=made, by=cast.mika())
    assert rule().pk != made.pk
