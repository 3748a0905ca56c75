"""A De-Mail that signs a frozen declaration: genuine, confirmed, with exactly the frozen document; then it is sent at once."""

from datetime import UTC

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from direktdraht.cases import actions as cases
from direktdraht.foundation.post import actions as post
from direktdraht.submissions import actions, freezing, kinds
from direktdraht.submissions.demail import filing
from direktdraht.submissions.demail.reading import Letter, holds_document, same_words
from direktdraht.submissions.errors import ChangedMeanwhile, NotFrozen
from direktdraht.submissions.models import Declaration, DeMail, MailState, Submission
from direktdraht.writtenform import by_demail
from direktdraht.writtenform.by_demail import Examined
from direktdraht.writtenform.errors import WrittenFormError

NOT_OPEN = N_("Diese Erklärung lässt sich nicht mit De-Mail unterschreiben.")
CHANGED = N_("Diese Erklärung wurde inzwischen geändert. Die alte Fassung gilt nicht mehr.")


def sign(mail: DeMail, letter: Letter, examined: Examined) -> bool:
    """Take the mail as the signature of the declaration that its subject names; False if it names none that waits.

    What does not sign is filed as a new case with its reason, and the person is told; the other ways stay open.
    """
    declaration = waiting(mail.code)
    if declaration is None:
        return False
    mail.declaration, mail.unit = declaration, declaration.unit
    reason = why_not(declaration, letter, examined)
    if not reason:
        try:
            with transaction.atomic():
                submission = send(declaration, mail, letter, examined)
        except (WrittenFormError, NotFrozen, ChangedMeanwhile) as problem:
            reason = str(problem)
        except kinds.NotReady:
            reason = CHANGED
        else:
            take_further_words(submission, mail, letter, examined)
            return True
    filing.file_refused(mail, letter, examined, declaration, reason)
    tell(declaration, mail, reason)
    return True


def waiting(code: str) -> Declaration | None:
    """The declaration of a code that was not sent yet, also when it was let go meanwhile."""
    if not code:
        return None
    found = Declaration.objects.select_related("draft", "unit", "document").filter(code=code, draft__sent_at=None)
    return found.first()


def why_not(declaration: Declaration, letter: Letter, examined: Examined) -> str:
    """The one sentence why the mail does not sign; empty if it does."""
    if declaration.discarded_at is not None:
        return CHANGED
    reason = by_demail.why_not(examined.verdict)
    if reason:
        return reason
    way = freezing.rule_of(declaration).way(by_demail.WAY)
    if way is None:
        return NOT_OPEN
    held = holds_document(letter, sha256=declaration.document.sha256, text=text_of(declaration))
    return "" if held else by_demail.OTHER_DOCUMENT


def send(declaration: Declaration, mail: DeMail, letter: Letter, examined: Examined) -> Submission:
    """Keep the proof, send the declaration, open De-Mail for the answers."""
    outcome = by_demail.outcome_of(
        examined,
        same_document=True,
        given_at=min(letter.dated or mail.arrived_at, mail.arrived_at).astimezone(UTC),
        arrived_at=mail.arrived_at,
        document=declaration.document.sha256,
    )
    freezing.sign(declaration, outcome)
    with translation.override(declaration.draft.language):
        submission = actions.submit(declaration.draft, seen_digest=declaration.digest)
    cases.open_channel(case=submission.case, channel=by_demail.WAY, address=examined.verdict.sender or "")
    mail.state, mail.case, mail.reason = MailState.SIGNED, submission.case, ""
    return submission


def take_further_words(submission: Submission, mail: DeMail, letter: Letter, examined: Examined) -> None:
    """What the mail says beside the declaration belongs to the case, too."""
    declaration = mail.declaration
    if declaration is None or same_words(letter.text) in {"", same_words(text_of(declaration))}:
        return
    files = filing.files_of(mail, letter, without={declaration.document.sha256})
    name = examined.verdict.holder or letter.sender
    case = submission.case
    case.refresh_from_db()
    cases.take_in_mail(case=case, text=filing.words_of(letter, ""), name=name, documents=files, from_person=True)


def text_of(declaration: Declaration) -> str:
    """The frozen declaration as text with code and digest, which may be sent in place of the PDF; empty if it changed."""
    draft = declaration.draft
    try:
        ready = kinds.registry.get(draft.kind).ready(draft)
    except kinds.NotReady:
        return ""
    if actions.frozen_digest(draft, ready) != declaration.digest:
        return ""
    return f"{ready.content.text.strip()}\n\nCode: {declaration.code}\nSHA-256: {declaration.digest}\n"


def tell(declaration: Declaration, mail: DeMail, reason: str) -> None:
    """Tell the person why the De-Mail does not sign, by the house's own post; once for each mail."""
    draft = declaration.draft
    try:
        to = kinds.registry.get(draft.kind).ready(draft).person_email
    except kinds.NotReady:
        return
    if to:
        with translation.override(draft.language):
            context = {"title": declaration.title, "reason": _(reason), "draft_id": str(draft.pk)}
        post.queue_mail(
            to=to, template="submissions/mail/demail_refused", context=context, language=draft.language, key=f"demail-refused:{mail.pk}"
        )
