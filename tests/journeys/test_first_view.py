"""The first view is small: a slow phone connection shows the home page at once."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.stage import Stage, context_of

pytestmark = pytest.mark.browser
MOST_BYTES = 150_000
MOST_REQUESTS = 8


@pytest.mark.parametrize("width", [390, 1280])
def test_the_home_page_is_light(stage: Stage, browser: Browser, width: int) -> None:
    page = context_of(browser, stage, width=width).new_page()
    watcher = page.context.new_cdp_session(page)
    watcher.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: dict[str, float] = {}
    watcher.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    watcher.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))

    page.goto("/", wait_until="networkidle")

    own = {key: url for key, url in asked.items() if not url.startswith("data:")}
    told = "\n".join(f"{sizes.get(key, 0):>8.0f} {url}" for key, url in own.items())
    page.context.close()
    assert all(url.startswith(stage.url) for url in own.values()), told
    assert len(own) <= MOST_REQUESTS, told
    assert sum(sizes.get(key, 0) for key in own) <= MOST_BYTES, told
    assert sum(sizes.values()) > 1_000
