"""Real kills on the way of a payment: whatever dies at whatever point, the money is booked once and nothing is lost."""

from collections.abc import Iterator

import pytest

from tests.processes.house import Browser, House, wait_for
from tests.processes.till import pays, sends_express, till

pytestmark = pytest.mark.processes

POINTS = [
    "order.before_commit",
    "payment.begun",
    "payment.before_provider",
    "payment.after_provider",
    "payment.told",
    "payment.receipt_posted",
    "payment.before_commit",
]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with till() as running:
        yield running


@pytest.mark.parametrize("point", POINTS)
def test_killing_the_web_process_loses_and_doubles_no_money(house: House, point: str) -> None:
    browser = Browser(house)
    if point == "order.before_commit":
        house.arm(point)
    order = sends_express(browser)
    if point != "order.before_commit":
        house.arm(point)
    reference = order.rpartition("/")[2]

    pays(browser, order)

    wait_for(lambda: house.ask("SELECT state FROM payments_order WHERE reference = %s", reference) == [("paid",)], 150, house.log()[-1500:])
    assert house.reached() == point
    once = "SELECT count(*) FROM payments_posting p JOIN payments_order o ON o.id = p.order_id WHERE o.reference = %s AND p.kind = %s"
    assert house.ask(once, reference, "charge") == [(1,)]
    assert house.ask(once, reference, "receipt") == [(1,)]
    unbalanced = "SELECT posting_id FROM payments_postingline GROUP BY 1 HAVING sum(CASE side WHEN 'debit' THEN cents ELSE -cents END) <> 0"
    assert house.ask(unbalanced) == []
