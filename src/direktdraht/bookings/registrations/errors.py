"""What can go wrong with a registration; each error has a sentence for the person who meets it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.refusal import Refusal


class RegistrationsError(Refusal):
    """Something cannot be done with this registration; ``str(error)`` is the sentence to show."""

    sentence = _("Das geht bei dieser Anmeldung gerade nicht.")


class NotAllowed(RegistrationsError, PermissionDenied):
    """Who asks may not do this; becomes a page with status 403."""

    sentence = _("Dafür haben Sie bei diesem Angebot keine Berechtigung.")


class WrongState(RegistrationsError):
    """The thing is not in a state that allows this."""

    sentence = _("Der Stand hat sich geändert. Bitte laden Sie die Seite neu.")


class NotOpen(RegistrationsError):
    """One can register from the opening to the end of the period only."""

    sentence = _("Die Anmeldung ist gerade nicht geöffnet.")


class NotReady(RegistrationsError):
    """Something is missing before the registration can be sent."""


class RegisteredAlready(RegistrationsError):
    """The same person takes part in this drawn series already."""

    sentence = _("Diese Person ist in dieser Reihe schon angemeldet. Den Link zur Anmeldung finden Sie in unserer Mail.")

    @staticmethod
    def words_for(name: str) -> str:
        """The same about one of several persons."""
        return gettext("%(name)s ist in dieser Reihe schon angemeldet. Den Link zur Anmeldung finden Sie in unserer Mail.") % {"name": name}


class TooLate(RegistrationsError):
    """An offered place was kept for a time that is over."""

    sentence = _("Die Frist für diesen Platz ist abgelaufen. Der Platz ging an die nächste Person.")


class NotedMeanwhile(WrongState):
    """Somebody else has noted something for this person since the page was shown."""

    sentence = _("Jemand hat inzwischen etwas anderes notiert.")


class NotThereYet(WrongState):
    """Who is present, and who is not, shows on the day itself."""

    sentence = _("Dieser Termin war noch nicht. Vorher lässt sich nur „entschuldigt“ notieren.")


class ReasonMissing(RegistrationsError):
    """Staff must say why."""

    sentence = _("Bitte nennen Sie einen Grund.")


class NoPlace(RegistrationsError):
    """There is no free place where one is needed."""

    sentence = _("Hier ist kein Platz frei.")


class SeatTaken(NoPlace):
    """Somebody else has the place that was given up."""

    sentence = _("Der Platz ist schon vergeben.")


class UndoOver(RegistrationsError):
    """A cancellation can be taken back for a short time only."""

    sentence = _("Eine Absage lässt sich nur 24 Stunden lang zurücknehmen.")


class MoneyMoved(RegistrationsError):
    """The money of a cancelled place went on meanwhile, so that the cancellation cannot be taken back."""

    sentence = _("Die Erstattung ist schon freigegeben. Das Geld kommt zu Ihnen zurück.")


class NotDrawable(RegistrationsError):
    """The draw cannot be run now; the first argument says why."""


class NotSealed(RegistrationsError):
    """The city's seal could not be put on a certificate; the first argument says why."""


class NotPublishable(RegistrationsError):
    """A series cannot be published as it is; the first argument says why."""
