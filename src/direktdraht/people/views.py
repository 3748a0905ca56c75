"""Pages of one's own account."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from direktdraht.people import actions, personal_data, queries
from direktdraht.people.access import account_of, account_required, is_staff, signed_in_with_second_factor
from direktdraht.people.inputs import NameForm


@require_GET
@never_cache
@account_required
def show_account(request: HttpRequest) -> HttpResponse:
    """The account: name, address, sign-in."""
    account = account_of(request)
    has_factor = queries.has_second_factor(account)
    rows = [
        (_("Name"), account.name or _("nicht angegeben")),
        (_("E-Mail-Adresse"), account.email),
        (_("Zweiter Faktor"), _("eingerichtet") if has_factor else _("nicht eingerichtet")),
    ]
    places = [(membership.unit.name, membership.get_role_display()) for membership in queries.memberships_of(account)]
    return render(request, "people/account.html", {"rows": rows, "places": places})


@require_http_methods(["GET", "POST"])
@never_cache
@account_required
def change_name(request: HttpRequest) -> HttpResponse:
    """Change the own name."""
    account = account_of(request)
    form = NameForm(request.POST or None, initial={"name": account.name})
    if request.method == "POST" and form.is_valid():
        actions.change_name(account=account, name=form.cleaned_data["name"])
        return redirect("people:account")
    return render(request, "people/name.html", {"form": form, "trail": trail_to(_("Name ändern"))})


@require_GET
@never_cache
@account_required
def show_data(request: HttpRequest) -> HttpResponse:
    """Where data of the person lies, why, and until when."""
    account = account_of(request)
    places = [{"entry": entry, "count": entry.find(account)} for _key, entry in personal_data.items()]
    return render(request, "people/data.html", {"places": places, "trail": trail_to(_("Meine Daten"))})


@require_GET
@never_cache
@account_required
def export_data(request: HttpRequest) -> HttpResponse:
    """All data of the person as a JSON file (Art. 20 GDPR)."""
    account = account_of(request)
    content = {key: entry.export(account) for key, entry in personal_data.items()}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


@require_GET
@never_cache
@account_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why staff need a second factor, and the next step: set it up, or show it."""
    if signed_in_with_second_factor(request) or not is_staff(account_of(request)):
        return redirect("mfa_index")
    if queries.has_second_factor(account_of(request)):
        return redirect("mfa_reauthenticate")
    return render(request, "people/second_factor.html")


def trail_to(title: str) -> list[tuple[str, str]]:
    """The place of a page below the account page."""
    return [(_("Mein Konto"), reverse("people:account")), (title, "")]


class ActivateSecondFactor(ActivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Set up the authenticator app; whoever just showed a right code has shown the second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Activate, and note in the session that the factor was shown."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, account_of(self.request), "mfa", type="totp")
        return response


class DownloadRecoveryCodes(DownloadRecoveryCodesView):  # type: ignore[misc]  # allauth is untyped
    """The recovery codes as a text file with a German name."""

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """Name the file."""
        response: HttpResponse = super().render_to_response(context, **response_kwargs)
        response["Content-Disposition"] = 'attachment; filename="ersatzcodes.txt"'
        return response
