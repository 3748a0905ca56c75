"""What can be done: begin a draft, keep answers, keep a resume code, discard, submit."""

from typing import Any

from django.db import transaction
from django.db.models import F

from direktdraht.cases.actions import PersonFacts, add_proof, open_case
from direktdraht.cases.models import Case
from direktdraht.foundation import clock, codes
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.faults import fault
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal.digests import new_salt
from direktdraht.foundation.journal.models import Entry
from direktdraht.people.models import Account
from direktdraht.submissions import freezing, kinds, orders, paying_first
from direktdraht.submissions.errors import AlreadySent, ChangedMeanwhile
from direktdraht.submissions.jobs import hand_out_receipt
from direktdraht.submissions.kinds import Ready
from direktdraht.submissions.models import Declaration, Draft, Submission, SubmissionFile

ROWS_OF_A_SUBMISSION = 3  # case opened, its first message, submission received
CHECK_CODE_LENGTH = 14  # three groups of four with their dashes: 60 bits, tries are limited


def begin_draft(*, kind: str, ref: str, language: str, account: Account | None) -> Draft:
    """Begin something new; nothing is sent."""
    return Draft.objects.create(kind=kind, ref=ref, language=language, account=account, case_key=codes.new_key(), salt=new_salt())


def keep_answers(draft: Draft, answers: dict[str, Any], *, language: str) -> Draft:
    """Keep what was typed, right or wrong, over the answers that ``draft`` was read with.

    Raises:
        AlreadySent: the draft became a submission meanwhile, or was frozen for its signature.
        ChangedMeanwhile: its answers changed since it was read; nothing is written.
    """
    unsent = Draft.objects.filter(pk=draft.pk, sent_at=None, frozen_at=None)
    changed = unsent.filter(revision=draft.revision).update(
        answers=answers, language=language, revision=F("revision") + 1, changed_at=clock.now()
    )
    if not changed:
        raise ChangedMeanwhile if unsent.exists() else AlreadySent
    draft.answers, draft.language, draft.revision = answers, language, draft.revision + 1
    return draft


def set_language(draft: Draft, language: str) -> Draft:
    """Let the rest be shown in another language; answers stay untouched."""
    if Draft.objects.filter(pk=draft.pk, sent_at=None, frozen_at=None).update(language=language):
        draft.language = language
    return draft


def make_resume_code(draft: Draft) -> str:
    """Draw a code with which the draft can be continued on any device; an earlier code ends."""
    code = codes.new_key()
    if not Draft.objects.filter(pk=draft.pk, sent_at=None).update(resume_digest=codes.key_digest(code)):
        raise AlreadySent
    return code


def leave(draft: Draft) -> None:
    """Close an unsent draft on a device: pages that are still open there cannot be sent any more."""
    Draft.objects.filter(pk=draft.pk, sent_at=None).update(page_secret=new_salt())


def discard(draft: Draft) -> None:
    """Delete an unsent draft and its files; a sent one stays."""
    with transaction.atomic():
        locked = Draft.objects.select_for_update().filter(pk=draft.pk, sent_at=None).first()
        if locked is not None:
            Declaration.objects.filter(draft=locked).delete()
            Document.objects.filter(owner_kind__in=freezing.DRAFT_OWNERS, owner_id=str(draft.pk)).delete()
            locked.delete()


def frozen_digest(draft: Draft, ready: Ready) -> str:
    """The digest of exactly what would be sent now; the review page carries it."""
    return ready.content.digest(bytes(draft.salt))


def submit(draft: Draft, *, seen_digest: str) -> Submission:
    """Send a draft: one transaction for record, case, journal row and jobs. Doing it twice gives one submission.

    ``seen_digest`` is what the person saw on the review page.

    Raises:
        ChangedMeanwhile: the draft changed since then.
        kinds.NotReady: something is missing, be it the signature that the law asks for.
    """
    fault("submission.request_read")
    with transaction.atomic():
        fault("submission.transaction_begun")
        held = hold_unsent(draft)
        if held is None:
            return Submission.objects.select_related("case").get(pk=draft.pk)
        ready = kinds.registry.get(held.kind).ready(held)
        digest = frozen_digest(held, ready)
        if digest != seen_digest:
            raise ChangedMeanwhile
        proof = freezing.needed_proof(held, ready, digest)
        paying_first.ensure_paid(held, ready)
        submission = write_down(held, ready, digest)
        if proof is not None:
            add_proof(case=submission.case, proof=proof, declared=ready.declared, proved=freezing.proved_person(proof))
        fault("submission.before_commit")
    fault("submission.after_commit")
    return submission


def hold_unsent(draft: Draft) -> Draft | None:
    """Mark the draft as sent and hold its row until the transaction ends, or nothing if it was sent already.

    Whoever sends it at the same moment waits here. One statement where the draft still is as ``draft`` was read;
    else it is read anew. A rollback takes the mark back.
    """
    at = clock.now()
    unsent = Draft.objects.filter(pk=draft.pk, sent_at=None)
    as_read = unsent.filter(revision=draft.revision, ref=draft.ref, language=draft.language, salt=draft.salt, frozen_at=draft.frozen_at)
    if as_read.update(sent_at=at, resume_digest=None):
        return draft
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.sent_at is not None:
        return None
    unsent.update(sent_at=at, resume_digest=None)
    return locked


def write_down(draft: Draft, ready: Ready, digest: str) -> Submission:
    """Write everything that a submission consists of, inside the caller's transaction."""
    with journal.book(ROWS_OF_A_SUBMISSION) as book:
        case = case_of(draft, ready, book)
        fault("submission.case_written")
        entry = book.record(
            "submission.received",
            subject=f"submission:{draft.pk}",
            digest=digest,
            facts={"number": case.number, "kind": draft.kind, "ref": draft.ref, "definition": ready.content.definition_digest},
            by=str(draft.account_id or ""),
        )
    fault("submission.journal_written")
    submission = keep_record(draft, ready, case, entry)
    keep_files(submission, ready)
    orders.order_fee(draft, submission, ready)
    kinds.registry.get(draft.kind).sent(draft, submission)
    fault("submission.record_written")
    hand_out_receipt.defer(submission_id=str(submission.pk))
    fault("submission.jobs_queued")
    return submission


def keep_record(draft: Draft, ready: Ready, case: Case, entry: Entry) -> Submission:
    """Store what was sent, for ever as it is; its digest and instant are those of the journal row."""
    return Submission.objects.create(
        id=draft.pk,
        kind=draft.kind,
        ref=draft.ref,
        definition_digest=ready.content.definition_digest,
        title=ready.title,
        language=draft.language,
        answers=ready.content.answers,
        files=[file.to_json() for file in ready.content.files],
        text=ready.content.text,
        fee=ready.fee,
        salt=draft.salt,
        digest=entry.digest,
        received_at=entry.recorded_at,
        journal_entry=entry.id,
        case=case,
        service=ready.service,
        account_id=draft.account_id,
        answer_by=case.promise_due,
        mailed_to=ready.person_email,
        check_code=codes.new_key()[:CHECK_CODE_LENGTH],
    )


def case_of(draft: Draft, ready: Ready, book: journal.Book) -> Case:
    """Open the case with the key that the draft carries."""
    person = PersonFacts(name=ready.person_name, email=ready.person_email, account=draft.account)
    return open_case(
        origin="submission",
        origin_ref=str(draft.pk),
        title=ready.case_title,
        service=ready.service,
        unit=ready.unit,
        person=person,
        text=ready.message,
        documents=ready.documents,
        language=draft.language,
        key=draft.case_key,
        runs=ready.runs,
        book=book,
    )[0]


def erase(submission: Submission) -> None:
    """Take everything that a person sent out of a record whose time is over; number, instant and digest stay.

    Without content and salt the digest says nothing any more. Twice changes nothing. Journal: ``submission.erased``.
    """
    with transaction.atomic():
        held = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        if not held.salt:
            return
        held.answers, held.files, held.text, held.salt = {}, [], "", b""
        held.account, held.identification, held.mailed_to, held.receipt_pdf = None, None, "", None
        held.save()
        held.attachments.all().delete()
        Document.objects.filter(owner_kind="submission", owner_id=str(held.pk)).delete()
        journal.record("submission.erased", subject=f"submission:{held.pk}")


def keep_files(submission: Submission, ready: Ready) -> None:
    """Make the draft's files the submission's own."""
    for position, document in enumerate(ready.documents):
        kept = documents.hand_over(document, owner_kind="submission", owner_id=str(submission.pk))
        SubmissionFile.objects.create(submission=submission, document=kept, position=position)
