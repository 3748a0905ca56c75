"""One provider for all tests: making keys takes longest."""

import shutil
from pathlib import Path

import pytest
from tests.people.bundid.provider import Provider


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """The identity provider of the tests."""
    if shutil.which("xmlsec1") is None:
        pytest.skip("xmlsec1 is missing: make setup-system")
    folder: Path = tmp_path_factory.mktemp("provider")
    return Provider(folder)
