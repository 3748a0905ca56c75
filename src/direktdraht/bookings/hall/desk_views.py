"""Pages of staff in the hall: the counters, a counter's own page, numbers drawn for somebody, the end of the day, the counts."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.bookings.appointments.links import token_of
from direktdraht.bookings.appointments.models import Counter
from direktdraht.bookings.appointments.shown import qr_picture
from direktdraht.bookings.appointments.views import private
from direktdraht.bookings.hall import access, actions, queries, words
from direktdraht.bookings.hall.errors import HallError
from direktdraht.bookings.hall.models import Hall, Ticket, TicketState
from direktdraht.bookings.hall.views import LONGEST_CODE, chosen, key_in
from direktdraht.foundation.web.refusals import message_and, telling
from direktdraht.foundation.web.tables import Cell, Column, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account, Role

View = Callable[..., HttpResponse]
at_work = staff_required(Role.CLERK, Role.LEAD)


@private
@require_safe
@at_work
def halls(request: HttpRequest) -> HttpResponse:
    """The halls of the user's sites with their counters."""
    found = [shown_hall(board) for board in queries.boards(access.working_halls(account_of(request)))]
    return render(request, "bookings/hall/staff/halls.html", {"halls": found})


def shown_hall(board: queries.Board) -> dict[str, object]:
    """A hall with the state of its counters."""
    return {"hall": board.hall, "waiting": len(board.waiting), "counters": counter_table(board)}


def counter_table(board: queries.Board) -> Table:
    """The counters of a hall: whom they have, whether they pause."""
    rows = [
        Row(
            [
                Cell(one.name, url=reverse("hall:counter", args=[one.pk])),
                Cell(", ".join(ticket.name for ticket in board.at(one)) or "–"),
                pause_cell(board, one),
            ]
        )
        for one in board.counters
    ]
    columns = [Column(_("Schalter")), Column(_("Aufgerufen")), Column(_("Stand"))]
    return Table(_("Schalter"), columns, rows, _("Noch kein Schalter"), _("Ohne Schalter ruft hier niemand auf."))


def pause_cell(board: queries.Board, counter: Counter) -> Cell:
    """Whether the counter calls."""
    if counter.pk in board.pausing:
        return Cell(_("Pause"), tag="warning")
    return Cell(_("ruft auf"), tag="success") if counter.pk in board.awake else Cell(_("still"), tag="neutral")


@private
@require_safe
@at_work
def counter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A counter: who is there, who is next, who waits."""
    counter, hall = access.get_counter_to_work(account_of(request), pk)
    board = queries.board(hall)
    here = board.at(counter)
    known = queries.titles_of(board.living)
    rows = words.waiting_rows(board, board.does.get(counter.pk, frozenset()), known)
    context = {
        "counter": counter,
        "hall": hall,
        "here": [(one, ", ".join(str(known[key]) for key in one.occasions if key in known)) for one in here],
        "is_full": len(here) >= counter.seats,
        "pausing": counter.pk in board.pausing,
        "next": board.next_at(counter),
        "rows": rows,
        "anybody": any(row.is_ours for row in rows),
        "key": uuid4(),
        "follows": not here,
    }
    return render(request, "bookings/hall/staff/counter.html", context)


def back_to(request: HttpRequest, counter: int | None = None) -> HttpResponse:
    """The page of the counter at which a button was pressed."""
    text = str(counter or request.POST.get("schalter", ""))
    return redirect("hall:counter", int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else redirect("hall:halls")


told = telling(HallError, message_and(lambda request, **_named: back_to(request), messages.WARNING))


@private
@require_POST
@at_work
def call_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Call whose turn it is."""
    counter, _hall = access.get_counter_to_work(account_of(request), pk)
    try:
        found = actions.call_next(counter=counter, key=key_in(request), by=account_of(request))
    except HallError as error:
        messages.warning(request, str(error))
    else:
        if found is None:
            messages.info(request, _("Niemand kann jetzt aufgerufen werden."))
    return back_to(request, pk)


@private
@require_POST
@at_work
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the counter pause."""
    counter, _hall = access.get_counter_to_work(account_of(request), pk)
    actions.pause(counter=counter, by=account_of(request))
    return back_to(request, pk)


@private
@require_POST
@at_work
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """End the counter's pause."""
    counter, _hall = access.get_counter_to_work(account_of(request), pk)
    actions.resume(counter=counter, by=account_of(request))
    return back_to(request, pk)


@private
@require_POST
@at_work
@told
def call(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Call a certain number at a counter."""
    me = account_of(request)
    ticket, (counter, _hall) = access.get_ticket_to_work(me, key), access.get_counter_to_work(me, pk)
    actions.call(ticket=ticket, counter=counter, by=me)
    return back_to(request, pk)


def pressed(action: Callable[..., Ticket]) -> View:
    """A view for one button of a called number."""

    @private
    @require_POST
    @at_work
    @told
    def view(request: HttpRequest, key: UUID) -> HttpResponse:
        me = account_of(request)
        action(ticket=access.get_ticket_to_work(me, key), by=me)
        return back_to(request)

    return view


call_again = pressed(actions.call_again)
arrived = pressed(actions.arrived)
missed = pressed(actions.missed)
done = pressed(actions.done)


@private
@require_http_methods(["GET", "POST"])
@at_work
def draw(request: HttpRequest, site: int) -> HttpResponse:
    """Draw a number for somebody, or check somebody in."""
    me = account_of(request)
    hall = access.get_hall_to_work(me, site)
    context: dict[str, object] = {"hall": hall, "occasions": queries.walk_in_occasions(hall), "key": uuid4(), "sentence": ""}
    if request.method == "POST":
        try:
            ticket = drawn(request, hall, me)
        except HallError as error:
            context["sentence"] = str(error)
        else:
            messages.success(request, _("Die Nummer ist %(number)s.") % {"number": ticket.name})
            return redirect("hall:staff_ticket", ticket.pk)
    return render(request, "bookings/hall/staff/draw.html", context, status=409 if context["sentence"] else 200)


def drawn(request: HttpRequest, hall: Hall, by: Account) -> Ticket:
    """The number for the occasion or the code that was posted."""
    code = request.POST.get("code", "")[:LONGEST_CODE].strip()
    if code:
        return actions.check_in(hall=hall, text=code, by=str(by.pk))
    return actions.draw(hall=hall, occasion=chosen(hall, request.POST.get("anlass", "")), key=key_in(request), by_staff=True)


@private
@require_safe
@at_work
def staff_ticket(request: HttpRequest, key: UUID) -> HttpResponse:
    """A number that was drawn for somebody, to print or to say."""
    ticket = access.get_ticket_to_work(account_of(request), key)
    url = settings.BASE_URL + reverse("hall:ticket", args=[token_of(ticket.pk, kind="ticket")])
    return render(request, "bookings/hall/staff/ticket.html", {"ticket": ticket, "picture": qr_picture(url), "url": url})


@private
@require_http_methods(["GET", "POST"])
@at_work
def send_home(request: HttpRequest, site: int) -> HttpResponse:
    """Ask first, then end the day for all who still wait."""
    me = account_of(request)
    hall = access.get_hall_to_work(me, site)
    if request.method == "POST":
        number = actions.send_home(hall=hall, by=me)
        text = ngettext("%(n)d Person ist benachrichtigt.", "%(n)d Personen sind benachrichtigt.", number)
        messages.success(request, text % {"n": number})
        return redirect("hall:counts", site)
    waiting = queries.of_today(site).filter(state=TicketState.WAITING).count()
    return render(request, "bookings/hall/staff/send_home.html", {"hall": hall, "waiting": waiting})


@private
@require_safe
@at_work
def counts(request: HttpRequest, site: int) -> HttpResponse:
    """The counts of the day and of the days before."""
    hall = access.get_hall_to_work(account_of(request), site)
    context = {
        "hall": hall,
        "rows": words.count_rows(queries.counts_today(hall)),
        "table": words.past_table(queries.past_counts(hall)),
    }
    return render(request, "bookings/hall/staff/counts.html", context)
