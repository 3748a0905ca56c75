"""The running house and the browser are those of the journeys."""

from tests.journeys.conftest import browser, stage

__all__ = ["browser", "stage"]
