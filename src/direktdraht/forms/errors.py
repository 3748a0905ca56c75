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


def failed_test(name: str, difference: str) -> str:
    """The sentence for a failing test inside a form."""
    return _("Der Test „%(name)s“ schlägt fehl: %(difference)s") % {"name": name, "difference": difference}
