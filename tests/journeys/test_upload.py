"""Files are sent while the person goes on filling in; without the script they come with the page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import PLACE, a_monday, pictures, press
from tests.journeys.stage import Stage, context_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(params=[390, 1280])
def page(stage: Stage, browser: Browser, request: pytest.FixtureRequest) -> Page:
    """The page of the bulky waste form that asks for photos."""
    opened = context_of(browser, stage, width=request.param).new_page()
    opened.goto("/formulare/sperrmuell")
    press(opened, "Beginnen")
    for name, value in PLACE.items():
        opened.fill(f"[name='{name}']", value)
    press(opened, "Weiter")
    return opened


def answer_the_rest(page: Page) -> None:
    """Everything on the page but the photos."""
    page.check("[name=kind][value=furniture]")
    for name, value in {"count": "3", **a_monday()}.items():
        page.fill(f"[name='{name}']", value)
    page.check("[name=express][value=false]")


def test_chosen_files_are_listed_and_sent(page: Page, tmp_path: Path) -> None:
    answer_the_rest(page)
    page.set_input_files("[name=photos]", pictures(tmp_path))
    expect(page.locator(".dd-stored li", has_text="entfernen")).to_have_count(2)

    page.locator(".dd-stored li", has_text="schrank.jpg").get_by_role("button", name="entfernen").click()
    expect(page.locator(".dd-stored li")).to_have_count(1)
    expect(page.locator("[name=count]")).to_have_value("3")
    press(page, "Weiter")

    expect(page.locator("[name=contact_name]")).to_be_visible()
    page.context.close()


def test_a_lost_connection_is_told_and_tried_again(page: Page, tmp_path: Path) -> None:
    answer_the_rest(page)
    page.route("**/datei", lambda route: route.abort())
    page.set_input_files("[name=photos]", pictures(tmp_path)[0])
    lost = page.locator(".dd-stored li", has_text="nicht angekommen")
    expect(lost).to_be_visible()
    page.unroute("**/datei")

    lost.get_by_role("button", name="noch einmal versuchen").click()

    expect(page.locator(".dd-stored li", has_text="sofa.jpg")).to_contain_text("entfernen")
    page.context.close()


def test_what_did_not_arrive_comes_with_the_page(page: Page, tmp_path: Path) -> None:
    answer_the_rest(page)
    page.route("**/datei", lambda route: route.abort())
    page.set_input_files("[name=photos]", pictures(tmp_path))
    expect(page.locator(".dd-stored li", has_text="nicht angekommen")).to_have_count(2)

    press(page, "Weiter")
    expect(page.locator("[name=contact_name]")).to_be_visible()
    press(page, "Zurück")

    expect(page.locator(".dd-stored li", has_text="entfernen")).to_have_count(2)
    page.context.close()
