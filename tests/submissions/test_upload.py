"""Files sent one by one before their page: the same limits and the same owner as with the page."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from direktdraht.foundation.documents.models import Document
from direktdraht.submissions import actions
from tests.submissions import way

pytestmark = pytest.mark.django_db


def upload(client: Client, draft_id: UUID, file: Any, path: str = "photos", page: str = "items") -> Any:
    """Send one file as the script does."""
    return client.post(f"/antrag/{draft_id}/seite/{page}/datei", {"path": path, "file": file})


def test_an_uploaded_file_stands_in_the_answers_and_on_the_page(client: Client) -> None:
    draft_id = way.begin(client)

    answer = upload(client, draft_id, way.picture()).json()

    assert answer["name"] == "sofa.jpg"
    assert way.draft_of(draft_id).answers["photos"] == [answer["id"]]
    assert f'value="photos:{answer["id"]}"' in client.get(f"/antrag/{draft_id}/seite/items").content.decode()


def test_an_upload_leaves_what_is_typed_on_the_open_page_alone(client: Client) -> None:
    draft_id = way.begin(client)
    shown = {"_revision": str(way.draft_of(draft_id).revision)}
    upload(client, draft_id, way.picture())

    response = way.post_page(client, draft_id, "items", {**way.ITEMS, **shown, "_was": marks_of(client, draft_id), "photos": ""})

    assert response.status_code == 302
    assert way.draft_of(draft_id).answers["count"] == "3"
    assert len(way.draft_of(draft_id).answers["photos"]) == 1


def marks_of(client: Client, draft_id: UUID) -> list[str]:
    """The marks of the page as it was before anything was answered."""
    return list(client.get(f"/antrag/{draft_id}/seite/items").context["marks"])


def test_a_refused_file_is_named_with_the_reason_and_not_kept(client: Client) -> None:
    draft_id = way.begin(client)

    response = upload(client, draft_id, SimpleUploadedFile("foto.jpg", b"MZ\x90\x00 no picture", "image/jpeg"))

    assert response.status_code == 422
    assert "foto.jpg: Diese Art von Datei nehmen wir hier nicht an" in response.json()["error"]
    assert not Document.objects.exists()


def test_one_file_too_many_is_refused(client: Client) -> None:
    draft_id = way.begin(client)
    for number in range(5):
        assert upload(client, draft_id, way.picture(f"{number}.jpg")).status_code == 200

    response = upload(client, draft_id, way.picture("6.jpg"))

    assert (response.status_code, response.json()["error"]) == (422, "6.jpg: Bitte senden Sie höchstens 5 Dateien.")
    assert len(way.draft_of(draft_id).answers["photos"]) == 5


@pytest.mark.parametrize(("path", "page"), [("what", "items"), ("photos", "place"), ("photos.0", "items"), ("", "items"), ("x", "nowhere")])
def test_other_questions_take_no_file(client: Client, path: str, page: str) -> None:
    draft_id = way.begin(client)

    assert upload(client, draft_id, way.picture(), path, page).status_code == 404
    assert not Document.objects.exists()


def test_a_text_in_place_of_a_file_is_told(client: Client) -> None:
    assert upload(client, way.begin(client), "sofa.jpg").status_code == 422


def test_strangers_upload_nothing(client: Client) -> None:
    draft_id = way.begin(client)

    assert upload(Client(), draft_id, way.picture()).status_code == 404
    assert upload(client, uuid4(), way.picture()).status_code == 404
    assert not Document.objects.exists()


def test_a_sent_draft_takes_no_file(client: Client) -> None:
    submission = way.sent(client)
    kept = Document.objects.count()

    response = upload(client, submission.pk, way.picture())

    assert (response.status_code, Document.objects.count()) == (409, kept)


def test_an_upload_beside_another_write_keeps_both(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = way.begin(client)
    keep, tries = actions.keep_answers, []

    def after_another(draft: Any, answers: Any, *, language: str) -> Any:
        tries.append(1)
        if len(tries) == 1:
            keep(way.draft_of(draft_id), {"count": "4"}, language="de")
        return keep(draft, answers, language=language)

    monkeypatch.setattr(actions, "keep_answers", after_another)
    upload(client, draft_id, way.picture())

    answers = way.draft_of(draft_id).answers
    assert (answers["count"], len(answers["photos"]), len(tries)) == ("4", 1, 2)
