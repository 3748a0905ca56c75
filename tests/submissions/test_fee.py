"""The fee of a form: ordered when the form was received, shown on receipt and case, and never in the way of either."""

import pytest
from django.test import Client

from direktdraht.foundation import clock
from direktdraht.payments import actions as payments
from direktdraht.payments import setup
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order
from direktdraht.submissions import orders
from direktdraht.submissions.models import Submission
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db


def sent_express(client: Client) -> Submission:
    """Bulky waste that is collected at once, for 35 euros."""
    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)
    way.post_page(client, draft_id, "items", {**way.ITEMS, "express": "true"})
    way.post_page(client, draft_id, "contact", way.CONTACT)
    seen = way.seen_digest(client, draft_id)
    for _ in range(2):
        assert client.post(f"/antrag/{draft_id}/absenden", {"seen": seen}).status_code == 302
    return Submission.objects.select_related("case").get(pk=draft_id)


def test_a_fee_is_ordered_once_it_was_received(client: Client) -> None:
    submission = sent_express(client)

    order = Order.objects.get()
    assert (order.owner_id, order.total_cents, order.state) == (str(submission.pk), 3500, "open")
    assert (order.payer_name, order.payer_email) == ("Robin Weber", "robin@example.org")
    line = order.lines.get()
    assert (line.revenue_account, line.cost_centre, line.law) == (setup.current().fee_account, "abfall", "public")


def test_the_receipt_leads_to_the_payment_without_an_account(client: Client) -> None:
    submission = sent_express(client)
    order = Order.objects.get()

    receipt = client.get(f"/antrag/{submission.pk}/eingegangen").content.decode()

    assert f"/zahlung/{order.reference}" in receipt
    assert "35,00" in receipt
    assert client.get(f"/zahlung/{order.reference}").status_code == 200
    assert Client().get(f"/zahlung/{order.reference}").status_code == 302


def test_the_key_of_the_case_opens_the_payment(client: Client) -> None:
    submission = sent_express(client)
    order, elsewhere = Order.objects.get(), Client()
    key = way.draft_of(submission.pk).case_key

    assert elsewhere.post("/zahlung", {"reference": order.reference, "key": key}).headers["Location"] == f"/zahlung/{order.reference}"
    other = Client()
    other.post("/vorgang", {"number": submission.case.number, "key": key})
    assert f"/zahlung/{order.reference}" in other.get(f"/vorgang/{submission.case.number}").content.decode()
    assert other.get(f"/zahlung/{order.reference}").status_code == 200


def test_the_case_tells_both_sides_how_the_payment_stands(client: Client) -> None:
    submission = sent_express(client)
    order = Order.objects.get()
    payments.receive(order=order, cents=3500, value_date=clock.today(), source=Source("bank", "1"))

    desk = cast.signed_in(Client(), cast.kim()).get(f"/buero/vorgang/{submission.case.number}").content.decode()
    person = client.get(f"/vorgang/{submission.case.number}").content.decode()

    assert "35,00\u00a0€, bezahlt" in desk or "35,00 €, bezahlt" in desk
    assert "bezahlt" in person


def test_the_clerk_of_the_case_may_cancel_its_fee_and_another_may_not(client: Client) -> None:
    sent_express(client)
    order = Order.objects.get()

    assert orders.SubmissionOrders().may_manage(cast.kim(), order)
    assert not orders.SubmissionOrders().may_manage(cast.sascha(), order)


def test_what_costs_nothing_has_no_order(client: Client) -> None:
    way.sent(client)

    assert not Order.objects.exists()


def test_own_orders_stand_in_the_own_area(client: Client) -> None:
    sent_express(cast.signed_in(client, cast.robin()))

    area = client.get("/mein-bereich").content.decode()

    assert Order.objects.get().reference in area


def test_who_takes_the_case_into_their_account_takes_the_payment_too(client: Client) -> None:
    submission = sent_express(client)
    key = way.draft_of(submission.pk).case_key
    robin = cast.signed_in(Client(), cast.robin())
    robin.post("/vorgang", {"number": submission.case.number, "key": key})

    robin.post(f"/vorgang/{submission.case.number}/uebernehmen")

    assert Order.objects.get().account == cast.robin()
    assert Order.objects.get().reference in robin.get("/mein-bereich").content.decode()
