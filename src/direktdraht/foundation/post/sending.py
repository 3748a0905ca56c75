"""Handing one queued mail to the mail server."""

from email.utils import formatdate
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.foundation.post.models import Mail, State

MOST_ATTEMPTS = 8


class SendingFailed(Exception):
    """The mail server did not take the mail; the job tries again."""


def send(mail_id: str) -> bool:
    """Send one queued mail. A mail that was sent already is left alone.

    Delivery is at least once: a crash between the server's answer and our note sends it again, with the same
    Message-ID, so that mail programs show it once.

    Raises:
        SendingFailed: to be tried again.
    """
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail is None or mail.state == State.SENT:
        return False
    mail.attempts += 1
    try:
        message_of(mail).send()
    except (SMTPException, OSError) as problem:
        mail.problem = f"{type(problem).__name__}: {problem}"[:500]
        mail.state = State.FAILED if mail.attempts >= MOST_ATTEMPTS else State.QUEUED
        mail.save(update_fields=["attempts", "problem", "state"])
        raise SendingFailed(mail.problem) from problem
    fault("mail.handed_over")
    # Sent text is erased: it may hold one-time links, and the person has it now.
    mail.state, mail.problem, mail.text, mail.attachment, mail.sent_at = State.SENT, "", "", "", clock.now()
    mail.save(update_fields=["attempts", "problem", "text", "attachment", "state", "sent_at"])
    return True


def message_of(mail: Mail) -> EmailMessage:
    """Return the message with headers that tell other programs not to answer it automatically (RFC 3834)."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.id}@{domain}>",
        "Date": formatdate(mail.created_at.timestamp()),
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMessage(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    if mail.attachment_name:
        message.attach(mail.attachment_name, mail.attachment, mail.attachment_type)
    return message
