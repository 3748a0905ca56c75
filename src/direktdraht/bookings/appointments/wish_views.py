"""Pages of the list of wishes: ask for a time, see where one stands, take or decline an offer."""

from datetime import time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.bookings.appointments import access, actions, inputs, letters, queries, shown
from direktdraht.bookings.appointments.errors import AppointmentsError, TooManyHolds
from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import WEEKDAYS, Occasion, State, Wish, WishState
from direktdraht.bookings.appointments.pages import told
from direktdraht.bookings.appointments.views import network, private
from direktdraht.foundation import clock
from direktdraht.foundation.limits import counting as limits
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.people.models import Account

WISHES_AN_HOUR = 10


@private
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a time that is not free yet."""
    occasions = queries.occasions_by(inputs.keys_of(request.GET))
    sites = queries.sites_for(occasions)
    if not occasions or not sites or not all(one.active for one in occasions):
        return redirect("appointments:search")
    form = inputs.WishForm(request.POST or None, places=sites, initial=beginning(request, [str(site.pk) for site in sites]))
    if request.method == "POST" and form.is_valid():
        try:
            if not limits.hit("appointments.wish", network(request), limit=WISHES_AN_HOUR, seconds=3600):
                raise TooManyHolds
            wish = keep(request, form, occasions)
        except AppointmentsError as error:
            form.add_error(None, str(error))
        else:
            return redirect("appointments:wish", token_of(wish.pk, kind="wish"))
    context = {"form": form, "title": letters.titles(occasions, get_language() or "de"), "back": shown.query(occasions)}
    return render(request, "bookings/appointments/wish_form.html", context, status=422 if form.errors else 200)


def beginning(request: HttpRequest, sites: list[str]) -> dict[str, Any]:
    """What stands in the form first: all sites, the next four weeks, office hours."""
    account = request.user if isinstance(request.user, Account) else None
    today = clock.today()
    return {
        "sites": sites,
        "first_day": today,
        "last_day": today + timedelta(days=28),
        "from_time": time(8),
        "until_time": time(18),
        "name": account.name if account else "",
        "email": account.email if account else "",
    }


def keep(request: HttpRequest, form: inputs.WishForm, occasions: list[Occasion]) -> Wish:
    """Put the person on the list."""
    given = form.cleaned_data
    chosen = [site for site in queries.sites_for(occasions) if str(site.pk) in given["sites"]]
    window = actions.Window(*(given[name] for name in ("first_day", "last_day", "weekdays", "from_time", "until_time")))
    return actions.wish_for(
        occasions=occasions,
        sites=chosen,
        window=window,
        key=given["form_token"],
        name=given["name"],
        email=given["email"],
        phone=given["phone"],
        language=get_language() or "de",
        account=request.user if isinstance(request.user, Account) else None,
    )


@private
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a wish stands, and why."""
    wish = access.get_wish_by_token(token)
    offer = wish.offers.filter(state=State.OFFERED, held_until__gt=clock.now()).select_related("site").first()
    booked = wish.offers.filter(state=State.BOOKED).first()
    context = {
        "wish": wish,
        "token": token,
        "facts": facts_of(wish),
        "before": queries.before(wish) if wish.state == WishState.WAITING else 0,
        "offer": offer,
        "offer_path": reverse("appointments:appointment", args=[token_of(offer.pk)]) if offer else "",
        "booked_path": reverse("appointments:appointment", args=[token_of(booked.pk)]) if booked else "",
        "can_withdraw": wish.state in {WishState.WAITING, WishState.OFFERED},
        "looks": [(day_words(one.hour), one.unit.name) for one in queries.looks_at_wish(wish)],
    }
    return render(request, "bookings/appointments/wish.html", context)


def facts_of(wish: Wish) -> list[tuple[str, str]]:
    """What was wished for."""
    days = ", ".join(str(name) for number, name in WEEKDAYS if number in wish.weekdays)
    return [
        (_("Wofür"), letters.titles(queries.occasions_by(wish.occasions), get_language() or "de")),
        (_("Wo"), "\n".join(site.name for site in sorted(wish.sites.all(), key=lambda one: (one.sort_key, one.pk)))),
        (_("Zwischen"), f"{day_words(wish.first_day)} – {day_words(wish.last_day)}"),
        (_("Tage"), days),
        (_("Uhrzeit"), f"{wish.from_time:%H:%M} – {wish.until_time:%H:%M}"),
        (_("Eingetragen"), moment_words(wish.created_at)),
    ]


@private
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, then take the wish back."""
    wish = access.get_wish_by_token(token)
    if request.method == "POST":
        actions.withdraw(wish=wish)
        return redirect("appointments:wish", token)
    if wish.state not in {WishState.WAITING, WishState.OFFERED}:
        return redirect("appointments:wish", token)
    return render(request, "bookings/appointments/wish_withdraw.html", {"wish": wish, "token": token, "facts": facts_of(wish)})


@private
@require_POST
@told
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Take an offered time."""
    offer = access.get_by_token(token)
    if offer.wish_id is None:
        raise Http404
    actions.take_offer(appointment=offer)
    return redirect(f"{reverse('appointments:appointment', args=[token])}?neu=1")


@private
@require_POST
@told
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline an offered time."""
    offer = access.get_by_token(token)
    if offer.wish_id is None:
        raise Http404
    actions.decline(appointment=offer)
    return redirect("appointments:wish", token_of(offer.wish_id, kind="wish"))
