"""On a phone, with and without JavaScript: an appointment is found, booked, moved and cancelled, by keyboard where it counts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import click, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.mark.parametrize("script", [True, False])
def test_an_appointment_is_found_moved_and_cancelled_on_a_phone(stage: Stage, browser: Browser, *, script: bool) -> None:
    page = context_of(browser, stage, width=PHONE, script=script).new_page()
    page.goto("/termine")
    page.get_by_label("Sperrgut abgeben").check()
    press(page, "Freie Zeiten zeigen")
    nothing_scrolls_sideways(page)
    takes_the_first_time(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wer kommt?")

    page.get_by_label("Name").fill("Robin Weber")
    press(page, "Termin buchen")
    expect(page.locator("main")).to_contain_text("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an.")
    expect(page.get_by_label("Name")).to_have_value("Robin Weber")
    page.get_by_label("Telefon").fill("0511 123456")
    press(page, "Termin buchen")
    expect(page.locator("main")).to_contain_text("Ihr Termin ist gebucht")
    nothing_scrolls_sideways(page)
    first = fact(page, "Wann")

    click(page, "Verschieben")
    nothing_scrolls_sideways(page)
    takes_the_first_time(page)
    expect(page.locator("main")).to_contain_text("Ihr Termin ist verschoben")
    assert fact(page, "Wann") != first

    click(page, "Absagen")
    expect(page.locator("main")).to_contain_text("Das lässt sich nicht rückgängig machen.")
    press(page, "Termin absagen")
    expect(page.locator("main")).to_contain_text("Dieser Termin ist abgesagt.")
    page.context.close()


def takes_the_first_time(page: Page) -> None:
    """Reach the first free time by keyboard and press it; its name says time, day and place."""
    first = page.locator("button[name=zeit]").first
    expect(first).to_have_accessible_name(re.compile(rf"^\d\d:\d\d Uhr ?, {re.escape(day_of(page))}, Wertstoffhof Nord"))
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def day_of(page: Page) -> str:
    """The day that stands above the first free times."""
    return page.locator(".dd-times__day").first.inner_text()


def fact(page: Page, name: str) -> str:
    """A fact of the summary."""
    return page.locator(".dd-summary__row", has_text=name).locator("dd").first.inner_text()


def nothing_scrolls_sideways(page: Page) -> None:
    """The page is as narrow as the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
