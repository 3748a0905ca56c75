"""Mails come in over a real mail server: fetched from its mailbox, or passed on by it over LMTP. Nothing is lost, nothing comes twice."""

import asyncio
import imaplib
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import OperationalError, connections
from django.test import Client
from sandbox.demail_office import PEOPLE, Office, Place
from sandbox.demail_provider import make_certificates

from direktdraht.submissions.demail import fetching, handling, receiving, taking_in
from direktdraht.submissions.models import DeMail, MailState, Submission
from direktdraht.writtenform.models import ServiceState
from tests.submissions import demails, dovecot, objection
from tests.submissions.dovecot import Dovecot
from tests.writtenform.demail_world import CITY

needs_dovecot = pytest.mark.skipif(bool(dovecot.WHY_SKIPPED), reason=dovecot.WHY_SKIPPED or "there")


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.running() as running:
        yield running


@pytest.fixture
def mailbox(server: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The city's account is a mailbox of this server; empty."""
    secret = tmp_path / "keys" / "demail-mailbox.txt"
    secret.parent.mkdir()
    secret.write_text(f"{dovecot.PASSWORD}\n", encoding="utf-8")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    where = f'host = "127.0.0.1"\nport = {server.imap}\nsecurity = "none"\nuser = "{CITY}"\n'
    demails.set_up(tmp_path / "demail", monkeypatch, f'addresses = ["{CITY}"]\nunit = "hauptamt"\n[imap]\n{where}')
    for folder in ("INBOX", "Direktdraht"):
        with signed_in(server) as box:
            kind, found = box.select(folder)
            if kind == "OK" and found != [b"0"]:
                box.store("1:*", "+FLAGS", r"(\Deleted)")
                box.expunge()
    return server


@contextmanager
def signed_in(server: Dovecot) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4("127.0.0.1", server.imap, timeout=20) as box:
        box.login(CITY, dovecot.PASSWORD)
        yield box


def count(server: Dovecot, folder: str) -> int:
    with signed_in(server) as box:
        return int(box.select(folder)[1][0] or 0)


def put(server: Dovecot, raw: bytes) -> None:
    with smtplib.LMTP("127.0.0.1", server.lmtp, timeout=20) as client:
        client.sendmail("robin@provider.de-mail.example", [CITY], raw)


@needs_dovecot
@pytest.mark.django_db
def test_mails_are_fetched_once_and_moved_aside(client: Client, mailbox: Dovecot) -> None:
    declaration = objection.frozen(client)
    put(mailbox, demails.signing(declaration))
    put(mailbox, demails.mail("Frage", number=2))

    fetched, again = fetching.fetch_all(), fetching.fetch_all()
    for pk in DeMail.objects.values_list("pk", flat=True).order_by("arrived_at"):
        handling.handle(str(pk))

    assert (fetched, again) == (2, 0)
    assert (count(mailbox, "INBOX"), count(mailbox, "Direktdraht")) == (0, 2)
    assert set(DeMail.objects.values_list("state", flat=True)) == {MailState.SIGNED, MailState.FILED}
    assert Submission.objects.get().digest == declaration.digest
    assert ServiceState.objects.get(kind="demail").answered


@needs_dovecot
@pytest.mark.django_db
def test_the_example_of_a_provider_delivers_into_a_mailbox(mailbox: Dovecot, tmp_path: Path) -> None:
    make_certificates(tmp_path / "provider")
    (tmp_path / "demail" / "trust" / "example.pem").write_bytes((tmp_path / "provider" / "root.pem").read_bytes())
    place = Place(0, f"127.0.0.1:{mailbox.imap}", CITY, dovecot.PASSWORD)
    office = Office(tmp_path / "provider", CITY, place)

    said = office.send({"sender": next(iter(PEOPLE)), "subject": "Frage", "text": "Wann?", "fault": "twice"}, ("", b""))

    assert said == "Gesendet."
    assert fetching.fetch_all() == 2
    mail = DeMail.objects.get()
    assert mail.times == 2
    assert handling.handle(str(mail.pk)) == MailState.FILED
    mail.refresh_from_db()
    assert mail.confirmed


@needs_dovecot
@pytest.mark.django_db
def test_a_crash_between_storing_and_moving_gives_one_mail(mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    put(mailbox, demails.mail("Frage", number=3))

    def power_cut(*_: object) -> bytes:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(fetching, "arrived", lambda facts: None)
        real = taking_in.take_in
        patch.setattr(fetching, "take_in", lambda *words, **more: (real(*words, **more), power_cut())[0])
        assert fetching.fetch_all() == 0
    assert count(mailbox, "INBOX") == 1

    assert fetching.fetch_all() == 1
    assert (DeMail.objects.count(), DeMail.objects.get().times, count(mailbox, "INBOX")) == (1, 2, 0)


@needs_dovecot
@pytest.mark.django_db
def test_what_is_too_big_is_held_by_its_header(mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000)
    put(mailbox, demails.mail("Viel", demails.text_part("x\n" * 2_000), number=4))

    assert fetching.fetch_all() == 1

    assert DeMail.objects.get().state == MailState.HELD
    assert "größer als 64 MB" in DeMail.objects.get().reason


@needs_dovecot
@pytest.mark.django_db
def test_a_wrong_password_loses_nothing_and_is_noted(mailbox: Dovecot, tmp_path: Path) -> None:
    put(mailbox, demails.mail("Frage", number=5))
    (tmp_path / "keys" / "demail-mailbox.txt").write_text("falsch", encoding="utf-8")

    assert fetching.fetch_all() == 0

    assert not ServiceState.objects.get(kind="demail").answered
    assert count(mailbox, "INBOX") == 1


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Our own LMTP receiver, in a thread; its port."""
    demails.set_up(tmp_path / "demail", monkeypatch)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(receiving.protocol, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    # The receiver's own thread holds a connection to the tests' database.
    asyncio.run_coroutine_threadsafe(sync_to_async(connections.close_all)(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    server.close()
    loop.close()


@needs_dovecot
@pytest.mark.django_db(transaction=True)
def test_dovecot_passes_mails_on_over_lmtp(receiver: int) -> None:
    with dovecot.running(proxy_to=receiver) as server:
        put(server, demails.mail("Frage", number=6))

    mail = DeMail.objects.get()
    assert mail.came_by == "lmtp"
    assert handling.handle(str(mail.pk)) == MailState.FILED
    mail.refresh_from_db()
    assert mail.genuine


@pytest.mark.django_db(transaction=True)
def test_only_our_own_addresses_are_taken(receiver: int) -> None:
    with smtplib.LMTP("127.0.0.1", receiver, timeout=20) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("a@b.example", ["fremd@c.example"], b"Subject: x\r\n\r\nx\r\n")

    assert next(iter(refused.value.recipients.values()))[0] == 550
    assert not DeMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_stored_stays_with_the_mail_server(receiver: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(receiving, "take_in", broken)
    with smtplib.LMTP("127.0.0.1", receiver, timeout=20) as client, pytest.raises(smtplib.SMTPDataError) as answer:
        client.sendmail("a@b.example", [CITY], b"Subject: x\r\n\r\nx\r\n")

    assert answer.value.smtp_code == 451


@pytest.mark.django_db
def test_what_is_no_mail_is_held_for_staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demails.set_up(tmp_path / "demail", monkeypatch)

    mail = demails.arrives(b"\x00\x01 kein Brief")

    assert mail.state == MailState.HELD
    assert "keine E-Mail" in mail.reason
    assert taking_in.again("0" * 64) is None
