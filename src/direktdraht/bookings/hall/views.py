"""Pages without login: the page at the entrance, the slip, a number's own page, the call display."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Occasion
from direktdraht.bookings.appointments.shown import qr_picture
from direktdraht.bookings.appointments.views import private
from direktdraht.bookings.hall import access, actions, queries, words
from direktdraht.bookings.hall.errors import HallError, NoNumbers, NotThisOne
from direktdraht.bookings.hall.links import DISPLAY, KIOSK
from direktdraht.bookings.hall.models import Hall, Ticket, TicketState
from direktdraht.foundation import clock

LONGEST_CODE = 300
View = Callable[..., HttpResponse]


def at_entrance(view: View) -> View:
    """Show the page at the entrance once more, with the sentence, where something is refused (409)."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        try:
            return view(request, token, **kwargs)
        except HallError as error:
            return kiosk_page(request, token, access.get_by_address(token, KIOSK), sentence=str(error))

    return guarded


@private
@require_safe
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """The page at the entrance: draw a number, or check in with an appointment."""
    return kiosk_page(request, token, access.get_by_address(token, KIOSK))


def kiosk_page(request: HttpRequest, token: str, hall: Hall, sentence: str = "") -> HttpResponse:
    """The page at the entrance; its form carries a fresh key, so that two presses give one number."""
    context = {"hall": hall, "token": token, "offers": words.offers(hall), "key": uuid4(), "sentence": sentence}
    return render(request, "bookings/hall/kiosk.html", context, status=409 if sentence else 200)


@private
@require_POST
@at_entrance
def draw(request: HttpRequest, token: str) -> HttpResponse:
    """Draw a number."""
    hall = access.get_by_address(token, KIOSK)
    ticket = actions.draw(hall=hall, occasion=chosen(hall, request.POST.get("anlass", "")), key=key_in(request))
    return redirect("hall:slip", token, token_of(ticket.pk, kind="ticket"))


def chosen(hall: Hall, text: str) -> Occasion:
    """The occasion that a button names; raises NoNumbers for anything else."""
    for one in queries.walk_in_occasions(hall):
        if str(one.pk) == text:
            return one
    raise NoNumbers


def key_in(request: HttpRequest) -> UUID:
    """The key of the page that was posted; a page without one gets a fresh one."""
    try:
        return UUID(request.POST.get("schluessel", ""))
    except ValueError:
        return uuid4()


@private
@require_POST
@at_entrance
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """Check in with the short code or link of an appointment."""
    hall = access.get_by_address(token, KIOSK)
    ticket = actions.check_in(hall=hall, text=request.POST.get("code", "")[:LONGEST_CODE])
    return redirect("hall:slip", token, token_of(ticket.pk, kind="ticket"))


@private
@require_safe
def slip(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The number that was drawn, to read, print or take along on the phone; the page goes back by itself."""
    hall, ticket = access.get_by_address(token, KIOSK), access.get_by_link(number)
    url = settings.BASE_URL + reverse("hall:ticket", args=[number])
    context = {"hall": hall, "token": token, **ticket_context(ticket), "picture": qr_picture(url), "url": url}
    return render(request, "bookings/hall/slip.html", context)


def ticket_context(ticket: Ticket) -> dict[str, object]:
    """What is said of a number."""
    waits = ticket.state == TicketState.WAITING and ticket.day == clock.today()
    return {
        "ticket": ticket,
        "state": words.state_words(ticket),
        "sentences": words.standing(ticket, queries.board(ticket.site.hall)) if waits else [],
        "moment": clock.now(),
    }


@private
@require_safe
def ticket_page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a number stands; the page follows by itself unless the reader stops it."""
    ticket = access.get_by_link(token)
    context = {
        **ticket_context(ticket),
        "token": token,
        "follows": "stehen" not in request.GET and ticket.state in {TicketState.WAITING, TicketState.CALLED},
        "may_leave": ticket.state in {TicketState.WAITING, TicketState.CALLED},
        "again": "&".join(f"anlass={key}" for key in ticket.occasions),
    }
    return render(request, "bookings/hall/ticket.html", context)


@private
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, then give the number back."""
    ticket = access.get_by_link(token)
    if request.method == "POST":
        with suppress(NotThisOne):  # called or over meanwhile: the number's page says so
            actions.leave(ticket=ticket)
        return redirect("hall:ticket", token)
    if ticket.state not in {TicketState.WAITING, TicketState.CALLED}:
        return redirect("hall:ticket", token)
    return render(request, "bookings/hall/leave.html", {"ticket": ticket, "token": token})


@private
@require_safe
def display(request: HttpRequest, token: str) -> HttpResponse:
    """The call display: numbers and counters, never a name; it follows by itself unless the reader stops it."""
    hall = access.get_by_address(token, DISPLAY)
    calls = queries.calls_of(hall)
    current = [one for one in calls if one.state == TicketState.CALLED]
    context = {
        "hall": hall,
        "current": current,
        "earlier": [one for one in calls if one.state != TicketState.CALLED],
        "latest": current[0] if current else None,
        "moment": clock.now(),
        "follows": "stehen" not in request.GET,
    }
    return render(request, "bookings/hall/display.html", context)
