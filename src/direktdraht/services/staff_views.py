"""Staff pages of the catalogue. Everybody who leads a unit may change its services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role
from direktdraht.services import actions, queries
from direktdraht.services.access import get_service_for, units_for
from direktdraht.services.inputs import ServiceForm, initial_of

EDITORS = (Role.ADMIN, Role.LEAD)
NEW = {"answer_days": 5, "retention_months": 24, "duration_minutes": 10, "popular": 0, "active": True}


@require_GET
@staff_required(*EDITORS)
def list_services(request: HttpRequest) -> HttpResponse:
    """All services; a link leads to those that the reader may change."""
    own = {unit.key for unit in units_for(account_of(request))}
    rows = []
    for service in queries.for_staff():
        url = reverse("services:edit", args=[service.key]) if service.unit_id in own else ""
        state = Cell(_("angeboten"), tag="success") if service.active else Cell(_("ruht"), tag="neutral")
        way = Cell(_("online") if service.online else _("vor Ort"))
        rows.append(Row((Cell(str(service), url=url), Cell(service.unit.name), Cell(str(service.answer_days)), way, state)))
    columns = [
        Column(_("Dienstleistung")),
        Column(_("Stelle")),
        Column(_("Arbeitstage"), numeric=True),
        Column(_("Weg")),
        Column(_("Zustand")),
    ]
    table = Table(_("Dienstleistungen"), columns, rows, _("Noch keine Dienstleistung"), _("Legen Sie die erste an."))
    return render(request, "services/list.html", {"table": table})


@require_http_methods(["GET", "POST"])
@staff_required(*EDITORS)
def add_service(request: HttpRequest) -> HttpResponse:
    """Add a service."""
    form = ServiceForm(request.POST or None, initial=NEW, units=units_for(account_of(request)))
    if saved(request, form, new=True):
        return redirect("services:list")
    return show_form(request, form, _("Dienstleistung hinzufügen"))


@require_http_methods(["GET", "POST"])
@staff_required(*EDITORS)
def edit_service(request: HttpRequest, key: str) -> HttpResponse:
    """Change a service; its key stays."""
    service = get_service_for(account_of(request), key)
    form = ServiceForm(request.POST or None, initial=initial_of(service), units=units_for(account_of(request)), key=key)
    if saved(request, form, new=False):
        return redirect("services:list")
    return show_form(request, form, _("%(service)s bearbeiten") % {"service": service})


def saved(request: HttpRequest, form: ServiceForm, *, new: bool) -> bool:
    """Whether the posted form was right and is stored."""
    if request.method != "POST" or not form.is_valid() or form.entry is None:
        return False
    try:
        actions.save_service(form.entry, by=account_of(request), new=new)
    except actions.ServicesError as problem:
        form.add_error(None, str(problem))
        return False
    return True


def show_form(request: HttpRequest, form: ServiceForm, title: str) -> HttpResponse:
    """The page with the form."""
    trail = [(_("Dienstleistungen"), reverse("services:list")), (title, "")]
    return render(request, "services/form.html", {"form": form, "page_title": title, "trail": trail})
