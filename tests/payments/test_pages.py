"""Pages of the payer and of the cash drawers: what they say, who sees them, what a double click does."""

import re

import pytest
from django.test import Client

from direktdraht.foundation import clock
from direktdraht.payments import actions, setup
from direktdraht.payments.models import CashSession, Order
from tests import cast
from tests.harness.pdfs import words_of
from tests.payments import stand

pytestmark = pytest.mark.django_db

KEY = "T7KQ-9MXD-RRRR-CCCC-DDDD-EEEE-FFFF"


@pytest.fixture(autouse=True)
def bank_account() -> None:
    setup.save(setup.Setup.model_validate({"iban": "DE89370400440532013000", "bank_name": "Beispielbank"}))


def page(client: Client, order: Order) -> str:
    """The order's page."""
    return client.get(f"/zahlung/{order.reference}").content.decode()


def test_the_page_says_what_is_owed_by_when_and_how(client: Client) -> None:
    order = stand.order_of(account=cast.robin())

    shown = page(cast.signed_in(client, cast.robin()), order)

    for words in ("30,00", "DE89 3704 0044 0532 0130 00", order.reference, "Beispielbank", "Bitte zahlen Sie bis"):
        assert words in shown


def test_a_stranger_is_asked_for_reference_and_key(client: Client) -> None:
    order = stand.order_of(account=cast.robin())

    assert client.get(f"/zahlung/{order.reference}").headers["Location"] == f"/zahlung?kassenzeichen={order.reference}"
    assert client.get(f"/zahlung/{order.reference}/beleg.pdf").status_code == 404
    assert client.post(f"/zahlung/{order.reference}/bezahlen", {"way": "online"}).status_code == 404


def test_reference_and_key_open_it_and_nothing_else_does(client: Client) -> None:
    order = stand.order_of(key=KEY)
    other = stand.order_of()

    for reference, key in ((order.reference, KEY[:-1] + "A"), (other.reference, KEY), ("26.9999999.9", KEY), (other.reference, "")):
        refused = client.post("/zahlung", {"reference": reference, "key": key})
        assert refused.status_code == 422
    opened = client.post("/zahlung", {"reference": order.reference.replace(".", " "), "key": KEY.lower()})

    assert opened.headers["Location"] == f"/zahlung/{order.reference}"
    assert "30,00" in page(client, order)
    assert client.get(f"/zahlung/{other.reference}").status_code == 302


def test_keys_cannot_be_tried_out(client: Client) -> None:
    order = stand.order_of(key=KEY)

    for _ in range(21):
        refused = client.post("/zahlung", {"reference": order.reference, "key": "A" * 28})

    assert "zu viele Versuche" in refused.content.decode()


@pytest.mark.parametrize(
    ("cents", "words"),
    [(1000, "Noch zu zahlen"), (3000, "Es ist alles bezahlt."), (3500, "Wir schulden Ihnen 5,00")],
)
def test_the_state_is_what_came(client: Client, cents: int, words: str) -> None:
    order = stand.order_of(account=cast.robin())
    stand.paid(order, cents)

    assert words in page(cast.signed_in(client, cast.robin()), order).replace("\u00a0", " ")


def test_an_order_that_ended_asks_for_no_money(client: Client) -> None:
    order = stand.order_of(account=cast.robin())
    actions.cancel_order(order=order, reason="fällt aus")

    shown = page(cast.signed_in(client, cast.robin()), order)

    assert "Sie müssen nichts mehr zahlen." in shown
    assert "IBAN" not in shown


def test_the_receipt_tells_every_movement(client: Client) -> None:
    order = stand.order_of(1000, 2000, account=cast.robin())
    stand.paid(order, 2500)
    actions.return_payment(order=order, cents=500, value_date=clock.today(), source=stand.source(), reason="Rückläufer")

    told = words_of(cast.signed_in(client, cast.robin()).get(f"/zahlung/{order.reference}/beleg.pdf").content)

    for words in (order.reference, "Posten 2", "25,00", "-5,00", "Noch offen", "10,00"):
        assert words in told


def drawer() -> CashSession:
    """A drawer that Mika answers for."""
    made = actions.add_drawer(key="rathaus", name="Barkasse Rathaus", unit=cast.hauptamt())
    return actions.open_drawer(drawer=made, float_cents=15000, by=cast.mika())


def token_in(shown: str, prefix: str) -> str:
    """The one-time token of a form."""
    found = re.search(rf'name="{prefix}-token" value="([^"]+)"', shown)
    assert found
    return found[1]


def test_a_clerk_takes_cash_and_a_double_click_takes_it_once(client: Client) -> None:
    order, session = stand.order_of(), drawer()
    desk = cast.signed_in(client, cast.mika())
    address = f"/buero/kasse/barkasse/{session.pk}"
    token = token_in(desk.get(address).content.decode(), "cash")
    posted = {"cash-reference": order.reference.replace(".", ""), "cash-cents": "", "cash-token": token}

    for _ in range(2):
        assert desk.post(f"{address}/einnehmen", posted).status_code == 302

    assert stand.again(order).state == "paid"
    assert "180,00" in desk.get(address).content.decode()


@pytest.mark.parametrize(
    ("reference", "cents", "words"),
    [("26.0000000.0", "1", "gibt es nicht"), ("", "1", "Kassenzeichen"), (None, "30,01", "nicht möglich"), (None, "zwölf", "so: 12,50")],
)
def test_a_mistake_at_the_counter_keeps_what_was_typed(client: Client, reference: str | None, cents: str, words: str) -> None:
    order, session = stand.order_of(), drawer()
    desk = cast.signed_in(client, cast.mika())
    address = f"/buero/kasse/barkasse/{session.pk}"
    posted = {
        "cash-reference": order.reference if reference is None else reference,
        "cash-cents": cents,
        "cash-token": token_in(desk.get(address).content.decode(), "cash"),
    }

    refused = desk.post(f"{address}/einnehmen", posted)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert f'value="{cents}"' in refused.content.decode()


def test_a_drawer_is_counted_and_the_count_is_listed(client: Client) -> None:
    session = drawer()
    desk = cast.signed_in(client, cast.mika())

    desk.post(
        f"/buero/kasse/barkasse/{session.pk}/abfuehren",
        {
            "pickup-cents": "100,00",
            "pickup-token": token_in(desk.get(f"/buero/kasse/barkasse/{session.pk}").content.decode(), "pickup"),
        },
    )
    counted = desk.post(
        f"/buero/kasse/barkasse/{session.pk}/schliessen", {"count-counted_cents": "49,50", "count-note": "50 Cent fehlen"}, follow=True
    )

    assert "50 Cent fehlen" in counted.content.decode()
    assert "-0,50" in counted.content.decode()
