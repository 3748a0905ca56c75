"""How form versions are fetched by staff."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from direktdraht.forms.models import FormVersion
from direktdraht.people.models import Account
from direktdraht.people.queries import roles_of


def get_version_for(account: Account, key: str) -> FormVersion:
    """The newest version of a form; strangers get 404, staff without the role PermissionDenied."""
    roles = roles_of(account)
    version = FormVersion.objects.select_related("form").filter(form_id=key).order_by("-number").first()
    if version is None or not roles:
        raise Http404
    if not roles & {"forms", "admin"}:
        raise PermissionDenied
    return version
