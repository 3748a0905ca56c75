"""What can go wrong with orders and money; each error has a sentence for the person who meets it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.refusal import Refusal


class PaymentsError(Refusal):
    """Something cannot be done with this order; ``str(error)`` is the sentence to show."""

    sentence = _("Das geht bei dieser Zahlung gerade nicht.")


class NotAllowed(PaymentsError, PermissionDenied):
    """Who asks may not do this; becomes a page with status 403."""

    sentence = _("Dafür haben Sie keine Berechtigung.")


class WrongOrder(PaymentsError, ValueError):
    """An order cannot be made from these lines; a mistake of the calling room."""


class WrongAmount(PaymentsError):
    """The amount is not between one cent and what is there."""

    sentence = _("Dieser Betrag ist nicht möglich. Bitte prüfen Sie die Zahl.")


class WrongOrderState(PaymentsError):
    """The order is not in a state that allows this."""

    sentence = _("Der Stand der Zahlung hat sich geändert. Bitte laden Sie die Seite neu.")


class ReasonMissing(PaymentsError):
    """What changes money needs a reason."""

    sentence = _("Bitte nennen Sie einen Grund.")


class SamePerson(PaymentsError):
    """Whoever requested a refund cannot release it (Vier-Augen-Prinzip)."""

    sentence = _("Sie haben diese Erstattung selbst angeordnet. Eine andere Person muss sie freigeben.")


class AccountMissing(PaymentsError):
    """A transfer back needs an account to go to."""

    sentence = _("Bitte geben Sie an, auf welches Konto das Geld gehen soll (IBAN und Name).")


class PayeeChanged(PaymentsError):
    """The account of a refund changed since the person who releases it saw it."""

    sentence = _("Das Konto hat sich geändert. Bitte vergleichen Sie es noch einmal.")


class SourceTaken(PaymentsError):
    """The same receipt was booked before with another amount, order or account; nothing is booked."""

    sentence = _("Dieser Eingang ist schon gebucht, aber anders. Bitte prüfen Sie die Buchung.")


class DayIsClosed(PaymentsError):
    """The day's books are closed; nothing is added to them."""

    sentence = _("Dieser Tag ist abgeschlossen. Gebucht wird am nächsten offenen Tag.")


class WayNotOpen(PaymentsError):
    """This way to pay is not open for this order at present."""

    sentence = _("Dieser Weg ist gerade nicht möglich. Bitte wählen Sie einen anderen.")


class AttemptRunning(PaymentsError):
    """Another attempt is still running; it has to be stopped first, so that nobody pays twice."""

    sentence = _("Es läuft schon eine Zahlung. Brechen Sie sie zuerst ab, damit Sie nicht doppelt zahlen.")


class DrawerBusy(PaymentsError):
    """The drawer is open or closed already."""

    sentence = _("Der Stand der Barkasse hat sich geändert. Bitte laden Sie die Seite neu.")


class DrawerTaken(PaymentsError):
    """Another drawer has this key."""

    sentence = _("Dieses Kürzel hat schon eine andere Barkasse.")


class DrawerNotEmpty(PaymentsError):
    """A drawer with money in it stays in use."""

    sentence = _("Nach dem Buch liegt noch Geld in der Barkasse. Bringen Sie es zuerst zur Bank.")


class AccountTaken(PaymentsError):
    """There is an account with this number already."""

    sentence = _("Dieses Konto gibt es schon.")


class AccountInUse(PaymentsError):
    """What was booked on stays for ever."""

    sentence = _("Auf diesem Konto ist schon gebucht. Es bleibt deshalb bestehen.")


class NameTaken(PaymentsError):
    """Another form of the file has this name."""

    sentence = _("Diesen Namen gibt es schon.")


class TooManyTries(PaymentsError):
    """Too many keys were tried from one address."""

    sentence = _("Das waren zu viele Versuche. Bitte warten Sie 15 Minuten.")


class KeyRefused(PaymentsError):
    """Reference and key do not fit together, or there is no such order: the answer is the same."""

    sentence = _("Kassenzeichen und Schlüssel passen nicht zusammen. Bitte prüfen Sie beides.")
