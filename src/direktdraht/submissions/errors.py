"""What can go wrong, in words for the person."""

from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.refusal import Refusal


class SubmissionsError(Refusal):
    """Base of this room's errors."""


class ChangedMeanwhile(SubmissionsError):
    """The draft is not as the person saw it, on the review page or in an older window."""

    sentence = _("Ihre Angaben wurden inzwischen geändert. Bitte prüfen Sie sie noch einmal.")


class AlreadySent(SubmissionsError):
    """A draft that was sent cannot be changed."""

    sentence = _("Dieser Antrag ist schon abgeschickt.")


class NotFrozen(SubmissionsError):
    """There is no frozen declaration (any more) to sign."""

    sentence = _("Diese Erklärung wurde geändert oder ist schon abgeschickt.")
