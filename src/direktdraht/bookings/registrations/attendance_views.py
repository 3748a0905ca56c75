"""Attendance: the list to print, and a page for each date on which leaders and staff tick who is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from direktdraht.bookings.registrations import access, actions, asking, certificates
from direktdraht.bookings.registrations.attending import Sheet, sheet_of
from direktdraht.bookings.registrations.errors import NotedMeanwhile
from direktdraht.bookings.registrations.inputs import RestForm, TickForm
from direktdraht.bookings.registrations.models import Attendance, Booking, Presence, Session
from direktdraht.bookings.registrations.pages import private, told
from direktdraht.foundation import clock
from direktdraht.foundation.web.csv_files import csv_file
from direktdraht.foundation.web.dates import day_words, moment_words, time_words
from direktdraht.people.access import account_of, staff_required
from direktdraht.people.models import Account


@dataclass(frozen=True)
class Choice:
    """One button of a person: what it stands for, what a press makes of it, and whether it is pressed."""

    name: str
    label: str
    wanted: str
    pressed: bool


@dataclass(frozen=True)
class Line:
    """One person at one date."""

    booking: Booking
    seen: str
    choices: list[Choice]
    noted: str
    overtaken: bool


@private
@require_GET
@staff_required()
def attendance(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The dates with their counts, and the list to print: who comes, whom to call, who may collect, a box or a tick for each date."""
    me = account_of(request)
    sheet = sheet_of(access.get_offer_to_see(me, key, number))
    record_looks(sheet, me)
    certified, columns = certificates.earned(sheet.bookings), asking.Columns(sheet.offer)
    context = {
        "offer": sheet.offer,
        "sessions": sheet.sessions,
        "dates": [(one, count_words(sheet, one)) for one in sheet.sessions],
        "certified": [one for one in sheet.bookings if one.pk in certified],
        "people": [
            (one, answers_of(columns, one), [(session, word_of(sheet.tick(session, one))) for session in sheet.sessions])
            for one in sheet.bookings
        ],
    }
    return render(request, "bookings/registrations/staff/attendance.html", context)


def record_looks(sheet: Sheet, by: Account) -> None:
    """Note that somebody sees everybody of the list."""
    actions.record_looks(registrations=[one.participant.registration for one in sheet.bookings], by=by)


def answers_of(columns: asking.Columns, booking: Booking) -> list[str]:
    """What a person answered, each with its question."""
    answers = zip(columns.heads, columns.cells(booking.participant), strict=True)
    return [f"{question} {words}" for question, words in answers if words]


def word_of(tick: Attendance | None) -> str:
    """What is noted, in a word; empty where nothing is."""
    return str(tick.get_presence_display()) if tick else ""


def count_words(sheet: Sheet, session: Session) -> str:
    """The counts of a date; nothing where nothing is noted."""
    counts = sheet.counts(session)
    known = [(_("anwesend"), "present"), (_("entschuldigt"), "excused"), (_("gefehlt"), "absent"), (_("noch offen"), "")]
    return " · ".join(f"{counts[key]} {label}" for label, key in known if counts[key])


@private
@require_GET
@staff_required()
def attendance_of_date(request: HttpRequest, key: str, number: int, session_id: int) -> HttpResponse:
    """Tick who is there; each press is saved at once."""
    me = account_of(request)
    session = access.get_session_to_see(me, key, number, session_id)
    sheet = sheet_of(session.offer)
    record_looks(sheet, me)
    begun = day_of(session) <= clock.today()
    overtaken = request.GET.get("inzwischen", "")
    lines = [line_of(sheet, session, one, begun=begun, overtaken=overtaken) for one in sheet.bookings if one.is_place]
    context = {
        "offer": session.offer,
        "session": session,
        "day": day_words(session.starts_at),
        "hours": f"{time_words(session.starts_at)} – {time_words(session.ends_at)}",
        "begun": begun,
        "counts": count_words(sheet, session),
        "lines": lines,
        "rest": ",".join(str(one.booking.pk) for one in lines if not one.seen) if begun else "",
        "others": neighbours(sheet, session),
    }
    return render(request, "bookings/registrations/staff/attendance_of_date.html", context)


def day_of(session: Session) -> date:
    """The day of a date in Germany."""
    return session.starts_at.astimezone(clock.BERLIN).date()


def line_of(sheet: Sheet, session: Session, booking: Booking, *, begun: bool, overtaken: str) -> Line:
    """A person with the buttons that can be pressed now; the pressed one takes its note back."""
    tick = sheet.tick(session, booking)
    seen = tick.presence if tick else ""
    offered = [one for one in Presence if begun or one in {Presence.EXCUSED, seen}]
    choices = [Choice(one.value, str(one.label), "" if one == seen else one.value, one == seen) for one in offered]
    noted = f"{tick.by or '–'}, {moment_words(tick.at)}" if tick else ""
    return Line(booking, seen, choices, noted, overtaken == str(booking.pk))


def neighbours(sheet: Sheet, session: Session) -> list[tuple[str, str]]:
    """The dates before and after this one, with their addresses."""
    keys = [one.pk for one in sheet.sessions]
    place = keys.index(session.pk)
    around = [*sheet.sessions[max(0, place - 1) : place], *sheet.sessions[place + 1 : place + 2]]
    return [(day_words(one.starts_at), date_address(one, session.offer.series_id, session.offer.number)) for one in around]


def date_address(session: Session, key: str, number: int) -> str:
    """The page of a date."""
    return reverse("registrations:attendance_of_date", args=[key, number, session.pk])


@private
@require_POST
@staff_required()
@told
def note_attendance(request: HttpRequest, key: str, number: int, session_id: int) -> HttpResponse:
    """One press: note it and go back to the same person. What somebody else noted meanwhile stays and is shown."""
    me = account_of(request)
    session = access.get_session_to_see(me, key, number, session_id)
    page = date_address(session, key, number)
    form = TickForm(request.POST)
    if not form.is_valid():
        return redirect(page)
    given = form.cleaned_data
    person = f"#platz-{given['booking']}"
    try:
        actions.note_attendance(session=session, by=me, **given)
    except NotedMeanwhile:
        return redirect(f"{page}?inzwischen={given['booking']}{person}")
    return redirect(page + person)


@private
@require_POST
@staff_required()
@told
def note_rest(request: HttpRequest, key: str, number: int, session_id: int) -> HttpResponse:
    """Everybody of the shown list for whom nothing is noted is present."""
    me = account_of(request)
    session = access.get_session_to_see(me, key, number, session_id)
    form = RestForm(request.POST)
    if form.is_valid():
        actions.note_rest_present(session=session, bookings=form.cleaned_data["bookings"], by=me)
    return redirect(date_address(session, key, number))


@private
@require_GET
@staff_required()
def attendance_file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The attendance list as a CSV file: for each date what is noted, by whom and when; at the end how often somebody was there."""
    me = account_of(request)
    offer = access.get_offer_to_see(me, key, number)
    sheet = sheet_of(offer)
    record_looks(sheet, me)
    actions.record_export(of=offer, rows=len(sheet.bookings), by=me)
    heads = [_("Nummer"), _("Name"), _("Geboren"), _("Stand")]
    for one in sheet.sessions:
        heads += [moment_words(one.starts_at), _("notiert")]
    columns = asking.Columns(offer)
    rows = ([*file_cells(sheet, one), *columns.cells(one.participant)] for one in sheet.bookings)
    return csv_file(f"anwesenheit-{key}-{number}", [*heads, _("Wie oft anwesend"), *columns.heads], rows)


def file_cells(sheet: Sheet, booking: Booking) -> Iterator[str]:
    """One row of the file."""
    yield from (booking.participant.registration.number or "", booking.participant.name, booking.participant.born_on.isoformat())
    yield str(booking.get_state_display())
    for session in sheet.sessions:
        tick = sheet.tick(session, booking)
        yield from (word_of(tick), f"{tick.by or '–'}, {moment_words(tick.at)}" if tick else "")
    yield str(sheet.times_present(booking))
