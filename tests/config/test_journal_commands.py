"""``journal export`` and ``verify`` on the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from direktdraht.config import cli
from direktdraht.config.commands import verify
from direktdraht.foundation import journal
from direktdraht.foundation.journal.actions import seal_pending
from direktdraht.foundation.journal.models import Entry


@contextmanager
def already_there(environment: object) -> Iterator[None]:
    """The tests' database is reachable already."""
    yield


@pytest.fixture(autouse=True)
def rows(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Two sealed rows; commands reach the tests' database."""
    monkeypatch.setattr(cli, "reachable_database", already_there)
    monkeypatch.setattr(verify, "reachable_database", already_there)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.harness.settings")
    entries = [journal.record("case.opened", subject=f"case:{n}", facts={"number": f"{n}"}) for n in range(2)]
    seal_pending()
    return entries


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The public key as a file."""
    path = tmp_path / "key.pem"
    path.write_text(journal.public_key_pem())
    return path


def test_the_database_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--all"]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == "Everything holds."


def test_a_broken_row_gives_exit_status_1_and_one_document(capsys: pytest.CaptureFixture[str], rows: list[Entry]) -> None:
    Entry.objects.filter(id=rows[0].id).update(by="somebody")

    assert cli.main(["verify", "--json"]) == 1

    document = json.loads(capsys.readouterr().out)
    assert document["first_failure"] == f"entry {rows[0].id}: its content does not match its hash."


def test_an_export_is_checked_with_the_key_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: Path
) -> None:
    file = tmp_path / "journal.jsonl"

    assert cli.main(["journal", "export", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(file), "entries": 2}
    monkeypatch.setattr(verify, "reachable_database", None)
    assert cli.main(["verify", "--export", str(file), "--key", str(key)]) == 0
    assert cli.main(["journal", "export", str(file)]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("with_key", [True, False])
def test_a_receipt_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path, key: Path, rows: list[Entry], with_key: bool) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(journal.queries.receipt(rows[0], number="0")))

    status = cli.main(["verify", "--receipt", str(file), *(["--key", str(key)] if with_key else [])])

    assert status == 0
    assert capsys.readouterr().out == "Receipt 0: sealed in batch 1.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--export", "{file}"], "--export needs the public key"),
        (["--key", "{key}"], "--key belongs to"),
        (["--export", "{none}", "--key", "{key}"], "No such file"),
        (["--export", "{file}", "--key", "{file}"], "no public key"),
        (["--export", "{key}", "--key", "{key}"], "is not JSON"),
        (["--receipt", "{key}", "--key", "{key}"], "is not JSON"),
        (["--receipt", "{file}"], "is no receipt"),
        (["--receipt", "{none}"], "No such file"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, key: Path, words: list[str], sentence: str
) -> None:
    file = tmp_path / "file"
    file.write_text("[]")

    status = cli.main(["verify", *[word.format(file=file, key=key, none=tmp_path / "none") for word in words]])

    printed = capsys.readouterr()
    assert status == 2
    assert printed.out == ""
    assert sentence in printed.err
    assert len(printed.err.splitlines()) == 1
