"""A De-Mail of the city goes to the provider's gateway by SMTP, with the choices of sending as header fields (TR-01201 part 3.4, 3.1)."""

import smtplib
import ssl
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from direktdraht.cases import actions as cases
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.documents.models import Document, State
from direktdraht.foundation.documents.storage import open_content
from direktdraht.submissions.models import SendingState, SentDeMail
from direktdraht.writtenform import demail_connection
from direktdraht.writtenform.demail_connection import Connection, Server

MOST_ATTEMPTS = 8
SECONDS = 30
UNCONFIRMED_AFTER = timedelta(hours=24)
NOT_TAKEN = N_("Der De-Mail-Anbieter nimmt die Nachricht nicht an.")
NOT_REACHED = N_("Der De-Mail-Anbieter war nicht erreichbar.")
NOT_CONFIRMED = N_("Der De-Mail-Anbieter hat den Versand nicht bestätigt.")


class NotHandedOver(Exception):
    """The gateway did not take the mail now; the job tries again."""


def hand_over(sent_id: str) -> str:
    """Hand one mail to the gateway; returns its state. One that was handed over already is left alone.

    A crash between the gateway's answer and our note hands it over again, with the same Message-ID. Raises NotHandedOver.
    """
    sent = SentDeMail.objects.select_related("case__unit", "message", "decision__pdf", "decision__case").filter(pk=sent_id).first()
    if sent is None or sent.state != SendingState.QUEUED:
        return "" if sent is None else sent.state
    try:
        known = demail_connection.connection()
    except demail_connection.SetupProblem:
        known = None
    if known is None or known.gateway is None:
        return try_later(sent, NOT_REACHED)
    try:
        deliver(known.gateway, message_of(sent, known))
    except smtplib.SMTPRecipientsRefused:
        return give_up(sent, NOT_TAKEN)
    except smtplib.SMTPResponseException as problem:
        return give_up(sent, NOT_TAKEN) if 500 <= problem.smtp_code < 600 else try_later(sent, NOT_REACHED)
    except (smtplib.SMTPException, OSError, demail_connection.SetupProblem):
        demail_connection.note_mailbox(known.gateway, answered=False)
        return try_later(sent, NOT_REACHED)
    demail_connection.note_mailbox(known.gateway, answered=True)
    SentDeMail.objects.filter(pk=sent.pk, state=SendingState.QUEUED).update(
        state=SendingState.HANDED, handed_at=clock.now(), problem="", attempts=sent.attempts + 1
    )
    return SendingState.HANDED


def try_later(sent: SentDeMail, problem: str) -> str:
    """Note the failure; after the last attempt staff are told. Raises NotHandedOver before that."""
    sent.attempts += 1
    if sent.attempts >= MOST_ATTEMPTS:
        return give_up(sent, problem)
    SentDeMail.objects.filter(pk=sent.pk).update(attempts=sent.attempts, problem=problem)
    raise NotHandedOver


def give_up(sent: SentDeMail, problem: str) -> str:
    """Nothing goes out: the clerk is told and chooses another way."""
    with transaction.atomic(), translation.override("de"):
        unsent = SentDeMail.objects.filter(pk=sent.pk, state__in=[SendingState.QUEUED, SendingState.HANDED])
        if not unsent.update(state=SendingState.FAILED, problem=problem, attempts=sent.attempts):
            return SendingState.FAILED
        if sent.decision is not None:
            cases.give_up_dispatch(decision=sent.decision, reason=_(problem))
        else:
            cases.tell_staff(case=sent.case, text=_("Die Antwort ging nicht als De-Mail hinaus: %(reason)s") % {"reason": _(problem)})
    return SendingState.FAILED


def give_up_unconfirmed() -> int:
    """Decisions whose dispatch nobody confirmed for a day; returns how many."""
    old = SentDeMail.objects.filter(
        state=SendingState.HANDED, decision__isnull=False, handed_at__lt=clock.now() - UNCONFIRMED_AFTER
    ).select_related("case__unit", "decision__case")
    found = list(old.order_by("pk"))
    for sent in found:
        give_up(sent, NOT_CONFIRMED)
    return len(found)


def deliver(server: Server, message: EmailMessage) -> None:
    """Give a message to the gateway. Raises SMTPException, OSError, SetupProblem."""
    secret = demail_connection.password("gateway")
    context = ssl.create_default_context()
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with closing(client):
        if server.security == "starttls":
            client.starttls(context=context)
        if server.user:
            client.login(server.user, secret)
        client.send_message(message)
        client.quit()


def message_of(sent: SentDeMail, known: Connection) -> EmailMessage:
    """The mail with what the city asks of its provider: confirmed sender (§ 3a (3) no. 3 b VwVfG) and confirmations."""
    case = sent.case
    message = EmailMessage()
    message["From"], message["To"] = known.address, sent.to
    message["Date"] = format_datetime(sent.created_at)
    message["Message-ID"] = f"<{sent.pk}@{known.address.rpartition('@')[2]}>"
    with translation.override(case.language):
        title = sent.decision.title if sent.decision is not None else case.title
        message["Subject"] = " ".join(f"[{case.number}] {title}".split())
        text = sent.message.text if sent.message is not None else _("Ihr Bescheid liegt bei.")
        closing_words = _("Wenn Sie antworten, lassen Sie die Vorgangsnummer bitte im Betreff.")
    message["X-de-mail-authoritative"] = "yes"
    message["X-de-mail-confirmation-of-dispatch"] = "yes"
    message["X-de-mail-confirmation-of-receipt"] = "yes"
    message["X-de-mail-confirmation-of-retrieve"] = "no"
    message["X-de-mail-private-id"] = str(sent.pk)
    message.set_content(f"{text}\n\n{closing_words}\n\n{case.unit.name}\n{city.current().name}\n")
    for document in documents_of(sent):
        kind, _slash, subtype = document.content_type.partition("/")
        with open_content(document.sha256) as content:
            message.add_attachment(content.read(), maintype=kind, subtype=subtype or "octet-stream", filename=document.name)
    return message


def documents_of(sent: SentDeMail) -> Iterable[Document]:
    """The files that go along: those of the message, or the letter of the decision; none that is held back."""
    if sent.decision is not None:
        return [sent.decision.pdf] if sent.decision.pdf is not None else []
    if sent.message is None:
        return []
    files = [one.document for one in sent.message.files.select_related("document")]
    return [one for one in files if one.state == State.CLEAN]
