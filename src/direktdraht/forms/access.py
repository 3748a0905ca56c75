"""How form versions and working drafts are fetched by staff."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from direktdraht.forms.models import FormVersion, Proposal, WorkingDraft
from direktdraht.people.models import Account
from direktdraht.people.queries import roles_of

EDITORS = {"forms", "admin"}


def ensure_editor(account: Account) -> None:
    """Strangers get 404, staff without the role PermissionDenied."""
    roles = roles_of(account)
    if not roles:
        raise Http404
    if not roles & EDITORS:
        raise PermissionDenied


def get_version_for(account: Account, key: str, number: int | None = None) -> FormVersion:
    """A version of a form, the newest without a number; strangers get 404, staff without the role PermissionDenied."""
    versions = FormVersion.objects.select_related("form", "published_by").filter(form_id=key).order_by("-number")
    version = (versions if number is None else versions.filter(number=number)).first()
    if version is None:
        raise Http404
    ensure_editor(account)
    return version


def get_working_draft_for(account: Account, key: str) -> WorkingDraft:
    """The working draft of a form; strangers get 404, staff without the role PermissionDenied."""
    draft = WorkingDraft.objects.select_related("form", "base", "changed_by").filter(pk=key).first()
    if draft is None:
        raise Http404
    ensure_editor(account)
    return draft


def get_proposal_for(account: Account, key: str, pk: int) -> Proposal:
    """A rule in prose of a form's working draft; strangers get 404, staff without the role PermissionDenied."""
    draft = get_working_draft_for(account, key)
    proposal = draft.proposals.filter(pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal
