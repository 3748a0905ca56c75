"""What can be asked about mail."""

from uuid import UUID

from direktdraht.foundation.post.models import Mail, State

MOST_SHOWN = 100


def failed_mails() -> list[Mail]:
    """The newest mails that were given up, at most 100."""
    return list(Mail.objects.filter(state=State.FAILED).order_by("-created_at", "pk")[:MOST_SHOWN])


def failed_mail(mail_id: UUID) -> Mail | None:
    """A mail that was given up, or nothing."""
    return Mail.objects.filter(pk=mail_id, state=State.FAILED).first()
