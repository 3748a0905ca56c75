"""A whole house with the example of a payment provider beside it, and a person who sends, pays and does not give up."""

import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from direktdraht.foundation import clock
from tests.processes.house import ROOT, Browser, House, free_port, wait_for

PREPARE = """
from tests.submissions.way import published_form
published_form()
"""


@contextmanager
def till() -> Iterator[House]:
    """A house with the example of a payment provider beside it."""
    folder = Path(tempfile.mkdtemp(prefix="dd-till-"))
    running = House(folder)
    provider: subprocess.Popen[bytes] | None = None
    try:
        running.start()
        running.execute(PREPARE)
        settings = running.data / "payments" / "provider.toml"
        command = [sys.executable, "-m", "sandbox.payment_provider", "--web", str(free_port()), "--settings", str(settings)]
        provider = subprocess.Popen([*command, "--notify", f"{running.url}/zahlung/meldung/online"], cwd=ROOT)
        wait_for(settings.exists, 30, "the payment provider")
        yield running
    finally:
        if provider is not None:
            provider.terminate()
            provider.wait(10)
        running.close()
        shutil.rmtree(folder, ignore_errors=True)


def writes_express(browser: Browser) -> str:
    """Write the form with its fee, patiently; returns the draft's id."""
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
    return draft


def press_send(browser: Browser, draft: str) -> str:
    """Press the button of the page with all answers, unless it is sent already; gives the page that is open then."""
    page = browser.get(f"/antrag/{draft}/pruefen")
    if "eingegangen" not in browser.at:
        browser.post(f"/antrag/{draft}/absenden", {"seen": page.split('name="seen" value="')[1].split('"')[0]})
    return browser.page


def sends_express(browser: Browser) -> str:
    """Send the form with its fee, patiently; returns the address of the order."""
    draft = writes_express(browser)

    def attempt() -> str:
        press_send(browser, draft)
        return browser.get(f"/antrag/{draft}/eingegangen")

    page = browser.patiently(attempt)
    return "/zahlung/" + page.split('href="/zahlung/')[1].split('"')[0]


def pays(browser: Browser, order: str, *, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Press the button until the provider's page is there, pay, and come back; ``meanwhile`` happens before the payment."""

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
        meanwhile()
        site = urllib.parse.urlsplit(settings_of(browser.house)["base_url"])
        with browser.opener.open(f"{site.scheme}://{site.netloc}{at}", b"doing=pay", timeout=30) as answer:
            return str(answer.read().decode())

    browser.patiently(attempt)


def settings_of(house: House) -> dict[str, str]:
    """The connection with the provider."""
    lines = (house.data / "payments" / "provider.toml").read_text(encoding="utf-8").splitlines()
    return {name.strip(): value.strip().strip('"') for name, _, value in (line.partition("=") for line in lines)}
