"""Staff pages for setting up BundID. For those who administer the platform."""

from collections.abc import Callable
from contextlib import suppress

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from direktdraht.foundation.web.dates import moment_words
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.bundid import own, setting_up
from direktdraht.people.bundid.inputs import MetadataForm, ServiceForm
from direktdraht.people.bundid.metadata import Provider, UnreadableMetadata
from direktdraht.people.bundid.method import LABEL, found_problems
from direktdraht.people.models import Role


@require_http_methods(["GET", "POST"])
@never_cache
@staff_required(Role.ADMIN)
def settings_page(request: HttpRequest) -> HttpResponse:
    """How BundID is set up; a posted file of metadata waits until it is confirmed."""
    form = MetadataForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            setting_up.lay_aside(form.cleaned_data["file"])
        except setting_up.NotSetUp as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("people:bundid_settings")
    return show(request, form, ServiceForm(initial={"service_id": own.service_id()}))


@require_POST
@staff_required(Role.ADMIN)
def take_over(request: HttpRequest) -> HttpResponse:
    """Use the metadata that were looked at."""
    return done(
        request, lambda: setting_up.take_over(request.POST.get("digest", ""), by=account_of(request)), _("Gespeichert. Es gilt sofort.")
    )


@require_POST
@staff_required(Role.ADMIN)
def discard(request: HttpRequest) -> HttpResponse:
    """Forget the metadata that wait."""
    return done(request, setting_up.discard, _("Die neuen Angaben sind verworfen."))


@require_POST
@staff_required(Role.ADMIN)
def look_at_before(request: HttpRequest) -> HttpResponse:
    """Show the metadata of before the last change for confirmation."""
    return done(request, setting_up.look_at_before, "")


@require_POST
@staff_required(Role.ADMIN)
def set_service_id(request: HttpRequest) -> HttpResponse:
    """Store the number of this service."""
    form = ServiceForm(request.POST)
    if form.is_valid():
        try:
            setting_up.set_service_id(form.cleaned_data["service_id"], by=account_of(request))
        except setting_up.NotSetUp as problem:
            form.add_error("service_id", str(problem))
        else:
            messages.success(request, _("Gespeichert. Es gilt sofort."))
            return redirect("people:bundid_settings")
    return show(request, MetadataForm(), form)


def done(request: HttpRequest, change: Callable[[], None], said: str) -> HttpResponse:
    """Do it and go back to the page, with a sentence on how it went."""
    try:
        change()
    except setting_up.NotSetUp as problem:
        messages.error(request, str(problem))
    else:
        if said:
            messages.success(request, said)
    return redirect("people:bundid_settings")


def show(request: HttpRequest, form: Form, service_form: Form) -> HttpResponse:
    """The page; 422 with errors."""
    waiting = setting_up.waiting()
    context = {
        "label": LABEL,
        "form": form,
        "service_form": service_form,
        "problems": [sentence for sentence, _fact in found_problems()],
        "present": rows_of(present()),
        "waiting": rows_of(waiting),
        "digest": setting_up.digest_of(setting_up.waiting_file()),
        "has_before": waiting is None and setting_up.file_before().exists(),
        "own": own_rows(),
    }
    failed = form.is_bound or service_form.is_bound
    return render(request, "people/bundid_settings.html", context, status=422 if failed else 200)


def present() -> Provider | None:
    """The provider in use, ``None`` without a readable one; why is among the problems."""
    try:
        return own.provider()
    except (UnreadableMetadata, OSError):
        return None


def rows_of(provider: Provider | None) -> list[tuple[str, str]]:
    """What the metadata say, for comparing with what the provider's operator told."""
    if provider is None:
        return []
    until = moment_words(provider.valid_until) if provider.valid_until else _("ohne Ende")
    rows = [
        (_("Name des Nutzerkontos"), provider.entity_id),
        (_("Anmelden"), provider.sign_on or _("fehlt")),
        (_("Abmelden"), provider.sign_out or _("nicht angeboten")),
        (_("Angaben gelten bis"), until),
    ]
    return rows + [(_("Zertifikat (SHA-256)"), certificate_words(one)) for one in provider.certificates]


def own_rows() -> list[tuple[str, str]]:
    """What the operator of the provider needs to know of us."""
    rows = [
        (_("Unser Name"), own.entity_id()),
        (_("Adresse für Antworten"), own.acs()),
        (_("Adresse zum Abmelden"), own.sign_out_address()),
    ]
    with suppress(own.KeyProblem):  # stands among the problems
        rows.append((_("Unser Zertifikat (SHA-256)"), certificate_words(own.own_key().certificate)))
    return rows


def certificate_words(certificate: Certificate) -> str:
    """Fingerprint in groups and last day of a certificate."""
    fingerprint = certificate.fingerprint(SHA256()).hex(":", 4)
    return _("%(fingerprint)s, gültig bis %(until)s") % {
        "fingerprint": fingerprint,
        "until": moment_words(certificate.not_valid_after_utc),
    }
