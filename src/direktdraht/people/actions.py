"""What can be done with accounts, units and memberships."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people import methods
from direktdraht.people.access import is_admin
from direktdraht.people.models import Account, Identification, Level, Membership, Role, Unit
from direktdraht.people.names import clean_name


class PeopleError(Exception):
    """Something about people cannot be done; the message is a German sentence for the person."""


class AlreadyMember(PeopleError):
    """The account has this role in this unit already."""


class LastAdmin(PeopleError):
    """Nobody would be left who administers the platform."""


class KeyTaken(PeopleError):
    """Another unit has this key."""


def change_name(*, account: Account, name: str) -> Account:
    """Change how the person is addressed; the journal notes that it happened, not the name.

    Raises NameRefused. Journal: ``account.renamed``.
    """
    with transaction.atomic():
        account.name = clean_name(name)
        account.save(update_fields=["name"])
        journal.record("account.renamed", subject=f"account:{account.pk}", by=str(account.pk))
    return account


def create_staff(*, email: str, name: str, unit: Unit, role: str, by: Account | None = None) -> Account:
    """Make (or find) the account of ``email`` and give it a place in ``unit``.

    A new account has no password; ``password_link`` gives the link that sets one.
    ``by`` is ``None`` on the operator's command line only. Raises AlreadyMember, NameRefused, PermissionDenied.
    Journal: ``account.created`` for a new one, ``member.added``.
    """
    require_admin(by)
    address = email.strip().lower()
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(email=address).first()
        if account is None:
            account = Account.objects.create_user(address, None, name=clean_name(name))
            # The link that sets the password goes to this address, or is handed over by the operator.
            EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
            journal.record("account.created", subject=f"account:{account.pk}", by=actor(by))
        add_membership(account, unit, role, by)
    return account


def add_member(*, account: Account, unit: Unit, role: str, by: Account) -> Membership:
    """Give an existing account a place in a unit. Raises AlreadyMember, PermissionDenied. Journal: ``member.added``."""
    require_admin(by)
    with transaction.atomic():
        return add_membership(account, unit, role, by)


def add_membership(account: Account, unit: Unit, role: str, by: Account | None) -> Membership:
    """The common part of both; the caller holds the transaction and has checked the permission."""
    membership, is_new = Membership.objects.get_or_create(account=account, unit=unit, role=Role(role))
    if not is_new:
        raise AlreadyMember(gettext("Diese Person hat diese Rolle in der Stelle schon."))
    mark_staff(account)
    journal.record("member.added", subject=f"account:{account.pk}", facts={"unit": unit.key, "role": role}, by=actor(by))
    return membership


def change_role(*, membership: Membership, role: str, by: Account) -> Membership:
    """Give a member another role in the same unit.

    Raises AlreadyMember, LastAdmin, PermissionDenied. Journal: ``member.role_changed``.
    """
    require_admin(by)
    with transaction.atomic():
        before = membership.role
        if Role(role) != Role.ADMIN:
            ensure_another_admin(membership)
        taken = Membership.objects.filter(account=membership.account, unit=membership.unit, role=role).exclude(pk=membership.pk)
        if taken.exists():
            raise AlreadyMember(gettext("Diese Person hat diese Rolle in der Stelle schon."))
        membership.role = Role(role)
        membership.save(update_fields=["role"])
        facts = {"unit": membership.unit_id, "role": role, "before": before}
        journal.record("member.role_changed", subject=f"account:{membership.account_id}", facts=facts, by=str(by.pk))
    return membership


def remove_member(*, membership: Membership, by: Account) -> None:
    """Take a member's place away; the account itself stays.

    Raises LastAdmin, PermissionDenied. Journal: ``member.removed``.
    """
    require_admin(by)
    with transaction.atomic():
        ensure_another_admin(membership)
        facts = {"unit": membership.unit_id, "role": membership.role}
        account = membership.account
        membership.delete()
        mark_staff(account)
        journal.record("member.removed", subject=f"account:{account.pk}", facts=facts, by=str(by.pk))


def set_four_eyes(*, unit: Unit, on: bool, by: Account | None = None) -> None:
    """Say whether a second person releases this unit's decisions (Vier-Augen-Prinzip). Journal: ``unit.four_eyes``."""
    require_admin(by)
    with transaction.atomic():
        if Unit.objects.filter(pk=unit.pk).exclude(four_eyes=on).update(four_eyes=on):
            journal.record("unit.four_eyes", subject=f"unit:{unit.key}", facts={"on": on}, by=actor(by))


def add_unit(*, key: str, name: str, email: str = "", four_eyes: bool = False, by: Account | None = None) -> Unit:
    """Add a unit of the administration. Raises KeyTaken, PermissionDenied. Journal: ``unit.added``."""
    require_admin(by)
    with transaction.atomic():
        unit, is_new = Unit.objects.get_or_create(key=key, defaults={"name": name, "email": email, "four_eyes": four_eyes})
        if not is_new:
            raise KeyTaken(gettext("Eine Stelle mit diesem Kürzel gibt es schon."))
        journal.record("unit.added", subject=f"unit:{key}", by=actor(by))
    return unit


def identify(*, method: str, account: Account | None = None, asked: Iterable[str] = ()) -> Identification:
    """Store who is speaking for one declaration, with only the attributes asked for.

    Raises methods.Refused, UnknownEntry. Journal: ``person.identified`` with method and level.
    """
    entry = methods.get(method)
    attributes = entry.attributes(account, frozenset(asked))
    with transaction.atomic():
        found = Identification.objects.create(
            account=account, method=method, level=Level(entry.level), attributes=attributes, evidence=entry.evidence(account)
        )
        journal.record("person.identified", subject=f"identification:{found.pk}", facts={"method": method, "level": str(entry.level)})
    return found


def release_address(address: EmailAddress) -> None:
    """Remove accounts that took this address but never confirmed it: whoever reads its mail is its owner.

    Nobody can have signed in to such an account. The caller holds the transaction. Journal: ``account.removed``.
    """
    remove_accounts(never_confirmed().filter(email=address.email).exclude(pk=address.user_id))


def forget_unconfirmed(*, days: int = 30) -> int:
    """Remove accounts whose address was not confirmed within ``days``; returns how many. Journal: ``account.removed``."""
    with transaction.atomic():
        return remove_accounts(never_confirmed().filter(created_at__lt=clock.now() - timedelta(days=days)))


def never_confirmed() -> QuerySet[Account]:
    """Accounts without any confirmed address into which nobody ever signed in."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return Account.objects.filter(~Exists(confirmed), last_login=None, memberships=None)


def remove_accounts(accounts: QuerySet[Account]) -> int:
    """Delete the accounts, each with its journal row."""
    found = list(accounts.order_by("created_at", "pk")[:1000])
    for account in found:
        journal.record("account.removed", subject=f"account:{account.pk}", facts={"reason": "unconfirmed"})
        account.delete()
    return len(found)


def password_link(account: Account) -> str:
    """The address at which the person sets a password; works once and for three days at most."""
    parts = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=parts)}"


def invite(*, account: Account) -> None:
    """Send the person the link that sets a password."""
    get_adapter().send_mail("account/email/invitation", account.email, {"password_reset_url": password_link(account)})


def require_admin(by: Account | None) -> None:
    """Raise PermissionDenied unless ``by`` administers the platform; ``None`` is the operator's command line."""
    if by is not None and not is_admin(by):
        raise PermissionDenied


def ensure_another_admin(membership: Membership) -> None:
    """Raise LastAdmin when this membership is the last that administers; others wait until the transaction ends."""
    if membership.role != Role.ADMIN:
        return
    held = list(Membership.objects.select_for_update().filter(role=Role.ADMIN, account__is_active=True).order_by("pk"))
    if not [other for other in held if other.pk != membership.pk]:
        raise LastAdmin(gettext("Eine Person muss die Plattform verwalten. Geben Sie diese Rolle zuerst jemand anderem."))


def mark_staff(account: Account) -> None:
    """Keep the staff mark of the account true to its memberships."""
    account.known_memberships = None
    is_staff = account.memberships.exists()
    if account.is_staff != is_staff:
        account.is_staff = is_staff
        account.save(update_fields=["is_staff"])


def actor(by: Account | None) -> str:
    """Who acts, for the journal."""
    return "" if by is None else str(by.pk)
