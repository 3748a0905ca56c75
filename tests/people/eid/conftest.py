"""Keys and certificates are made once."""

import pytest
from tests.people.eid.city import World


@pytest.fixture(scope="session")
def world() -> World:
    """City, eID server, strangers."""
    return World()
