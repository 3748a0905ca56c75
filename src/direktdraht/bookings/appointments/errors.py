"""What can go wrong with an appointment; each error has a sentence for the person who meets it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.refusal import Refusal


class AppointmentsError(Refusal):
    """Something cannot be done with this appointment; ``str(error)`` is the sentence to show."""

    sentence = _("Das geht mit diesem Termin gerade nicht.")


class NotAllowed(AppointmentsError, PermissionDenied):
    """Who asks may not do this; becomes a page with status 403."""

    sentence = _("Dafür haben Sie an diesem Standort keine Berechtigung.")


class Taken(AppointmentsError):
    """Somebody else got this time first."""

    sentence = _("Diese Zeit hat gerade jemand anderes genommen. Bitte wählen Sie eine andere.")


class HoldLapsed(AppointmentsError):
    """The hold or offer is over, and its time was given out."""

    sentence = _("Wir konnten die Zeit nicht länger für Sie halten. Bitte wählen Sie eine andere.")


class OfferLapsed(AppointmentsError):
    """An offer from the list of wishes was not taken in time; it never comes back."""

    sentence = _("Das Angebot ist abgelaufen. Die Zeit ging an die nächste Person auf der Liste.")


class WrongState(AppointmentsError):
    """The appointment is not in a state that allows this."""

    sentence = _("Der Stand dieses Termins hat sich geändert. Bitte laden Sie die Seite neu.")


class TooLate(WrongState):
    """The appointment has begun already."""

    sentence = _("Dieser Termin hat schon begonnen. Bitte rufen Sie uns an.")


class TooManyHolds(AppointmentsError):
    """Too many times are held, or were taken, from one place."""

    sentence = _("Von Ihrem Anschluss werden gerade zu viele Zeiten gehalten. Bitte warten Sie zehn Minuten.")


class TooManyAppointments(AppointmentsError):
    """One address has too many appointments ahead."""

    sentence = _("Zu dieser Adresse gibt es schon vier Termine. Bitte sagen Sie zuerst einen ab.")


class WishedAlready(AppointmentsError):
    """The same person waits for the same occasion already."""

    sentence = _("Sie stehen für diesen Anlass schon auf der Wunschliste.")


class ReasonMissing(AppointmentsError):
    """The city moves or cancels without saying why."""

    sentence = _("Bitte schreiben Sie den Grund. Die Person bekommt ihn mitgeteilt.")


class InUse(AppointmentsError):
    """A setting cannot be changed so because something depends on it."""

    sentence = _("Das geht nicht, solange hier noch Termine gebucht sind.")
