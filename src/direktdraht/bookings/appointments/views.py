"""Pages of the person: look for a time, hold it, book it; see, move, cancel the appointment; write about it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.bookings.appointments import access, actions, inputs, letters, queries, shown
from direktdraht.bookings.appointments.actions.booking import ORIGIN
from direktdraht.bookings.appointments.errors import AppointmentsError, HoldLapsed, Taken
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Appointment, Occasion, Site, State
from direktdraht.bookings.appointments.pages import told
from direktdraht.cases import opened
from direktdraht.cases.access import network_of
from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words
from direktdraht.people.access import account_of, account_required
from direktdraht.people.models import Account

private = cache_control(private=True, no_store=True)
SESSION_HOLD = "appointment_hold"
ALL_TIMES = 24


@private
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Choose what for; below, the next free times of every site as a list, then the week as a table."""
    known = {one.pk: one for one in queries.open_occasions()}
    occasions = [known[key] for key in inputs.keys_of(request.GET) if key in known]
    asked = bool(request.GET)
    form = inputs.SearchForm(request.GET if asked else None, occasions=list(known.values()), sites=queries.sites_for([]))
    context: dict[str, Any] = {"form": form, "asked": asked and form.is_valid()}
    if context["asked"]:
        context |= found_for(request, occasions, queries.sites_for(occasions), reverse("appointments:search"))
    return render(request, "bookings/appointments/search.html", context)


def found_for(
    request: HttpRequest,
    occasions: list[Occasion],
    sites: list[Site],
    path: str,
    *,
    without: Appointment | None = None,
    by_staff: bool = False,
) -> dict[str, Any]:
    """What the list of free times shows for a search: of all sites a few, of one site many, of one day all."""
    wish = [one for one in occasions if one.by_request]
    wanted = request.GET.get("standort", "")
    chosen = [site for site in sites if str(site.pk) == wanted] or sites
    day, first = inputs.day_of(request.GET.get("tag", "")), inputs.day_of(request.GET.get("ab", "")) or clock.today()
    known = queries.office(occasions, chosen, without=without)
    only_wishes = bool(wish) and not by_staff
    context: dict[str, Any] = {"occasions": occasions, "scarce": only_wishes, "possible": bool(sites), "day": day, "path": path}
    context["wish_query"] = shown.query(occasions)
    if only_wishes or not sites or not occasions:
        return context
    if day is not None:
        found = {site.pk: queries.free_on(known, site, day, by_staff=by_staff) for site in chosen}
    else:
        found = queries.next_free(known, first, a_site=ALL_TIMES if len(chosen) == 1 else queries.TIMES_A_SITE, by_staff=by_staff)
    if without is not None:  # its own time counts as free, but moving there is no move
        same = queries.word_of(without.site_id, without.starts_at)
        found = {site: [free for free in times if free.word != same] for site, times in found.items()}
    more = {} if len(chosen) == 1 else {site.pk: f"{path}?{shown.query(occasions, standort=site.pk, ab=first)}" for site in chosen}
    last = max((shown.local_day(free) for times in found.values() for free in times), default=None)
    today, week = clock.today(), timedelta(days=7)
    begin = max(day or first, today)
    context |= {
        "sites": shown.by_site(chosen, found, more),
        "anything": last is not None,
        "all_query": shown.query(occasions),
        "later": shown.query(occasions, standort=wanted, ab=last + timedelta(days=1)) if last and not day else "",
        "week": shown.week_table(known, begin, path),
        "week_before": shown.query(occasions, standort=wanted, ab=max(begin - timedelta(days=7), clock.today()))
        if begin > clock.today()
        else "",
        "week_after": shown.query(occasions, standort=wanted, ab=begin + week) if begin < known.last_day() else "",
    }
    return context


@private
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Hold the chosen time for ten minutes and ask who comes."""
    occasions = queries.occasions_by(inputs.keys_of(request.POST))
    choice = inputs.choice_of(request.POST.get("zeit", ""), occasions)
    if choice is None:
        return redirect(f"{reverse('appointments:search')}?{shown.query(occasions)}")
    try:
        held = actions.hold(
            choice=choice,
            network=network(request),
            browser=request.META.get("CSRF_COOKIE") or "",
            language=get_language() or "de",
            replaces=earlier_hold(request),
        )
    except Taken as error:
        if any(one.by_request for one in occasions):
            return redirect(f"{reverse('appointments:search')}?{shown.query(occasions)}")
        context = {
            "sentence": str(error),
            "times": queries.near_to(queries.office(occasions, queries.sites_for(occasions)), choice.starts_at),
        }
        return render(request, "bookings/appointments/taken.html", context | {"occasions": occasions}, status=409)
    except AppointmentsError as error:
        return render(request, "bookings/appointments/refused.html", {"sentence": str(error), "token": ""}, status=429)
    request.session[SESSION_HOLD] = token_of(held.pk)
    return redirect("appointments:details", token_of(held.pk))


def network(request: HttpRequest) -> str:
    """From where somebody asks, as limits count it."""
    return network_of(request.META.get("REMOTE_ADDR", ""))


def earlier_hold(request: HttpRequest) -> Appointment | None:
    """The time that this browser holds already."""
    try:
        found = access.get_by_token(request.session.get(SESSION_HOLD, ""))
    except Http404:
        return None
    return found if found.state == State.HELD else None


@private
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, token: str) -> HttpResponse:
    """Ask who comes, then book; when the time was lost, what was typed stays and other times are offered beside it."""
    held = access.get_by_token(token)
    if held.state == State.BOOKED:
        return redirect("appointments:appointment", token)
    if held.state not in {State.HELD, State.LAPSED} or held.wish_id is not None:
        raise Http404
    account = request.user if isinstance(request.user, Account) else None
    form = inputs.ContactForm(request.POST or None, initial={"name": account.name, "email": account.email} if account else None)
    context: dict[str, Any] = {"held": held, "form": form, "token": token, "times": [], "sentence": ""}
    if request.method == "POST" and form.is_valid():
        occasions = queries.occasions_by(queries.occasion_keys(held))
        choice = inputs.choice_of(request.POST.get("zeit", ""), occasions)
        try:
            actions.book(appointment=held, contact=actions.Contact(**form.cleaned_data), account=account, choice=choice)
        except (Taken, HoldLapsed) as error:
            sites = queries.sites_for(occasions)
            near = choice.starts_at if choice else held.starts_at
            context |= {"sentence": str(error), "times": queries.near_to(queries.office(occasions, sites), near)}
            return render(request, "bookings/appointments/details.html", context | {"facts": shown.facts_of(held)}, status=409)
        except AppointmentsError as error:
            form.add_error(None, str(error))
        else:
            request.session.pop(SESSION_HOLD, None)
            return redirect(f"{reverse('appointments:appointment', args=[token])}?neu=1")
    context["facts"] = shown.facts_of(held)
    return render(request, "bookings/appointments/details.html", context, status=422 if form.errors else 200)


@private
@require_safe
def appointment_page(request: HttpRequest, token: str) -> HttpResponse:
    """The appointment: when, where, what to bring, and what can be done with it."""
    found = access.get_by_token(token)
    if found.state in {State.HELD, State.LAPSED} and found.wish_id is None:
        return redirect("appointments:details", token)
    ahead = found.state == State.BOOKED and found.starts_at > clock.now()
    context = {
        "appointment": found,
        "token": token,
        "facts": shown.facts_of(found),
        "tag": shown.TAGS[State(found.state)],
        "is_new": "neu" in request.GET and found.state == State.BOOKED,
        "is_moved": "verschoben" in request.GET and found.state == State.BOOKED,
        "ahead": ahead,
        "offered": found.state == State.OFFERED and found.held_until is not None and found.held_until > clock.now(),
        "can_claim": ahead and found.account_id is None and isinstance(request.user, Account),
        "picture": shown.qr_picture(settings.BASE_URL + request.path) if ahead and queries.has_hall(found.site) else "",
        "looks": [(day_words(one.hour), one.unit.name) for one in queries.looks_at(found)],
        "again": letters.again_query(found),
        "wish_path": reverse("appointments:wish", args=[token_of(found.wish_id, kind="wish")]) if found.wish_id else "",
    }
    return render(request, "bookings/appointments/appointment.html", context)


@private
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The appointment as a calendar file; a calendar program that subscribes to the address follows moves and cancellations."""
    found = access.get_by_token(token)
    if found.state not in {State.BOOKED, State.CANCELLED}:
        raise Http404
    return calendar_response([found])


@private
@require_safe
@account_required
def own_calendar(request: HttpRequest) -> HttpResponse:
    """All appointments of the account that lie ahead, as one calendar file."""
    return calendar_response(queries.appointments_of(account_of(request)))


def calendar_response(appointments: list[Appointment]) -> HttpResponse:
    """A calendar file to keep."""
    response = HttpResponse(letters.calendar_of(appointments, get_language() or "de"), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{letters.FILE_NAME}"'
    return response


@private
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Choose another time; the old one is kept until the new one is ours."""
    found = access.get_by_token(token)
    occasions = queries.occasions_by(queries.occasion_keys(found))
    context: dict[str, Any] = {"appointment": found, "token": token, "sentence": ""}
    if found.state != State.BOOKED or found.starts_at <= clock.now():
        return redirect("appointments:appointment", token)
    if request.method == "POST":
        choice = inputs.choice_of(request.POST.get("zeit", ""), occasions)
        try:
            if choice is None:
                raise Taken
            actions.move(appointment=found, choice=choice)
        except AppointmentsError as error:
            context["sentence"] = str(error)
        else:
            return redirect(f"{reverse('appointments:appointment', args=[token])}?verschoben=1")
    sites = queries.sites_for(occasions)
    path = reverse("appointments:move", args=[token])
    context |= found_for(request, occasions, sites, path, without=found, by_staff=False)
    return render(request, "bookings/appointments/move.html", context, status=409 if context["sentence"] else 200)


@private
@require_http_methods(["GET", "POST"])
@told
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, then cancel; it cannot be undone."""
    found = access.get_by_token(token)
    if request.method == "POST":
        actions.cancel(appointment=found)
        return redirect("appointments:appointment", token)
    if found.state != State.BOOKED:
        return redirect("appointments:appointment", token)
    return render(request, "bookings/appointments/cancel.html", {"appointment": found, "token": token, "facts": shown.facts_of(found)})


@private
@require_POST
@told
def let_go(request: HttpRequest, token: str) -> HttpResponse:
    """Give a held time back and look for another one."""
    found = access.get_by_token(token)
    actions.let_go(appointment=found)
    return redirect(f"{reverse('appointments:search')}?{letters.again_query(found)}")


@private
@require_POST
@told
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Take the appointment into the signed-in account."""
    found = access.get_by_token(token)
    if not isinstance(request.user, Account):
        return redirect_to_login(reverse("appointments:appointment", args=[token]))
    actions.claim(appointment=found, account=request.user)
    return redirect("appointments:appointment", token)


@private
@require_http_methods(["GET", "POST"])
@told
def write(request: HttpRequest, token: str) -> HttpResponse:
    """Write about the appointment: the conversation goes on in the direct line."""
    found = access.get_by_token(token)
    if found.state not in {State.BOOKED, State.CANCELLED}:
        raise Http404
    if found.case is not None and found.case.origin != ORIGIN:
        return redirect("cases:case", found.case.number)
    form = inputs.MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = request.user if isinstance(request.user, Account) and request.user.pk == found.account_id else None
        case = actions.write(appointment=found, text=form.cleaned_data["text"], account=account)
        opened.remember(request, case)
        return redirect("cases:case", case.number)
    context = {"appointment": found, "token": token, "form": form, "facts": shown.facts_of(found)}
    return render(request, "bookings/appointments/write.html", context, status=422 if form.errors else 200)


@private
@require_POST
@told
def conversation(request: HttpRequest, token: str) -> HttpResponse:
    """Open the conversation about the appointment; the link is the key."""
    found = access.get_by_token(token)
    if found.case is None:
        raise Http404
    if found.case.origin == ORIGIN:  # an application is opened by its own key or account only
        opened.remember(request, found.case)
    return redirect("cases:case", found.case.number)
