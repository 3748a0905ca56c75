"""On a shared computer: after "An diesem Gerät beenden" the back button shows nothing."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.journeys.people import Resident, press
from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser


def content_of(page: Page) -> str:
    """What the page holds once it has stopped changing."""
    for _try in range(20):
        page.wait_for_load_state()
        with suppress(Error):  # it was just leaving
            return page.content()
        page.wait_for_timeout(200)
    raise TimeoutError("The page never stopped changing.")


def test_the_back_button_shows_nothing_after_leaving(stage: Stage, browser: Browser, tmp_path: Path) -> None:
    page = context_of(browser, stage).new_page()
    page.goto("/formulare/sperrmuell")
    press(page, "Beginnen")
    Resident(page, tmp_path).fills_in_the_form()
    expect(page.locator("main")).to_contain_text("Robin Weber")
    page.get_by_role("link", name="Speichern und später weitermachen").click()
    press(page, "Code anzeigen")
    code = page.inner_text("#fortsetzen-code")
    press(page, "An diesem Gerät beenden")
    expect(page).to_have_url(f"{stage.url}/")

    seen = []
    for _step in range(8):
        with suppress(Error):  # the browser refuses to send a form once more
            page.go_back(wait_until="load")
        seen.append(content_of(page))

    for words in ("Robin Weber", "robin@example.org", "Lange Straße", "Matratze</textarea>", code):
        assert not [text for text in seen if words in text], words
    assert any("Diese Seite gibt es nicht" in text for text in seen)
    page.context.close()
