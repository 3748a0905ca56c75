"""What can go wrong, in words for the person."""

from django.utils.translation import gettext as _


class SubmissionsError(Exception):
    """Base of this room's errors."""


class ChangedMeanwhile(SubmissionsError):
    """The draft is not as the person saw it, on the review page or in an older window."""

    def __str__(self) -> str:
        """The sentence for the person."""
        return _("Ihre Angaben wurden inzwischen geändert. Bitte prüfen Sie sie noch einmal.")


class AlreadySent(SubmissionsError):
    """A draft that was sent cannot be changed."""

    def __str__(self) -> str:
        """The sentence for the person."""
        return _("Dieser Antrag ist schon abgeschickt.")


class NotFrozen(SubmissionsError):
    """There is no frozen declaration (any more) to sign."""

    def __str__(self) -> str:
        """The sentence for the person."""
        return _("Diese Erklärung wurde geändert oder ist schon abgeschickt.")
