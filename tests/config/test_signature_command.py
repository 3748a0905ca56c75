"""``direktdraht signature check``: a file in, one JSON document out, without database and environment."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.writtenform.certificate_cases import TEXT, detached
from tests.writtenform.papers import paper, signed_by
from tests.writtenform.pki import AT
from tests.writtenform.signing import sign_digest
from tests.writtenform.world import World

from direktdraht.config import cli


@pytest.fixture(scope="module")
def world() -> World:
    """People and authorities."""
    return World()


@pytest.fixture
def trust(tmp_path: Path, world: World) -> Path:
    """A folder with the root and a trusted list."""
    folder = tmp_path / "trust"
    folder.mkdir()
    for name, data in world.with_list().items():
        (folder / name).write_bytes(data)
    return folder


def run(*words: str | Path) -> int:
    return cli.main(["signature", "check", *map(str, words)])


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path, status: int) -> Any:
    assert run(*words, "--at", AT.isoformat(), "--json") == status
    return json.loads(capsys.readouterr().out)


def test_a_qualified_signature_is_valid(tmp_path: Path, trust: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(signed_by(world.robin))

    result = answer(capsys, file, "--trust", trust, status=0)

    assert list(result) == ["valid", "qualified", "signers", "coverage", "level", "checks"]
    assert (result["valid"], result["qualified"], result["coverage"], result["level"]) == (True, True, "whole", "B-B")
    assert result["signers"] == [{"subject": "Robin Beispiel", "signed_at": "2026-05-01T10:00:00+00:00"}]
    assert {frozenset(check) for check in result["checks"]} == {frozenset({"name", "ok", "detail"})}


def test_a_changed_file_is_not_valid(tmp_path: Path, trust: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(signed_by(world.robin).replace(b"/V (100)", b"/V (999)"))

    assert answer(capsys, file, "--trust", trust, status=1)["valid"] is False


def test_the_signed_file_lies_beside_its_signature_or_is_named(
    tmp_path: Path, trust: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = detached(lambda w, v: sign_digest(v, w.robin))(world)
    (tmp_path / "brief.txt.p7s").write_bytes(made[0] if isinstance(made, tuple) else made)
    (tmp_path / "anderswo.txt").write_bytes(TEXT)

    assert run(tmp_path / "brief.txt.p7s", "--trust", trust) == 2
    assert "fehlt die unterschriebene Datei" in capsys.readouterr().err
    assert answer(capsys, tmp_path / "brief.txt.p7s", "--trust", trust, "--content", tmp_path / "anderswo.txt", status=0)["valid"]
    (tmp_path / "brief.txt").write_bytes(TEXT)
    assert answer(capsys, tmp_path / "brief.txt.p7s", "--trust", trust, status=0)["valid"]


def test_the_answer_for_people_says_what_was_not_checked(
    tmp_path: Path, trust: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(signed_by(world.robin))

    assert run(file, "--trust", trust, "--at", (AT + timedelta(days=1)).isoformat()) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "gültig, qualifiziert, B-B"
    assert any(line.startswith("nicht geprüft") and "revocation" in line for line in said)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Die Datei ist leer."), (b"Guten Tag", "weder ein PDF noch"), (paper(), "keine elektronische Unterschrift")],
)
def test_a_file_without_signature_is_one_sentence(
    tmp_path: Path, trust: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    (tmp_path / "brief.pdf").write_bytes(content)

    assert run(tmp_path / "brief.pdf", "--trust", trust, "--json") == 2

    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert sentence in printed.err


def test_what_is_missing_or_mistyped_is_one_sentence(tmp_path: Path, trust: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "brief.pdf").write_bytes(paper())

    for words in (
        (tmp_path / "fort.pdf", "--trust", trust),
        (tmp_path / "brief.pdf", "--trust", tmp_path / "fort"),
        (tmp_path / "brief.pdf", "--trust", trust, "--at", "gestern"),
    ):
        assert run(*words) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_files_beside_a_letter_are_never_run(tmp_path: Path, trust: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.pdf").write_bytes(signed_by(world.robin))
    for name in ("json", "base64", "pikepdf", "direktdraht"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run("brief.pdf", "--trust", trust, "--at", AT.isoformat()) == 0


def test_it_works_with_an_empty_environment(tmp_path: Path, trust: Path, world: World) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(signed_by(world.robin))
    command = [
        sys.executable,
        "-m",
        "direktdraht.config.cli",
        "signature",
        "check",
        str(file),
        "--trust",
        str(trust),
        "--at",
        AT.isoformat(),
    ]

    done = subprocess.run([*command, "--json"], env={}, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["qualified"] is True
