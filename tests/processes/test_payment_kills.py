"""Real kills on the way of a payment: whatever dies at whatever point, the money is booked once and nothing is lost."""

import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from direktdraht.foundation import clock
from tests.processes.house import ROOT, Browser, House, free_port, wait_for

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
PREPARE = """
from tests.submissions.way import published_form
published_form()
"""


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """A house with the example of a payment provider beside it."""
    folder = Path(tempfile.mkdtemp(prefix="dd-till-"))
    running = House(folder)
    running.start()
    running.execute(PREPARE)
    settings = running.data / "payments" / "provider.toml"
    command = [sys.executable, "-m", "sandbox.payment_provider", "--web", str(free_port()), "--settings", str(settings)]
    provider = subprocess.Popen([*command, "--notify", f"{running.url}/zahlung/meldung/online"], cwd=ROOT)
    wait_for(settings.exists, 30, "the payment provider")
    yield running
    provider.terminate()
    provider.wait(10)
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


def sends_express(browser: Browser) -> str:
    """Send the form with its fee, patiently; returns the address of the order."""
    browser.patiently(lambda: browser.get("/formulare/sperrmuell"))
    browser.post("/formulare/sperrmuell", {})
    draft = browser.at.split("/")[2]
    day = clock.today() + timedelta(days=14 - clock.today().weekday())
    dates = {"day.day": str(day.day), "day.month": str(day.month), "day.year": str(day.year)}
    place = {"place.street": "Lange Straße", "place.number": "1", "place.postal_code": "26121", "place.city": "Ort", "place.country": "DE"}
    pages = {"place": place, "items": {"kind": "furniture", "count": "2", "express": "true", **dates}, "contact": {"contact_name": "Robin"}}
    for key, answers in pages.items():
        path = f"/antrag/{draft}/seite/{key}"
        browser.get(path)
        browser.post(path, {"email": "robin@example.org", **answers, "_next": "1"} if key == "contact" else {**answers, "_next": "1"})

    def attempt() -> str:
        page = browser.get(f"/antrag/{draft}/pruefen")
        if "eingegangen" not in browser.at:
            browser.post(f"/antrag/{draft}/absenden", {"seen": page.split('name="seen" value="')[1].split('"')[0]})
        return browser.get(f"/antrag/{draft}/eingegangen")

    page = browser.patiently(attempt)
    return "/zahlung/" + page.split('href="/zahlung/')[1].split('"')[0]


def pays(browser: Browser, order: str) -> None:
    """Press the button until the provider's page is there, pay, and come back."""

    def attempt() -> str:
        page = browser.get(order)
        if "Es ist alles bezahlt." in page:
            return page
        if "Weiter zum Zahlungsdienst" not in page and "Jetzt online bezahlen" in page:
            page = browser.post(f"{order}/bezahlen", {"way": "online"})
        elif "Weiter zum Zahlungsdienst" in page:
            page = browser.opener.open(page.split('kern-btn--secondary" href="')[1].split('"')[0], timeout=30).read().decode()
        if 'action="/bezahlen/' not in page:
            browser.get(order)
            browser.post(f"{order}/nachfragen", {})
            return ""
        at = page.split('action="')[1].split('"')[0]
        site = urllib.parse.urlsplit(settings_of(browser.house)["base_url"])
        with browser.opener.open(f"{site.scheme}://{site.netloc}{at}", b"doing=pay", timeout=30) as answer:
            return str(answer.read().decode())

    browser.patiently(attempt)


def settings_of(house: House) -> dict[str, str]:
    """The connection with the provider."""
    lines = (house.data / "payments" / "provider.toml").read_text(encoding="utf-8").splitlines()
    return {name.strip(): value.strip().strip('"') for name, _, value in (line.partition("=") for line in lines)}


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
