"""Who was there: each press is one transaction; two leaders with one list never overwrite each other's ticks."""

from collections.abc import Iterable

from django.db import transaction

from direktdraht.bookings.registrations.access import leads_offer, require_worker
from direktdraht.bookings.registrations.errors import NotedMeanwhile, NotThereYet, WrongState
from direktdraht.bookings.registrations.models import PLACES, Attendance, Booking, Offer, Presence, Session
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


def note_attendance(*, session: Session, booking: int, presence: Presence | None, seen: Presence | None, by: Account) -> bool:
    """Note for one person with a place whether they are there; None takes the note back. Returns whether anything changed.

    ``seen`` is what the page showed: when something else stands there by now, that stays. Noting the same twice changes
    nothing. Raises NotAllowed, NotThereYet, NotedMeanwhile, WrongState (no place). Journal: ``attendance.noted``.
    """
    require_may_note(session.offer, by)
    if presence in {Presence.PRESENT, Presence.ABSENT}:
        require_the_day(session)
    with transaction.atomic():
        hold_session(session)
        held = held_places(session, [booking])
        if not held:
            raise WrongState
        participant = held[0].participant_id
        known = Attendance.objects.filter(session=session, participant=participant).first()
        now = known.presence if known else None
        if now == presence:
            return False
        if now != seen:
            raise NotedMeanwhile
        if presence is None:
            Attendance.objects.filter(session=session, participant=participant).delete()
        else:
            noted = {"presence": presence, "by": by, "at": clock.now()}
            Attendance.objects.update_or_create(session=session, participant_id=participant, defaults=noted)
        write(session, by, booking=booking, presence=presence.value if presence else "")
    return True


def note_rest_present(*, session: Session, bookings: Iterable[int], by: Account) -> int:
    """Note everybody of a list as present for whom nothing is noted yet; what is noted stays. Returns how many.

    Raises NotAllowed, NotThereYet. Journal: ``attendance.noted``, one row for all.
    """
    require_may_note(session.offer, by)
    require_the_day(session)
    with transaction.atomic():
        hold_session(session)
        held = held_places(session, bookings)
        noted = set(Attendance.objects.filter(session=session).values_list("participant_id", flat=True))
        rest = [one.participant_id for one in held if one.participant_id not in noted]
        if rest:
            Attendance.objects.bulk_create(
                Attendance(session=session, participant_id=one, presence=Presence.PRESENT, by=by) for one in rest
            )
            write(session, by, people=len(rest), presence=Presence.PRESENT.value)
    return len(rest)


def write(session: Session, by: Account, **facts: str | int) -> None:
    """The row of the journal about one press."""
    journal.record("attendance.noted", subject=session.offer.subject, facts={"session": session.pk, **facts}, by=str(by.pk))


def require_may_note(offer: Offer, by: Account) -> None:
    """Raise NotAllowed unless the account leads the offer or works with its series."""
    if not leads_offer(by, offer):
        require_worker(by, offer.series)


def require_the_day(session: Session) -> None:
    """Raise NotThereYet before the day of the session."""
    if clock.today() < session.starts_at.astimezone(clock.BERLIN).date():
        raise NotThereYet


def hold_session(session: Session) -> None:
    """Hold a date, so that it is not taken away meanwhile. Raises WrongState when it is gone."""
    if not Session.objects.select_for_update(of=("self",), no_key=True).filter(pk=session.pk, offer=session.offer_id).exists():
        raise WrongState


def held_places(session: Session, bookings: Iterable[int]) -> list[Booking]:
    """The places among these bookings, held, so that none of them is given up meanwhile."""
    rows = Booking.objects.select_for_update(of=("self",)).filter(pk__in=set(bookings), offer=session.offer_id, state__in=PLACES)
    return list(rows.order_by("pk"))
