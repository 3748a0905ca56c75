"""Who may enter: staff pages, and objects of this room.

The predicates are for ``rules``: ``rules.add_perm("services.change_service", is_admin | leads_unit)``.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from rules.predicates import predicate

from direktdraht.people import queries
from direktdraht.people.models import Account, Membership, Role, Unit

View = Callable[..., HttpResponse]


@predicate  # type: ignore[untyped-decorator]  # rules is untyped
def is_staff(account: queries.Someone) -> bool:
    """Has a place in any unit."""
    return bool(queries.roles_of(account))


@predicate  # type: ignore[untyped-decorator]  # rules is untyped
def is_admin(account: queries.Someone) -> bool:
    """Administers the platform."""
    return Role.ADMIN in queries.roles_of(account)


@predicate  # type: ignore[untyped-decorator]  # rules is untyped
def designs_forms(account: queries.Someone) -> bool:
    """Makes forms."""
    return Role.FORMS in queries.roles_of(account)


@predicate  # type: ignore[untyped-decorator]  # rules is untyped
def keeps_accounts(account: queries.Someone) -> bool:
    """Keeps the city's accounts (Kassenführung)."""
    return Role.FINANCE in queries.roles_of(account)


@predicate  # type: ignore[untyped-decorator]  # rules is untyped
def in_unit(account: queries.Someone, unit: Unit) -> bool:
    """Has a place in this very unit."""
    return bool(queries.roles_in(account, unit))


@predicate  # type: ignore[untyped-decorator]  # rules is untyped
def leads_unit(account: queries.Someone, unit: Unit) -> bool:
    """Leads this very unit."""
    return Role.LEAD in queries.roles_in(account, unit)


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    """Whether this very session showed the second factor, not just that the account has one."""
    account = request.user
    if not isinstance(account, Account):
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, account))


def speaks_as_staff(request: HttpRequest) -> bool:
    """Whether this session may act with staff's rights: the second factor was shown, wherever it is asked for."""
    return not settings.SECOND_FACTOR_REQUIRED or signed_in_with_second_factor(request)


def staff_required(*roles: str) -> Callable[[View], View]:
    """Decorate a view that only staff with one of ``roles`` may see (none named: any role).

    Anonymous → sign-in page with the way back; no staff or another role → PermissionDenied;
    second factor not shown in this session → page that sets it up or asks for it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.is_authenticated:
                back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
                return redirect_to_login(back)
            held = queries.roles_of(request.user)
            if not held:
                raise PermissionDenied
            if not speaks_as_staff(request):
                return redirect("people:second_factor")
            if roles and not held.intersection(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def account_required(view: View) -> View:
    """Decorate a view that needs any signed-in account; anonymous people are sent to sign in and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else "/")
        return view(request, *args, **kwargs)

    return guarded


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; raises PermissionDenied for anonymous requests."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def get_unit_for(account: Account, key: str) -> Unit:
    """The unit to administer; strangers get 404, readers without the right PermissionDenied."""
    if not is_staff(account):
        raise Http404
    unit = Unit.objects.filter(key=key).first()
    if unit is None:
        raise Http404
    if not is_admin(account):
        raise PermissionDenied
    return unit


def get_membership_for(account: Account, pk: int) -> Membership:
    """The membership to administer; strangers get 404, readers without the right PermissionDenied."""
    if not is_staff(account):
        raise Http404
    membership = Membership.objects.select_related("account", "unit").filter(pk=pk).first()
    if membership is None:
        raise Http404
    if not is_admin(account):
        raise PermissionDenied
    return membership
