"""A place is drawn on the map by keyboard and by touch; the map never widens the page."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
PUBLISH = """
from direktdraht.foundation.geo.demo import DemoStreets
from tests.submissions import way
DemoStreets().seed(1)
way.published_form("meldung")
"""


@pytest.fixture(scope="module")
def published(stage: Stage) -> None:
    """The form for defects can be filled in."""
    stage.house.execute(PUBLISH)


@pytest.fixture(params=[320, 1280])
def page(published: None, stage: Stage, browser: Browser, request: pytest.FixtureRequest) -> Page:
    """The second page of the form for defects, which asks for the spot."""
    opened = context_of(browser, stage, width=request.param).new_page()
    opened.goto("/formulare/meldung")
    press(opened, "Beginnen")
    opened.check("[name=topic][value=pothole]")
    opened.fill("[name=description]", "Tiefes Schlagloch auf dem Radweg.")
    opened.check("[name=danger][value=false]")
    press(opened, "Weiter")
    return opened


def chosen(page: Page) -> str:
    """What the map wrote for the question."""
    return page.locator("[data-drawn] input:checked").input_value()


def test_a_point_is_set_by_keyboard_and_moves_with_the_arrow_keys(page: Page) -> None:
    page.locator(".dd-map__box").focus()
    page.keyboard.press("Enter")
    first = chosen(page)

    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")

    expect(page.locator("[data-drawn] input:checked")).not_to_have_value(first)
    latitude, longitude = (float(degrees) for degrees in chosen(page).split()[:2])
    assert latitude == pytest.approx(float(first.split()[0]), abs=0.002)
    assert longitude > float(first.split()[1])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.context.close()


def test_a_click_sets_the_point_which_stays_after_the_page_was_sent(page: Page) -> None:
    page.locator(".dd-map__box").click(position={"x": 60, "y": 200})
    written = chosen(page)

    press(page, "Zurück")
    press(page, "Weiter")

    expect(page.locator(".dd-map__box")).to_be_visible()
    assert page.locator("input[name=spot]:checked").input_value() == written
    page.get_by_role("button", name="Auf der Karte nichts wählen").click()
    expect(page.locator("input[name=spot]:checked")).to_have_count(0)
    page.context.close()
