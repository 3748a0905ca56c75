"""Two windows over one draft: nothing typed is lost, nothing stored is overwritten by an older page."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from direktdraht.submissions import actions
from direktdraht.submissions.errors import ChangedMeanwhile
from tests.submissions import way

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="(_revision|_was|_undecided)" autocomplete="off" value="([^"]*)">')


def carried(page: str) -> dict[str, list[str]]:
    """The hidden fields with which a page says what it showed."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def draft_id(client: Client) -> UUID:
    """A draft with all pages answered."""
    return way.fill(client)


def opened(client: Client, draft_id: UUID, page: str = "contact") -> dict[str, list[str]]:
    """Open a page in one more window."""
    return carried(client.get(f"/antrag/{draft_id}/seite/{page}").content.decode())


def test_different_questions_changed_in_two_windows_are_both_kept(client: Client, draft_id: UUID) -> None:
    older = opened(client, draft_id)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, **opened(client, draft_id), "email": "neu@example.org"})

    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, **older, "phone": "0441 123456"})

    answers = way.draft_of(draft_id).answers
    assert response.status_code == 302
    assert (answers["email"], answers["phone"]) == ("neu@example.org", "0441 123456")


def test_the_same_question_changed_in_two_windows_is_shown_with_both_answers(client: Client, draft_id: UUID) -> None:
    older = opened(client, draft_id)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, **opened(client, draft_id), "email": "a@example.org"})

    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, **older, "email": "b@example.org"})

    text = response.content.decode()
    assert response.status_code == 409
    assert "Hier steht inzwischen etwas anderes: a@example.org" in text
    assert "Meine Angabe auf dieser Seite behalten: b@example.org" in text
    assert 'value="b@example.org"' in text
    assert way.draft_of(draft_id).answers["email"] == "a@example.org"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "b@example.org"), ("stored", "a@example.org"), ("", None)])
def test_the_person_chooses(client: Client, draft_id: UUID, choice: str, kept: str | None) -> None:
    answer = in_conflict(client, draft_id)
    decided = {"_choice.email": choice} if choice else {}

    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, **carried(answer), "email": "b@example.org", **decided})

    assert response.status_code == (302 if kept else 409)
    assert way.draft_of(draft_id).answers["email"] == (kept or "a@example.org")


@pytest.mark.parametrize("button", ["_back", "_later", "_next"])
def test_no_button_leaves_the_decision_behind(client: Client, draft_id: UUID, button: str) -> None:
    older = opened(client, draft_id)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "email": "a@example.org"})

    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, **older, "email": "b@example.org"}, button)

    assert response.status_code == 409


def test_what_changes_again_during_the_decision_is_asked_again(client: Client, draft_id: UUID) -> None:
    answer = in_conflict(client, draft_id)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "email": "c@example.org"})
    decided = {**way.CONTACT, **carried(answer), "email": "b@example.org", "_choice.email": "mine"}

    response = way.post_page(client, draft_id, "contact", decided)

    assert response.status_code == 409
    assert "Hier steht inzwischen etwas anderes: c@example.org" in response.content.decode()


def test_the_same_answer_in_two_windows_needs_no_decision(client: Client, draft_id: UUID) -> None:
    older = opened(client, draft_id)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "email": "a@example.org"})

    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, **older, "email": " a@example.org "})

    assert response.status_code == 302


def test_files_of_two_windows_are_both_kept(client: Client, draft_id: UUID) -> None:
    older = opened(client, draft_id, "items")
    way.post_page(client, draft_id, "items", {**way.ITEMS, **opened(client, draft_id, "items"), "photos": [way.picture()]})

    response = way.post_page(client, draft_id, "items", {**way.ITEMS, **older, "photos": [way.picture("regal.jpg", "red")]})

    assert response.status_code == 302
    assert len(way.draft_of(draft_id).answers["photos"]) == 2


def test_wrong_answers_are_compared_as_typed(client: Client, draft_id: UUID) -> None:
    older = opened(client, draft_id, "items")
    way.post_page(client, draft_id, "items", {**way.ITEMS, "count": "viele"})

    response = way.post_page(client, draft_id, "items", {**way.ITEMS, **older, "count": "drei"})

    assert response.status_code == 409
    assert "Hier steht inzwischen etwas anderes: viele" in response.content.decode()


def test_an_old_page_without_marks_never_overwrites(client: Client, draft_id: UUID) -> None:
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "email": "a@example.org"})

    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, "_revision": "0", "email": "b@example.org"})

    assert response.status_code == 409
    assert way.draft_of(draft_id).answers["email"] == "a@example.org"


def test_two_writes_at_the_same_moment_do_not_overwrite_each_other(client: Client, draft_id: UUID) -> None:
    first, second = way.draft_of(draft_id), way.draft_of(draft_id)
    actions.keep_answers(first, {**first.answers, "email": "a@example.org"}, language="de")

    with pytest.raises(ChangedMeanwhile):
        actions.keep_answers(second, {**second.answers, "email": "b@example.org"}, language="de")

    assert way.draft_of(draft_id).answers["email"] == "a@example.org"


def test_a_write_between_reading_and_keeping_is_merged(client: Client, draft_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    older = opened(client, draft_id)
    keep = actions.keep_answers
    tries = []

    def after_another(draft: Any, answers: Any, *, language: str) -> Any:
        tries.append(draft.revision)
        if len(tries) == 1:
            other = way.draft_of(draft_id)
            keep(other, {**other.answers, "email": "a@example.org"}, language="de")
        return keep(draft, answers, language=language)

    monkeypatch.setattr(actions, "keep_answers", after_another)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, **older, "phone": "0441 123456"})

    answers = way.draft_of(draft_id).answers
    assert (answers["email"], answers["phone"], len(tries)) == ("a@example.org", "0441 123456", 2)


def in_conflict(client: Client, draft_id: UUID) -> str:
    """The page on which a@example.org (stored) and b@example.org (typed) stand against each other."""
    older = opened(client, draft_id)
    way.post_page(client, draft_id, "contact", {**way.CONTACT, "email": "a@example.org"})
    response = way.post_page(client, draft_id, "contact", {**way.CONTACT, **older, "email": "b@example.org"})
    return str(response.content.decode())
