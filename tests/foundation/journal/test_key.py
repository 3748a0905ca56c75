"""The journal's key is made once, even when several processes start at the same time."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from direktdraht.foundation.journal import keys, signing

MAKE = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(DATA_DIR=Path(sys.argv[1]))
from direktdraht.foundation.journal import keys
print(keys.key_id())
"""


def test_the_first_start_makes_a_key_that_only_the_owner_reads(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path

    first = keys.key_id()

    path = tmp_path / "keys" / "journal-ed25519.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert first == signing.key_id(signing.public_key(keys.public_key_pem()))
    assert len(first) == 16


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", MAKE, str(tmp_path)], stdout=subprocess.PIPE) for _ in range(4)]

    names = {process.communicate()[0] for process in started}

    assert len(names) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["journal-ed25519.pem"]


@pytest.mark.parametrize("content", [b"", b"no key"])
def test_a_broken_key_is_named_and_never_replaced(settings: Settings, tmp_path: Path, content: bytes) -> None:
    settings.DATA_DIR = tmp_path
    path = tmp_path / "keys" / "journal-ed25519.pem"
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(keys.SigningKeyProblem, match="cannot be read"):
        keys.signing_key()

    assert path.read_bytes() == content
