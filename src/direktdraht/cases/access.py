"""How cases are fetched, each way with its check; there is no other way in.

Staff of the case's unit (Sachbearbeitung, Leitung) work with it; the leader of the unit above may read;
the administrator of the platform sees nothing. Strangers get 404, readers 403 when they act.
"""

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from direktdraht.cases.errors import KeyRefused, NotAllowed, TooManyTries
from direktdraht.cases.models import Case, Decision
from direktdraht.foundation import codes
from direktdraht.foundation.limits import counting as limits
from direktdraht.people.models import Account, Role, Unit
from direktdraht.people.queries import Someone, memberships_of, roles_in

WORKING_ROLES = frozenset({Role.CLERK, Role.LEAD})
KEY_TRIES = 20
KEY_TRIES_SECONDS = 15 * 60
NO_DIGEST = "0" * 64


@dataclass(frozen=True)
class Person:
    """Proof that somebody may speak in a case as its person: made by this module only.

    ``way`` says how they got in; ``account`` is set when they are signed in.
    """

    case_id: UUID
    way: Literal["key", "account"]
    account: Account | None = None


def may_work(user: Someone, case: Case) -> bool:
    """Whether the user may act in the case."""
    return bool(WORKING_ROLES & roles_in(user, case.unit))


def may_read(user: Someone, case: Case) -> bool:
    """Whether the user may look at the case: who works with it, and who leads the unit above."""
    return may_work(user, case) or supervises(user, case)


def supervises(user: Someone, case: Case) -> bool:
    """Whether the user leads the unit above the case's unit (Fachaufsicht)."""
    above = case.unit.parent_id
    return any(found.unit_id == above and found.role == Role.LEAD for found in memberships_of(user)) if above else False


def leads(user: Someone, case: Case) -> bool:
    """Whether the user leads the case's unit."""
    return Role.LEAD in roles_in(user, case.unit)


def may_release(by: Account, case: Case, decision: Decision) -> bool:
    """Whether the account may release this draft: with four eyes not its author, unless they lead the unit."""
    return not case.unit.four_eyes or decision.author_id != by.pk or leads(by, case)


def working_units(user: Someone) -> list[Unit]:
    """The units whose cases the user works with, by name."""
    units = {found.unit_id: found.unit for found in memberships_of(user) if found.role in WORKING_ROLES}
    return list(units.values())


def require(allowed: bool) -> None:
    """Raise NotAllowed unless ``allowed``."""
    if not allowed:
        raise NotAllowed


def require_worker(user: Someone, case: Case) -> None:
    """Raise NotAllowed unless the user may act in the case."""
    require(may_work(user, case))


def require_person(person: Person, case: Case) -> None:
    """Raise NotAllowed unless ``person`` was let into this very case."""
    require(person.case_id == case.pk)


def all_cases() -> QuerySet[Case]:
    """Cases with everything that permission checks and pages need."""
    return Case.objects.select_related("unit", "service", "assignee", "account")


def get_case_for(user: Someone, number: str) -> Case:
    """The case for a member of staff to look at.

    Raises Http404 for strangers, PermissionDenied for members of the unit whose role does not work with cases.
    """
    case = by_number(number)
    if case is None:
        raise Http404
    if may_read(user, case):
        return case
    if roles_in(user, case.unit):
        raise PermissionDenied
    raise Http404


def get_case_to_work(user: Someone, number: str) -> Case:
    """The case for a member of staff to act in; readers get PermissionDenied, strangers Http404."""
    case = get_case_for(user, number)
    if not may_work(user, case):
        raise PermissionDenied
    return case


def get_case_by_key(number: str, key: str, ip: str) -> tuple[Case, Person]:
    """The case that number and key open together.

    Raises KeyRefused, the same for an unknown number and a wrong key; TooManyTries after 20 tries in 15 minutes
    from one address (IPv6: from one /64 network).
    """
    if not limits.hit("cases.key", network_of(ip), limit=KEY_TRIES, seconds=KEY_TRIES_SECONDS):
        raise TooManyTries
    case = by_number(number)
    stored = case.key_digest if case is not None else NO_DIGEST
    fits = hmac.compare_digest(stored, codes.key_digest(key))
    if case is None or not fits:
        raise KeyRefused
    return case, Person(case.pk, "key")


def get_case_for_person(account: Someone, number: str) -> tuple[Case, Person]:
    """The case that belongs to a signed-in account; raises Http404."""
    case = by_number(number)
    if case is None or not isinstance(account, Account) or case.account_id != account.pk:
        raise Http404
    return case, Person(case.pk, "account", account)


def get_case_still_open(number: str, mark: str, account: Someone) -> tuple[Case, Person]:
    """The case that was opened with its key earlier in this session; ``mark`` is what ``mark_of`` gave then.

    Raises Http404 when the key has changed since.
    """
    case = by_number(number)
    if case is None or not hmac.compare_digest(mark_of(case), mark):
        raise Http404
    return case, Person(case.pk, "key", account if isinstance(account, Account) else None)


def get_decision(case: Case, version: int) -> Decision:
    """A decision of a case that was fetched with its check; raises Http404."""
    decision = case.decisions.select_related("pdf", "author", "released_by").filter(version=version).first()
    if decision is None:
        raise Http404
    decision.case = case
    return decision


def mark_of(case: Case) -> str:
    """What a session keeps of a case that was opened by key: says nothing about the key, ends with it."""
    return case.key_digest[:32]


def by_number(number: str) -> Case | None:
    """The case of a number in any writing, or nothing; without a check, so for this module only."""
    try:
        known = codes.check_case_number(number)
    except codes.WrongCaseNumber:
        return None
    return all_cases().filter(number=known).first()


def network_of(ip: str) -> str:
    """The address that tries are counted by: IPv4 whole, IPv6 by its /64 network."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "unknown"
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
