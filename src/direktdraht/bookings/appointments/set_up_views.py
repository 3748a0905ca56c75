"""Pages with which the city sets up where and when people can come."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from direktdraht.bookings.appointments import access, actions, queries, staff_inputs
from direktdraht.bookings.appointments.models import Counter, DayException, Hours, Occasion, Site
from direktdraht.bookings.appointments.pages import tried
from direktdraht.bookings.appointments.views import private
from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role

may_look = staff_required(Role.LEAD, Role.ADMIN)


@private
@require_safe
@may_look
def overview(request: HttpRequest) -> HttpResponse:
    """All sites and occasions that this person may set up."""
    units = [unit.pk for unit in access.units_to_set_up(account_of(request))]
    columns = [Column(_("Ort")), Column(_("Anschrift")), Column(_("Schalter")), Column(_("Stand"))]
    rows = [
        Row(
            [
                Cell(site.name, url=reverse("appointments:site", args=[site.pk]), note=site.unit.name),
                Cell(site.address),
                Cell(", ".join(counter.name for counter in site.counters.all()) or "–"),
                active_cell(site.active),
            ]
        )
        for site in queries.set_up(units)
    ]
    sites = Table(
        _("Standorte"), columns, rows, _("Noch kein Standort"), _("Legen Sie zuerst einen Standort an, dann Schalter und Zeiten.")
    )
    occasions = Occasion.objects.filter(unit__in=units).order_by("sort_key", "pk")
    return render(request, "bookings/appointments/staff/overview.html", {"sites": sites, "occasions": occasion_table(list(occasions))})


def occasion_table(occasions: list[Occasion]) -> Table:
    """The occasions as a table."""
    columns = [
        Column(_("Anlass")),
        Column(_("Dauer"), numeric=True),
        Column(_("Pause danach"), numeric=True),
        Column(_("Vergabe")),
        Column(_("Stand")),
    ]
    rows = [
        Row(
            [
                Cell(str(one), url=reverse("appointments:occasion", args=[one.pk]), note=one.key or ""),
                Cell(str(one.minutes)),
                Cell(str(one.buffer_minutes)),
                Cell(_("nur über die Wunschliste") if one.by_request else _("frei buchbar")),
                active_cell(one.active),
            ]
        )
        for one in occasions
    ]
    return Table(_("Anlässe"), columns, rows, _("Noch kein Anlass"), _("Ein Anlass ist, wofür Menschen kommen: mit Dauer und Unterlagen."))


def active_cell(active: bool) -> Cell:
    """Whether appointments are offered."""
    return Cell(_("wird angeboten"), tag="success") if active else Cell(_("wird nicht angeboten"), tag="neutral")


@private
@require_safe
@may_look
def site_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One site with its counters, hours and exceptions."""
    site = access.get_site(account_of(request), pk)
    counters = list(site.counters.prefetch_related("occasions").order_by("pk"))
    hours = site.hours.select_related("counter").exclude(valid_to__lt=clock.today()).order_by("weekday", "opens", "pk")
    exceptions = site.exceptions.select_related("counter").filter(day__gte=clock.today()).order_by("day", "pk")
    context = {
        "site": site,
        "trail": trail(site.name),
        "counters": counter_table(counters),
        "hours": hours_table(list(hours)),
        "exceptions": exception_table(list(exceptions)),
    }
    return render(request, "bookings/appointments/staff/site.html", context)


def counter_table(counters: list[Counter]) -> Table:
    """The counters of a site."""
    columns = [
        Column(_("Schalter")),
        Column(_("Anlässe")),
        Column(_("Plätze"), numeric=True),
        Column(_("Takt in Minuten"), numeric=True),
        Column(_("Stand")),
    ]
    rows = [
        Row(
            [
                Cell(one.name, url=reverse("appointments:counter", args=[one.pk])),
                Cell(", ".join(sorted(str(found) for found in one.occasions.all())) or "–"),
                Cell(str(one.seats)),
                Cell(str(one.raster_minutes)),
                active_cell(one.active),
            ]
        )
        for one in counters
    ]
    return Table(_("Schalter"), columns, rows, _("Noch kein Schalter"), _("Ohne Schalter gibt es hier keine Termine."))


def hours_table(hours: list[Hours]) -> Table:
    """The opening hours that hold or will hold."""
    columns = [Column(_("Tag")), Column(_("Zeit")), Column(_("Gilt für")), Column(_("Gilt")), Column(_("Ändern"))]
    rows = [
        Row(
            [
                Cell(str(one.get_weekday_display())),
                Cell(f"{one.opens:%H:%M} – {one.closes:%H:%M}"),
                Cell(one.counter.name if one.counter else _("alle Schalter")),
                Cell(
                    _("ab %(day)s") % {"day": day_words(one.valid_from)},
                    note=_("bis %(day)s") % {"day": day_words(one.valid_to)} if one.valid_to else "",
                ),
                Cell(_("beenden"), url=reverse("appointments:end_hours", args=[one.pk])),
            ]
        )
        for one in hours
    ]
    return Table(_("Öffnungszeiten"), columns, rows, _("Noch keine Öffnungszeiten"), _("An Feiertagen ist geschlossen, von selbst."))


def exception_table(exceptions: list[DayException]) -> Table:
    """The days ahead that are different."""
    columns = [Column(_("Tag")), Column(_("Was gilt")), Column(_("Gilt für")), Column(_("Notiz")), Column(_("Ändern"))]
    rows = [
        Row(
            [
                Cell(day_words(one.day)),
                Cell(
                    _("zusätzlich geöffnet") if one.is_open else _("geschlossen"),
                    note=f"{one.opens:%H:%M} – {one.closes:%H:%M}" if one.opens and one.closes else "",
                ),
                Cell(one.counter.name if one.counter else _("alle Schalter")),
                Cell(one.note or "–"),
                Cell(_("zurücknehmen"), url=reverse("appointments:take_back_exception", args=[one.pk])),
            ]
        )
        for one in exceptions
    ]
    return Table(_("Ausnahmen"), columns, rows, _("Keine Ausnahmen"))


def trail(*names: str, site: Site | None = None) -> list[tuple[str, str]]:
    """Where a page lies."""
    found = [(_("Termine einrichten"), reverse("appointments:overview"))]
    found += [(site.name, reverse("appointments:site", args=[site.pk]))] if site else []
    return found + [(name, "") for name in names]


def form_page(request: HttpRequest, form: forms.Form, path: list[tuple[str, str]], save: Callable[[], Any], then: str) -> HttpResponse:
    """A page with one form, named by the last part of its path; a refusal becomes an error of the form."""
    if request.method == "POST" and form.is_valid() and tried(form, save):
        return redirect(then)
    context = {"form": form, "title": path[-1][0], "trail": path, "back": then}
    return render(request, "bookings/appointments/staff/form.html", context, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "POST"])
@may_look
def add_site(request: HttpRequest) -> HttpResponse:
    """Add a site."""
    me = account_of(request)
    form = staff_inputs.SiteForm(request.POST or None, units=access.units_to_set_up(me))
    title, then = _("Standort anlegen"), reverse("appointments:overview")
    return form_page(request, form, trail(title), lambda: actions.save_site(site=form.site(Site()), by=me), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def change_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a site."""
    me = account_of(request)
    site = access.get_site(me, pk)
    initial = {"name": site.name, "address": site.address, "note": site.note, "unit": site.unit_id, "active": site.active}
    form = staff_inputs.SiteForm(request.POST or None, units=access.units_to_set_up(me), initial=initial)
    title, then = _("Standort ändern"), reverse("appointments:site", args=[pk])
    return form_page(request, form, trail(title, site=site), lambda: actions.save_site(site=form.site(site), by=me), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def add_occasion(request: HttpRequest) -> HttpResponse:
    """Add an occasion."""
    me = account_of(request)
    form = staff_inputs.OccasionForm(request.POST or None, units=access.units_to_set_up(me))
    title, then = _("Anlass anlegen"), reverse("appointments:overview")
    return form_page(request, form, trail(title), lambda: actions.save_occasion(occasion=form.occasion(Occasion()), by=me), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def change_occasion(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an occasion."""
    me = account_of(request)
    known = access.get_occasion(me, pk)
    names = ("minutes", "buffer_minutes", "lead_minutes", "days_ahead", "by_request", "active")
    initial = {name: getattr(known, name) for name in names} | {"unit": known.unit_id}
    initial |= {f"title_{key}": text for key, text in known.title.items()} | {f"bring_{key}": text for key, text in known.bring.items()}
    form = staff_inputs.OccasionForm(request.POST or None, units=access.units_to_set_up(me), initial=initial)
    title, then = _("Anlass ändern"), reverse("appointments:overview")
    return form_page(request, form, trail(title), lambda: actions.save_occasion(occasion=form.occasion(known), by=me), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def add_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a counter to a site."""
    me = account_of(request)
    site = access.get_site(me, pk)
    form = staff_inputs.CounterForm(request.POST or None, known_occasions=queries.open_occasions())
    title, then = _("Schalter anlegen"), reverse("appointments:site", args=[pk])
    return form_page(request, form, trail(title, site=site), lambda: keep_counter(form, Counter(site=site), me), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def change_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a counter."""
    me = account_of(request)
    known = access.get_counter(me, pk)
    initial = {name: getattr(known, name) for name in ("name", "seats", "raster_minutes", "active")}
    initial["occasions"] = [str(one.pk) for one in known.occasions.order_by("pk")]
    form = staff_inputs.CounterForm(request.POST or None, known_occasions=queries.open_occasions(), initial=initial)
    title, then = _("Schalter ändern"), reverse("appointments:site", args=[known.site_id])
    return form_page(request, form, trail(title, site=known.site), lambda: keep_counter(form, known, me), then)


def keep_counter(form: staff_inputs.CounterForm, counter: Counter, by: Any) -> None:
    """Store what was typed."""
    actions.save_counter(counter=form.counter(counter), occasions=form.chosen(), by=by)


@private
@require_http_methods(["GET", "POST"])
@may_look
def add_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Add opening hours to a site."""
    me = account_of(request)
    site = access.get_site(me, pk)
    form = staff_inputs.HoursForm(request.POST or None, counters=list(site.counters.order_by("pk")), initial={"valid_from": clock.today()})

    def save() -> None:
        found = dict(form.cleaned_data)
        actions.add_hours(site=site, by=me, **(found | {"counter": form.counters.get(found["counter"])}))

    title, then = _("Öffnungszeiten hinzufügen"), reverse("appointments:site", args=[pk])
    return form_page(request, form, trail(title, site=site), save, then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def end_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Let opening hours end; booked appointments stay."""
    me = account_of(request)
    hours = access.get_hours(me, pk)
    form = staff_inputs.EndForm(request.POST or None, initial={"last_day": clock.today()})
    title, then = _("Öffnungszeiten beenden"), reverse("appointments:site", args=[hours.site_id])
    save: Callable[[], None] = lambda: actions.end_hours(hours=hours, last_day=form.cleaned_data["last_day"], by=me)  # noqa: E731  # used once, reads as the others
    return form_page(request, form, trail(title, site=hours.site), save, then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def add_exception(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a day that is different."""
    me = account_of(request)
    site = access.get_site(me, pk)
    form = staff_inputs.ExceptionForm(request.POST or None, counters=list(site.counters.order_by("pk")))
    title, then = _("Ausnahme hinzufügen"), reverse("appointments:site", args=[pk])
    return form_page(request, form, trail(title, site=site), lambda: actions.add_exception(exception=form.exception(site), by=me), then)


@private
@require_http_methods(["GET", "POST"])
@may_look
def take_back_exception(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take an exception back."""
    me = account_of(request)
    found = access.get_exception(me, pk)
    title, then = _("Ausnahme zurücknehmen"), reverse("appointments:site", args=[found.site_id])
    return form_page(
        request,
        forms.Form(request.POST or None),
        trail(title, site=found.site),
        lambda: actions.take_back_exception(exception=found, by=me),
        then,
    )
