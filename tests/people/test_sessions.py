"""Sessions: a new key takes the old one's place in one statement, and nothing of the old one is left."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from direktdraht.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored(**content: str) -> SessionStore:
    """A session as a later request reads it."""
    first = SessionStore()
    first.update(content)
    first.save()
    return SessionStore(first.session_key)


def test_a_new_key_keeps_the_content_and_ends_the_old_key() -> None:
    session = stored(drafts="a")
    before = session.session_key

    session.cycle_key()
    session["more"] = "b"
    session.save()

    assert session.session_key != before
    assert dict(SessionStore(session.session_key).items()) == {"drafts": "a", "more": "b"}
    assert not Session.objects.filter(session_key=before).exists()
    assert Session.objects.count() == 1


def test_a_new_key_costs_one_statement_more_than_reading() -> None:
    session = stored(drafts="a")

    with CaptureQueriesContext(connection) as asked:
        session.cycle_key()
        session["more"] = "b"
        session.save()

    assert len(asked) == 2


def test_two_new_keys_in_one_request_leave_one_session() -> None:
    session = stored(drafts="a")

    session.cycle_key()
    session.cycle_key()
    session.save()

    assert [row.session_key for row in Session.objects.all()] == [session.session_key]


def test_two_requests_that_draw_a_new_key_at_once_both_have_a_session() -> None:
    first = stored(drafts="a")
    second = SessionStore(first.session_key)
    second["drafts"]

    first.cycle_key()
    first.save()
    second.cycle_key()
    second.save()

    assert {row.session_key for row in Session.objects.all()} == {first.session_key, second.session_key}
    assert SessionStore(second.session_key)["drafts"] == "a"


def test_a_session_that_was_never_stored_gets_its_row_with_the_key() -> None:
    session = SessionStore()
    session["drafts"] = "a"

    session.cycle_key()

    assert SessionStore(session.session_key)["drafts"] == "a"


def test_ending_a_session_whose_new_key_waits_removes_the_stored_one() -> None:
    session = stored(drafts="a")

    session.cycle_key()
    session.flush()

    assert not Session.objects.exists()
    assert session.session_key is None


def test_a_session_that_somebody_ended_meanwhile_is_not_brought_back() -> None:
    session = stored(drafts="a")
    session["more"] = "b"
    SessionStore().delete(session.session_key)

    with pytest.raises(UpdateError):
        session.save()

    assert not Session.objects.exists()


def test_ending_another_session_leaves_this_one() -> None:
    mine, theirs = stored(drafts="a"), stored(drafts="b")

    mine.cycle_key()
    mine.delete(theirs.session_key)
    mine.save()

    assert [row.session_key for row in Session.objects.all()] == [mine.session_key]
