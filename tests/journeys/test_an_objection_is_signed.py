"""An objection needs a signature: the person prints it on the phone's way home, a clerk takes in the letter, both see the proof."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from direktdraht.foundation import clock
from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
PHONE = 390
ADDRESS = {"home.street": "Lange Straße", "home.number": "12", "home.postal_code": "26121", "home.city": "Musterstadt"}


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_letter_is_recognised_by_its_code(stage: Stage, browser: Browser, tmp_path: Path, script: bool) -> None:
    person = context_of(browser, stage, width=PHONE, script=script).new_page()
    clerk = context_of(browser, stage, "kim", script=script).new_page()
    objects(person)
    press(person, "Weiter zur Unterschrift")
    expect(person.get_by_role("heading", level=1)).to_have_text("So können Sie unterschreiben")

    click(person, "Auf Papier")
    code = person.inner_text("#code")
    with person.expect_download() as download:
        click(person, "Erklärung herunterladen (PDF)")
    letter = tmp_path / "brief.pdf"
    download.value.save_as(letter)
    assert code in "\n".join(page.extract_text() for page in PdfReader(letter).pages)

    takes_in_the_letter(clerk, code, letter)
    expect(clerk.locator("main")).to_contain_text("von Hand auf Papier")
    click(clerk, "Unterschrift")
    expect(clerk.locator("main")).to_contain_text("Diese Erklärung ist gültig unterschrieben.")
    press(clerk, "Belege noch einmal prüfen")
    expect(clerk.locator("main")).to_contain_text("Die aufbewahrten Belege sind unverändert.")

    person.reload()
    expect(person.locator("main")).to_contain_text("Ihr Antrag ist eingegangen")
    person.context.close()
    clerk.context.close()


def objects(page: Page) -> None:
    """Fill in the objection up to the review page."""
    page.goto("/formulare/widerspruch")
    press(page, "Beginnen")
    page.check("[name=topic][value=refused]")
    some_days_ago = clock.today() - timedelta(days=3)
    for name in ("dated", "received"):
        for part in ("day", "month", "year"):
            page.fill(f"[name='{name}.{part}']", str(getattr(some_days_ago, part)))
    page.check("[name=remedy][value=objection]")
    press(page, "Weiter")
    goes_on(page, "Gegen welchen Bescheid?")
    page.check("[name=scope][value=all]")
    page.check("[name=reasons_when][value=later]")
    press(page, "Weiter")
    goes_on(page, "Ihr Widerspruch")
    page.check("[name=for_other][value=false]")
    page.fill("[name='objector.given_name']", "Robin")
    page.fill("[name='objector.family_name']", "Weber")
    for name, value in ADDRESS.items():
        page.fill(f"[name='{name}']", value)
    page.fill("[name=email]", "robin@example.org")
    press(page, "Weiter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte prüfen Sie Ihre Angaben")


def goes_on(page: Page, title: str) -> None:
    """Once more where an answer brought up another question."""
    page.wait_for_load_state()
    if page.get_by_role("heading", level=1).inner_text() == title:
        press(page, "Weiter")


def takes_in_the_letter(page: Page, code: str, scan: Path) -> None:
    """The clerk types the code and states what they hold in hand."""
    page.goto("/buero/unterschriften")
    page.get_by_label("Code").fill(code)
    press(page, "Erklärung öffnen")
    page.get_by_label("Der Brief ist von Hand unterschrieben, der Text ist nicht verändert.").check()
    page.set_input_files("[name=scan]", scan)
    press(page, "Brief aufnehmen")
    expect(page.locator("main")).to_contain_text("eingegangen")
