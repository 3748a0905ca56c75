"""Files are stored by content, typed by content, and bombs, wrong types and hostile names do no harm."""

import io
import os
import socketserver
import struct
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from PIL import Image

from direktdraht.foundation.documents import actions, cleaning, owners, storage
from direktdraht.foundation.documents.models import Document, State
from direktdraht.foundation.documents.previews import make_preview
from direktdraht.foundation.documents.types import OFFICE_TYPES, DocumentRefused

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def jpeg(size: tuple[int, int] = (40, 30)) -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", size, "navy").save(target, "JPEG", exif=exif)
    return target.getvalue()


def store(content: bytes, name: str = "foto.jpg", **more: Any) -> Document:
    return actions.store(stream=SimpleUploadedFile(name, content), name=name, owner_kind="test", owner_id="1", **more)


def test_the_type_comes_from_the_content_not_from_the_name() -> None:
    document = store(PDF, "urlaub.jpg")

    assert document.content_type == "application/pdf"


def test_the_same_content_lies_there_once(data_folder: Path) -> None:
    first, second = store(jpeg()), store(jpeg(), "anders.jpg")

    assert first.id != second.id
    assert len(list(cleaning.stored_files())) == 1


def test_what_was_stored_comes_back_in_pieces() -> None:
    content = jpeg((900, 900))

    document = store(content)

    assert b"".join(storage.read_chunks(document.sha256)) == content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leer"),
        (b"MZ\x90\x00 program", "Art von Datei"),
        (b"<html><script>alert(1)</script>", "Art von Datei"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Art von Datei"),
        (b"\xff\xd8\xff\xe0 not really a picture", "beschädigt"),
        (b"x" * 1_100_000, "1 MB"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_leaves_nothing(content: bytes, sentence: str, data_folder: Path) -> None:
    limits = actions.Limits(actions.PEOPLE_LIMITS.types - {"text/plain"}, 1_000_000)

    with pytest.raises(DocumentRefused, match=sentence):
        store(content, limits=limits)

    assert not Document.objects.exists()
    assert list((data_folder / "incoming").iterdir()) == []
    assert list(cleaning.stored_files()) == []


def test_a_picture_bomb_is_refused_by_its_header() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    target = io.BytesIO()
    Image.new("RGB", (1, 1)).save(target, "PNG")
    bomb = target.getvalue().replace(target.getvalue()[16:29], header)

    with pytest.raises(DocumentRefused):
        store(bomb, "bombe.png")


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b"0" * 30_000_000)
    limits = actions.Limits(frozenset(OFFICE_TYPES | {"application/zip"}), 10_000_000)

    with pytest.raises(DocumentRefused, match="ausgepackt"):
        store(target.getvalue(), "bombe.odt", limits=limits)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\robin\\foto.jpg", "foto.jpg"),
        ("rech\u202egpj.exe", "rechgpj.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("...", "datei"),
    ],
)
def test_names_lose_paths_and_tricks(given: str, kept: str) -> None:
    document = actions.store(stream=SimpleUploadedFile("x", jpeg()), name=given, owner_kind="test", owner_id="1")

    assert document.name == kept


def test_a_preview_is_drawn_without_device_data() -> None:
    path = make_preview(store(jpeg((3000, 2000))))

    assert path is not None
    with Image.open(path) as picture:
        assert max(picture.size) == 1200
    assert b"SecretCamera" not in path.read_bytes()


def test_a_pdf_has_a_preview_of_its_first_page() -> None:
    assert make_preview(store(PDF, "brief.pdf")) is not None


def test_a_broken_pdf_has_no_preview() -> None:
    assert make_preview(store(b"%PDF-1.7 nothing more", "brief.pdf")) is None


def test_orphans_go_after_a_day_and_missing_contents_are_named(data_folder: Path) -> None:
    kept, gone, lost = store(jpeg((10, 10))), store(jpeg((11, 11))), store(jpeg((12, 12)))
    gone.delete()
    for path in cleaning.stored_files():
        os.utime(path, (0, 0))
    os.unlink(storage.contents().path(storage.key_of(lost.sha256)))

    findings = cleaning.clean_up()

    assert findings == cleaning.Findings(1, [lost.sha256])
    assert storage.contents().exists(storage.key_of(kept.sha256))


def test_a_young_orphan_stays_because_its_transaction_may_be_open() -> None:
    store(jpeg()).delete()

    assert cleaning.clean_up().removed == 0


class Readers:
    """An owner whose files only the name "robin" may read."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        return request.GET.get("who") == "robin"


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owners.registry, "_entries", {"test": Readers()})


@pytest.mark.usefixtures("owner")
def test_only_whom_the_owner_allows_gets_the_file_as_an_attachment(client: Client) -> None:
    document = store(jpeg())

    mine = client.get(f"/datei/{document.id}?who=robin")
    theirs = client.get(f"/datei/{document.id}")

    assert b"".join(mine) == jpeg()
    mine.close()
    assert mine.headers["Content-Disposition"] == 'attachment; filename="foto.jpg"'
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in mine.headers["Content-Security-Policy"]
    assert theirs.status_code == 404


@pytest.mark.usefixtures("owner")
def test_a_held_file_is_given_to_nobody(client: Client) -> None:
    document = store(jpeg())
    Document.objects.update(state=State.HELD)

    assert client.get(f"/datei/{document.id}?who=robin").status_code == 404


class Clamd(socketserver.BaseRequestHandler):
    """A stand-in that speaks clamd's INSTREAM: finds the word EICAR."""

    def handle(self) -> None:
        stream = self.request.makefile("rb")
        command = stream.read(10)
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
        found = command == b"zINSTREAM\0" and b"EICAR" in content
        self.request.sendall(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[None]:
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_what_the_scanner_objects_to_is_held_and_the_rest_is_not() -> None:
    bad, good = store(b"EICAR test text", "notiz.txt"), store(b"a plain note", "notiz.txt")

    assert (bad.state, bad.held_because) == (State.HELD, "Eicar-Signature")
    assert good.state == State.CLEAN


def test_a_silent_scanner_lets_nothing_through(settings: Any) -> None:
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"

    assert store(b"a plain note", "notiz.txt").state == State.HELD
