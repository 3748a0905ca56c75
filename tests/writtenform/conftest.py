"""One invented world for all tests of this folder in a run."""

import logging
from collections.abc import Iterator

import pytest

from tests.writtenform.services import Service, running_service
from tests.writtenform.world import World


@pytest.fixture(scope="session")
def world() -> World:
    """Authorities, people and services, made when first asked for."""
    return World()


@pytest.fixture(autouse=True)
def quiet_library() -> None:
    """pyHanko reports every attack that it finds with a stack trace; the checks say it in a sentence."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A trust service beside the tests; its users share an xdist group, so that it runs once."""
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running
