"""Replay: the stored rendering is shown for ever; rendering anew must give the same text."""

from direktdraht.submissions import kinds
from direktdraht.submissions.content import Content, FrozenFile
from direktdraht.submissions.models import Submission

NEWEST = 200


def stored_content(submission: Submission) -> Content:
    """The content that the submission's digest covers, from what is stored."""
    return Content(
        kind=submission.kind,
        definition_digest=submission.definition_digest,
        answers=submission.answers,
        files=tuple(FrozenFile(**file) for file in submission.files),
        text=submission.text,
        language=submission.language,
    )


def renders_the_same(submission: Submission) -> bool:
    """Whether today's code renders the stored answers to the stored text, and the digest still holds."""
    content = stored_content(submission)
    anew = kinds.registry.get(submission.kind).render_text(submission.ref, content)
    return anew == submission.text and content.digest(bytes(submission.salt)) == submission.digest


def broken_among_newest() -> list[str]:
    """Case numbers of the newest submissions that do not render the same."""
    newest = Submission.objects.exclude(salt=b"").select_related("case").order_by("-received_at")[:NEWEST]
    return [submission.case.number for submission in newest if not renders_the_same(submission)]
