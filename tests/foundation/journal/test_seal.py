"""Sealing: batches in trees, each root names the one before, writers never wait."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from direktdraht.foundation import journal
from direktdraht.foundation.journal import actions, jobs, merkle
from direktdraht.foundation.journal.models import Entry, Seal, SealedEntry


@pytest.mark.django_db
def test_nothing_to_seal_makes_no_seal() -> None:
    assert actions.seal_pending() == 0
    assert not Seal.objects.exists()


def test_each_row_is_sealed_once_and_each_root_names_the_one_before(rows: list[Entry]) -> None:
    first, second = Seal.objects.order_by("number")

    assert (first.number, first.size, first.previous_root) == (1, 3, "")
    assert (second.number, second.size, second.previous_root) == (2, 2, first.root)
    assert first.root == merkle.root([bytes.fromhex(row.row_hash) for row in rows[:3]]).hex()
    assert SealedEntry.objects.count() == 5


def test_a_row_knows_whether_it_is_sealed(rows: list[Entry]) -> None:
    sealed = journal.queries.seal_of(rows[4])

    assert sealed is not None
    assert (sealed.number, sealed.position, sealed.size) == (2, 1, 2)
    assert journal.queries.seal_of(rows[5]) is None


@pytest.mark.django_db
def test_many_rows_become_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LARGEST_BATCH", 4)
    for n in range(10):
        journal.record("case.opened", subject=f"case:{n}")

    assert actions.seal_pending() == 10

    assert list(Seal.objects.order_by("number").values_list("size", flat=True)) == [4, 4, 2]


@pytest.mark.django_db
def test_the_nightly_sweep_finds_rows_far_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "WINDOW", 1)
    for n in range(3):
        journal.record("case.opened", subject=f"case:{n}")

    assert actions.seal_pending() == 1
    assert jobs.sweep(0) == 2
    assert jobs.seal(0) == 0


@pytest.mark.django_db(transaction=True)
def test_a_slow_writer_is_not_waited_for_and_sealed_later() -> None:
    written, sealed = Event(), Event()

    def write_slowly() -> None:
        with transaction.atomic():
            journal.record("case.opened", subject="case:slow")
            written.set()
            sealed.wait(10)
        connection.close()

    writer = Thread(target=write_slowly)
    writer.start()
    assert written.wait(10)
    with transaction.atomic():
        journal.record("case.opened", subject="case:fast")
    in_between = actions.seal_pending()
    sealed.set()
    writer.join()

    assert in_between == 1
    assert actions.seal_pending() == 1
    assert not Entry.objects.filter(sealed__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_second_sealer_leaves_at_once_and_writers_go_on() -> None:
    locked, done = Event(), Event()

    def seal_slowly() -> None:
        with transaction.atomic():
            actions.seal_pending()
            locked.set()
            done.wait(10)
        connection.close()

    with transaction.atomic():
        journal.record("case.opened", subject="case:1")
    sealer = Thread(target=seal_slowly)
    sealer.start()
    assert locked.wait(10)
    with transaction.atomic():
        journal.record("case.opened", subject="case:2")
    meanwhile = actions.seal_pending()
    done.set()
    sealer.join()

    assert meanwhile == 0
    assert actions.seal_pending() == 1
    assert list(Seal.objects.order_by("number").values_list("number", "size")) == [(1, 1), (2, 1)]
