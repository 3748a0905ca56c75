"""How appointments, wishes and settings are fetched, each way with its check; there is no other way in.

The person has a link (``links``) or is signed in with the account. Staff work with the appointments of the sites of their
units; who leads the unit, and the administrator of the platform, set up sites, counters and hours.
"""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from direktdraht.bookings.appointments.errors import NotAllowed
from direktdraht.bookings.appointments.links import read_token
from direktdraht.bookings.appointments.models import Appointment, Counter, DayException, Hours, Occasion, Site, Wish
from direktdraht.cases.access import WORKING_ROLES, working_units
from direktdraht.people.access import is_admin, is_staff
from direktdraht.people.models import Account, Role, Unit
from direktdraht.people.queries import Someone, memberships_of

Owned = TypeVar("Owned", Site, Occasion)
Placed = TypeVar("Placed", Counter, Hours, DayException)


def all_appointments() -> QuerySet[Appointment]:
    """Appointments with everything that pages need."""
    return Appointment.objects.select_related("site__unit", "site__hall", "account", "case").prefetch_related("parts__counter")


def get_by_token(token: str) -> Appointment:
    """The appointment of a link; raises Http404."""
    key = read_token(token)
    found = all_appointments().filter(pk=key).first() if key else None
    if found is None:
        raise Http404
    return found


def get_wish_by_token(token: str) -> Wish:
    """The wish of a link; raises Http404."""
    key = read_token(token, kind="wish")
    found = Wish.objects.prefetch_related("sites").filter(pk=key).first() if key else None
    if found is None:
        raise Http404
    return found


def working_sites(user: Someone) -> list[Site]:
    """The sites whose appointments the user works with, in German order."""
    return list(Site.objects.filter(unit__in=working_units(user)).select_related("unit").order_by("sort_key", "pk"))


def may_work(user: Someone, site: Site) -> bool:
    """Whether the user works with the appointments of the site."""
    return any(found.unit_id == site.unit_id and found.role in WORKING_ROLES for found in memberships_of(user))


def may_set_up(user: Someone, unit: Unit | str) -> bool:
    """Whether the user may change sites, counters and hours of the unit."""
    key = unit if isinstance(unit, str) else unit.pk
    return is_admin(user) or any(found.unit_id == key and found.role == Role.LEAD for found in memberships_of(user))


def units_to_set_up(user: Someone) -> list[Unit]:
    """The units whose sites and occasions the user may set up, by name."""
    if is_admin(user):
        return list(Unit.objects.order_by("name", "key"))
    return [found.unit for found in memberships_of(user) if found.role == Role.LEAD]


def require_worker(user: Someone, site: Site) -> None:
    """Raise NotAllowed unless the user works with the site's appointments."""
    if not may_work(user, site):
        raise NotAllowed


def require_set_up(user: Someone, unit: Unit | str) -> None:
    """Raise NotAllowed unless the user may set up what belongs to the unit."""
    if not may_set_up(user, unit):
        raise NotAllowed


def get_site_to_work(user: Someone, pk: int) -> Site:
    """A site whose appointments the user works with; raises Http404."""
    found = Site.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not may_work(user, found):
        raise Http404
    return found


def get_to_work(user: Someone, key: UUID) -> Appointment:
    """An appointment for a member of staff to work with; strangers get 404."""
    found = all_appointments().filter(pk=key).first()
    if found is None or not may_work(user, found.site):
        raise Http404
    return found


def get_wish_to_work(user: Someone, key: UUID) -> Wish:
    """A wish at one of the user's sites; strangers get 404."""
    found = Wish.objects.prefetch_related("sites").filter(pk=key).first()
    if found is None or not any(may_work(user, site) for site in found.sites.all()):
        raise Http404
    return found


def get_site(user: Account, pk: int) -> Site:
    """A site to set up; strangers get 404, staff without the right PermissionDenied."""
    return checked(user, Site.objects.select_related("unit").filter(pk=pk).first())


def get_occasion(user: Account, pk: int) -> Occasion:
    """An occasion to set up; strangers get 404, staff without the right PermissionDenied."""
    return checked(user, Occasion.objects.select_related("unit").filter(pk=pk).first())


def get_counter(user: Account, pk: int) -> Counter:
    """A counter to set up; strangers get 404, staff without the right PermissionDenied."""
    return within(user, Counter.objects.select_related("site", "site__unit").filter(pk=pk).first())


def get_counter_to_work(user: Someone, pk: int) -> Counter:
    """A counter at one of the user's sites; strangers get 404."""
    found = Counter.objects.select_related("site", "site__unit").filter(pk=pk).first()
    if found is None or not may_work(user, found.site):
        raise Http404
    return found


def get_hours(user: Account, pk: int) -> Hours:
    """Opening hours to end; strangers get 404, staff without the right PermissionDenied."""
    return within(user, Hours.objects.select_related("site", "counter").filter(pk=pk).first())


def get_exception(user: Account, pk: int) -> DayException:
    """An exception to take back; strangers get 404, staff without the right PermissionDenied."""
    return within(user, DayException.objects.select_related("site", "counter").filter(pk=pk).first())


def checked(user: Account, found: Owned | None) -> Owned:
    """The thing itself if the user may set it up."""
    if found is None or not is_staff(user):
        raise Http404
    if not may_set_up(user, found.unit_id):
        raise PermissionDenied
    return found


def within(user: Account, found: Placed | None) -> Placed:
    """The thing itself if the user may set up its site."""
    if found is None or not is_staff(user):
        raise Http404
    if not may_set_up(user, found.site.unit_id):
        raise PermissionDenied
    return found
