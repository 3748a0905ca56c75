"""ZIP archives of bank files: each file taken for itself; an archive that is damaged, locked or too large is refused as a whole."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from direktdraht.config import cli
from direktdraht.payments import actions, bank_folder, jobs
from direktdraht.payments.camt import archives
from direktdraht.payments.models import BankEntry, BankFile
from tests import cast
from tests.payments.bank import day, movement, own_account

pytestmark = pytest.mark.django_db
MONDAY = day(movement(500, "?"), total=500, name="S1")
TUESDAY = day(movement(700, "?"), total=700, opening=10500, name="S2")
UNBALANCED = day(movement(900, "?"), total=1000, name="S3")


@pytest.fixture(autouse=True)
def account() -> None:
    own_account()


def packed(**files: bytes) -> bytes:
    """An archive; an underscore in a name stands for the dot."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("2026")
        for name, content in files.items():
            archive.writestr(f"2026/{name.replace('_', '.')}", content)
    return whole.getvalue()


def take(content: bytes) -> list[BankFile]:
    return actions.take_bank_files(file=io.BytesIO(content), name="auszuege.zip")


def test_each_file_of_an_archive_is_taken_once() -> None:
    both = packed(montag_xml=MONDAY, dienstag_xml=TUESDAY)

    first, again = take(both), take(both)

    assert [(one.name, one.state) for one in first] == [
        ("auszuege.zip/2026/montag.xml", "read"),
        ("auszuege.zip/2026/dienstag.xml", "read"),
    ]
    assert [one.pk for one in again] == [one.pk for one in first]
    assert BankEntry.objects.count() == 2


def test_a_file_that_was_taken_unpacked_is_known_in_the_archive() -> None:
    single = actions.take_bank_file(file=io.BytesIO(MONDAY), name="montag.xml")

    assert take(packed(montag_xml=MONDAY)) == [single]


def test_one_bad_file_does_not_hold_up_the_others() -> None:
    taken = take(packed(gut_xml=MONDAY, schief_xml=UNBALANCED, liesmich_txt=b"Guten Tag", innen_zip=packed(dienstag_xml=TUESDAY)))

    assert [one.state for one in taken] == ["read", "refused", "refused", "refused"]
    assert [one.findings[0][0] for one in taken[1:]] == ["unbalanced", "malformed", "zip"]
    assert BankEntry.objects.count() == 1


def locked() -> bytes:
    """An archive whose file is marked as encrypted, in its directory and before its content."""
    content = bytearray(packed(montag_xml=MONDAY))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = next(one for one in archive.infolist() if not one.is_dir())
    content[entry.header_offset + 6] |= 1
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1
    return bytes(content)


def flipped() -> bytes:
    """An archive with one wrong byte in the packed content."""
    content = bytearray(packed(montag_xml=MONDAY))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = next(one for one in archive.infolist() if not one.is_dir())
    content[entry.header_offset + 30 + len(entry.filename) + 20] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "case"),
    [
        (packed(montag_xml=MONDAY)[:-30], "archive_damaged"),
        (flipped(), "archive_damaged"),
        (locked(), "archive_locked"),
        (packed(), "archive_empty"),
        (b"PK\x05\x06" + bytes(18), "archive_empty"),
    ],
    ids=["cut off", "a wrong byte", "locked", "only a folder", "nothing at all"],
)
def test_an_archive_that_cannot_be_unpacked_is_kept_as_refused(content: bytes, case: str) -> None:
    (refused,) = take(content)

    assert (refused.name, refused.state, refused.findings[0][0]) == ("auszuege.zip", "refused", case)
    assert take(content) == [refused]
    assert not BankEntry.objects.exists()


@pytest.mark.parametrize(("bound", "most"), [("MOST_FILES", 1), ("MOST_UNPACKED", len(MONDAY))])
def test_too_many_or_too_large_files_are_refused_before_anything_is_unpacked(
    bound: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, bound, most)

    (refused,) = take(packed(montag_xml=MONDAY, dienstag_xml=TUESDAY))

    assert refused.findings[0][0] == "size"


def test_the_desk_says_how_many_files_were_read(client: Client) -> None:
    desk = cast.signed_in(client, cast.mika())
    file = SimpleUploadedFile("auszuege.zip", packed(gut_xml=MONDAY, schief_xml=UNBALANCED), "application/zip")

    shown = desk.post(reverse("finance:files"), {"file": file}, follow=True).content.decode()

    assert "Das Archiv enthielt 2 Dateien: 1 eingelesen, 1 abgelehnt." in shown
    assert "auszuege.zip/2026/schief.xml" in shown


def test_the_folder_sorts_an_archive_by_its_worst_file(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    inbox = bank_folder.folder(bank_folder.INBOX)
    (inbox / "gut.zip").write_bytes(packed(montag_xml=MONDAY))
    (inbox / "teils.zip").write_bytes(packed(dienstag_xml=TUESDAY, schief_xml=UNBALANCED))
    bank_folder.SECONDS_OLD, before = 0, bank_folder.SECONDS_OLD
    try:
        assert jobs.read_bank_folder(0) == 2
    finally:
        bank_folder.SECONDS_OLD = before

    assert [path.name for path in bank_folder.folder(bank_folder.DONE).iterdir()] == ["gut.zip"]
    assert [path.name for path in bank_folder.folder(bank_folder.REFUSED).iterdir()] == ["teils.zip"]
    assert BankEntry.objects.count() == 2


def test_the_command_checks_every_file_of_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "auszuege.zip"
    path.write_bytes(packed(montag_xml=MONDAY, dienstag_xml=TUESDAY))

    assert cli.main(["bank", "check", str(path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["statements"]) == 2


def test_the_command_names_the_file_of_an_archive_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "auszuege.zip"
    path.write_bytes(packed(montag_xml=MONDAY, liesmich_txt=b"Guten Tag"))

    assert cli.main(["bank", "check", str(path)]) == 1
    assert "Im Archiv liegt auszuege.zip/2026/liesmich.txt: Zeile 1" in capsys.readouterr().err
