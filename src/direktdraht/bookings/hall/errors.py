"""What can go wrong in a waiting hall; each error has a sentence for the person who meets it."""

from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.appointments.errors import AppointmentsError


class HallError(AppointmentsError):
    """Something cannot be done in this waiting hall."""

    sentence = _("Das geht in dieser Wartehalle gerade nicht.")


class NoNumbers(HallError):
    """Closed, or too near to closing time, or this occasion needs an appointment."""

    sentence = _("Hierfür gibt es gerade keine Nummern.")


class TooManyNumbers(HallError):
    """Numbers are drawn faster than people can come."""

    sentence = _("Gerade werden zu viele Nummern gezogen. Bitte warten Sie einen Moment.")


class UnknownCode(HallError):
    """No appointment of today has this code."""

    sentence = _("Zu diesem Code finden wir heute hier keinen Termin. Bitte fragen Sie am Schalter.")


class CodeTwice(HallError):
    """Two appointments of today share the code."""

    sentence = _("Dieser Code ist heute nicht eindeutig. Bitte melden Sie sich am Schalter.")


class OnPause(HallError):
    """The counter pauses."""

    sentence = _("Dieser Schalter macht Pause. Beenden Sie zuerst die Pause.")


class CounterFull(HallError):
    """Everybody that the counter can take is there already."""

    sentence = _("An diesem Schalter ist schon jemand. Schließen Sie zuerst diesen Aufruf ab.")


class NotThisOne(HallError):
    """The number is not in a state that allows this."""

    sentence = _("Der Stand dieser Nummer hat sich geändert.")


class NotHere(HallError):
    """The counter does not do what the person came for."""

    sentence = _("Das wird an diesem Schalter nicht gemacht.")
