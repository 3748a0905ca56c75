"""Staff of these tests have shown their second factor; how that is forced is tested in tests/people."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
