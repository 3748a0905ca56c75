"""The fixed cast: the same people and units in every test, made on first call and found on the next.

robin, a resident · kim, a clerk of the waste unit · alex, who leads it · sascha, a clerk of another unit ·
toni, who designs forms · mika and charlie, who keep the city's accounts · jo, who administers the platform.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from direktdraht.foundation import clock
from direktdraht.people.models import Account, Membership, Role, Unit

PASSWORD = "regen-auf-dem-marktplatz-7"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

UNITS = {
    "abfall": "Abfallwirtschaft",
    "steueramt": "Steueramt",
    "verkehr": "Verkehrsbehörde",
    "tiefbau": "Tiefbauamt",
    "ordnung": "Ordnungsamt",
    "hauptamt": "Hauptamt",
}


def unit(key: str) -> Unit:
    """One of the city's units."""
    return Unit.objects.get_or_create(key=key, defaults={"name": UNITS[key], "email": f"{key}@musterstadt.example"})[0]


def abfall() -> Unit:
    return unit("abfall")


def steueramt() -> Unit:
    return unit("steueramt")


def verkehr() -> Unit:
    return unit("verkehr")


def tiefbau() -> Unit:
    return unit("tiefbau")


def ordnung() -> Unit:
    return unit("ordnung")


def hauptamt() -> Unit:
    return unit("hauptamt")


def person(email: str, name: str) -> Account:
    """An account with a confirmed address and the known password."""
    found = Account.objects.filter(email=email).first()
    if found is not None:
        return found
    account = Account.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def staff(email: str, name: str, place: Unit, role: Role, *, second_factor: bool = True) -> Account:
    """An account with a place in a unit and, unless told otherwise, a second factor."""
    account = person(email, name)
    Membership.objects.get_or_create(account=account, unit=place, role=role)
    if not account.is_staff:
        account.is_staff = True
        account.save(update_fields=["is_staff"])
    if second_factor and not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, TOTP_SECRET)
        RecoveryCodes.activate(account)
    return account


def robin() -> Account:
    """A resident."""
    return person("robin@example.org", "Robin Weber")


def kim() -> Account:
    """A clerk of the waste unit."""
    return staff("kim@musterstadt.example", "Kim Yılmaz", abfall(), Role.CLERK)


def alex() -> Account:
    """The leader of the waste unit."""
    return staff("alex@musterstadt.example", "Alex Brandt", abfall(), Role.LEAD)


def sascha() -> Account:
    """A stranger: a clerk of the tax unit."""
    return staff("sascha@musterstadt.example", "Sascha Okafor", steueramt(), Role.CLERK)


def toni() -> Account:
    """A designer of forms."""
    return staff("toni@musterstadt.example", "Toni Kowalski", hauptamt(), Role.FORMS)


def mika() -> Account:
    """Keeps the city's accounts."""
    return staff("mika@musterstadt.example", "Mika Sommer", hauptamt(), Role.FINANCE)


def charlie() -> Account:
    """Keeps them too: the second person of four eyes."""
    return staff("charlie@musterstadt.example", "Charlie Novak", hauptamt(), Role.FINANCE)


def jo() -> Account:
    """The administrator of the platform."""
    return staff("jo@musterstadt.example", "Jo Hansen", hauptamt(), Role.ADMIN)


def signed_in(client: Client, account: Account) -> Client:
    """The client, signed in as ``account``; staff with a second factor have shown it in this session."""
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    methods = ["password"] + ["mfa"] * Authenticator.objects.filter(user=account).exists()
    session = client.session
    session["account_authentication_methods"] = [
        {"method": method, "at": clock.now().timestamp(), "reauthenticated": True} for method in methods
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client
