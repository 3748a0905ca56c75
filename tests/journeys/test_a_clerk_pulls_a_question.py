"""A clerk pulls a question to another place with mouse or finger; Escape leaves it where it was."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page(stage: Stage, browser: Browser) -> Page:
    """The outline of the form that the stage has in work."""
    opened = context_of(browser, stage, "toni").new_page()
    opened.goto(f"/buero/formulare/{stage.values['form']}/entwurf?seite=items")
    return opened


def keys(page: Page) -> list[str | None]:
    return [line.get_attribute("data-key") for line in page.locator(".dd-outline > li").all()]


def pull(page: Page, place: int, to: int) -> None:
    """Press on the grip of a line and move over another one."""
    lines = page.locator(".dd-outline > li")
    lines.nth(place).locator(".dd-grip").hover()
    page.mouse.down()
    box = lines.nth(to).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2, steps=5)


def test_a_question_is_pulled_two_places_up_and_stays_there(page: Page) -> None:
    before = keys(page)

    pull(page, 2, 0)
    expect(page.locator(".dd-outline").locator("xpath=..").get_by_role("status")).to_contain_text("Platz 1")
    page.mouse.up()

    expect(page.locator(".dd-done")).to_be_visible()
    assert keys(page)[:3] == [before[2], before[0], before[1]]
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator(".dd-outline > li").first).to_have_attribute("data-key", str(before[0]))
    page.context.close()


def test_escape_leaves_it_where_it_was(page: Page) -> None:
    before = keys(page)

    pull(page, 2, 0)
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".dd-pulled")).to_have_count(0)
    assert keys(page) == before
    page.context.close()
