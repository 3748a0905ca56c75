"""What can go wrong, in words for the clerk."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class FormsError(Exception):
    """Base of this room's errors."""


class CannotPublish(FormsError):
    """A definition that may not be published: each reason is a sentence."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("; ".join(self.reasons))


class CommandRefused(FormsError):
    """A command that cannot be done on the document as it is; the sentence says what to do."""


class RevisionConflict(FormsError):
    """Somebody else changed the draft since this page was shown; ``since`` is the revision that the page knew."""

    def __init__(self, since: int) -> None:
        self.since = since
        super().__init__(f"revision {since} is no longer the newest")


class FormExists(FormsError):
    """A form of this key is there already."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(_("Ein Formular mit dem Kürzel „%(key)s“ gibt es schon.") % {"key": key})


def failed_test(name: str, difference: str) -> str:
    """The sentence for a failing test inside a form."""
    return _("Der Test „%(name)s“ schlägt fehl: %(difference)s") % {"name": name, "difference": difference}
