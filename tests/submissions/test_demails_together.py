"""Two workers over the same De-Mail, two copies at the same moment: one proof, one submission."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from direktdraht.submissions.demail import handling
from direktdraht.submissions.demail.taking_in import take_in
from direktdraht.submissions.models import DeMail, MailState, Submission
from direktdraht.writtenform.models import Proof
from tests.submissions import demails, objection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return demails.set_up(tmp_path / "demail", monkeypatch)


def at_once(*works: Callable[[], object]) -> None:
    """Do all of them at the same time, each with its own connection."""

    def done(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(done, works))


def test_two_workers_handle_one_mail_once(client: Client) -> None:
    mail = take_in(demails.signing(objection.frozen(client)), came_by="lmtp")

    at_once(*[lambda: handling.handle(str(mail.pk))] * 3)

    assert Submission.objects.count() == Proof.objects.count() == 1
    assert DeMail.objects.get().state == MailState.SIGNED


def test_the_same_bytes_over_both_ways_are_one_row(client: Client) -> None:
    raw = demails.signing(objection.frozen(client))

    at_once(lambda: take_in(raw, came_by="lmtp"), lambda: take_in(raw, came_by="imap"))

    assert (DeMail.objects.count(), DeMail.objects.get().times) == (1, 2)


def test_two_copies_at_the_same_moment_sign_once(client: Client) -> None:
    raw = demails.signing(objection.frozen(client))
    first, second = take_in(raw, came_by="lmtp"), take_in(b"Received: x\r\n" + raw, came_by="imap")

    at_once(lambda: handling.handle(str(first.pk)), lambda: handling.handle(str(second.pk)))

    assert set(DeMail.objects.values_list("state", flat=True)) == {MailState.SIGNED, MailState.REFUSED}
    assert Submission.objects.count() == Proof.objects.count() == 1
