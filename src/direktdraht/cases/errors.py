"""What can go wrong with a case; each error has a sentence for the person who meets it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.refusal import Refusal


class CasesError(Refusal):
    """Something cannot be done with this case; ``str(error)`` is the sentence to show."""

    sentence = _("Das geht bei diesem Vorgang gerade nicht.")


class NotAllowed(CasesError, PermissionDenied):
    """Who asks may not do this; becomes a page with status 403."""

    sentence = _("Dafür haben Sie in diesem Vorgang keine Berechtigung.")


class WrongState(CasesError):
    """The case or decision is not in a state that allows this."""

    sentence = _("Der Stand des Vorgangs hat sich geändert. Bitte laden Sie die Seite neu.")


class CaseIsClosed(WrongState):
    """The case is closed; it has to be reopened first."""

    sentence = _("Dieser Vorgang ist abgeschlossen. Öffnen Sie ihn zuerst wieder.")


class TextMissing(CasesError):
    """A message, reason or decision without words."""

    sentence = _("Bitte schreiben Sie einen Text.")


class TokenTaken(CasesError):
    """The one-time token of a form was used in another case."""

    sentence = _("Dieses Formular wurde schon benutzt. Bitte laden Sie die Seite neu.")


class KeyRefused(CasesError):
    """Number and key do not fit together, or there is no such number: the answer is the same."""

    sentence = _("Nummer und Schlüssel passen nicht zusammen. Bitte prüfen Sie beides.")


class TooManyTries(CasesError):
    """Too many keys were tried from one address."""

    sentence = _("Das waren zu viele Versuche. Bitte warten Sie 15 Minuten.")


class AccessNotOpened(CasesError):
    """The person has not agreed to electronic decisions (§ 3a (1) VwVfG)."""

    sentence = _("Die Person hat elektronischen Bescheiden nicht zugestimmt. Bitte nehmen Sie die Post.")


class ChannelClosed(CasesError):
    """Nothing can be sent over the person's channel now, or they opened none."""

    sentence = _("Auf diesem Weg lässt sich gerade nichts senden. Bitte nehmen Sie einen anderen.")


class AddressMissing(CasesError):
    """There is no e-mail address, so no notice of an electronic decision can be sent."""

    sentence = _("Dafür brauchen wir eine E-Mail-Adresse, an die wir Sie benachrichtigen.")


class NotAMember(CasesError):
    """The chosen clerk does not work in the case's unit."""

    sentence = _("Diese Person arbeitet nicht in der zuständigen Stelle.")


class InboxEnded(CasesError):
    """The decision was not retrieved in time; the provision has ended (§ 41 (2a) VwVfG)."""

    sentence = _("Die Frist zum Abruf ist vorbei. Sie bekommen den Bescheid auf anderem Weg.")


class WrongDay(CasesError):
    """A day of posting that cannot be."""

    sentence = _("Der Tag der Aufgabe liegt in der Zukunft oder vor der Freigabe.")


class AlreadySettled(WrongState):
    """Somebody has decided already whether two records name the same person."""

    sentence = _("Über diesen Abgleich ist schon entschieden.")


class NotSealed(CasesError):
    """The city's seal could not be put on the letter; the first argument says why."""

    sentence = _("Der Bescheid lässt sich gerade nicht siegeln.")

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.sentence, *self.args))
