"""The page of what the city sets for payments."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from direktdraht.foundation import clock
from direktdraht.payments import setup
from direktdraht.payments.actions.settings import change_setup
from direktdraht.payments.inputs import SetupForm
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role


@never_cache
@require_http_methods(["GET", "POST"])
@staff_required(Role.FINANCE)
def settings_page(request: HttpRequest) -> HttpResponse:
    """Bank account, references, days, accounts."""
    present = setup.current()
    form = SetupForm(request.POST or None, initial=present.model_dump())
    if request.method == "POST" and form.is_valid():
        change_setup(values=form.setup(), by=account_of(request))
        messages.success(request, _("Gespeichert. Es gilt für neue Aufträge."))
        return redirect("payments:settings")
    context = {
        "form": form,
        "example": present.pattern.write(clock.today().year, 412),
        "trail": [(_("Kasse"), reverse("finance:overview")), (_("Einstellungen"), "")],
    }
    return render(request, "payments/staff/settings.html", context, status=422 if form.errors else 200)
