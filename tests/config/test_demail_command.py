"""``direktdraht demail check``: a mail in, one JSON document out, without database and environment."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.writtenform.demail_world import CITY, SENDER, DemailWorld, draft
from tests.writtenform.pki import AT

from direktdraht.config import cli


@pytest.fixture(scope="module")
def provider() -> DemailWorld:
    """The invented provider."""
    return DemailWorld()


@pytest.fixture
def trust(tmp_path: Path, provider: DemailWorld) -> Path:
    """A folder with its root."""
    folder = tmp_path / "trust"
    folder.mkdir()
    for name, data in provider.trust().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def file(tmp_path: Path, provider: DemailWorld) -> Path:
    """A mail whose sender is confirmed."""
    found = tmp_path / "widerspruch.eml"
    found.write_bytes(provider.sealed(draft()))
    return found


def run(*words: str | Path) -> int:
    return cli.main(["demail", "check", *map(str, words)])


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path, status: int) -> Any:
    assert run(*words, "--at", AT.isoformat(), "--json") == status
    return json.loads(capsys.readouterr().out)


def test_a_confirmed_sender_is_status_0(file: Path, trust: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = answer(capsys, file, "--trust", trust, status=0)

    assert list(result) == ["demail", "sender_confirmed", "sender", "auth_level", "checks"]
    assert (result["demail"], result["sender_confirmed"], result["sender"], result["auth_level"]) == (True, True, SENDER, "high")
    assert {frozenset(check) for check in result["checks"]} == {frozenset({"name", "ok", "detail"})}


def test_a_changed_mail_is_status_1_and_names_nobody(file: Path, trust: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(file.read_bytes().replace(b"lege ich", b"lege ich keinen"))

    result = answer(capsys, file, "--trust", trust, status=1)

    assert (result["demail"], result["sender_confirmed"], result["sender"], result["auth_level"]) == (False, False, None, None)
    assert [check["name"] for check in result["checks"] if check["ok"] is False] == ["body"]


def test_the_answer_for_people_says_what_was_not_checked(file: Path, trust: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--trust", trust, "--at", AT.isoformat()) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["De-Mail, absenderbestätigt", f"Von {SENDER} (Robin Beispiel)"]
    assert any(line.startswith("nicht geprüft") and "revocation" in line for line in said)


def test_what_is_no_mail_is_one_sentence_and_status_2(tmp_path: Path, trust: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leer.eml").write_bytes(b"")
    (tmp_path / "kein.eml").write_bytes(b"\x89PNG\r\n")

    for words in (
        (tmp_path / "leer.eml", "--trust", trust),
        (tmp_path / "kein.eml", "--trust", trust),
        (tmp_path / "fort.eml", "--trust", trust),
        (file, "--trust", tmp_path / "fort"),
        (file, "--trust", trust, "--at", "gestern"),
    ):
        assert run(*words, "--json") == 2

        printed = capsys.readouterr()
        assert (printed.out, len(printed.err.splitlines())) == ("", 1)


def test_it_works_with_an_empty_environment_on_mails_of_the_sandbox(tmp_path: Path) -> None:
    """The sandbox's own certificates and metadata, all by OpenSSL, against the command in a process of its own."""
    root = Path(__file__).parents[2]
    made = subprocess.run(
        [sys.executable, "-m", "sandbox.demail_provider", str(tmp_path / "ca"), "--sender", SENDER, "--recipient", CITY],
        input=f"From: Robin <{SENDER}>\nSubject: Widerspruch\n\nGuten Tag.\n".encode(),
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout
    (tmp_path / "a.eml").write_bytes(made)
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.pem").write_bytes((tmp_path / "ca" / "root.pem").read_bytes())
    command = [sys.executable, "-m", "direktdraht.config.cli", "demail", "check", "a.eml", "--trust", "trust", "--json"]

    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["sender"] == SENDER
