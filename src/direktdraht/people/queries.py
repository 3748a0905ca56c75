"""What can be asked about people and units."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from direktdraht.people.models import Account, Membership, Role, Unit

Someone = AbstractBaseUser | AnonymousUser


def memberships_of(account: Someone) -> list[Membership]:
    """The account's memberships with their units, read once for each account object (that is: once a request)."""
    if not isinstance(account, Account):
        return []
    if account.known_memberships is None:
        account.known_memberships = list(account.memberships.select_related("unit").order_by("unit__name", "role"))
    return account.known_memberships


def units_of(account: Someone) -> list[Unit]:
    """The units in which the account has a place, by name; none for strangers."""
    units = {membership.unit_id: membership.unit for membership in memberships_of(account)}
    return list(units.values())


def roles_of(account: Someone) -> set[str]:
    """The roles that the account has in any unit; none for strangers."""
    return {membership.role for membership in memberships_of(account)}


def roles_in(account: Someone, unit: Unit) -> set[str]:
    """The roles that the account has in this very unit."""
    return {membership.role for membership in memberships_of(account) if membership.unit_id == unit.key}


def staff_of(unit: Unit) -> QuerySet[Account]:
    """The active accounts with a place in the unit, by name."""
    return Account.objects.filter(memberships__unit=unit, is_active=True).distinct().order_by("name", "email")


def all_units() -> QuerySet[Unit]:
    """All units by name."""
    return Unit.objects.order_by("name", "key")


@dataclass(frozen=True)
class UnitWithMembers:
    """A unit and who has a place in it."""

    unit: Unit
    members: list[Membership]


def units_with_members() -> list[UnitWithMembers]:
    """All units with their members, in two queries."""
    members: dict[str, list[Membership]] = {}
    for membership in Membership.objects.select_related("account").order_by("account__name", "account__email", "role"):
        members.setdefault(membership.unit_id, []).append(membership)
    return [UnitWithMembers(unit, members.get(unit.key, [])) for unit in all_units()]


def count_admins() -> int:
    """How many active accounts administer the platform."""
    return Account.objects.filter(memberships__role=Role.ADMIN, is_active=True).distinct().count()


def has_second_factor(account: Account) -> bool:
    """Whether an authenticator app is set up for the account."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists())


def confirmed_address(account: Account) -> str:
    """The confirmed e-mail address of the account, or ``""``."""
    found = EmailAddress.objects.filter(user_id=account.pk, verified=True).order_by("-primary", "pk").first()
    return str(found.email) if found else ""
