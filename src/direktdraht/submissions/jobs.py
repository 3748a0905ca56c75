"""Work after the receipt page: mail and PDF, and clearing away what nobody needs any more."""

from datetime import timedelta
from uuid import UUID

from django.utils import translation

from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.faults import fault
from direktdraht.foundation.jobs import periodic, task
from direktdraht.foundation.post import actions as post
from direktdraht.submissions import finishing, receipts
from direktdraht.submissions.freezing import DRAFT_OWNERS
from direktdraht.submissions.models import Declaration, Draft, Submission

DAYS_KEPT_UNSENT = 30
HOURS_KEPT_SENT = 24
# A signed letter may arrive late; without information on remedies an objection has a year (§ 58 (2) VwGO).
DAYS_KEPT_FROZEN = 400


@task(name="submissions.hand_out_receipt")
def hand_out_receipt(submission_id: str) -> None:
    """Queue the receipt's mail, then render and keep its PDF; what is done already is not done again.

    One job for both keeps the transaction of sending short. The mail goes first, so a PDF that fails holds nobody up.
    """
    fault("job.taken")
    submission = Submission.objects.select_related("case", "case__unit", "receipt_pdf").get(pk=submission_id)
    if submission.mailed_to:
        queue_receipt_mail(submission)
    receipts.stored_pdf(submission)
    fault("job.done")


def queue_receipt_mail(submission: Submission) -> None:
    """Queue the mail with number, check code and digest, once for each submission."""
    with translation.override(submission.language):
        words = receipts.received(submission)
    post.queue_mail(
        to=submission.mailed_to,
        template="submissions/mail/receipt",
        context={
            "number": submission.case.number,
            "received_at": submission.received_at,
            "answer_by": submission.answer_by,
            "check_code": submission.check_code,
            "digest": submission.digest,
            "words": words,
        },
        language=submission.language,
        key=f"receipt:{submission.pk}",
        attachment=words.file,
    )


@periodic(name="submissions.finish_paid_first", cron="* * * * * */10")
def finish_paid_first(timestamp: int) -> int:
    """Every ten seconds: send what was paid first, or give the money back; returns how many are at their end."""
    del timestamp
    return finishing.finish_all()


@periodic(name="submissions.clear_drafts", cron="20 3 * * *")
def clear_drafts(timestamp: int) -> int:
    """Every night: delete drafts untouched for 30 days (frozen ones: 400), and sent ones after a day (their record is kept)."""
    del timestamp
    now = clock.now()
    unsent = Draft.objects.filter(sent_at=None)
    old = unsent.filter(frozen_at=None, changed_at__lt=now - timedelta(days=DAYS_KEPT_UNSENT))
    waiting = unsent.filter(frozen_at__lt=now - timedelta(days=DAYS_KEPT_FROZEN))
    done = Draft.objects.filter(sent_at__lt=now - timedelta(hours=HOURS_KEPT_SENT))
    return sum(clear(list(drafts.values_list("pk", flat=True))) for drafts in (old, waiting, done))


def clear(ids: list[UUID]) -> int:
    """Delete drafts and the documents that only they own; returns how many drafts."""
    Declaration.objects.filter(draft_id__in=ids).delete()
    Document.objects.filter(owner_kind__in=DRAFT_OWNERS, owner_id__in=[str(pk) for pk in ids]).delete()
    Draft.objects.filter(pk__in=ids).delete()
    return len(ids)
