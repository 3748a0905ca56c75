"""How long raw mails stay: what a case or a proof needs it has copies of; the rest goes after the configured time."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.journal import actions as journal
from direktdraht.submissions.models import DeMail, MailState
from direktdraht.writtenform import demail_connection

MOST_AT_ONCE = 500
KEPT = (MailState.EVIDENCE, MailState.RECEIVED, MailState.HELD)


def erase_old() -> int:
    """Erase raw bytes, sender and subject of handled mails; returns how many. Journal: ``demail.erased``.

    Confirmations stay, they are evidence of their case. What is held waits for a clerk. Nothing goes without settings.
    """
    try:
        known = demail_connection.connection()
    except demail_connection.SetupProblem:
        return 0
    if known is None:
        return 0
    old = DeMail.objects.filter(erased_at=None, handled_at__lt=clock.now() - timedelta(days=known.keep_days))
    ids = list(old.exclude(state__in=KEPT).order_by("handled_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(erase(pk) for pk in ids)


def erase(pk: UUID) -> bool:
    """Erase one mail; its row keeps what became of it, so that a copy is known again."""
    with transaction.atomic():
        mail = DeMail.objects.select_for_update(of=("self",)).select_related("document").filter(pk=pk, erased_at=None).first()
        if mail is None:
            return False
        document, mail.document = mail.document, None
        mail.sender = mail.subject = ""
        mail.checks, mail.erased_at = [], clock.now()
        mail.save()
        if document is not None:
            documents.remove(document)
        journal.record("demail.erased", subject=f"demail:{mail.pk}")
    return True
