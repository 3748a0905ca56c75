"""Orders of these tests belong to a stall that notes what it is told; staff have shown their second factor."""

from typing import Any

import pytest

from tests.payments import stand


@pytest.fixture(autouse=True)
def stall() -> stand.Stall:
    return stand.stall()


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
