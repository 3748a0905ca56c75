"""The ways to pay that need no partner: by transfer, and in cash at a counter. They are described, never started."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.payments import setup
from direktdraht.payments.models import CashDrawer, Payment, Refund
from direktdraht.payments.registry import Provider, Started, Told, WayClosed


class Described:
    """A way without attempts; what ``Provider`` asks about them is never called."""

    instant = False
    online = False

    def site(self) -> str:
        """None: people stay where they are."""
        return ""

    def attempt_in(self, body: bytes) -> str:
        """Nobody sends messages."""
        return ""

    def start(self, payment: Payment, return_url: str) -> Started:
        """There is nothing to start. Raises WayClosed."""
        raise WayClosed

    def ask(self, payment: Payment) -> Told:
        """There is nobody to ask. Raises WayClosed."""
        raise WayClosed

    def cancel(self, payment: Payment) -> Told:
        """There is nothing to stop. Raises WayClosed."""
        raise WayClosed

    def refund(self, refund: Refund) -> Told:
        """The finance desk pays back by hand. Raises WayClosed."""
        raise WayClosed

    def ask_refund(self, refund: Refund) -> Told:
        """There is nobody to ask. Raises WayClosed."""
        raise WayClosed


class Transfer(Described):
    """By transfer to the city's account, with a code that banking apps read."""

    label = gettext_lazy("Überweisung")
    hint = gettext_lazy("Es zählt der Tag der Wertstellung. Bitte geben Sie das Kassenzeichen genau so an.")

    def problems(self) -> Sequence[str]:
        """Why nobody can transfer at present."""
        return [] if setup.current().iban else [_("Das Konto der Stadt ist noch nicht eingetragen.")]


class Cash(Described):
    """In cash at a counter."""

    label = gettext_lazy("Bar vor Ort")
    hint = gettext_lazy("Nennen Sie am Schalter das Kassenzeichen.")

    def problems(self) -> Sequence[str]:
        """Why nobody can pay in cash at present."""
        return [] if CashDrawer.objects.filter(is_active=True).exists() else [_("Zurzeit ist keine Barkasse eingerichtet.")]


TRANSFER: Provider = Transfer()
CASH: Provider = Cash()
