"""Roots of the journal get timestamps of a foreign service; OpenSSL confirms them, and forged ones are named."""

import base64
import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from direktdraht.config import cli
from direktdraht.foundation import clock, journal
from direktdraht.foundation.checks import Level
from direktdraht.foundation.journal import queries
from direktdraht.foundation.journal.actions import keep_stamp, seal_pending
from direktdraht.foundation.journal.checking import verify_journal
from direktdraht.foundation.journal.exporting import export_to
from direktdraht.foundation.journal.models import RootStamp, Seal
from direktdraht.foundation.journal.report import Report
from direktdraht.foundation.journal.verification import verify_export
from direktdraht.writtenform import root_stamps, stamping
from direktdraht.writtenform.signatures.trust import Trust, read_trust
from tests.writtenform.services import Service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sealed(settings: Settings, tmp_path: Path, service: Service) -> Path:
    """Two seals in a journal whose data folder names the time-stamping service; returns that file."""
    settings.DATA_DIR = tmp_path / "data"
    address = tmp_path / "data" / "keys" / "seal-timestamps.txt"
    address.parent.mkdir(parents=True)
    address.write_text(f"{service.address}/tsa\n")
    for number in range(2):
        journal.record("case.opened", subject=f"case:{number}")
        seal_pending()
    return address


def verified(trust: Trust) -> Report:
    """The journal, with its timestamps examined."""
    return verify_journal(root_stamps.examiner(lambda: trust, clock.now() + timedelta(seconds=2)))


def test_each_root_gets_one_timestamp_and_openssl_confirms_it(service: Service, tmp_path: Path, client: Client) -> None:
    assert stamping.stamp_roots() == 2
    assert stamping.stamp_roots() == 0

    seal = Seal.objects.get(number=2)
    token = tmp_path / "root.tst"
    token.write_bytes(client.get("/journal/siegel/2").content)
    words = ["openssl", "ts", "-verify", "-digest", seal.root, "-token_in", "-in", str(token)]
    words += ["-CAfile", str(service.folder / "root.pem"), "-untrusted", str(service.folder / "issuer.pem")]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "Verification: OK" in said.stdout, said.stderr
    page = client.get("/journal").content.decode()
    assert "Sandbox Zeitstempel" in page
    assert "Common Name" not in page
    assert client.get("/journal/siegel/99").status_code == 404


def test_the_check_counts_timestamps_and_says_who_is_trusted(service: Service) -> None:
    stamping.stamp_roots()

    vouched, unknown = verified(service.trust), verified(read_trust({}))

    assert (vouched.ok, vouched.stamps, vouched.vouched_stamps) == (True, 2, 2)
    assert (unknown.ok, unknown.stamps, unknown.vouched_stamps) == (True, 2, 0)
    assert "2 of 2 roots bear a timestamp, 2 by a trusted service; made at most 0 minutes after sealing." in vouched.lines


def _of_another_root() -> bytes:
    return bytes(RootStamp.objects.get(seal_id=1).token)


def _cut_off() -> bytes:
    return bytes(RootStamp.objects.get(seal_id=2).token)[:-20]


def _changed() -> bytes:
    token = bytearray(RootStamp.objects.get(seal_id=2).token)
    token[-3] ^= 1
    return bytes(token)


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (_of_another_root, "its timestamp is no timestamp of this root, or its signature does not hold."),
        (_changed, "its timestamp is no timestamp of this root, or its signature does not hold."),
        (_cut_off, "its timestamp cannot be read."),
        (lambda: b"", None),
        (lambda: b"no token", "its timestamp cannot be read."),
    ],
)
def test_a_forged_timestamp_is_named(service: Service, forge: Callable[[], bytes], why: str | None) -> None:
    stamping.stamp_roots()
    RootStamp.objects.filter(seal_id=2).update(token=forge())

    report = verified(service.trust)

    assert [str(failure) for failure in report.failures] == ([f"seal 2: {why}"] if why else [])


def test_a_journal_that_was_rebuilt_cannot_bring_old_timestamps(service: Service) -> None:
    with clock.frozen(clock.now() + timedelta(days=400)):
        journal.record("case.opened", subject="case:3")
        seal_pending()
    stamping.stamp_roots()

    report = verified(service.trust)

    assert str(report.failures[0]) == "seal 3: its timestamp is older than its seal."


def test_timestamps_go_along_with_an_export(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stamping.stamp_roots()
    file, key, trust = tmp_path / "journal.jsonl", tmp_path / "key.pem", tmp_path / "trust"
    export_to(file)
    key.write_text(journal.public_key_pem())
    trust.mkdir()
    (trust / "root.pem").write_bytes((service.folder / "root.pem").read_bytes())

    assert cli.main(["verify", "--export", str(file), "--key", str(key), "--trust", str(trust), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["timestamps"]["by_trusted_service"] == 2
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert base64.b64decode(lines[1]["seal"]["timestamp"]) == bytes(RootStamp.objects.get(seal_id=1).token)
    assert cli.main(["verify", "--key", str(key), "--receipt", str(file), "--trust", str(trust)]) == 2


@pytest.mark.parametrize("instant", ["2026-01-02T03:04:05", "soon", None, "0001-01-01T00:00:00Z"])
def test_a_hostile_export_with_a_timestamp_gives_a_report(tmp_path: Path, instant: str | None, service: Service) -> None:
    stamping.stamp_roots()
    file = tmp_path / "journal.jsonl"
    export_to(file)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    lines[1]["seal"]["sealed_at"] = instant
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))

    report = verify_export(file, journal.public_key_pem(), examine=root_stamps.examiner(lambda: service.trust, clock.now()))

    assert not report.ok


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/tsa", "ftp://example.org/tsa", "{service}/issuer.crl"])
def test_a_service_that_does_not_answer_is_named_and_asked_again(
    service: Service, sealed: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    sealed.write_text(address.format(service=service.address))

    assert stamping.stamp_roots() == 0

    assert "no timestamp for seal 2" in caplog.text
    with clock.frozen(clock.now() + timedelta(hours=2)):
        (finding,) = stamping.findings()
    assert finding.level == Level.WARNING
    sealed.write_text(f"{service.address}/tsa")
    assert stamping.stamp_roots() == 2
    assert [finding.level for finding in stamping.findings()] == [Level.FINE]


def test_without_a_service_nothing_is_asked(sealed: Path) -> None:
    sealed.unlink()

    assert stamping.stamp_roots() == 0
    assert list(stamping.findings()) == []
    assert len(queries.seals_without_stamp(limit=9)) == 2


def test_a_root_keeps_its_first_timestamp() -> None:
    stamping.stamp_roots()

    assert not keep_stamp(1, b"other", stamped_at=clock.now(), authority="other")
