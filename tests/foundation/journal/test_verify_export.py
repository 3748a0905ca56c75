"""Checking an export with the public key alone: every kind of change is found and named."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from direktdraht.foundation import journal
from direktdraht.foundation.journal import records, signing
from direktdraht.foundation.journal.exporting import export_to
from direktdraht.foundation.journal.keys import signing_key
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.journal.report import Report
from direktdraht.foundation.journal.verification import UnreadableExport, verify_export

from .conftest import lines_of, write_lines

Lines = list[dict[str, Any]]


def check(path: Path) -> Report:
    """The report on an export, with the journal's own key."""
    return verify_export(path, journal.public_key_pem())


def of_entry(lines: Lines, entry: Entry) -> dict[str, Any]:
    """The record of one row."""
    found: dict[str, Any] = next(line["entry"] for line in lines if line.get("entry", {}).get("id") == entry.id)
    return found


def test_an_unchanged_export_holds(exported: Path) -> None:
    report = check(exported)

    assert report.ok
    assert (report.entries, report.sealed, report.seals, report.unsealed) == (6, 5, 2, 1)
    assert report.lines == ["6 rows checked: 5 sealed in 2 batches, 1 signed, not yet sealed.", "Everything holds."]
    assert report.to_json()["first_failure"] is None


def test_an_empty_journal_holds(db: None, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"

    assert export_to(path) == 0
    assert check(path).ok
    with pytest.raises(FileExistsError):
        export_to(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "case.closed"),
        ("subject", "case:other"),
        ("facts", {"number": "9"}),
        ("recorded_at", "2020-01-01T00:00:00.000000Z"),
        ("by", "somebody"),
        ("digest", "ab" * 32),
        ("row_hash", "ab" * 32),
        ("facts", {"ratio": 2**70}),
    ],
)
def test_a_changed_row_is_the_first_that_is_named(exported: Path, rows: list[Entry], field: str, value: object) -> None:
    lines = lines_of(exported)
    of_entry(lines, rows[1])[field] = value
    write_lines(exported, lines)

    report = check(exported)

    assert not report.ok
    assert report.failures[0].row == f"entry {rows[1].id}"
    assert report.failed == 1


def resigned(record: dict[str, Any]) -> None:
    """A forger without the key: the hash is right again, the signature is the forger's."""
    record["row_hash"] = records.row_hash(record)
    record["signature"] = signing.sign(Ed25519PrivateKey.generate(), records.entry_message(record["row_hash"]))


def test_a_row_of_another_key_is_found(exported: Path, rows: list[Entry]) -> None:
    lines = lines_of(exported)
    record = of_entry(lines, rows[5])
    record["kind"] = "case.reopened"
    resigned(record)
    write_lines(exported, lines)

    assert str(check(exported).failures[0]) == f"entry {rows[5].id}: its signature does not hold."


def test_whoever_has_the_key_still_cannot_change_a_sealed_row(exported: Path, rows: list[Entry]) -> None:
    lines = lines_of(exported)
    record = of_entry(lines, rows[0])
    record["kind"] = "case.reopened"
    record["row_hash"] = records.row_hash(record)
    record["signature"] = signing.sign(signing_key(), records.entry_message(record["row_hash"]))
    write_lines(exported, lines)

    assert str(check(exported).failures[0]) == "seal 1: its rows do not give its root."


def without(test: Callable[[dict[str, Any]], bool]) -> Callable[[Lines], Lines]:
    """The lines without those that meet the test."""
    return lambda lines: [line for line in lines if not test(line)]


def in_seal(number: int) -> Callable[[dict[str, Any]], bool]:
    """Whether a line is this seal or one of its rows."""
    return lambda line: line.get("seal", {}).get("number") == number or line.get("entry", {}).get("seal") == number


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (without(lambda line: line.get("entry", {}).get("position") == 1), "seal 1: its row at position 1 is missing."),
        (without(lambda line: line.get("entry", {}).get("position") == 2), "seal 1: it covers 3 rows, 2 are there."),
        (without(in_seal(1)), "seal 2: seal 1 is missing."),
        (without(in_seal(2)), "end: entries: 6 at export, 4 now."),
        (without(lambda line: line.get("entry", {}).get("seal", 0) is None), "end: entries: 6 at export, 5 now."),
        (without(lambda line: "end" in line), "end: the file is shortened; its end is missing."),
        (without(lambda line: line.get("seal", {}).get("number") == 2), "its seal 2 is missing."),
        (lambda lines: [*lines, lines[2]], "end: there are records behind the end."),
        (lambda lines: [lines[0], lines[1], lines[3], lines[2], *lines[4:]], "seal 1: its row at position 0 is missing."),
        (lambda lines: [*lines[:4], lines[3], *lines[4:]], "seal 1: its row at position 2 is missing."),
    ],
)
def test_missing_moved_and_added_rows_are_found(exported: Path, change: Callable[[Lines], Lines], failure: str) -> None:
    write_lines(exported, change(lines_of(exported)))

    assert failure in str(check(exported).failures[0])


@pytest.mark.parametrize(
    ("field", "value", "failure"),
    [
        ("root", "ab" * 32, "its signature does not hold."),
        ("size", 4, "its signature does not hold."),
        ("sealed_at", "2020-01-01T00:00:00.000000Z", "its signature does not hold."),
        ("previous_root", "ab" * 32, "it does not name the root before it."),
        ("number", 7, "seal 2 is missing."),
        ("number", "two", "seal 2 is missing."),
    ],
)
def test_a_changed_seal_is_found(exported: Path, field: str, value: object, failure: str) -> None:
    lines = lines_of(exported)
    seal = next(line["seal"] for line in lines if line.get("seal", {}).get("number") == 2)
    seal[field] = value
    write_lines(exported, lines)

    assert str(check(exported).failures[0]) == f"seal {value if field == 'number' else 2}: {failure}"


def test_a_changed_end_is_found(exported: Path) -> None:
    lines = lines_of(exported)
    lines[-1]["end"]["entries"] = 5
    write_lines(exported, lines)

    assert str(check(exported).failures[0]) == "end: its signature does not hold."


def test_another_key_does_not_fit(exported: Path) -> None:
    other = signing.public_pem(Ed25519PrivateKey.generate().public_key())

    report = verify_export(exported, other)

    assert str(report.failures[0]) == "header: the journal was signed with another key."


@pytest.mark.parametrize("pem", ["", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_text_that_is_no_key_is_refused(exported: Path, pem: str) -> None:
    with pytest.raises(signing.KeyProblem, match="no public key"):
        verify_export(exported, pem)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"nonsense", "Line 1 of the file is not JSON"),
        (b"\xff\xfe", "Line 1 of the file is not JSON"),
        (b"[1]", "Line 1 of the file is not part of a journal"),
        (b'{"entry": {}}', "Line 1 of the file is not part of a journal"),
        (b'{"format": "other/1"}', "no file of the form direktdraht-journal/1"),
        (b"[" * 100_000, "Line 1 of the file is not JSON"),
        (b'"' + b"x" * 1_100_000 + b'"', "Line 1 of the file is too long"),
    ],
)
def test_a_file_that_is_no_export_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(UnreadableExport, match=sentence):
        check(path)


@pytest.mark.parametrize("line", [{"entry": 5}, {"seal": None}, {"other": 1}, {"format": "direktdraht-journal/1"}])
def test_a_strange_line_is_refused(exported: Path, line: dict[str, object]) -> None:
    lines = lines_of(exported)
    write_lines(exported, [lines[0], line, *lines[1:]])

    with pytest.raises(UnreadableExport):
        check(exported)


def test_checking_needs_no_django(exported: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text(journal.public_key_pem())
    program = (
        "import sys, pathlib; from direktdraht.foundation.journal import verification;"
        "report = verification.verify_export(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text());"
        "import json; print(json.dumps([report.ok, 'django' in sys.modules]))"
    )

    done = subprocess.run([sys.executable, "-c", program, str(exported), str(key)], check=True, capture_output=True)

    assert json.loads(done.stdout) == [True, False]
