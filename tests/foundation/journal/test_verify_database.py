"""Checking the database: the owner of the tables cannot change the past unnoticed."""

import pytest
from django.db import connection

from direktdraht.foundation import journal
from direktdraht.foundation.journal import checking
from direktdraht.foundation.journal.actions import seal_pending
from direktdraht.foundation.journal.checking import verify_all, verify_journal
from direktdraht.foundation.journal.contents import Content, ContentReader
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.registry import Registry


def as_owner(statement: str, *values: str | int) -> None:
    """What a person with the owner's password could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement, values)


def test_an_untouched_journal_holds(rows: list[Entry]) -> None:
    report = verify_journal()

    assert report.ok
    assert (report.entries, report.seals, report.unsealed) == (len(rows), 2, 1)


def test_a_changed_row_is_named(rows: list[Entry]) -> None:
    as_owner("UPDATE journal_entry SET kind = 'case.closed' WHERE id = %s", rows[3].id)

    assert str(verify_journal().failures[0]) == f"entry {rows[3].id}: its content does not match its hash."


def test_a_deleted_row_is_noticed(rows: list[Entry]) -> None:
    as_owner("DELETE FROM journal_sealedentry WHERE entry_id = %s", rows[1].id)
    as_owner("DELETE FROM journal_entry WHERE id = %s", rows[1].id)

    assert str(verify_journal().failures[0]) == "seal 1: its row at position 1 is missing."


def test_a_deleted_seal_is_noticed(rows: list[Entry]) -> None:
    as_owner("DELETE FROM journal_sealedentry WHERE seal_id = 1")
    as_owner("DELETE FROM journal_seal WHERE number = 1")

    assert str(verify_journal().failures[0]) == "seal 2: seal 1 is missing."


def test_a_row_sealed_a_second_time_is_noticed(rows: list[Entry]) -> None:
    as_owner("DELETE FROM journal_sealedentry WHERE entry_id = %s", rows[2].id)
    seal_pending()

    assert str(verify_journal().failures[0]) == "seal 1: it covers 3 rows, 2 are there."


def test_a_changed_root_is_noticed(rows: list[Entry]) -> None:
    as_owner("UPDATE journal_seal SET root = %s WHERE number = 1", "ab" * 32)

    assert str(verify_journal().failures[0]) == "seal 1: its signature does not hold."


def test_seals_without_entries_between_are_read_in_order(rows: list[Entry]) -> None:
    for n in range(12):
        journal.record("case.opened", subject=f"case:more-{n}")
        seal_pending()

    report = verify_journal()

    assert report.ok
    assert report.seals == 14


class Letters:
    """A room's reader: letters by subject."""

    def __init__(self) -> None:
        self.kept: dict[str, Content] = {}

    def read(self, entry: Entry) -> Content | None:
        """The letter, unless it was erased."""
        return self.kept.get(entry.subject)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """A registered reader for subjects ``letter:…``, alone in a registry of its own."""
    registry: Registry[ContentReader] = Registry("journal.contents")
    monkeypatch.setattr(checking, "contents", registry)
    reader = Letters()
    registry.register("letter", reader)
    return reader


def keep(letters: Letters, number: int) -> Entry:
    """A letter with its row."""
    content = Content(f"Letter {number}".encode(), journal.new_salt())
    letters.kept[f"letter:{number}"] = content
    return journal.record("letter.received", subject=f"letter:{number}", digest=journal.salted_digest(content.content, content.salt))


@pytest.mark.django_db
def test_contents_are_compared_with_their_digests(letters: Letters) -> None:
    keep(letters, 1)
    journal.record("case.opened", subject="case:1", digest="ab" * 32)

    report = verify_all()

    assert report.ok
    assert (report.contents, report.erased, report.unread) == (1, 0, 1)
    assert "1 contents match their digest, 0 erased by rule (erasure row present), 1 digests without a reader." in report.lines


@pytest.mark.django_db
def test_a_changed_content_is_named(letters: Letters) -> None:
    entry = keep(letters, 1)
    letters.kept["letter:1"] = Content(b"forged", letters.kept["letter:1"].salt)

    assert str(verify_all().failures[0]) == f"entry {entry.id}: its content does not match its digest."


@pytest.mark.django_db
def test_a_content_that_is_gone_needs_its_erasure_row(letters: Letters) -> None:
    entry = keep(letters, 1)
    letters.kept.clear()

    before = verify_all()
    journal.record("letter.erased", subject="letter:1")
    after = verify_all()

    assert str(before.failures[0]) == f"entry {entry.id}: its content is gone and no erasure row is present."
    assert after.ok
    assert after.erased == 1


@pytest.mark.django_db
def test_an_erasure_row_of_another_subject_does_not_count(letters: Letters) -> None:
    keep(letters, 1)
    letters.kept.clear()
    journal.record("letter.erased", subject="letter:2")

    assert not verify_all().ok
