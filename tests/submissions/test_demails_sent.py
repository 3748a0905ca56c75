"""Answers and decisions go out as De-Mail; the provider's confirmations are evidence, and start a decision's clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from sandbox.demail_confirmations import KINDS, confirmation
from sandbox.demail_provider import metadata, written

from direktdraht.cases import actions as cases
from direktdraht.cases.errors import ChannelClosed, WrongState
from direktdraht.cases.models import Case, Decision, DecisionState, MessageKind, Way
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.submissions.demail import retention, schedule, sending
from direktdraht.submissions.demail.acknowledging import read_acknowledgement
from direktdraht.submissions.demail.reading import read_letter
from direktdraht.submissions.models import DeMail, MailState, SendingState, SentDeMail
from tests import cast
from tests.cases import factories
from tests.processes.house import free_port
from tests.submissions import demails
from tests.writtenform.demail_world import CITY, SENDER

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


class Gateway:
    """A provider's gateway: keeps what it gets, or refuses with ``refusal``."""

    def __init__(self) -> None:
        self.port, self.refusal = free_port(), ""
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if not self.refusal:
            self.mails.append(envelope.content)
        return self.refusal or "250 taken"


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    mine = Gateway()
    demails.set_up(tmp_path / "demail", monkeypatch, demails.SETTINGS.replace("2525", str(mine.port)))
    controller = Controller(mine, hostname="127.0.0.1", port=mine.port)
    controller.start()
    yield mine
    controller.stop()


@pytest.fixture
def case() -> Case:
    """A case whose person opened De-Mail."""
    found = factories.bulky_case()
    return cases.open_channel(case=found, channel="demail", address=SENDER)


def read(raw: bytes) -> EmailMessage:
    mail = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(mail, EmailMessage)
    return mail


def confirmed(sent: SentDeMail, kind: str, *, at: datetime = TUESDAY, genuine: bool = True) -> bytes:
    """The provider's confirmation of one of our mails."""
    about = EmailMessage()
    about["From"], about["To"], about["Subject"], about["Message-ID"] = CITY, sent.to, "[1] Antwort", f"<{sent.pk}@x.example>"
    made = confirmation(kind, about, issuer="postmaster@provider.de-mail.example", at=at)
    made["X-de-mail-private-id"] = str(sent.pk)
    issuer = "postmaster@provider.de-mail.example"
    head = [("From", issuer), ("To", CITY), ("Date", "Tue, 24 Nov 2026 10:00:00 +0100"), ("Message-ID", f"<{kind}-{sent.pk}@x.example>")]
    fields = [
        (name, KINDS[kind][0] if name == "X-de-mail-message-type" else value) for name, value in metadata(issuer, CITY, holder="Anbieter")
    ]
    raw = written([*head, *fields]) + made.as_bytes(policy=SMTP)
    return demails.world().sealed(raw) if genuine else raw


def test_an_answer_goes_out_with_what_the_city_asks_of_its_provider(case: Case, gateway: Gateway) -> None:
    message = cases.answer(case=case, text="Wir kommen am Montag.", by=cast.kim())
    sent = SentDeMail.objects.get()

    state = sending.hand_over(str(sent.pk))

    mail = read(gateway.mails[0])
    assert (state, sent.message, sent.to) == (SendingState.HANDED, message, SENDER)
    assert mail["Subject"] == f"[{case.number}] Sperrmüll, 3 Teile"
    assert (mail["From"], mail["To"]) == (CITY, SENDER)
    assert mail["X-de-mail-authoritative"] == "yes"
    assert mail["X-de-mail-confirmation-of-dispatch"] == mail["X-de-mail-confirmation-of-receipt"] == "yes"
    assert mail["X-de-mail-private-id"] == str(sent.pk)
    assert "Wir kommen am Montag." in str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one


def test_a_mail_is_handed_over_once(case: Case, gateway: Gateway) -> None:
    cases.answer(case=case, text="Ja.", by=cast.kim())
    sent = SentDeMail.objects.get()

    for _ in range(3):
        sending.hand_over(str(sent.pk))

    assert len(gateway.mails) == 1


def test_notes_stay_inside_and_cases_without_de_mail_send_none(case: Case, gateway: Gateway) -> None:
    cases.add_note(case=case, text="Nur für uns.", by=cast.kim())
    cases.answer(case=factories.bulky_case(), text="Ja.", by=cast.kim())

    assert not SentDeMail.objects.exists()


def test_confirmations_are_evidence_of_the_case(case: Case, gateway: Gateway) -> None:
    cases.answer(case=case, text="Ja.", by=cast.kim())
    sent = SentDeMail.objects.get()
    sending.hand_over(str(sent.pk))

    states = []
    for kind in ("dispatch", "receipt", "retrieve"):
        mail = demails.arrives(confirmed(sent, kind))
        sent.refresh_from_db()
        states.append((mail.state, sent.state))

    assert states == [
        (MailState.EVIDENCE, SendingState.DISPATCHED),
        (MailState.EVIDENCE, SendingState.DELIVERED),
        (MailState.EVIDENCE, SendingState.RETRIEVED),
    ]
    notes = list(case.messages.filter(kind=MessageKind.INTERNAL).order_by("sent_at", "pk"))
    assert {note.text.partition(":")[0] for note in notes} == {
        f"{name} des De-Mail-Anbieters" for name in ("Versandbestätigung", "Eingangsbestätigung", "Abholbestätigung")
    }
    assert all(note.files.count() == 1 for note in notes)
    assert sent.dispatched_at == TUESDAY


def test_the_dispatch_confirmation_starts_the_clock_of_the_decision(case: Case, gateway: Gateway) -> None:
    decision = factories.released(case)
    cases.dispatch_by_channel(decision=decision, by=cast.kim())
    sent = SentDeMail.objects.get()
    sending.hand_over(str(sent.pk))
    decision.refresh_from_db()
    assert (decision.state, decision.dispatched_at) == (DecisionState.RELEASED, None)
    with pytest.raises(WrongState):
        cases.dispatch_by_print(decision=decision, posted_on=TUESDAY.date(), by=cast.kim())

    with clock.frozen(TUESDAY + timedelta(days=1)):
        demails.arrives(confirmed(sent, "dispatch"))

    decision.refresh_from_db()
    assert (decision.state, decision.way, decision.dispatched_at) == (DecisionState.DISPATCHED, Way.CHANNEL, TUESDAY)
    # § 41 (2) VwVfG: the fourth day after dispatch, a Saturday here, which does not move.
    assert (decision.dispatched_on, decision.known_on) == (date(2026, 11, 24), date(2026, 11, 28))
    assert decision.rules[0]["rule"] == "electronic"
    assert [part.get_content_type() for part in read(gateway.mails[0]).iter_attachments()] == ["application/pdf"]
    assert {"decision.handed_over", "decision.dispatched"} <= set(Entry.objects.values_list("kind", flat=True))


def test_the_clerk_sends_with_one_press_and_sees_that_it_waits(case: Case, gateway: Gateway) -> None:
    decision = factories.released(case)
    clerk = cast.signed_in(Client(), cast.kim())
    page = f"/buero/vorgang/{case.number}/bescheid"
    assert "Mit De-Mail senden" in clerk.get(page).content.decode()

    answers = [clerk.post(f"{page}/{decision.version}/senden").status_code for _ in range(2)]

    assert answers == [302, 409]
    assert SentDeMail.objects.get().decision == decision
    shown = clerk.get(page).content.decode()
    assert "Wir warten auf die Bestätigung des Versands." in shown
    assert "Aufgabe zur Post bestätigen" not in shown


def test_a_forged_confirmation_starts_nothing(case: Case, gateway: Gateway) -> None:
    decision = factories.released(case)
    cases.dispatch_by_channel(decision=decision, by=cast.kim())
    sent = SentDeMail.objects.get()
    sending.hand_over(str(sent.pk))

    mail = demails.arrives(confirmed(sent, "dispatch", genuine=False))

    decision.refresh_from_db()
    sent.refresh_from_db()
    assert mail.state == MailState.REFUSED
    assert (decision.state, sent.state) == (DecisionState.RELEASED, SendingState.HANDED)


def test_a_final_refusal_is_told_and_another_way_is_open(case: Case, gateway: Gateway) -> None:
    gateway.refusal = "554 5.7.1 not allowed"
    decision = factories.released(case)
    cases.dispatch_by_channel(decision=decision, by=cast.kim())

    assert sending.hand_over(str(SentDeMail.objects.get().pk)) == SendingState.FAILED

    decision.refresh_from_db()
    assert decision.sending_since is None
    assert "nimmt die Nachricht nicht an" in case.messages.filter(kind=MessageKind.INTERNAL).get().text
    assert cases.dispatch_by_print(decision=decision, posted_on=TUESDAY.date(), by=cast.kim()).way == Way.PRINT


def test_a_gateway_that_is_away_is_tried_again_and_told_in_the_end(case: Case, gateway: Gateway) -> None:
    gateway.refusal = "451 4.3.0 later"
    cases.answer(case=case, text="Ja.", by=cast.kim())
    sent = SentDeMail.objects.get()

    for _ in range(sending.MOST_ATTEMPTS - 1):
        with pytest.raises(sending.NotHandedOver):
            sending.hand_over(str(sent.pk))
    assert not case.messages.filter(kind=MessageKind.INTERNAL).exists()

    assert sending.hand_over(str(sent.pk)) == SendingState.FAILED
    assert "nicht erreichbar" in case.messages.get(kind=MessageKind.INTERNAL).text


def test_a_decision_that_nobody_confirms_goes_back_to_the_clerk(case: Case, gateway: Gateway) -> None:
    decision = factories.released(case)
    cases.dispatch_by_channel(decision=decision, by=cast.kim())
    sent = SentDeMail.objects.get()
    sending.hand_over(str(sent.pk))

    with clock.frozen(TUESDAY + timedelta(hours=23)):
        assert schedule.give_up_unconfirmed(0) == 0
    with clock.frozen(TUESDAY + timedelta(hours=25)):
        assert schedule.give_up_unconfirmed(0) == 1

    assert Decision.objects.get().sending_since is None
    assert "nicht bestätigt" in case.messages.get(kind=MessageKind.INTERNAL).text


def test_without_a_gateway_no_decision_is_handed_over(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demails.set_up(tmp_path / "demail", monkeypatch, f'addresses = ["{CITY}"]\nunit = "hauptamt"\n')

    with pytest.raises(ChannelClosed):
        cases.dispatch_by_channel(decision=factories.released(case), by=cast.kim())


def test_handled_mails_are_erased_after_their_time_and_known_again(gateway: Gateway) -> None:
    raw = demails.mail("Frage")
    mail = demails.arrives(raw)
    files = mail.case.messages.get().files.count() if mail.case else 0

    with clock.frozen(TUESDAY + timedelta(days=179)):
        assert retention.erase_old() == 0
    with clock.frozen(TUESDAY + timedelta(days=181)):
        assert retention.erase_old() == 1
        copy = demails.arrives(b"Received: x\r\n" + raw)

    mail.refresh_from_db()
    assert (mail.document, mail.sender, mail.subject) == (None, "", "")
    assert mail.case is not None
    assert mail.case.messages.order_by("sent_at", "pk")[0].files.count() == files
    assert copy.reason == "Diese Nachricht lag schon einmal vor."


def test_evidence_and_held_mails_are_not_erased(case: Case, gateway: Gateway) -> None:
    cases.answer(case=case, text="Ja.", by=cast.kim())
    sent = SentDeMail.objects.get()
    demails.arrives(confirmed(sent, "dispatch"))
    demails.arrives(b"kein Brief")

    with clock.frozen(TUESDAY + timedelta(days=4000)):
        assert retention.erase_old() == 0
    assert DeMail.objects.filter(document__isnull=False).count() == 2


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><Acknowledge-Message xmlns='urn:de-mail'/>",
        b"<Acknowledge-Message xmlns='urn:de-mail'><Time>gestern</Time></Acknowledge-Message>",
        b"<Notification-Message xmlns='urn:de-mail'><Time>2026-11-24T10:00:00Z</Time></Notification-Message>",
        b"<kaputt",
    ],
)
def test_what_is_no_confirmation_confirms_nothing(content: bytes) -> None:
    raw = demails.unsigned(
        "x", demails.file_part(content, "a.xml", "application/xml"), put={"X-de-mail-message-type": "confirmation of dispatch"}
    )

    assert read_acknowledgement(read_letter(raw)) is None
