"""A person begins on a phone, stops in the middle, and goes on later in another browser with a code."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import PLACE, Resident, a_monday, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
PHONE = 390
AS_NARROW_AS = "width => document.readyState === 'complete' && document.documentElement.scrollWidth <= width"


def test_a_form_is_filled_in_on_a_phone_in_two_sittings(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    first = context_of(browser, stage, width=PHONE).new_page()
    code = begins_and_stops(first, tmp_path)
    first.context.close()

    second = context_of(browser, stage, width=PHONE).new_page()
    goes_on_with(second, code)
    robin = Resident(second, tmp_path)
    expect(second.locator("[name=count]")).to_have_value("3")
    expect(second.locator("[name=kind][value=furniture]")).to_be_checked()
    finishes(second)
    expect(second.locator("main")).to_contain_text("Lange Straße 12")
    press(second, "Verbindlich absenden")

    receipt = robin.keeps_the_receipt()
    nothing_scrolls_sideways(second)
    robin.opens_the_case(receipt)
    second.context.close()


def begins_and_stops(page: Page, folder: Path) -> str:
    """The first page whole, the second in part; returns the code to go on with."""
    Resident(page, folder).finds_the_form()
    for name, value in PLACE.items():
        page.fill(f"[name='{name}']", value)
    press(page, "Weiter")
    page.check("[name=kind][value=furniture]")
    page.fill("[name=count]", "3")
    nothing_scrolls_sideways(page)
    press(page, "Speichern und später weitermachen")
    press(page, "Code anzeigen")
    nothing_scrolls_sideways(page)
    code = page.inner_text("#fortsetzen-code")
    press(page, "An diesem Gerät beenden")
    return code


def goes_on_with(page: Page, code: str) -> None:
    """Type the code on another device."""
    page.goto("/antrag/fortsetzen")
    page.get_by_label("Code").fill(code)
    press(page, "Weitermachen")
    nothing_scrolls_sideways(page)


def finishes(page: Page) -> None:
    """What was missing on the second page, then the third."""
    for name, value in a_monday().items():
        page.fill(f"[name='{name}']", value)
    page.check("[name=express][value=false]")
    press(page, "Weiter")
    page.fill("[name=contact_name]", "Robin Weber")
    page.fill("[name=email]", "robin@example.org")
    press(page, "Weiter")
    nothing_scrolls_sideways(page)


def nothing_scrolls_sideways(page: Page) -> None:
    """The page is as narrow as the phone; waits while a page is still on its way."""
    page.wait_for_function(AS_NARROW_AS, arg=PHONE)
