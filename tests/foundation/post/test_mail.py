"""Mail is queued with the transaction, sent once, tried again, and failures are seen."""

import smtplib
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from direktdraht.foundation.checks import Level
from direktdraht.foundation.post import actions, sending
from direktdraht.foundation.post.health import mail_problems
from direktdraht.foundation.post.models import Mail, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(tmp_path: Any, settings: Any) -> None:
    (tmp_path / "hello.subject.txt").write_text("Guten Tag\nRobin", encoding="utf-8")
    (tmp_path / "hello.txt").write_text("Nummer {{ number }}, {{ city.name }}", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def queue(key: str = "") -> Mail:
    return actions.queue_mail(to="robin@example.org", template="hello", context={"number": "26-00001-A"}, key=key)


def test_a_queued_mail_is_rendered_and_sent_with_its_own_message_id() -> None:
    mail = queue()

    sending.send(str(mail.id))

    assert outbox.outbox[0].subject == "Guten Tag Robin"
    assert outbox.outbox[0].body == "Nummer 26-00001-A, Stadt Musterstadt\n"
    assert str(mail.id) in outbox.outbox[0].extra_headers["Message-ID"]


def test_the_same_key_is_queued_once() -> None:
    first = queue("case:1")

    assert queue("case:1").id == first.id
    assert ProcrastinateJob.objects.filter(task_name="post.send_mail").count() == 1


def test_a_rolled_back_transaction_sends_nothing() -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        queue()
        raise Stop

    assert not Mail.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="post.send_mail").exists()


def test_a_sent_mail_is_not_sent_again() -> None:
    mail = queue()
    sending.send(str(mail.id))

    assert not sending.send(str(mail.id))
    assert len(outbox.outbox) == 1


def test_a_failing_server_is_noted_and_seen_by_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = queue()

    def refuse(self: object) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    for _ in range(sending.MOST_ATTEMPTS):
        with pytest.raises(sending.SendingFailed):
            sending.send(str(mail.id))

    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert [found.level for found in mail_problems()] == [Level.ERROR]


def test_a_failed_mail_can_be_tried_again() -> None:
    mail = queue()
    Mail.objects.filter(pk=mail.pk).update(state=State.FAILED, attempts=8)

    actions.try_again(mail)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 0)
