"""Recording: one signed row inside the caller's transaction."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from direktdraht.foundation import clock, journal
from direktdraht.foundation.journal import actions, records, signing
from direktdraht.foundation.journal.actions import JournalError
from direktdraht.foundation.journal.models import Entry

AT = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
DIGEST = "ab" * 32


@pytest.mark.django_db
def test_a_row_is_signed_at_once_and_says_what_happened() -> None:
    with clock.frozen(AT):
        entry = journal.record("case.forwarded", subject="case:26-48213-K", digest=DIGEST, facts={"to": "abfall", "n": 2}, by="42")

    kept = Entry.objects.get()
    assert kept.id == entry.id
    assert (kept.recorded_at, kept.kind, kept.subject) == (AT, "case.forwarded", "case:26-48213-K")
    assert (kept.facts, kept.by, kept.digest) == ({"to": "abfall", "n": 2}, "42", DIGEST)
    assert kept.row_hash == records.row_hash(journal.queries.entry_fields(kept))
    key = signing.public_key(journal.public_key_pem())
    assert kept.key_id == signing.key_id(key)
    assert signing.is_signed(key, records.entry_message(kept.row_hash), kept.signature)


def test_the_signed_form_never_changes() -> None:
    fields = {
        "id": 7,
        "recorded_at": records.instant(AT),
        "kind": "case.opened",
        "subject": "case:26-48213-K",
        "digest": "",
        "facts": {"b": None, "a": True},
        "by": "",
    }

    # Changing these bytes would make every journal that exists unreadable.
    signed = (
        b"direktdraht-journal-entry/1\n"
        b'{"by":"","digest":"","facts":{"a":true,"b":null},"id":7,"kind":"case.opened",'
        b'"recorded_at":"2026-11-23T09:30:15.123456Z","subject":"case:26-48213-K"}'
    )
    assert records.row_hash(fields) == hashlib.sha256(signed).hexdigest()


@pytest.mark.django_db
def test_rows_of_a_subject_come_in_their_order() -> None:
    first = journal.record("case.opened", subject="case:1")
    journal.record("case.opened", subject="case:2")
    last = journal.record("case.closed", subject="case:1")

    assert list(journal.queries.entries_for("case:1")) == [first, last]


@pytest.mark.django_db(transaction=True)
def test_a_row_goes_away_with_its_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        journal.record("case.opened", subject="case:1")
        raise RuntimeError

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(JournalError, match="transaction"):
        journal.record("case.opened", subject="case:1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "opened"},
        {"kind": "case.Opened"},
        {"subject": "26-48213-K"},
        {"subject": "case:Robin Weber"},
        {"digest": "abc"},
        {"facts": {"words": "x" * 201}},
        {"facts": {"text": "a\x00b"}},
        {"facts": {"ratio": 0.5}},
        {"facts": {"list": []}},
        {"facts": {"huge": 2**60}},
    ],
)
@pytest.mark.django_db
def test_a_row_of_a_wrong_form_is_refused(wrong: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"kind": "case.opened", "subject": "case:1", **wrong}

    with pytest.raises(JournalError):
        journal.record(fields.pop("kind"), **fields)

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_rows_of_one_book_are_drawn_and_written_with_two_statements() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as asked, actions.book(3) as book:
        first = book.record("case.opened", subject="case:26-00001-A")
        second = book.record("case.message", subject="case:26-00001-A")

    kept = list(Entry.objects.filter(subject="case:26-00001-A").order_by("id"))
    assert [row.kind for row in kept] == ["case.opened", "case.message"]
    assert [row.row_hash for row in kept] == [first.row_hash, second.row_hash]
    assert len([query for query in asked if "journal_entry" in query["sql"]]) == 2


@pytest.mark.django_db
def test_a_book_writes_nothing_after_an_error() -> None:
    with pytest.raises(LookupError), transaction.atomic(), actions.book(1) as book:
        book.record("case.opened", subject="case:26-00002-A")
        raise LookupError

    assert not Entry.objects.filter(subject="case:26-00002-A").exists()


@pytest.mark.django_db
def test_a_book_refuses_more_rows_than_it_was_opened_for() -> None:
    with transaction.atomic(), actions.book(1) as book:
        book.record("case.opened", subject="case:26-00003-A")

        with pytest.raises(JournalError):
            book.record("case.message", subject="case:26-00003-A")


def test_a_salted_digest_depends_on_content_and_salt() -> None:
    salt, other = journal.new_salt(), journal.new_salt()

    assert len(salt) == 32
    assert salt != other
    assert journal.salted_digest(b"text", salt) != journal.salted_digest(b"text", other)
    assert journal.salted_digest(b"text", salt) != journal.salted_digest(b"Text", salt)
    with pytest.raises(ValueError, match="32 bytes"):
        journal.salted_digest(b"text", b"short")


def test_unknown_names_of_the_room_are_an_error() -> None:
    name = "rekord"

    with pytest.raises(AttributeError, match="rekord"):
        getattr(journal, name)
