"""Bad and hostile input: a clear answer, never a 500, and nothing is lost."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.submissions.models import Submission
from tests import cast
from tests.scale import examples
from tests.submissions import way

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


def test_wrong_types_are_named_at_their_field_and_kept(client: Client) -> None:
    draft_id = way.begin(client)
    answers = {**way.ITEMS, "kind": "spaceship", "count": "drei", "day.day": "99", "express": "maybe"}

    response = way.post_page(client, draft_id, "items", answers)

    assert response.status_code == 422
    assert {problem.target for problem in response.context["problems"]} == {"id_kind", "id_count", "id_day", "id_express"}
    assert way.draft_of(draft_id).answers["count"] == "drei"
    assert 'value="drei"' in response.content.decode()


def test_ten_megabytes_of_text_are_refused_without_an_error_of_ours(client: Client) -> None:
    draft_id = way.begin(client)

    response = way.post_page(client, draft_id, "items", {**way.ITEMS, "what": "x" * 10_000_000})

    assert response.status_code in {400, 413}
    assert way.draft_of(draft_id).answers == {}


def test_text_over_the_fields_limit_is_told_with_the_limit(client: Client) -> None:
    draft_id = way.begin(client)

    response = way.post_page(client, draft_id, "items", {**way.ITEMS, "what": "x" * 100_000})

    assert response.status_code == 422
    assert "Bitte kürzen Sie den Text" in response.content.decode()


def test_five_hundred_files_are_refused_and_none_is_kept(client: Client) -> None:
    draft_id = way.begin(client)
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(500)]

    response = client.post(f"/antrag/{draft_id}/seite/items", {**way.ITEMS, "photos": files})

    assert response.status_code == 400
    assert not Document.objects.exists()


def test_a_refused_file_is_named_and_the_other_answers_stay(client: Client) -> None:
    draft_id = way.begin(client)
    program = SimpleUploadedFile("foto.jpg", b"MZ\x90\x00 not a picture", "image/jpeg")

    response = way.post_page(client, draft_id, "items", {**way.ITEMS, "photos": [way.picture(), program]})

    assert response.status_code == 422
    assert "foto.jpg: Diese Art von Datei nehmen wir hier nicht an" in response.content.decode()
    assert len(way.draft_of(draft_id).answers["photos"]) == 1


def test_another_persons_file_cannot_be_claimed(client: Client) -> None:
    mine = way.sent(client, (way.picture(),))
    stolen = str(mine.answers["photos"][0])
    stranger = Client()
    draft_id = way.begin(stranger)

    way.post_page(stranger, draft_id, "items", {**way.ITEMS, "photos": stolen})

    assert way.draft_of(draft_id).answers.get("photos", []) == []


def test_broken_utf_8_is_answered_politely(client: Client) -> None:
    draft_id = way.begin(client)
    body = b"kind=furniture&count=3&what=%ff%fe%80&_next=1&_shown=what&_shown=day"

    response = client.post(f"/antrag/{draft_id}/seite/items", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in {400, 422}


@pytest.mark.parametrize(
    "address", ["/antrag/%ff%fe", "/dienste/%00", "/quittung/%F0%9F%92%A9", "/suche?q=%ff%fe", "/quittung/" + "9" * 5000]
)
def test_broken_addresses_are_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code in {200, 400, 404}


def test_direction_tricks_do_not_reach_text_or_file_names(client: Client) -> None:
    draft_id = way.begin(client)
    way.post_page(client, draft_id, "place", way.PLACE)
    picture = way.picture("rechnung\u202egpj.exe.jpg")
    way.post_page(client, draft_id, "items", {**way.ITEMS, "what": "Sofa \u202etfosredoK\u202c", "photos": [picture]})
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "contact_name": "Robin\u2066 Weber\u2069"})
    way.send(client, draft_id)

    submission = Submission.objects.get()

    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(submission.text + submission.case.person_name)
    assert submission.files[0]["name"] == "rechnunggpj.exe.jpg"


def test_a_form_without_its_token_is_refused_with_a_way_back() -> None:
    client = Client(enforce_csrf_checks=True)
    way.published_form()

    response = client.post("/formulare/sperrmuell")

    assert response.status_code == 403
    assert "Bitte senden Sie das Formular noch einmal" in response.content.decode()


def test_a_foreign_host_name_is_refused() -> None:
    assert Client().get("/quittung", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_way_leads_to_a_foreign_address(client: Client, target: str) -> None:
    cast.robin()

    signed_in = client.post(
        f"/konto/anmelden?next={quote(target)}", {"login": "robin@example.org", "password": cast.PASSWORD, "next": target}
    )

    assert signed_in.headers["Location"] == "/mein-bereich"
    assert client.post("/sprache", {"language": "en", "next": target}).headers["Location"] == "/"


def test_an_unknown_draft_or_page_does_not_exist(client: Client) -> None:
    draft_id = way.begin(client)

    assert client.get("/antrag/00000000-0000-0000-0000-000000000000/pruefen").status_code == 404
    assert client.get(f"/antrag/{draft_id}/seite/gibt-es-nicht").headers["Location"] == f"/antrag/{draft_id}/seite/place"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
KEYS = st.sampled_from(["place", "kind", "count", "day", "express", "photos", "what", "email", "devices", "nothing"])


@given(answers=st.dictionaries(KEYS, JSON, max_size=8))
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_lies_in_a_draft_its_pages_answer(client: Client, answers: dict[str, Any]) -> None:
    with clock.frozen(MONDAY):
        draft_id = way.begin(client)
        draft = way.draft_of(draft_id)
        draft.answers = json.loads(json.dumps(answers).replace("\\u0000", ""))
        draft.save()

        statuses = {client.get(f"/antrag/{draft_id}/{path}").status_code for path in ("pruefen", "seite/items", "seite/place?pruefen=1")}

    assert statuses <= {200, 302, 422}


@given(
    posted=st.dictionaries(
        st.sampled_from(["kind", "count", "day.day", "what", "_add", "_remove", "_remove_file", "photos", "_shown"]), st.text(max_size=40)
    )
)
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_posted_a_page_answers(client: Client, posted: dict[str, str]) -> None:
    with clock.frozen(MONDAY):
        draft_id = way.begin(client)

        response = client.post(f"/antrag/{draft_id}/seite/items", {key: value.encode("utf-8", "replace") for key, value in posted.items()})

    assert response.status_code in {200, 302, 400, 422}
