"""Real kills where money goes back and where a bank file is taken: nothing is sent twice, half booked or lost.

Three jobs of three kinds die one after the other in each round, before the first of them is taken up again: so many kills
cost one wait for the jobs of dead workers.
"""

import os
import time
from collections.abc import Callable, Iterator

import pytest

from tests.payments.bank import day, movement
from tests.payments.bank_files import ACCOUNT
from tests.processes.house import Browser, House, wait_for
from tests.processes.till import pays, press_send, till, writes_express
from tests.scale import examples

pytestmark = pytest.mark.processes

PREPARE = f"""
from django.db import transaction
from direktdraht.foundation import clock
from direktdraht.payments import setup
from direktdraht.payments.actions.settings import add_rule
from direktdraht.payments.models import PayFirstRule
from direktdraht.services.models import Service
from tests import cast
from tests.submissions import way
with transaction.atomic():
    setup.save(setup.current().model_copy(update={{"iban": "{ACCOUNT}"}}))
    service = Service.objects.get(form_key=way.FORM).key
    add_rule(rule=PayFirstRule(service=service, legal_basis="Satzung, § 9", valid_from=clock.today()), by=cast.mika())
"""
# An order that is to be paid by transfer; the number stands in the file.
ORDERED = """
from django.db import transaction
from direktdraht.payments import actions
from direktdraht.payments.by_hand import OWNER
line = actions.WantedLine("Ausweis", 3000, "331100")
with transaction.atomic():
    order = actions.create_order(owner_kind=OWNER, owner_id="{key}", title="Ausweis", payer=actions.Payer("Robin"), lines=[line])
"""
# The folder is looked at now and not only at the next five minutes.
LOOK = """
from procrastinate.exceptions import AlreadyEnqueued
from direktdraht.payments.jobs import read_bank_folder
try:
    read_bank_folder.defer(timestamp=0)
except AlreadyEnqueued:
    pass
"""
# What came for an order goes back through the provider.
BACK = """
from django.db import transaction
from direktdraht.payments import actions
from direktdraht.payments.models import Order
order = Order.objects.get(reference="{reference}")
with transaction.atomic():
    actions.refund_automatically(order=order, cents=order.total_cents, payment=order.payments.paid()[0], reason="doppelt")
"""
BALANCED = "SELECT posting_id FROM payments_postingline GROUP BY 1 HAVING sum(CASE side WHEN 'debit' THEN cents ELSE -cents END) <> 0"
PAID_FIRST = ["paid_first.before_submit", "paid_first.before_refund", ""]
REFUNDS = ["refund.after_provider", "refund.before_provider", "refund.before_commit"]
BANK = ["bank.before_commit", "bank.before_move", "bank.before_commit@database"]
# A round waits for minutes: the first one always, the others in the long tests.
ROUNDS = min(3, examples(1))


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with till() as running:
        running.execute(PREPARE)
        yield running


def dies(house: House, point: str, act: Callable[[], None]) -> None:
    """Do something that leads to a death at a point, and wait for it; then the next can be planned."""
    name, _, victim = point.partition("@")
    house.arm(name, house.database_pid() if victim else None)
    act()
    wait_for(lambda: house.reached() == name, 180, f"the point {name}: {house.log()[-1500:]}")


def paid_first(house: House, point: str) -> tuple[str, str]:
    """A form that is paid first is paid, and the worker dies before it sends it or gives the money back: draft and order."""
    browser = Browser(house)
    draft = writes_express(browser)
    browser.patiently(lambda: press_send(browser, draft))
    order = browser.at

    def discard() -> None:
        if point == "paid_first.before_refund":
            browser.get(f"/antrag/{draft}/verwerfen")
            browser.post(f"/antrag/{draft}/verwerfen", {})

    dies(house, point, lambda: pays(browser, order, meanwhile=discard))
    return draft, order.rpartition("/")[2]


def paid_online(house: House) -> str:
    """Another form that is paid first and sent: the reference of its order."""
    browser = Browser(house)
    draft = writes_express(browser)
    browser.patiently(lambda: press_send(browser, draft))
    order = browser.at
    pays(browser, order)
    sent = "SELECT count(*) FROM submissions_submission WHERE id = %s"
    wait_for(lambda: house.ask(sent, draft) == [(1,)], 150, f"the submission: {house.log()[-1500:]}")
    return order.rpartition("/")[2]


def ordered(house: House, number: int) -> str:
    """An order that waits for a transfer: its reference."""
    house.execute(ORDERED.format(key=f"bank-{number}"))
    ((reference,),) = house.ask("SELECT reference FROM payments_order WHERE owner_id = %s", f"bank-{number}")
    return str(reference)


def bank_file(house: House, number: int, reference: str) -> None:
    """A file of three movements comes into the bank's folder, old enough to be taken, and the folder is looked at."""
    rows = [movement(3000, reference), movement(700, f"Unbekannt {number}"), movement(-200, f"Gebühr {number}", iban="")]
    path = house.data / "bank" / "eingang" / f"{number}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(day(*rows, total=3500, opening=10000 + 3500 * number, name=f"S{number}"))
    old = time.time() - 120
    os.utime(path, (old, old))
    house.execute(LOOK)


def refunded_once(house: House, reference: str) -> None:
    """The whole amount went back, once, and the order says so."""
    back = "SELECT state FROM payments_order WHERE reference = %s"
    wait_for(lambda: house.ask(back, reference) == [("refunded",)], 240, f"the refund: {house.log()[-1500:]}")
    count = "SELECT count(*) FROM payments_posting p JOIN payments_order o ON o.id = p.order_id WHERE o.reference = %s AND p.kind = %s"
    assert house.ask(count, reference, "refund_paid") == [(1,)]
    assert house.ask(count, reference, "receipt") == [(1,)]


def taken_once(house: House, number: int, reference: str) -> None:
    """All movements of a file are there once, and the one with a reference has paid its order."""
    paid = "SELECT state, received_cents FROM payments_order WHERE reference = %s"
    wait_for(lambda: house.ask(paid, reference) == [("paid", 3000)], 240, f"the bank file: {house.log()[-1500:]}")
    files = "SELECT state, count(*) FROM payments_bankfile WHERE name = %s GROUP BY 1"
    entries = "SELECT count(*) FROM payments_bankentry e JOIN payments_bankfile f ON f.id = e.file_id WHERE f.name = %s"
    moved = house.data / "bank" / "gelesen" / f"{number}.xml"
    wait_for(moved.exists, 240, f"the file's new place: {house.log()[-1500:]}")
    assert house.ask(files, f"{number}.xml") == [("read", 1)]
    assert house.ask(entries, f"{number}.xml") == [(3,)]


@pytest.mark.parametrize("number", range(ROUNDS), ids=REFUNDS[:ROUNDS])
def test_killing_worker_and_database_sends_nothing_twice_and_books_nothing_half(house: House, number: int) -> None:
    to_refund, reference = paid_online(house), ordered(house, number)
    first = paid_first(house, PAID_FIRST[number]) if PAID_FIRST[number] else None

    dies(house, REFUNDS[number], lambda: house.execute(BACK.format(reference=to_refund)))
    dies(house, BANK[number], lambda: bank_file(house, number, reference))

    refunded_once(house, to_refund)
    taken_once(house, number, reference)
    if PAID_FIRST[number] == "paid_first.before_submit" and first is not None:
        sent = "SELECT count(*) FROM submissions_submission WHERE id = %s"
        wait_for(lambda: house.ask(sent, first[0]) == [(1,)], 150, f"the submission: {house.log()[-1500:]}")
    elif first is not None:
        refunded_once(house, first[1])
    assert house.ask(BALANCED) == []


def test_after_all_kills_the_books_are_right(house: House) -> None:
    checked = house.run("check")

    assert "ledger: in order" in checked.stdout, checked.stdout
    assert house.ask("SELECT count(*) FROM payments_bankentry") == [(3 * ROUNDS,)]
