"""One house and one browser for all journeys of a module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.stage import CHROMIUM, WHY_SKIPPED, Stage, chromium, leave, the_stage


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """The running house."""
    yield the_stage()
    leave()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    if not CHROMIUM:
        pytest.skip(WHY_SKIPPED)
    with chromium() as running:
        yield running
