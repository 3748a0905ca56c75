"""A new key takes over: rows, exports and receipts of the old one stay valid, and nobody else can slip in a key."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from pytest_django import Settings

from direktdraht.config import cli
from direktdraht.config.commands import verify
from direktdraht.foundation import clock, journal
from direktdraht.foundation.journal import keyring, keys, records, signing
from direktdraht.foundation.journal.actions import seal_pending
from direktdraht.foundation.journal.checking import verify_journal
from direktdraht.foundation.journal.exporting import export_to
from direktdraht.foundation.journal.health import journal_problems
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.journal.receipts import verify_receipt
from direktdraht.foundation.journal.rotation import change_key
from direktdraht.foundation.journal.verification import verify_export

from .conftest import lines_of, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """A data folder of its own: other tests keep their key."""
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def first_pem(own_folder: None) -> str:
    """The public key before any change."""
    return journal.public_key_pem()


@pytest.fixture
def changed(first_pem: str) -> list[Entry]:
    """A row under each of three keys, all sealed."""
    entries = []
    for number in range(3):
        entries.append(journal.record("case.opened", subject=f"case:{number}", facts={"number": f"{number}"}))
        seal_pending()
        if number < 2:
            change_key()
    return entries


@pytest.mark.usefixtures("changed")
def test_rows_and_seals_of_all_keys_hold() -> None:
    report = verify_journal()

    assert report.ok, report.lines
    assert len({entry.key_id for entry in Entry.objects.all()}) == 3
    assert list(journal_problems()) == []


@pytest.mark.usefixtures("changed")
def test_an_export_is_checked_with_the_first_key_or_the_present_one(tmp_path: Path, first_pem: str) -> None:
    export_to(tmp_path / "journal.jsonl")

    for pem in (first_pem, journal.public_key_pem()):
        report = verify_export(tmp_path / "journal.jsonl", pem)
        assert report.ok, report.lines


def test_receipts_of_each_key_are_checked_with_the_published_keys(changed: list[Entry], client: Client, first_pem: str) -> None:
    published = client.get("/journal/schluessel").content.decode()

    for number, entry in enumerate(changed):
        receipt = json.loads(json.dumps(journal.queries.receipt(entry, number=f"{number}")))
        assert verify_receipt(receipt, published).state.startswith("sealed in batch")
    old_receipt = journal.queries.receipt(changed[0], number="0")
    assert verify_receipt(old_receipt, first_pem).ok
    assert len(signing.public_keys(published)) == 3
    assert signing.public_pem(signing.public_keys(published)[0]) == journal.public_key_pem()


def test_a_running_process_signs_with_the_new_key_at_once(first_pem: str) -> None:
    name = change_key()

    entry = journal.record("case.opened", subject="case:1")

    assert entry.key_id == name == keys.key_id()
    assert journal.public_key_pem() != first_pem
    assert [path.name for path in keys.place().parent.iterdir()] == [keys.FILE_NAME]


def test_after_a_crash_the_change_goes_on_with_the_same_new_key(monkeypatch: pytest.MonkeyPatch, first_pem: str) -> None:
    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("direktdraht.foundation.journal.rotation.os.replace", power_cut)
        with pytest.raises(KeyboardInterrupt):
            change_key()
    assert journal.public_key_pem() == first_pem

    name = change_key()

    (row,) = journal.queries.key_changes()
    assert row["facts"]["new_key"] == keys.signing_key().public_key().public_bytes_raw().hex()
    assert name == keys.key_id()
    assert verify_journal().ok


@pytest.mark.usefixtures("changed")
def test_a_key_that_was_given_up_signs_no_later_row() -> None:
    old = keys.signing_key()
    change_key()
    with clock.frozen(clock.now() + timedelta(days=30)):
        forged = journal.record("case.decided", subject="case:1")
    row = {**journal.queries.entry_fields(forged)}
    signature = signing.sign(old, records.entry_message(records.row_hash(row)))
    Entry.objects.filter(id=forged.id).update(signature=signature, key_id=signing.key_id(old.public_key()))

    report = verify_journal()

    assert f"entry {forged.id}: it was signed with a key that had been given up." in [str(failure) for failure in report.failures]


def _change(old: Ed25519PrivateKey, new: Ed25519PrivateKey, **other: Any) -> dict[str, Any]:
    """A row that tells of a change, as it stands in an export."""
    row = {
        "id": 1,
        "recorded_at": "2026-01-02T03:04:05.000000Z",
        "kind": keyring.KIND,
        "subject": "journal:key",
        "digest": "",
        "facts": keyring.change_facts(old.public_key(), new),
        "by": "",
        **other,
    }
    return {**row, "signature": signing.sign(old, records.entry_message(records.row_hash(row)))}


OLD, NEW, EVIL = (Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32) for seed in (1, 2, 3))
FORGERIES: dict[str, Callable[[], dict[str, Any]]] = {
    "the new key did not agree": lambda: _change(OLD, NEW, facts={**keyring.change_facts(OLD.public_key(), NEW), "consent": "00" * 64}),
    "the old key did not sign": lambda: {**_change(OLD, NEW), "signature": "00" * 64},
    "another kind of row": lambda: _change(OLD, NEW, kind="case.opened"),
    "no facts": lambda: _change(OLD, NEW, facts={}),
    "facts that are no keys": lambda: _change(OLD, NEW, facts={"old_key": "x", "new_key": 3, "consent": None}),
    "the row was changed afterwards": lambda: {**_change(OLD, NEW), "recorded_at": "2020-01-02T03:04:05.000000Z"},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_change_links_no_keys(forgery: str) -> None:
    ring = keyring.KeyRing(signing.public_pem(OLD.public_key()), [FORGERIES[forgery]()])

    assert list(ring.keys) == [signing.key_id(OLD.public_key())]


def test_a_stolen_old_key_cannot_name_a_second_successor() -> None:
    stolen = _change(OLD, EVIL, recorded_at="2025-01-02T03:04:05.000000Z")

    ring = keyring.KeyRing(signing.public_pem(NEW.public_key()), [stolen, _change(OLD, NEW)])

    assert signing.key_id(EVIL.public_key()) not in ring.keys
    assert ring.keys[signing.key_id(OLD.public_key())].given_up_at == "2026-01-02T03:04:05.000000Z"


@pytest.mark.parametrize("at", ["2026-01-02T03:04:05", "9999-12-31T23:59:59.999999Z", "soon", None, 7])
def test_a_hostile_instant_is_one_after_the_key_was_given_up(at: object) -> None:
    ring = keyring.KeyRing(signing.public_pem(NEW.public_key()), [_change(OLD, NEW)])

    why = ring.why_not(signing.key_id(OLD.public_key()), b"message", signing.sign(OLD, b"message"), at)

    assert why == "it was signed with a key that had been given up."


@pytest.mark.usefixtures("changed")
def test_an_export_without_its_changes_names_the_first_row_of_another_key(tmp_path: Path, first_pem: str) -> None:
    path = tmp_path / "journal.jsonl"
    export_to(path)
    header, *others = lines_of(path)
    write_lines(path, [{**header, "key_changes": []}, *others])

    assert str(verify_export(path, first_pem).failures[0]) == "header: the journal was signed with another key."


def test_the_command_names_the_new_key(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(cli, "reachable_database", lambda _: nullcontext())
    monkeypatch.setattr(verify, "reachable_database", lambda _: nullcontext())
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.harness.settings")

    assert cli.main(["journal", "change-key", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {"key_id": keys.key_id()}
