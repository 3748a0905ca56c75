"""An order that was opened by its key goes into the account of whoever is signed in, once; then it stands in their area."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from direktdraht.foundation.journal.models import Entry
from direktdraht.payments import actions
from direktdraht.payments.models import Order
from tests import cast
from tests.payments import stand

pytestmark = pytest.mark.django_db

KEY = "geheim" * 6


@pytest.fixture
def order() -> Order:
    return stand.order_of(key=KEY)


def opened(client: Client, order: Order) -> Client:
    """The order is opened with its key."""
    client.post("/zahlung", {"reference": order.reference, "key": KEY})
    return client


def test_a_signed_in_person_takes_it_over_and_finds_it_in_their_area(client: Client, order: Order) -> None:
    robin = opened(cast.signed_in(client, cast.robin()), order)
    assert "In mein Konto übernehmen" in robin.get(f"/zahlung/{order.reference}").content.decode()

    for _ in range(2):
        robin.post(f"/zahlung/{order.reference}/uebernehmen")

    assert stand.again(order).account == cast.robin()
    assert order.reference in robin.get("/mein-bereich").content.decode()
    assert "In mein Konto übernehmen" not in robin.get(f"/zahlung/{order.reference}").content.decode()
    assert Entry.objects.filter(kind="order.claimed", subject=f"order:{order.pk}").count() == 1


def test_who_is_not_signed_in_is_asked_to(client: Client, order: Order) -> None:
    browser = opened(client, order)

    answer = browser.post(f"/zahlung/{order.reference}/uebernehmen")

    assert answer.headers["Location"].startswith("/konto/anmelden")
    assert stand.again(order).account is None
    assert "In mein Konto übernehmen" not in browser.get(f"/zahlung/{order.reference}").content.decode()


def test_a_stranger_cannot_take_it_and_nobody_what_is_anothers(client: Client, order: Order) -> None:
    assert cast.signed_in(client, cast.sascha()).post(f"/zahlung/{order.reference}/uebernehmen").status_code == 404
    actions.claim_order(order=order, account=cast.robin())

    with pytest.raises(PermissionDenied):
        actions.claim_order(order=order, account=cast.sascha())
    opened(client, order).post(f"/zahlung/{order.reference}/uebernehmen")

    assert stand.again(order).account == cast.robin()


def test_the_orders_of_a_thing_go_with_it_except_those_of_others() -> None:
    mine, others = stand.order_of(), stand.order_of(account=cast.sascha())
    Order.objects.filter(pk__in=[mine.pk, others.pk]).update(owner_id="ding")

    actions.claim_orders(owner_kind="stall", owner_id="ding", account=cast.robin())

    assert (stand.again(mine).account, stand.again(others).account) == (cast.robin(), cast.sascha())
