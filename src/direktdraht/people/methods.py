"""Registry of ways to tell who is speaking (Identifizierungsmittel). Rooms and protocols above add theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.registry import Registry
from direktdraht.foundation.verdicts import Check
from direktdraht.people import queries
from direktdraht.people.models import Account, Identification, IdentificationRequest, Level


class Refused(Exception):
    """The method cannot tell who is speaking; the message says why, in German."""


class Method(Protocol):
    """One way to tell who is speaking.

    ``label`` is shown to people. ``level`` is the highest level it can reach.
    ``replaces_written_form`` is true only where a law says so (§ 9a (5) OZG, § 3a (3) VwVfG).
    """

    label: Any
    level: Level
    replaces_written_form: bool

    def attributes(self, account: Account | None, asked: frozenset[str]) -> dict[str, str]:
        """Return those of the ``asked`` attributes that the method knows, no others; raises Refused."""
        ...

    def evidence(self, account: Account | None) -> dict[str, str]:
        """Return what proves the answer later: ids and digests, no personal text."""
        ...


class Nobody:
    """No identification: the person writes without saying who they are."""

    label = _("Ohne Anmeldung")
    level = Level.NONE
    replaces_written_form = False

    def attributes(self, account: Account | None, asked: frozenset[str]) -> dict[str, str]:
        """Nothing is known."""
        del account, asked
        return {}

    def evidence(self, account: Account | None) -> dict[str, str]:
        """Nothing is proved."""
        del account
        return {}


class OwnAccount:
    """An account of this product: proves control of an e-mail address, never a signature (§ 9a (5) OZG names other accounts)."""

    label = _("Konto bei der Stadt")
    level = Level.LOW
    replaces_written_form = False

    def attributes(self, account: Account | None, asked: frozenset[str]) -> dict[str, str]:
        """Return name and confirmed address, if asked; raises Refused without a confirmed address."""
        known = {"name": owner_of(account).name, "email": queries.confirmed_address(owner_of(account))}
        if not known["email"]:
            raise Refused(gettext("Die E-Mail-Adresse des Kontos ist nicht bestätigt."))
        return {name: value for name, value in known.items() if name in asked and value}

    def evidence(self, account: Account | None) -> dict[str, str]:
        """The account's id."""
        return {"account": str(owner_of(account).pk)}


def owner_of(account: Account | None) -> Account:
    """The account; raises Refused without one."""
    if account is None:
        raise Refused(gettext("Dafür müssen Sie angemeldet sein."))
    return account


class RemoteMethod(Protocol):
    """A way to tell who is speaking that leads through another house and back: eID server, user account of a country.

    ``start`` begins it for an open request and answers with the page or redirect that leads there. When the person
    comes back, the protocol calls ``identifying.finish`` or ``identifying.fail`` and sends them to ``way_back``.
    ``needs`` says what a person needs, ``told_besides`` what the means tells beside the attributes that are asked for.
    """

    label: Any
    level: Level
    needs: Any
    told_besides: Sequence[Any]

    def problems(self) -> Sequence[str]:
        """Why nobody can go this way at present, one plain German sentence each, from what is known here; nobody is asked."""
        ...

    def obstacles(self, asked: Sequence[str]) -> Sequence[str]:
        """The same right before a person goes, for these attributes: before any PIN is typed the other house may be asked, too."""
        ...

    def start(self, request: HttpRequest, wanted: IdentificationRequest) -> HttpResponse:
        """Send the person there."""
        ...

    def failure_words(self, failure: str) -> str:
        """A failure as a sentence that says what the person can do."""
        ...

    def recheck(self, identification: Identification) -> Sequence[Check]:
        """Examine the stored evidence again, without any network."""
        ...

    def sign_out_page(self, request: HttpRequest) -> str:
        """Our page that leads this browser out of the other house; "" where it is signed in nowhere."""
        ...


@dataclass(frozen=True)
class SignedIn:
    """Another house where this browser may still be signed in, and our page that leads out."""

    label: Any
    page: str


def signed_in_elsewhere(request: HttpRequest) -> list[SignedIn]:
    """The houses that this browser was sent to and may still be signed in at."""
    found = [SignedIn(method.label, method.sign_out_page(request)) for _key, method in REMOTE.items()]
    return [one for one in found if one.page]


REMOTE: Registry[RemoteMethod] = Registry("people.remote_methods")
METHODS: Registry[Method] = Registry("people.methods")
register, get, items = METHODS.register, METHODS.get, METHODS.items

register("none", Nobody())
register("account", OwnAccount())
