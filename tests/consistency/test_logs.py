"""The watcher over the logs sees what it must see; every other test runs under it."""

import logging

import pytest

from tests import cast
from tests.harness.logs import WATCHER


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN EC PRIVATE KEY-----",
        f"signed in with {cast.PASSWORD}",
        "opened with T7KQ-9MXD-4HPA-ACDE-FHJK-MNPQ-RTVW",
        "submission of Robin Weber",
        "token=eyJhbGciOi",
        "PIN: 123456",
    ],
)
def test_a_secret_in_a_line_is_seen(line: str) -> None:
    logging.getLogger("direktdraht.test").warning("%s", line)

    assert WATCHER.take() == [f"direktdraht.test: {line}"]


def test_an_honest_line_is_not(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("direktdraht.test").warning("trusted list %s: %s", "https://ec.europa.eu/lotl.xml", "out of date")

    assert WATCHER.take() == []
    assert caplog.records
