"""How the city's own rules are fetched: by those who administer the platform."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from direktdraht.people.access import is_admin, is_staff
from direktdraht.people.models import Account
from direktdraht.writtenform.models import OwnRule


def get_own_rule_for(account: Account, pk: int) -> OwnRule:
    """A row to take back; strangers get 404, staff without the right PermissionDenied."""
    if not is_staff(account):
        raise Http404
    own = OwnRule.objects.filter(pk=pk, withdrawn_at=None).first()
    if own is None:
        raise Http404
    if not is_admin(account):
        raise PermissionDenied
    return own
