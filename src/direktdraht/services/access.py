"""Who may change a service: those who administer the platform, and those who lead its unit."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from direktdraht.people.access import is_admin, is_staff, leads_unit
from direktdraht.people.models import Account, Role, Unit
from direktdraht.people.queries import all_units, memberships_of
from direktdraht.services.models import Service


def may_edit(account: Account, unit: Unit) -> bool:
    """Whether the account may change services of this unit."""
    return bool(is_admin(account) or leads_unit(account, unit))


def get_service_for(account: Account, key: str) -> Service:
    """The service to change; strangers get 404, staff without the right PermissionDenied."""
    if not is_staff(account):
        raise Http404
    service = Service.objects.select_related("unit").filter(key=key).first()
    if service is None:
        raise Http404
    if not may_edit(account, service.unit):
        raise PermissionDenied
    return service


def units_for(account: Account) -> list[Unit]:
    """The units whose services the account may change."""
    if is_admin(account):
        return list(all_units())
    return [membership.unit for membership in memberships_of(account) if membership.role == Role.LEAD]
