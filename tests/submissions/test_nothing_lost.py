"""Nothing typed is lost when a session ends; nothing is left behind when a person leaves the device."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from direktdraht.forms.models import FormVersion, State
from direktdraht.foundation import clock
from direktdraht.submissions.models import Submission
from tests import cast
from tests.submissions import way

pytestmark = pytest.mark.django_db
PASS = re.compile(r'name="_pass" autocomplete="off" value="([^"]+)"')


def pass_on(client: Client, draft_id: UUID, page: str = "seite/contact") -> str:
    """The pass that a page carries."""
    found = PASS.search(client.get(f"/antrag/{draft_id}/{page}").content.decode())
    assert found is not None
    return found.group(1)


def contact(client: Client, draft_id: UUID, given: str, **changed: str) -> Any:
    """Send the page that was open, with what was typed on it."""
    return way.post_page(client, draft_id, "contact", {**way.CONTACT, "_pass": given, **changed})


def end_all_sessions() -> None:
    """A time-out, or a house restored without its sessions."""
    Session.objects.all().delete()


def test_a_page_sent_after_the_session_ended_is_kept_and_goes_on(client: Client) -> None:
    draft_id = way.fill(client)
    given = pass_on(client, draft_id)
    end_all_sessions()

    response = contact(client, draft_id, given, email="spaet@example.org")

    assert response.headers["Location"].endswith("/pruefen")
    assert way.draft_of(draft_id).answers["email"] == "spaet@example.org"
    assert client.get(response.headers["Location"]).status_code == 200


def test_wrong_answers_sent_after_the_session_ended_are_shown_again(client: Client) -> None:
    draft_id = way.fill(client)
    given = pass_on(client, draft_id)
    end_all_sessions()

    response = contact(client, draft_id, given, email="kein-at-zeichen")

    assert response.status_code == 422
    assert 'value="kein-at-zeichen"' in response.content.decode()


def test_the_last_step_works_after_the_session_ended(client: Client) -> None:
    draft_id = way.fill(client)
    seen = {"seen": way.seen_digest(client, draft_id), "_pass": pass_on(client, draft_id, "pruefen")}
    end_all_sessions()

    response = client.post(f"/antrag/{draft_id}/absenden", seen)

    assert client.get(response.headers["Location"]).status_code == 200
    assert Submission.objects.count() == 1


def test_a_signed_in_persons_answers_are_kept_but_shown_only_after_signing_in(client: Client) -> None:
    cast.signed_in(client, cast.robin())
    draft_id = way.fill(client)
    given = pass_on(client, draft_id)
    end_all_sessions()

    response = contact(client, draft_id, given, email="spaet@example.org")

    text = response.content.decode()
    assert "Ihre Angaben sind gespeichert" in text
    assert f"next=/antrag/{draft_id}/seite/contact" in text
    assert "spaet@example.org" not in text
    assert client.get(f"/antrag/{draft_id}/seite/contact").status_code == 404
    again = cast.signed_in(client, cast.robin()).get(f"/antrag/{draft_id}/seite/contact").content.decode()
    assert 'value="spaet@example.org"' in again


def test_sending_a_signed_in_persons_draft_asks_to_sign_in_again(client: Client) -> None:
    cast.signed_in(client, cast.robin())
    draft_id = way.fill(client)
    seen = {"seen": way.seen_digest(client, draft_id), "_pass": pass_on(client, draft_id, "pruefen")}
    end_all_sessions()

    response = client.post(f"/antrag/{draft_id}/absenden", seen)

    assert response.headers["Location"].endswith(f"next=/antrag/{draft_id}/pruefen")
    assert not Submission.objects.exists()


def test_a_pass_opens_one_draft_only_and_no_page(client: Client) -> None:
    mine, other = way.fill(client), way.fill(client)
    given = pass_on(client, mine)
    end_all_sessions()

    assert contact(Client(), other, given).status_code == 404
    assert contact(Client(), mine, given + "x").status_code == 404
    assert Client().get(f"/antrag/{mine}/seite/contact", {"_pass": given}).status_code == 404


def test_a_pass_holds_for_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = way.fill(client)
    given = pass_on(client, draft_id)
    tomorrow = (clock.now() + timedelta(days=1, minutes=1)).timestamp()

    monkeypatch.setattr("django.core.signing.time.time", lambda: tomorrow)

    assert contact(Client(), draft_id, given).status_code == 404


def test_after_leaving_an_open_page_cannot_be_sent_and_nothing_is_shown(client: Client) -> None:
    draft_id = way.fill(client)
    given = pass_on(client, draft_id)

    response = client.post(f"/antrag/{draft_id}/beenden")

    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert contact(client, draft_id, given, email="fremd@example.org").status_code == 404
    assert way.draft_of(draft_id).answers["email"] == "robin@example.org"
    for path in ("seite/contact", "pruefen", "spaeter-weitermachen"):
        assert client.get(f"/antrag/{draft_id}/{path}").status_code == 404


def test_after_leaving_the_draft_is_continued_by_its_code_and_sent(client: Client) -> None:
    draft_id = way.fill(client)
    code = client.post(f"/antrag/{draft_id}/spaeter").context["code"]
    client.post(f"/antrag/{draft_id}/beenden")

    client.post("/antrag/fortsetzen", {"code": code})
    response = way.send(client, draft_id)

    assert response.headers["Location"] == f"/antrag/{draft_id}/eingegangen"


def test_leaving_signs_the_owner_out(client: Client) -> None:
    cast.signed_in(client, cast.robin())
    draft_id = way.fill(client)

    client.post(f"/antrag/{draft_id}/beenden")

    assert client.get(f"/antrag/{draft_id}/seite/contact").status_code == 404
    assert client.get("/mein-bereich").status_code == 302


@pytest.mark.parametrize("path", ["seite/contact", "pruefen", "spaeter-weitermachen", "verwerfen"])
def test_no_page_of_a_draft_is_kept_by_the_browser(client: Client, path: str) -> None:
    draft_id = way.fill(client)

    assert "no-store" in client.get(f"/antrag/{draft_id}/{path}").headers["Cache-Control"]
    assert "no-store" in client.post(f"/antrag/{draft_id}/spaeter").headers["Cache-Control"]


def test_what_is_typed_when_the_forms_version_ended_is_kept(client: Client) -> None:
    draft_id = way.begin(client)
    FormVersion.objects.filter(pk=way.draft_of(draft_id).ref).update(state=State.RETIRED, drafts_until=clock.today() - timedelta(days=1))

    response = way.post_page(client, draft_id, "contact", way.CONTACT)

    assert response.headers["Location"] == f"/antrag/{draft_id}/neue-fassung"
    assert way.draft_of(draft_id).answers["contact_name"] == "Robin Weber"
