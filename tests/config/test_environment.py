"""What the process is told from outside: known names only, and a production that cannot be made careless."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.consistency.tree import ROOT, tracked

from direktdraht.config import environment
from direktdraht.config.environment import KNOWN, EnvironmentProblem, read

QUESTION = """
import json
from django.conf import settings
names = {names}
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""
SECRET = "a long random text that only this test knows"


def settings_of(names: list[str], **variables: str) -> "subprocess.CompletedProcess[str]":
    """Ask a fresh process for settings under an environment."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("DIREKTDRAHT_", "DATABASE_URL", "DJANGO_"))}
    given = {"DATABASE_URL": "postgresql://nobody@/nowhere", "DJANGO_SETTINGS_MODULE": "direktdraht.config.settings", **variables}
    command = [sys.executable, "-c", QUESTION.format(names=names)]
    return subprocess.run(command, env=known | given, capture_output=True, text=True, check=False, cwd=ROOT)


def production(names: list[str], **variables: str) -> dict[str, Any]:
    """Settings in production with a secret key."""
    done = settings_of(names, DIREKTDRAHT_ENV="production", DIREKTDRAHT_SECRET_KEY=SECRET, **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("DIREKTDRAHT_DATEN", "DIREKTDRAHT_DATA"), ("DIREKTDRAHT_SECRETKEY", "DIREKTDRAHT_SECRET_KEY"), ("DIREKTDRAHT_MODE", "DIREKTDRAHT_")],
)
def test_an_unknown_name_is_an_error_that_names_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(EnvironmentProblem, match=meant) as problem:
        read({typed: "x", "DIREKTDRAHT_SECRET_KEY": SECRET})

    assert typed in str(problem.value)


def test_names_of_others_are_no_business_of_ours() -> None:
    found = read({"DIREKTDRAHTIG": "x", "LANG": "de_DE.UTF-8", "DIREKTDRAHT_SECRET_KEY": SECRET})

    assert found.secret_key == SECRET


def test_an_unset_mode_is_production() -> None:
    assert read({"DIREKTDRAHT_SECRET_KEY": SECRET}).mode == "production"


@pytest.mark.parametrize("mode", ["Production", "dev", "debug", ""])
def test_an_unknown_mode_is_refused(mode: str) -> None:
    with pytest.raises(EnvironmentProblem, match="production, demo or test"):
        read({"DIREKTDRAHT_ENV": mode, "DIREKTDRAHT_SECRET_KEY": SECRET})


@pytest.mark.parametrize("given", [{}, {"DIREKTDRAHT_SECRET_KEY": ""}])
def test_production_without_a_secret_does_not_start(given: dict[str, str]) -> None:
    with pytest.raises(EnvironmentProblem, match="DIREKTDRAHT_SECRET_KEY"):
        read(given)


@pytest.mark.parametrize("number", ["-1", "10", "zwei", "1.5", "²"])
def test_a_strange_number_of_proxies_is_refused(number: str) -> None:
    with pytest.raises(EnvironmentProblem, match="DIREKTDRAHT_PROXIES"):
        read({"DIREKTDRAHT_PROXIES": number, "DIREKTDRAHT_SECRET_KEY": SECRET})


def test_a_secret_of_the_demo_is_kept_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    first = read({"DIREKTDRAHT_ENV": "demo", "DIREKTDRAHT_DATA": str(tmp_path)}).secret_key
    second = read({"DIREKTDRAHT_ENV": "demo", "DIREKTDRAHT_DATA": str(tmp_path)}).secret_key

    assert first == second
    assert len(first) >= 48
    assert (tmp_path / "keys" / "secret-key").stat().st_mode & 0o077 == 0


def test_production_always_asks_staff_for_a_second_factor() -> None:
    others = {"DIREKTDRAHT_BASE_URL": "http://127.0.0.1:8000", "SECOND_FACTOR_REQUIRED": "0", "DIREKTDRAHT_PROXIES": "1", "DEBUG": "1"}

    found = production(["SECOND_FACTOR_REQUIRED", "DEBUG"], **others)

    assert found == {"SECOND_FACTOR_REQUIRED": True, "DEBUG": False}


def test_only_the_demo_goes_without_a_second_factor(tmp_path: Path) -> None:
    done = settings_of(["SECOND_FACTOR_REQUIRED"], DIREKTDRAHT_ENV="demo", DIREKTDRAHT_DATA=str(tmp_path))

    assert json.loads(done.stdout) == {"SECOND_FACTOR_REQUIRED": False}


def test_with_https_cookies_travel_only_there() -> None:
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"]

    found = production([*names, "SECURE_HSTS_SECONDS"], DIREKTDRAHT_BASE_URL="https://direktdraht.musterstadt.example")

    assert [found[name] for name in names] == [True] * 4
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600


def test_production_answers_only_to_its_own_name() -> None:
    found = production(["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"], DIREKTDRAHT_BASE_URL="https://direktdraht.musterstadt.example")

    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "direktdraht.musterstadt.example", "localhost"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://direktdraht.musterstadt.example"]


def test_production_without_a_secret_says_so_in_one_sentence() -> None:
    command = [sys.executable, "-m", "direktdraht.config.cli", "check"]
    known = {key: value for key, value in os.environ.items() if not key.startswith(("DIREKTDRAHT_", "DATABASE_URL", "DJANGO_"))}

    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.returncode == 2
    assert done.stderr.startswith("direktdraht: DIREKTDRAHT_SECRET_KEY is missing.")
    assert "Traceback" not in done.stderr


def test_every_name_of_the_environment_is_explained_to_operators() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in tracked() if path.suffix == ".md")

    assert [name for name in KNOWN if name not in pages] == []
    assert all(environment.KNOWN.values())
