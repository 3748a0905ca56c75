"""A mail comes in, over IMAP or LMTP: its raw bytes are stored before anything is read in them; the same mail is taken in once."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation import clock
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.faults import fault
from direktdraht.foundation.journal import actions as journal
from direktdraht.submissions.demail import jobs
from direktdraht.submissions.models import DeMail, MailState
from direktdraht.writtenform.demail.fields import MOST_BYTES

OWNER = "demail"
TOO_BIG = N_("Die Nachricht ist größer als 64 MB. Nur ihr Kopf ist hier. Die ganze Nachricht liegt noch im De-Mail-Postfach.")


def take_in(raw: bytes, *, came_by: str, arrived_at: datetime | None = None, whole: bool = True) -> DeMail:
    """Store a mail and queue its examination, in one transaction; the very same bytes again only count.

    ``whole`` is False where only the header of a mail that is too big could be had: it is held for staff.
    Journal: ``demail.received``.
    """
    digest = hashlib.sha256(raw).hexdigest()
    held = not whole or len(raw) > MOST_BYTES
    try:
        with transaction.atomic():
            known = again(digest)
            if known is not None:
                return known
            mail = DeMail(digest=digest, came_by=came_by, arrived_at=arrived_at or clock.now())
            if held:
                mail.state, mail.reason, mail.handled_at = MailState.HELD, TOO_BIG, clock.now()
            mail.document = documents.keep_bytes(
                raw[:MOST_BYTES], name="De-Mail.eml", content_type="message/rfc822", owner_kind=OWNER, owner_id=str(mail.pk)
            )
            mail.save(force_insert=True)
            journal.record("demail.received", subject=f"demail:{mail.pk}", facts={"by": came_by, "bytes": len(raw)})
            if not held:
                jobs.handle_mail.defer(mail_id=str(mail.pk))
            fault("demail.before_commit")
    except IntegrityError:
        # The same mail came over two ways at the same moment; the other one is stored.
        with transaction.atomic():
            known = again(digest)
        if known is None:
            raise
        return known
    return mail


def again(digest: str) -> DeMail | None:
    """The mail with these very bytes, counted once more; ``None`` if it is new."""
    if not DeMail.objects.filter(digest=digest).update(times=F("times") + 1):
        return None
    return DeMail.objects.get(digest=digest)
