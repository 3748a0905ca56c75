"""Keys and certificates are made once, and so is the demo's eID server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.people.eid import counterpart as process
from tests.people.eid.city import World
from tests.people.eid.counterpart import Counterpart

from direktdraht.people.eid import own


@pytest.fixture(scope="session")
def world() -> World:
    """City, eID server, strangers."""
    return World()


@pytest.fixture(scope="session")
def process_beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counterpart]:
    """The running process."""
    folder: Path = tmp_path_factory.mktemp("house")
    process.write_city(folder)
    with process.running(folder) as running:
        yield running


@pytest.fixture
def counterpart(process_beside: Counterpart, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counterpart]:
    """The process, connected with this house and in good order."""
    monkeypatch.setattr(own, "folder", lambda: process_beside.folder)
    monkeypatch.setattr(own, "key_file", lambda name="eid.key": process_beside.folder.parent / "keys" / name)
    yield process_beside
    process_beside.switch("ok")
