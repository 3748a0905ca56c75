"""Pages of staff: the day list, booking by phone, moving, cancelling, marking, closing a counter, the list of wishes."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.bookings.appointments import access, actions, inputs, queries, shown, staff_inputs, staff_lists
from direktdraht.bookings.appointments.errors import AppointmentsError, Taken
from direktdraht.bookings.appointments.models import Appointment, Occasion, Origin, Presence, Site, State
from direktdraht.bookings.appointments.pages import tried
from direktdraht.bookings.appointments.views import found_for, private
from direktdraht.cases.access import working_units
from direktdraht.foundation import clock
from direktdraht.foundation.web.csv_files import csv_file
from direktdraht.foundation.web.dates import moment_words
from direktdraht.foundation.web.tables import Tab
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Role


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD, Role.ADMIN)
def day_list(request: HttpRequest) -> HttpResponse:
    """The appointments of a day at one site, to work with and to print."""
    me = account_of(request)
    sites = access.working_sites(me)
    chosen = request.GET.get("standort", "")
    site = next((one for one in sites if str(one.pk) == chosen), sites[0] if sites else None)
    day = inputs.day_of(request.GET.get("tag", "")) or clock.today()
    wanted = staff_lists.asked(request, reverse("appointments:day_list"), standort=str(site.pk) if site else "", tag=day.isoformat())
    found = list(staff_lists.appointments(site, day, wanted)[wanted.window()]) if site else []
    if site:
        actions.record_looks(sites=[site], appointments=found[: staff_lists.A_PAGE], by=me)
    known = queries.titles_of(found)
    address = reverse("appointments:staff_appointment", args=[UUID(int=0)]).replace(str(UUID(int=0)), "{}")
    context = {
        "site": site,
        "day": day,
        "tabs": [Tab(one.name, day_address(one, day), one == site) for one in sites] if len(sites) > 1 else [],
        "before": day_address(site, day - timedelta(days=1)) if site else "",
        "after": day_address(site, day + timedelta(days=1)) if site else "",
        "is_today": day == clock.today(),
        "today": day_address(site, clock.today()) if site else "",
        "wanted": wanted,
        "filters": wanted.filters(staff_lists.state_labels()),
        "pages": wanted.pages(len(found)),
        "export_url": replace(wanted, page=1).address(reverse("appointments:day_csv")),
        "table": shown.day_table(found[: staff_lists.A_PAGE], known, address, wanted),
        "counters": list(site.counters.filter(active=True).order_by("pk")) if site else [],
        "may_set_up": bool(access.units_to_set_up(me)),
    }
    return render(request, "bookings/appointments/staff/day.html", context)


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD)
def day_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file, all its pages."""
    me = account_of(request)
    chosen = request.GET.get("standort", "")
    site = next((one for one in access.working_sites(me) if str(one.pk) == chosen), None)
    if site is None:
        raise Http404
    day = inputs.day_of(request.GET.get("tag", "")) or clock.today()
    wanted = staff_lists.asked(request, reverse("appointments:day_list"))
    found = list(staff_lists.appointments(site, day, wanted)[: staff_lists.MOST_EXPORTED])
    actions.record_looks(sites=[site], appointments=found, by=me)
    actions.record_export(site=site, rows=len(found), by=me)
    rows = staff_lists.appointment_rows(found, queries.titles_of(found))
    return csv_file(f"termine-{day.isoformat()}", staff_lists.APPOINTMENT_HEAD, rows)


def day_address(site: Site, day: date) -> str:
    """The day list of a site."""
    return f"{reverse('appointments:day_list')}?{urlencode({'standort': site.pk, 'tag': day.isoformat()})}"


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD)
def phone(request: HttpRequest) -> HttpResponse:
    """Look for a time for somebody on the phone: the same list, the same times."""
    units = working_units(account_of(request))
    known = {one.pk: one for one in queries.open_occasions()}
    occasions = [known[key] for key in inputs.keys_of(request.GET) if key in known]
    form = inputs.SearchForm(request.GET or None, occasions=list(known.values()), sites=queries.sites_for([], units))
    context: dict[str, Any] = {"form": form, "asked": bool(request.GET) and form.is_valid(), "sentence": ""}
    if context["asked"]:
        context |= found_for(request, occasions, queries.sites_for(occasions, units), reverse("appointments:phone"), by_staff=True)
    return render(request, "bookings/appointments/staff/phone.html", context)


@private
@require_POST
@staff_required(Role.CLERK, Role.LEAD)
def phone_hold(request: HttpRequest) -> HttpResponse:
    """Hold a time for somebody on the phone."""
    occasions = queries.occasions_by(inputs.keys_of(request.POST))
    choice = inputs.choice_of(request.POST.get("zeit", ""), occasions)
    back = f"{reverse('appointments:phone')}?{shown.query(occasions)}"
    if choice is None:
        return redirect(back)
    access.require_worker(account_of(request), choice.site)
    try:
        held = actions.hold(choice=choice, network="", origin=Origin.PHONE)
    except Taken as error:
        messages.warning(request, str(error))
        return redirect(back)
    return redirect("appointments:phone_details", held.pk)


@private
@require_http_methods(["GET", "POST"])
@staff_required(Role.CLERK, Role.LEAD)
def phone_details(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for name and contact, then book."""
    me = account_of(request)
    held = access.get_to_work(me, key)
    if held.state == State.BOOKED:
        return redirect("appointments:staff_appointment", key)
    form = inputs.ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contact = actions.Contact(**form.cleaned_data)
        if tried(form, lambda: actions.book(appointment=held, contact=contact, by=str(me.pk))):
            messages.success(request, _("Gebucht: %(moment)s.") % {"moment": moment_words(held.starts_at)})
            return redirect(day_address(held.site, held.starts_at.astimezone(clock.BERLIN).date()))
    context = {"held": held, "form": form, "facts": shown.facts_of(held)}
    return render(request, "bookings/appointments/staff/phone_details.html", context, status=422 if form.errors else 200)


@private
@require_safe
@staff_required(Role.CLERK, Role.LEAD)
def appointment_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """One appointment and what can be done with it."""
    me = account_of(request)
    found = access.get_to_work(me, key)
    actions.record_looks(sites=[found.site], appointments=[found], by=me)
    context = {
        **staff_context(found),
        "ahead": found.state == State.BOOKED and found.starts_at > clock.now(),
        "can_mark": found.state == State.BOOKED and found.starts_at.astimezone(clock.BERLIN).date() <= clock.today(),
        "presences": [(value, label) for value, label in Presence.choices if value != found.presence],
        "tag": shown.TAGS[State(found.state)],
        "offered": found.state == State.OFFERED and found.held_until is not None and found.held_until > clock.now(),
    }
    return render(request, "bookings/appointments/staff/appointment.html", context)


def staff_context(found: Appointment, known: list[Occasion] | None = None) -> dict[str, Any]:
    """What every page of one appointment shows to staff."""
    rows = [(_("Name"), shown.name_of(found)), (_("E-Mail-Adresse"), found.email or "–"), (_("Telefon"), found.phone or "–")]
    rows += [(_("Hinweis"), found.note)] * bool(found.note) + [(_("Schalter"), shown.counters_of(found))]
    rows += [(_("Gebucht über"), str(found.get_origin_display()))]
    back = day_address(found.site, found.starts_at.astimezone(clock.BERLIN).date())
    return {"appointment": found, "facts": [*shown.facts_of(found, known)[:4], *rows], "back": back}


@private
@require_http_methods(["GET", "POST"])
@staff_required(Role.CLERK, Role.LEAD)
def move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose another time for the person, and say why."""
    me = account_of(request)
    found = access.get_to_work(me, key)
    if found.state != State.BOOKED or found.starts_at <= clock.now():
        return redirect("appointments:staff_appointment", key)
    occasions = queries.occasions_by(queries.occasion_keys(found))
    form = staff_inputs.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        choice, reason = inputs.choice_of(request.POST.get("zeit", ""), occasions), form.cleaned_data["reason"]
        if choice is None:
            form.add_error(None, _("Bitte wählen Sie eine Zeit."))
        elif tried(form, lambda: actions.move_by_city(appointment=found, choice=choice, reason=reason, by=me)):
            return redirect("appointments:staff_appointment", key)
    sites = queries.sites_for(occasions, working_units(me))
    path = reverse("appointments:staff_move", args=[key])
    context = staff_context(found, occasions) | {"form": form} | found_for(request, occasions, sites, path, without=found, by_staff=True)
    return render(request, "bookings/appointments/staff/move.html", context, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "POST"])
@staff_required(Role.CLERK, Role.LEAD)
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Cancel with a reason; this page is the question before."""
    me = account_of(request)
    found = access.get_to_work(me, key)
    form = staff_inputs.ReasonForm(request.POST or None)
    cancelled = partial(actions.cancel_by_city, appointment=found, by=me)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: cancelled(reason=form.cleaned_data["reason"])):
        return redirect("appointments:staff_appointment", key)
    context = staff_context(found) | {"form": form}
    return render(request, "bookings/appointments/staff/cancel.html", context, status=422 if form.errors else 200)


@private
@require_POST
@staff_required(Role.CLERK, Role.LEAD)
def mark(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mark whether the person came."""
    me = account_of(request)
    found = access.get_to_work(me, key)
    word = request.POST.get("da", "")
    if word in Presence.values:
        try:
            actions.mark(appointment=found, presence=Presence(word), by=me)
        except AppointmentsError as error:
            messages.warning(request, str(error))
    return redirect("appointments:staff_appointment", key)


@private
@require_POST
@staff_required(Role.CLERK, Role.LEAD)
def answer_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take or decline an offer for the person on the phone."""
    me = account_of(request)
    found = access.get_to_work(me, key)
    try:
        if request.POST.get("antwort") == "ja":
            actions.take_offer(appointment=found, by=str(me.pk))
        else:
            actions.decline(appointment=found)
    except AppointmentsError as error:
        messages.warning(request, str(error))
    return redirect("appointments:staff_appointment", key)


@private
@require_http_methods(["GET", "POST"])
@staff_required(Role.CLERK, Role.LEAD)
def close_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a counter for a day: first who is affected, then the reason and the notices."""
    me = account_of(request)
    counter = access.get_counter_to_work(me, pk)
    day = inputs.day_of(request.GET.get("tag", "")) or clock.today()
    form = staff_inputs.CloseForm(request.POST or None, initial={"day": day})
    if request.method == "POST" and form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        actions.close_counter(counter=counter, day=day, reason=reason, by=me)
        done = [(actions.make_room(appointment=one, reason=reason, by=me), one) for one in queries.affected_by(counter, day)]
        messages.success(request, closed_words([what for what, _one in done]))
        to_call = [one for what, one in done if what == "cancelled" and not one.email]
        if to_call:
            names = ", ".join(f"{one.name} ({one.phone})" for one in to_call)
            messages.warning(request, _("Bitte rufen Sie an, diese Personen haben keine E-Mail-Adresse: %(names)s") % {"names": names})
        return redirect(day_address(counter.site, day))
    affected = queries.affected_by(counter, day)
    known = queries.titles_of(affected)
    address = reverse("appointments:staff_appointment", args=[UUID(int=0)]).replace(str(UUID(int=0)), "{}")
    context = {"counter": counter, "form": form, "day": day, "table": shown.day_table(affected, known, address), "number": len(affected)}
    context["back"] = day_address(counter.site, day)
    return render(request, "bookings/appointments/staff/close.html", context, status=422 if form.errors else 200)


def closed_words(done: list[str]) -> str:
    """What became of those affected, in one sentence each."""
    moved, cancelled = done.count("moved"), done.count("cancelled")
    parts = [_("Der Schalter ist geschlossen.")]
    if moved:
        word = ngettext("%(n)d Termin liegt jetzt an einem anderen Schalter.", "%(n)d Termine liegen jetzt an anderen Schaltern.", moved)
        parts.append(word % {"n": moved})
    if cancelled:
        parts.append(ngettext("%(n)d Termin ist abgesagt.", "%(n)d Termine sind abgesagt.", cancelled) % {"n": cancelled})
    return " ".join(parts)
