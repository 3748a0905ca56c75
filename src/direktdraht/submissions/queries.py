"""What can be asked of drafts that wait for a signature."""

from django.db.models import QuerySet

from direktdraht.submissions.models import Declaration, Draft


def live_declarations() -> QuerySet[Declaration]:
    """Frozen declarations that are neither let go nor sent."""
    return Declaration.objects.filter(discarded_at=None, draft__sent_at=None).select_related("draft", "unit", "document")


def declaration_of(draft: Draft) -> Declaration | None:
    """The frozen declaration of a draft."""
    return live_declarations().filter(draft=draft).first()
