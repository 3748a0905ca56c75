"""What the person does with an appointment: book the held time, move it, cancel it, write about it, take it into an account."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.bookings.appointments import cells, letters, queries
from direktdraht.bookings.appointments.actions.holding import Choice, locked, put, refuse_scarce
from direktdraht.bookings.appointments.actions.wishes import allot, day_in_berlin
from direktdraht.bookings.appointments.errors import HoldLapsed, Taken, TooLate, TooManyAppointments, WrongState
from direktdraht.bookings.appointments.models import LIVING, Appointment, Origin, Part, State
from direktdraht.cases import actions as cases
from direktdraht.cases.access import Person
from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

MOST_AHEAD = 4
ORIGIN = "appointment"


@dataclass(frozen=True)
class Contact:
    """Who comes, and how we reach them: one of the two ways is enough."""

    name: str
    email: str = ""
    phone: str = ""
    note: str = ""


def book(
    *,
    appointment: Appointment,
    contact: Contact,
    account: Account | None = None,
    choice: Choice | None = None,
    case: Case | None = None,
    by: str = "",
) -> Appointment:
    """Book the held time, or ``choice`` in its place. A second call of the same person changes nothing (double click).
    ``case`` is the application in whose form the time was held; messages about the appointment go into it.

    A hold that is over is still good while nobody else has its time. Raises HoldLapsed, Taken, TooManyAppointments, WrongState.
    Journal: ``appointment.booked``. Notice: the person, with a calendar file.
    """
    with locked(appointment) as held:
        if held.state == State.BOOKED:
            return held
        if held.state not in {State.HELD, State.LAPSED} or held.wish_id is not None:
            raise WrongState
        if held.origin not in {Origin.PHONE, Origin.FORM}:
            refuse_too_many(contact)
        if choice is not None or held.state == State.LAPSED:
            take_anew(held, choice)
        held.state, held.held_until, held.held_by, held.browser = State.BOOKED, None, "", ""
        held.name, held.email, held.phone, held.note = contact.name, contact.email, contact.phone, contact.note
        held.account, held.changed_at, held.draft = account, clock.now(), None
        held.case = case or held.case
        held.save()
        note("appointment.booked", held, by or (str(account.pk) if account else ""))
        letters.tell(held, "booked")
    return held


def take_anew(held: Appointment, choice: Choice | None) -> None:
    """Take another time, or the lapsed one once more; raises Taken, HoldLapsed."""
    same = Choice(queries.occasions_by(queries.occasion_keys(held)), held.site, held.starts_at)
    try:
        put(held, choice or same, by_staff=held.origin == Origin.PHONE)
    except Taken as problem:
        raise (Taken if choice else HoldLapsed) from problem


def refuse_too_many(contact: Contact) -> None:
    """Raise TooManyAppointments when the address has four appointments ahead."""
    ways = Q(email__iexact=contact.email) if contact.email else Q(phone=contact.phone)
    if Appointment.objects.filter(ways, state=State.BOOKED, starts_at__gt=clock.now()).count() >= MOST_AHEAD:
        raise TooManyAppointments


def move(*, appointment: Appointment, choice: Choice) -> Appointment:
    """Take the new time and free the old one, both or neither. Raises Taken, TooLate, WrongState. Journal: ``appointment.moved``."""
    with locked(appointment) as held:
        ensure_ahead(held)
        if held.starts_at == choice.starts_at and held.site_id == choice.site.pk:
            return held
        refuse_scarce(choice)
        change_time(held, choice)
    return held


def change_time(held: Appointment, choice: Choice, *, by: str = "", reason: str = "", by_staff: bool = False) -> None:
    """Move a locked appointment, note it, tell the person, and offer the time that came free."""
    before, day = held.site, day_in_berlin(held.starts_at)
    put(held, choice, by_staff=by_staff)
    held.sequence, held.reason, held.reminded_at = held.sequence + 1, reason, None
    held.save(update_fields=["sequence", "reason", "reminded_at"])
    note("appointment.moved", held, by)
    letters.tell(held, "moved")
    allot(before, day=day)


def cancel(*, appointment: Appointment) -> Appointment:
    """Cancel for good; twice is once. Raises TooLate, WrongState. Journal: ``appointment.cancelled``. Notice: the person."""
    with locked(appointment) as held:
        if held.state == State.CANCELLED:
            return held
        ensure_ahead(held)
        end(held)
    return held


def end(held: Appointment, *, by: str = "", reason: str = "") -> None:
    """Cancel a locked appointment, note it, tell the person, and offer its time to those who wait."""
    held.state, held.sequence, held.changed_at = State.CANCELLED, held.sequence + 1, clock.now()
    held.cancelled_by_city, held.reason = bool(by), reason
    held.save(update_fields=["state", "sequence", "changed_at", "cancelled_by_city", "reason"])
    cells.take_back([held])
    note("appointment.cancelled", held, by)
    letters.tell(held, "cancelled")
    allot(held.site, day=day_in_berlin(held.starts_at))


def ensure_ahead(held: Appointment) -> None:
    """Raise WrongState unless it is booked, TooLate when it has begun."""
    if held.state != State.BOOKED:
        raise WrongState
    if held.starts_at <= clock.now():
        raise TooLate


def claim(*, appointment: Appointment, account: Account) -> Appointment:
    """Take an appointment, opened by its link, into an account. Raises WrongState when it has one. Journal: ``appointment.claimed``."""
    with locked(appointment) as held:
        if held.account_id == account.pk:
            return held
        if held.account_id is not None or held.state not in LIVING:
            raise WrongState
        held.account = account
        held.save(update_fields=["account"])
        note("appointment.claimed", held, str(account.pk))
    return held


def write(*, appointment: Appointment, text: str, account: Account | None = None) -> Case:
    """Write to the city about the appointment: the first message opens a case of the direct line, later ones go into it.

    Raises WrongState, and the errors of ``cases.actions.write_message``. Journal: ``case.opened``, ``case.message``.
    """
    with locked(appointment) as held:
        if held.state not in {State.BOOKED, State.CANCELLED}:
            raise WrongState
        if held.case is not None:
            person = Person(held.case.pk, "account", account) if account else Person(held.case.pk, "key")
            cases.write_message(case=held.case, text=text, person=person, language=held.language)
            return held.case
        held.case = open_case(held, text)
        held.save(update_fields=["case"])
        return held.case


def open_case(held: Appointment, text: str) -> Case:
    """The case of an appointment; whoever has the appointment's link opens it from there."""
    with translation.override(held.language):
        title = _("Frage zum Termin: %(title)s") % {
            "title": letters.titles(queries.occasions_by(queries.occasion_keys(held)), held.language)
        }
    case, _plain = cases.open_case(
        origin=ORIGIN,
        origin_ref=str(held.pk),
        title=title,
        service=None,
        unit=held.site.unit,
        person=cases.PersonFacts(held.name, held.email, held.account),
        text=text,
        language=held.language,
    )
    return case


def note(kind: str, held: Appointment, by: str = "") -> None:
    """Write the journal's row: where, when, how; nothing of the person."""
    counters = Part.objects.filter(appointment=held).order_by("place").values_list("counter_id", flat=True)
    facts: dict[str, journal.Fact] = {
        "site": held.site_id,
        "counters": ",".join(map(str, counters)),
        "starts": held.starts_at.isoformat(),
        "origin": str(held.origin),
    }
    journal.record(kind, subject=held.subject, facts=facts, by=by)
