"""The strict harness: database, frozen strictness, page checks. Autouse, so no test can forget it."""

import gc
import logging
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from tests.harness.database import SESSION
from tests.harness.logs import WATCHER
from tests.harness.pages import check_page
from tests.harness.strict import RaisingText, random_order

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, max_examples=25, print_blob=False)
hypothesis.settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Stop the session's database server."""
    SESSION.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that wait for processes or a browser come first: others fill their pauses, and none of them is alone at the end."""
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("processes", "browser")])


def pytest_collection_finish() -> None:
    """All code is loaded and stays: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    """An unknown template variable fails the test that renders it."""
    templates: Any = django_settings.TEMPLATES
    templates[0]["OPTIONS"]["string_if_invalid"] = RaisingText("%s")


@pytest.fixture(autouse=True)
def strict_order() -> Iterator[None]:
    """Queries without an order come back in random order."""
    with random_order():
        yield


@pytest.fixture(autouse=True)
def no_job_left(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """A test that really commits leaves no job behind: its tables are not Django's own and are not emptied with them."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if (mark is not None and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    """No log line of the product holds a secret or a person."""
    logging.getLogger().addHandler(WATCHER)
    yield
    found = WATCHER.take()
    assert not found, found


@pytest.fixture(autouse=True)
def strict_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every HTML page that a test sees keeps the house rules."""
    request = Client.request

    def request_and_check(self: Client, **extra: Any) -> Any:
        response = request(self, **extra)
        if response.get("Content-Type", "").startswith("text/html") and not getattr(response, "streaming", False) and response.content:
            check_page(response.content.decode(), f"{extra.get('REQUEST_METHOD', 'GET')} {extra.get('PATH_INFO', '?')}")
        return response

    monkeypatch.setattr(Client, "request", request_and_check)
