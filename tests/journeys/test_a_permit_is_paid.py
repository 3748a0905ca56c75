"""A resident parking permit is applied for and then paid online, with a provider that tells of it twice and late."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from direktdraht.foundation import clock
from tests.harness.pdfs import words_of
from tests.journeys.people import PLACE, click, pictures, press
from tests.journeys.stage import Stage, context_of
from tests.pages.test_browser import NARROW, problems
from tests.processes.house import ROOT, free_port, wait_for

pytestmark = pytest.mark.browser
PERSON = {"first_name": "Robin", "last_name": "Weber", "email": "robin@example.org", **PLACE}
BORN = {"born.day": "29", "born.month": "2", "born.year": "1984"}
PUBLISH = """
from tests.submissions.way import published_form
published_form("bewohnerparkausweis")
"""


@pytest.fixture(scope="module", autouse=True)
def provider(stage: Stage) -> Iterator[str]:
    """The example of a payment provider as a process of its own, connected with the house only here."""
    settings, port = stage.house.data / "payments" / "provider.toml", free_port()
    command = [sys.executable, "-m", "sandbox.payment_provider", "--web", str(port), "--settings", str(settings)]
    process = subprocess.Popen([*command, "--notify", f"{stage.url}/zahlung/meldung/online"], cwd=ROOT)
    wait_for(settings.exists, 30, "the payment provider")
    stage.house.execute(PUBLISH)
    yield f"http://127.0.0.1:{port}"
    settings.unlink()
    process.terminate()
    process.wait(10)


def switch(provider: str, **switches: int) -> None:
    """Let the provider misbehave."""
    urllib.request.urlopen(urllib.request.Request(f"{provider}/switch", json.dumps(switches).encode())).close()


def applies(page: Page, folder: Path) -> str:
    """Fill in the form and send it; returns the number on the receipt."""
    page.goto("/formulare/bewohnerparkausweis")
    press(page, "Beginnen")
    for name, value in {**PERSON, **BORN}.items():
        page.fill(f"[name='{name.replace('place.', 'home.')}']", value)
    press(page, "Weiter")
    page.fill("[name='plate']", "OL-AB 123")
    page.check("[name='holder'][value='self']")
    page.set_input_files("[name='registration']", pictures(folder)[0])
    press(page, "Weiter")
    page.check("[name='zone'][value='A']")
    start = clock.today() + timedelta(days=1)
    for part, number in (("day", start.day), ("month", start.month), ("year", start.year)):
        page.fill(f"[name='start.{part}']", str(number))
    page.check("[name='years'][value='1']")
    page.check("[name='truth']")
    press(page, "Weiter")
    expect(page.locator("main")).to_contain_text("Sie zahlen erst nach dem Absenden.")
    press(page, "Verbindlich absenden")
    expect(page.locator("main")).to_contain_text("Ihr Antrag ist eingegangen")
    return page.inner_text("#vorgangsnummer")


def becomes_paid(page: Page) -> bool:
    """Whether the page says so after a reload."""
    page.reload()
    return "Es ist alles bezahlt." in page.inner_text("main")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_permit_is_paid_and_the_provider_tells_it_twice_and_late(
    stage: Stage, browser: Browser, provider: str, tmp_path: Path, script: bool
) -> None:
    page = context_of(browser, stage, width=NARROW, script=script).new_page()
    number = applies(page, tmp_path)
    click(page, "30,70 € bezahlen")
    assert not script or problems(page, page.reload()) == []
    order = page.url

    press(page, "Jetzt online bezahlen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezahlen")
    switch(provider, silent=1)  # the question on the way back gets no answer
    press(page, "Bezahlen, Meldung doppelt und spät")
    expect(page).to_have_url(order)
    expect(page.locator("main")).to_contain_text("noch nicht bestätigt, wir fragen nach")
    assert not script or problems(page, page.reload()) == []
    wait_for(lambda: becomes_paid(page), 90, f"the payment: {stage.house.log()[-1500:]}")

    reference = order.rpartition("/")[2]
    booked = (
        "SELECT count(*) FROM payments_posting p JOIN payments_order o ON o.id = p.order_id WHERE o.reference = %s AND p.kind = 'receipt'"
    )
    page.wait_for_timeout(2500)  # the second message has come by then
    assert stage.house.ask(booked, reference) == [(1,)]
    assert not script or problems(page, page.reload()) == []
    with page.expect_download() as download:
        click(page, "Zahlungsbeleg (PDF)")
    download.value.save_as(tmp_path / "beleg.pdf")
    assert "30,70" in words_of((tmp_path / "beleg.pdf").read_bytes())
    page.goto(f"/vorgang/{number}")
    expect(page.locator("main")).to_contain_text("30,70 €, bezahlt")
    page.context.close()


def test_whoever_changes_their_mind_at_the_provider_can_pay_otherwise(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    page = context_of(browser, stage, width=NARROW).new_page()
    applies(page, tmp_path)
    click(page, "30,70 € bezahlen")

    press(page, "Jetzt online bezahlen")
    press(page, "Zurück, ohne zu zahlen")
    expect(page.locator("main")).to_contain_text("Eine Online-Zahlung läuft.")
    press(page, "Zahlung abbrechen")

    expect(page.get_by_role("button", name="Jetzt online bezahlen")).to_be_visible()
    page.context.close()
