"""Staff pages: units and who has a place in them. For those who administer the platform."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.people import actions, queries
from direktdraht.people.access import account_of, get_membership_for, get_unit_for, staff_required
from direktdraht.people.inputs import MemberForm, RoleForm, UnitForm
from direktdraht.people.models import Role


@require_GET
@staff_required(Role.ADMIN)
def list_units(request: HttpRequest) -> HttpResponse:
    """All units with their members."""
    return render(request, "people/units.html", {"units": queries.units_with_members()})


@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMIN)
def add_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_unit(**form.cleaned_data, by=account_of(request))
        except actions.PeopleError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("people:units")
    return show_form(request, form, _("Stelle hinzufügen"), _("Stelle hinzufügen"))


@require_POST
@staff_required(Role.ADMIN)
def set_four_eyes(request: HttpRequest, key: str) -> HttpResponse:
    """Switch the second person for decisions on or off."""
    unit = get_unit_for(account_of(request), key)
    actions.set_four_eyes(unit=unit, on=request.POST.get("on") == "1", by=account_of(request))
    return redirect("people:units")


@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMIN)
def add_member(request: HttpRequest, key: str) -> HttpResponse:
    """Give a person a place in a unit; a person without account gets an invitation."""
    unit = get_unit_for(account_of(request), key)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.create_staff(**form.cleaned_data, unit=unit, by=account_of(request))
        except actions.PeopleError as problem:
            form.add_error(None, str(problem))
        else:
            if not account.has_usable_password():
                actions.invite(account=account)
            return redirect("people:units")
    title = _("Mitglied hinzufügen: %(unit)s") % {"unit": unit.name}
    return show_form(request, form, title, _("Mitglied hinzufügen"))


@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMIN)
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a member may do."""
    membership = get_membership_for(account_of(request), pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(membership=membership, role=form.cleaned_data["role"], by=account_of(request))
        except actions.PeopleError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("people:units")
    title = _("Rolle ändern: %(name)s, %(unit)s") % {"name": membership.account, "unit": membership.unit}
    return show_form(request, form, title, _("Rolle ändern"))


@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMIN)
def remove_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member's place away, after a question."""
    membership = get_membership_for(account_of(request), pk)
    problem = ""
    if request.method == "POST":
        try:
            actions.remove_member(membership=membership, by=account_of(request))
        except actions.PeopleError as refused:
            problem = str(refused)
        else:
            return redirect("people:units")
    context = {"membership": membership, "problem": problem, "trail": trail_to(_("Mitglied entfernen"))}
    return render(request, "people/member_remove.html", context, status=409 if problem else 200)


def show_form(request: HttpRequest, form: MemberForm | RoleForm | UnitForm, title: str, button: str) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "page_title": title, "button": button, "trail": trail_to(button)}
    return render(request, "people/unit_form.html", context)


def trail_to(title: str) -> list[tuple[str, str]]:
    """The place of a page below the list of units."""
    return [(_("Stellen"), reverse("people:units")), (title, "")]
