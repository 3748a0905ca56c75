"""Registry of places that hold personal data, for information, export and erasure (Art. 15, 17, 20 GDPR)."""

from dataclasses import dataclass
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.registry import Registry
from direktdraht.people.models import Account, Identification, Membership

# Ends the address of an erased account; ``.invalid`` can never receive mail (RFC 2606).
ERASED = "@geloescht.invalid"


@dataclass(frozen=True)
class Erased:
    """What an erasure did: how many records went, how many stay, and by which rule they stay."""

    gone: int
    kept: int = 0
    why_kept: str = ""


class PersonalData(Protocol):
    """One place that holds data of people. Rooms register theirs in ``apps.py``.

    ``label`` names the place, ``purpose`` why the data is held, ``basis`` the law, ``retention`` until when.
    """

    label: Any
    purpose: Any
    basis: str
    retention: Any

    def find(self, account: Account) -> int:
        """Return how many records belong to the person."""
        ...

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return every record that belongs to the person as JSON values, in words a person understands."""
        ...

    def erase(self, account: Account) -> Erased:
        """Erase what no law keeps, inside the caller's transaction; calling it twice erases nothing more."""
        ...


class AccountData:
    """The account itself, its addresses, sessions and identifications."""

    label = _("Konto")
    purpose = _("Anmeldung und Zustellung von Antworten")
    basis = "Art. 6 (1) lit. e DSGVO, § 8 OZG"
    retention = _("bis zur Löschung des Kontos")

    def find(self, account: Account) -> int:
        """Count account, addresses, sessions and identifications."""
        places = (EmailAddress.objects.filter(user=account), UserSession.objects.filter(user=account), account.identifications)
        return 1 + sum(place.count() for place in places)

    def export(self, account: Account) -> list[dict[str, Any]]:
        """Return account, addresses and identifications; sessions without the device's address."""
        rows: list[dict[str, Any]] = [{"Konto": str(account.pk), "Name": account.name, "Angelegt": account.created_at.isoformat()}]
        addresses = EmailAddress.objects.filter(user=account).order_by("pk")
        rows += [{"E-Mail-Adresse": address.email, "Bestätigt": address.verified} for address in addresses]
        rows += [{"Sitzung seit": found.created_at.isoformat()} for found in UserSession.objects.filter(user=account).order_by("pk")]
        rows += [
            {"Identifizierung": found.method, "Niveau": found.level, "Angaben": found.attributes, "Zeitpunkt": found.at.isoformat()}
            for found in Identification.objects.filter(account=account).order_by("at", "pk")
        ]
        return rows

    def erase(self, account: Account) -> Erased:
        """End the sessions and make the account nameless; a member of staff must leave all units first."""
        if Membership.objects.filter(account=account).exists():
            return Erased(gone=0, kept=1, why_kept=gettext("Das Konto gehört zu einer Stelle der Verwaltung."))
        if account.email.endswith(ERASED):
            return Erased(gone=0)
        kept = Identification.objects.filter(account=account).count()
        gone = self.find(account) - kept
        for session in UserSession.objects.filter(user=account).order_by("pk"):
            session.end()
        EmailAddress.objects.filter(user=account).delete()
        Authenticator.objects.filter(user=account).delete()
        account.name, account.email, account.is_active = "", f"{account.pk}{ERASED}", False
        account.set_unusable_password()
        account.save(update_fields=["name", "email", "is_active", "password"])
        why = gettext("Eine Identifizierung gehört zu einer Erklärung und wird mit ihr gelöscht.") if kept else ""
        return Erased(gone=gone, kept=kept, why_kept=why)


PERSONAL_DATA: Registry[PersonalData] = Registry("people.personal_data")
register, get, items = PERSONAL_DATA.register, PERSONAL_DATA.get, PERSONAL_DATA.items

register("account", AccountData())
