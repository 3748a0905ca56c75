"""The declaration comes as a De-Mail: genuine, confirmed, with the very document, or filed as mail with the reason."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from direktdraht.cases.models import Case, Match, MessageKind
from direktdraht.foundation import clock
from direktdraht.foundation.documents.storage import open_content
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.submissions import freezing
from direktdraht.submissions.demail import signing
from direktdraht.submissions.models import Declaration, DeMail, MailState, Submission
from direktdraht.writtenform import actions as writtenform
from direktdraht.writtenform.demail_connection import connection
from direktdraht.writtenform.models import Proof
from tests import cast
from tests.submissions import demails, objection
from tests.writtenform.demail_world import SENDER

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 7, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday_afternoon() -> Any:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return demails.set_up(tmp_path / "demail", monkeypatch)


def page_of(client: Client, declaration: Declaration) -> str:
    return client.get(f"/antrag/{declaration.draft_id}/unterschreiben/de-mail").content.decode()


def test_the_page_says_address_subject_and_that_nothing_came(client: Client) -> None:
    declaration = objection.frozen(client)

    ways = client.get(f"/antrag/{declaration.draft_id}/unterschreiben").content.decode()
    page = page_of(client, declaration)

    known = connection()
    assert known is not None
    assert f"/antrag/{declaration.draft_id}/unterschreiben/de-mail" in ways
    assert known.address in page
    assert f"Unterschrift {declaration.code}" in page
    assert "Noch ist nichts angekommen" in page


def test_a_confirmed_demail_with_the_document_is_the_signature(client: Client) -> None:
    declaration = objection.frozen(client)

    mail = demails.arrives(demails.signing(declaration))

    proof, submission = Proof.objects.get(), Submission.objects.get()
    assert (mail.state, mail.reason, mail.genuine, mail.confirmed) == (MailState.SIGNED, "", True, True)
    assert (proof.way, proof.level, proof.signer) == ("demail", "high", "Robin Weber")
    assert proof.paragraph == "§ 3a Abs. 3 Nr. 2 VwVfG, § 5 Abs. 5 De-Mail-Gesetz"
    assert submission.digest == proof.digest == declaration.digest
    assert submission.case.proofs.get().match == Match.CLEAR
    assert (submission.case.channel, submission.case.channel_address) == ("demail", SENDER)
    assert {"mail", "trust-1"} == set(proof.evidence.values_list("role", flat=True))
    assert {"demail.received", "demail.handled", "proof.kept", "case.signed"} <= set(Entry.objects.values_list("kind", flat=True))


def test_receipt_report_and_the_clerks_line_are_those_of_every_way(client: Client) -> None:
    declaration = objection.frozen(client)
    demails.arrives(demails.signing(declaration))
    number = Submission.objects.get().case.number
    clerk = cast.signed_in(Client(), cast.kim())

    receipt = client.get(f"/antrag/{declaration.draft_id}/unterschreiben/de-mail", follow=True).content.decode()
    desk = clerk.get(f"/buero/vorgang/{number}").content.decode()
    report = clerk.get(f"/buero/vorgang/{number}/unterschrift").content.decode()

    assert "Ihr Antrag ist eingegangen" in receipt
    assert "Robin Weber, mit absenderbestätigter De-Mail" in receipt
    assert "Robin Weber, mit absenderbestätigter De-Mail" in desk
    assert "Der Anbieter bestätigt, wer die De-Mail abgeschickt hat." in report
    assert "Die De-Mail kam am 23.11.2026 um 14:07 Uhr an." in report


def test_the_text_in_the_mail_itself_counts_as_the_document(client: Client) -> None:
    declaration = objection.frozen(client)
    text = client.get(f"/antrag/{declaration.draft_id}/unterschreiben/erklaerung.txt").content.decode()
    assert declaration.digest in text

    mail = demails.arrives(demails.mail(f"AW: Unterschrift {declaration.code}", demails.text_part(text)))

    assert mail.state == MailState.SIGNED


def changed(old: bytes, new: bytes) -> Callable[[Declaration], bytes]:
    def make(declaration: Declaration) -> bytes:
        made = demails.signing(declaration)
        assert old in made
        return made.replace(old, new, 1)

    return make


def without_signature(declaration: Declaration) -> bytes:
    return demails.unsigned(f"Unterschrift {declaration.code}", demails.file_part(demails.pdf_of(declaration)))


def by_nobody(declaration: Declaration) -> bytes:
    raw = demails.unsigned(f"Unterschrift {declaration.code}", demails.file_part(demails.pdf_of(declaration)))
    return demails.world().sealed(raw, demails.world().stranger)


BROKEN: list[tuple[str, Callable[[Declaration], bytes], str]] = [
    ("tampered", changed(b"JVBERi0", b"JVBERi1"), "Der Inhalt wurde nach der Signatur verändert."),
    ("stripped", without_signature, "Die Nachricht trägt keine Signatur eines De-Mail-Anbieters."),
    ("forged", by_nobody, "Die ausstellende Stelle des Zertifikats ist unbekannt."),
    ("forwarded", changed(b"From: ", b"Resent-From: x@y.example\r\nFrom: "), "Die Nachricht wurde weitergeleitet."),
    ("not confirmed", lambda d: demails.signing(d, authoritative="no"), "„absenderbestätigt“ wurde nicht gewählt."),
    ("low level", lambda d: demails.signing(d, level="normal"), "nicht sicher angemeldet"),
    (
        "for others",
        lambda d: demails.signing(d, put={"X-de-mail-chosen-recipient": "to=a@b.example", "X-de-mail-actual-recipient": "to=a@b.example"}),
        "an jemand anderes gerichtet",
    ),
    (
        "other document",
        lambda d: demails.mail(f"Unterschrift {d.code}", demails.file_part(b"%PDF-1.4 anders")),
        "enthält nicht genau diese Erklärung",
    ),
    (
        "text with more",
        lambda d: demails.mail(f"Unterschrift {d.code}", demails.text_part(f"Nicht: {signing.text_of(d)}")),
        "enthält nicht genau diese Erklärung",
    ),
]


@pytest.mark.parametrize(("make", "reason"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_proves_nothing_is_filed_with_its_reason_and_told(client: Client, make: Any, reason: str) -> None:
    declaration = objection.frozen(client)

    mail = demails.arrives(make(declaration))

    assert mail.state == MailState.REFUSED
    assert reason in mail.reason
    assert not Proof.objects.exists()
    assert not Submission.objects.exists()
    case = Case.objects.get(origin="demail")
    message = case.messages.get()
    assert mail.case == case
    assert reason in message.text
    assert "De-Mail.eml" in {one.document.name for one in message.files.all()}
    assert reason in page_of(client, declaration)
    told = Mail.objects.get(template="submissions/mail/demail_refused")
    assert told.to == "robin@example.org"
    assert reason in told.text
    assert "Mit De-Mail" in client.get(f"/antrag/{declaration.draft_id}/unterschreiben").content.decode()


def test_after_a_refused_copy_the_genuine_one_still_signs(client: Client) -> None:
    declaration = objection.frozen(client)
    raw = demails.signing(declaration)

    first = demails.arrives(raw.replace(b"JVBERi0", b"JVBERi1", 1))
    second = demails.arrives(raw)

    assert (first.state, second.state) == (MailState.REFUSED, MailState.SIGNED)


def test_the_same_mail_twice_is_one(client: Client) -> None:
    declaration = objection.frozen(client)
    raw = demails.signing(declaration)

    for _ in range(3):
        mail = demails.arrives(raw)

    assert (DeMail.objects.count(), mail.times, mail.state) == (1, 3, MailState.SIGNED)
    assert Submission.objects.count() == Proof.objects.count() == 1


def test_the_same_mail_over_another_server_is_a_copy_in_the_same_case(client: Client) -> None:
    declaration = objection.frozen(client)
    raw = demails.signing(declaration)
    demails.arrives(raw)

    copy = demails.arrives(b"Received: from elsewhere\r\n" + raw)

    case = Submission.objects.get().case
    assert (copy.state, copy.case, copy.reason) == (MailState.REFUSED, case, "Diese Nachricht lag schon einmal vor.")
    assert case.messages.filter(kind=MessageKind.INTERNAL).count() == 1
    assert Proof.objects.count() == 1


def test_a_second_mail_of_the_same_person_goes_to_the_case(client: Client) -> None:
    declaration = objection.frozen(client)
    demails.arrives(demails.signing(declaration))

    later = demails.arrives(demails.mail(f"Nachtrag {declaration.code}", demails.text_part("Noch etwas."), number=2))

    case = Submission.objects.get().case
    assert (later.state, later.case) == (MailState.FILED, case)
    assert any("Noch etwas." in message.text for message in case.messages.filter(kind=MessageKind.PERSON))


def test_a_stranger_who_knows_the_number_writes_no_word_of_the_person(client: Client) -> None:
    declaration = objection.frozen(client)
    demails.arrives(demails.signing(declaration))
    case = Submission.objects.get().case
    stranger = {"From": "Mallory <mallory@provider.de-mail.example>", "X-de-mail-sender": "mallory@provider.de-mail.example"}

    mail = demails.arrives(demails.mail(f"[{case.number}]", demails.text_part("Ich nehme alles zurück."), put=stranger, number=2))

    note = case.messages.get(kind=MessageKind.INTERNAL)
    assert mail.case == case
    assert "nicht bestätigt" in note.text
    case.refresh_from_db()
    assert case.channel_address == SENDER


def test_a_declaration_that_was_let_go_is_not_signed(client: Client) -> None:
    declaration = objection.frozen(client)
    raw = demails.signing(declaration)
    freezing.let_go(declaration)

    mail = demails.arrives(raw)

    assert mail.state == MailState.REFUSED
    assert "inzwischen geändert" in mail.reason


def test_further_words_beside_the_document_reach_the_clerk(client: Client) -> None:
    declaration = objection.frozen(client)
    parts = (demails.text_part("Bitte rufen Sie mich an."), demails.file_part(demails.pdf_of(declaration)))

    demails.arrives(demails.mail(f"Unterschrift {declaration.code}", *parts))

    texts = [message.text for message in Submission.objects.get().case.messages.all()]
    assert any("Bitte rufen Sie mich an." in text for text in texts)


def test_another_account_holder_is_for_a_clerk_to_match(client: Client) -> None:
    declaration = objection.frozen(client)

    demails.arrives(demails.signing(declaration, put={"X-de-mail-account-holder": "Sam Anders"}))

    assert Submission.objects.get().case.proofs.get().match == Match.OPEN


def test_ten_years_later_the_kept_evidence_says_the_same_and_a_changed_mail_does_not(client: Client, account: Path) -> None:
    demails.arrives(demails.signing(objection.frozen(client)))
    for file in (account / "trust").iterdir():
        file.unlink()
    proof = Proof.objects.get()

    with clock.frozen(MONDAY + timedelta(days=3650)):
        checks = writtenform.recheck(proof)
    assert [check.name for check in checks if check.ok is False] == []
    assert "sender-confirmed" in {check.name for check in checks}

    proof.manifest = {**proof.manifest, "result": {**proof.manifest["result"], "sender": "x@y.example"}}
    assert "same-answer" in {check.name for check in writtenform.recheck(proof) if check.ok is False}


def test_no_mail_leaves_the_house_without_its_worker(client: Client) -> None:
    demails.arrives(demails.signing(objection.frozen(client)))

    assert outbox.outbox == []


def test_the_raw_mail_is_kept_to_the_byte(client: Client) -> None:
    raw = demails.signing(objection.frozen(client))

    document = demails.arrives(raw).document

    assert document is not None
    with open_content(document.sha256) as content:
        assert content.read() == raw
