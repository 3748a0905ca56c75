"""Files in pieces: they go on where they stopped, keep to their limits, and belong to their draft alone."""

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from direktdraht.forms.piece_views import metadata, number
from direktdraht.foundation import clock
from direktdraht.foundation.documents import pieces
from direktdraht.foundation.documents.jobs import remove_left_over_pieces
from direktdraht.foundation.documents.models import Document, Upload
from direktdraht.foundation.documents.storage import read_chunks
from tests.submissions import way

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
PICTURE = way.picture().read()
SIZE = len(PICTURE)
BEYOND = b"x" * (pieces.MOST_PIECE_BYTES + 1)


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def announce(client: Client, draft_id: UUID, size: Any = SIZE, path: str = "photos", page: str = "items", **headers: str) -> Any:
    """Say that a file will come."""
    told = {"Upload-Length": str(size), "Upload-Metadata": f"path {coded(path)},filename {coded('sofa.jpg')}"}
    return client.post(f"/antrag/{draft_id}/seite/{page}/datei/stuecke", content_type="", headers={**TUS, **told, **headers})


def patch(client: Client, address: str, at: Any, body: bytes, content_type: str = "application/offset+octet-stream", **headers: str) -> Any:
    """Send a piece."""
    return client.patch(address, body, content_type=content_type, headers={**TUS, "Upload-Offset": str(at), **headers})


def head(client: Client, address: str) -> Any:
    return client.head(address, headers=TUS)


@pytest.fixture
def draft_id(client: Client) -> UUID:
    return way.begin(client)


@pytest.fixture
def address(client: Client, draft_id: UUID) -> str:
    """Where the announced picture goes."""
    return str(announce(client, draft_id).headers["Location"])


def test_a_file_in_pieces_is_the_same_file(client: Client, draft_id: UUID, address: str) -> None:
    half = len(PICTURE) // 2
    assert patch(client, address, 0, PICTURE[:half]).headers["Upload-Offset"] == str(half)
    assert head(client, address).headers["Upload-Offset"] == str(half)
    assert patch(client, address, half, PICTURE[half:]).status_code == 204

    answer = client.post(f"{address}/fertig")

    document = Document.objects.get()
    assert answer.json()["name"] == "sofa.jpg"
    assert way.draft_of(draft_id).answers["photos"] == [str(document.pk)] == [answer.json()["id"]]
    assert b"".join(read_chunks(document.sha256)) == PICTURE


def test_the_protocol_is_told_and_asked_for(client: Client, draft_id: UUID, address: str) -> None:
    asked = client.options(address)

    assert (asked.status_code, asked.headers["Tus-Version"]) == (204, "1.0.0")
    assert announce(client, draft_id, **{"Tus-Resumable": "0.2.2"}).status_code == 412
    assert client.head(address).status_code == 412
    assert head(client, address).headers["Cache-Control"].count("no-store") == 1
    assert head(client, address).headers["Upload-Length"] == str(len(PICTURE))
    assert "GMT" in head(client, address).headers["Upload-Expires"]


@pytest.mark.parametrize("at", [1, 10_000, 999_999_999_999])
def test_a_piece_at_the_wrong_place_changes_nothing(client: Client, address: str, at: int) -> None:
    answer = patch(client, address, at, PICTURE)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "0")
    assert Upload.objects.get().received == 0


@pytest.mark.parametrize("at", ["", "-1", "1e3", "٣", "9" * 40])
def test_a_place_that_is_no_number_is_refused(client: Client, address: str, at: str) -> None:
    assert (
        client.patch(
            address,
            PICTURE,
            content_type="application/offset+octet-stream",
            headers={**TUS, "Upload-Offset": at.encode().decode("latin-1")},
        ).status_code
        == 400
    )


def test_more_than_announced_is_refused_and_nothing_of_it_kept(client: Client, address: str) -> None:
    assert patch(client, address, 0, PICTURE + b"!").status_code == 413
    assert head(client, address).headers["Upload-Offset"] == "0"


def test_a_piece_larger_than_a_piece_may_be_is_refused(client: Client, draft_id: UUID) -> None:
    address = announce(client, draft_id, len(BEYOND) + 1).headers["Location"]

    assert patch(client, address, 0, BEYOND).status_code == 413
    assert Upload.objects.get().received == 0


def test_a_piece_of_another_type_is_refused(client: Client, address: str) -> None:
    assert patch(client, address, 0, PICTURE, "application/octet-stream").status_code == 415


@pytest.mark.parametrize(("size", "status"), [(0, 422), (20_000_000, 422), ("x", 400), ("", 400), ("-5", 400)])
def test_a_file_that_would_not_be_taken_is_not_begun(client: Client, draft_id: UUID, size: Any, status: int) -> None:
    assert announce(client, draft_id, size).status_code == status
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("path", "page"), [("what", "items"), ("photos", "place"), ("", "items"), ("x" * 5000, "items")])
def test_other_questions_take_no_pieces(client: Client, draft_id: UUID, path: str, page: str) -> None:
    assert announce(client, draft_id, path=path, page=page).status_code == 404


def test_strangers_and_other_drafts_reach_no_upload(client: Client, draft_id: UUID, address: str) -> None:
    other = way.begin(client)
    elsewhere = address.replace(str(draft_id), str(other))
    stranger = Client()

    for asking, where in ((stranger, address), (client, elsewhere), (client, address.replace(address[-36:], str(uuid4())))):
        assert head(asking, where).status_code == 404
        assert patch(asking, where, 0, PICTURE).status_code == 404
        assert asking.delete(where, headers=TUS).status_code == 404
        assert asking.post(f"{where}/fertig").status_code == 404
    assert announce(stranger, draft_id).status_code == 404
    assert Upload.objects.get().received == 0


def test_an_unfinished_file_is_not_put_into_the_answer(client: Client, draft_id: UUID, address: str) -> None:
    patch(client, address, 0, PICTURE[:5])

    answer = client.post(f"{address}/fertig")

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "5")
    assert "photos" not in way.draft_of(draft_id).answers


def test_finishing_twice_gives_one_document(client: Client, draft_id: UUID, address: str) -> None:
    patch(client, address, 0, PICTURE)

    once, again = client.post(f"{address}/fertig"), client.post(f"{address}/fertig")

    assert once.json() == again.json()
    assert Document.objects.count() == len(way.draft_of(draft_id).answers["photos"]) == 1


def test_a_whole_file_of_a_wrong_type_is_named_and_forgotten(client: Client, draft_id: UUID) -> None:
    address = announce(client, draft_id, 4).headers["Location"]
    patch(client, address, 0, b"MZ\x90\x00")

    answer = client.post(f"{address}/fertig")

    assert answer.status_code == 422
    assert "sofa.jpg: Diese Art von Datei nehmen wir hier nicht an" in answer.json()["error"]
    assert not Upload.objects.exists()
    assert not Document.objects.exists()


def test_only_so_many_are_on_their_way_at_once(client: Client, draft_id: UUID) -> None:
    for _number in range(pieces.MOST_OPEN):
        assert announce(client, draft_id).status_code == 201

    answer = announce(client, draft_id)

    assert (answer.status_code, "zu viele Dateien unterwegs" in answer.json()["error"]) == (422, True)


def test_a_sent_draft_takes_no_pieces(client: Client) -> None:
    assert announce(client, way.sent(client).pk).status_code == 404


def test_what_is_given_up_is_gone(client: Client, address: str) -> None:
    patch(client, address, 0, PICTURE)

    assert client.delete(address, headers=TUS).status_code == 204

    assert head(client, address).status_code == 404
    assert list(pieces.folder().glob(address[-36:])) == []


def test_what_nobody_goes_on_with_is_forgotten_after_a_day(client: Client, draft_id: UUID, address: str) -> None:
    patch(client, address, 0, PICTURE[:5])
    fresh = announce(client, draft_id).headers["Location"]
    Upload.objects.filter(pk=address[-36:]).update(touched_at=clock.now() - timedelta(hours=25))
    astray = pieces.folder() / "astray"
    astray.write_bytes(b"left by a crash")
    os.utime(astray, (0, 0))

    remove_left_over_pieces(0)

    assert head(client, address).status_code == 404
    assert head(client, fresh).status_code == 200
    assert [path.name for path in pieces.folder().iterdir() if path.name in {"astray", address[-36:]}] == []


def test_bytes_that_a_crash_left_behind_are_cut_off(client: Client, address: str) -> None:
    patch(client, address, 0, PICTURE[:5])
    with pieces.path_of(UUID(address[-36:])).open("ab") as file:
        file.write(b"half a piece that was never counted" * 100)

    patch(client, address, 5, PICTURE[5:])

    assert client.post(f"{address}/fertig").status_code == 200
    assert b"".join(read_chunks(Document.objects.get().sha256)) == PICTURE


@pytest.mark.django_db(transaction=True)
def test_of_two_pieces_at_once_one_is_kept(client: Client, address: str) -> None:
    upload = Upload.objects.get()

    def send(_number: int) -> str:
        try:
            return str(pieces.add(upload, at=0, piece=PICTURE[:100]))
        except pieces.WrongPlace as problem:
            return f"wrong, stands at {problem.received}"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, range(4)))

    assert answers == ["100", *["wrong, stands at 100"] * 3]
    assert pieces.path_of(upload.pk).stat().st_size == 100


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.integers(1, len(PICTURE)), max_size=8))
def test_however_it_is_cut_the_bytes_are_the_same(db: None, cuts: list[int]) -> None:
    upload = pieces.begin(owner_kind="draft", owner_id=str(uuid4()), purpose="x", name="a", size=len(PICTURE))
    places = sorted({0, *cuts, len(PICTURE)})

    for begin, end in pairwise(places):
        assert pieces.add(upload, at=begin, piece=PICTURE[begin:end]) == end

    assert b"".join(pieces.Pieces(upload).chunks()) == PICTURE
    pieces.give_up(upload)


@given(st.text(max_size=80))
def test_no_header_breaks_the_reading(text: str) -> None:
    assert all(isinstance(value, str) for value in metadata(text).values())
    assert number(text) is None or number(text) == int(text)
