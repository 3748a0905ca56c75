"""What the project stands on: few, each with its reason, locked by digest and not by address."""

import json
import re
import tomllib

import pytest

from tests.consistency.tree import ROOT

LOCKS = ("requirements/run.txt", "requirements/dev.txt")
MOST = 45
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def run_time_lines() -> list[str]:
    """The lines of the run-time dependencies."""
    return PYPROJECT.split("dependencies = [", 1)[1].split("\n]", 1)[0].strip().splitlines()


def test_every_run_time_dependency_gives_its_reason() -> None:
    assert [line for line in run_time_lines() if not re.search(r'",?\s+# \w.+', line)] == []


def test_there_are_fewer_than_forty_five() -> None:
    assert len(tomllib.loads(PYPROJECT)["project"]["dependencies"]) < MOST


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_digests(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if re.match(r"[a-zA-Z0-9]", line)]

    assert packages
    assert [line.split(" ")[0] for line in packages if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_no_lock_names_an_address_of_a_download(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"--(?:extra-)?index-url|\"resolved\"|https?://\S*(?:registry|pypi|pythonhosted)\S*", text) == []


def test_every_locked_package_of_npm_has_a_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert [name for name, facts in packages.items() if name and not facts.get("integrity", "").startswith("sha512-")] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").lower()
    wanted = [re.split(r"[\[><=;]", line)[0].lower() for line in tomllib.loads(PYPROJECT)["project"]["dependencies"]]

    assert [name for name in wanted if not re.search(rf"^{re.escape(name)}(?:\[.*\])?==", text, re.MULTILINE)] == []
