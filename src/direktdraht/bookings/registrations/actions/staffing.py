"""What staff do with participants: move by hand, write to them, read health notes, export."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction

from direktdraht.bookings.jobs import fill_places
from direktdraht.bookings.registrations import fees, filling, notices
from direktdraht.bookings.registrations.access import leads_offer, require_worker
from direktdraht.bookings.registrations.errors import NotAllowed, ReasonMissing, WrongState
from direktdraht.bookings.registrations.models import (
    LIVE,
    PLACES,
    Announcement,
    Booking,
    BookingState,
    HealthLook,
    Offer,
    Participant,
    Registration,
    Series,
)
from direktdraht.bookings.registrations.numbers import next_lines
from direktdraht.bookings.registrations.steps import free_seat_for, held, move, note, price_of
from direktdraht.cases import actions as cases
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

LONGEST_REASON = 300


def move_by_hand(*, booking: Booking, to: Offer, reason: str, by: Account) -> Booking:
    """Give somebody a free place in an offer of the same series by hand, past the line; the old place or wait ends.

    The person and the journal get the reason. Raises NotAllowed, ReasonMissing, NoPlace, WrongState.
    Journal: ``booking.moved``.
    """
    require_worker(by, booking.offer.series)
    why = " ".join(reason.split())[:LONGEST_REASON]
    if not why:
        raise ReasonMissing
    if to.series_id != booking.offer.series_id or to.cancelled_at is not None:
        raise WrongState
    with fees.orders_held([booking.pk]), held([booking.offer_id, to.pk]) as offers:
        rows = Booking.objects.select_related("participant__registration__series", "participant__entitlement", "offer")
        old = rows.get(pk=booking.pk)
        if old.state not in LIVE or (to.pk == old.offer_id and old.state in PLACES):
            raise WrongState
        seat = free_seat_for(to, old.participant)
        if to.pk != old.offer_id and Booking.objects.filter(participant=old.participant, offer=to, state__in=LIVE).exists():
            raise WrongState
        before, had_seat = BookingState(old.state), old.holds
        move([old], BookingState.ENDED, why=why)
        new = Booking.objects.create(
            participant=old.participant, offer=offers[to.pk], state=BookingState.WAITING, line=next_lines(1)[0], block=uuid4(), why=why
        )
        new.seat_id = seat.pk
        pay_over(old, before, new, why, by)
        note("booking.moved", new, by=by, old=old.pk)
        notices.tell(old.participant.registration, "moved", [new], key=f"moved:{new.pk}")
        if had_seat:
            fill_places.defer(offer=old.offer_id)
    return new


def pay_over(old: Booking, before: BookingState, new: Booking, reason: str, by: Account) -> None:
    """The fee of a moved place: the same fee stays as it is, paid or not; another one is given back and charged anew."""
    price = price_of(new.offer, new.participant)
    if before in PLACES and old.order_id and old.price_cents == price:
        new.price_cents, new.cause = price, "moved"
        Booking.objects.filter(pk=new.pk).update(order=old.order_id)
        move([new], before)
        return
    if before in PLACES:
        fees.give_back(old, fees.WHOLE, reason=reason, by=by)
    filling.obtain(new.participant.registration, [new], "moved")


def announce(*, offer: Offer, subject: str, text: str, token: UUID, waiting_too: bool, by: Account) -> Announcement:
    """Write to everybody who has a place, or to those who wait, too; the same form writes once.

    Raises NotAllowed, WrongState. Journal: ``offer.announced``.
    """
    if not leads_offer(by, offer):
        require_worker(by, offer.series)
    with transaction.atomic():
        known = Announcement.objects.filter(token=token).first()
        if known is not None:
            if known.offer_id != offer.pk:
                raise WrongState
            return known
        states = LIVE if waiting_too else LIVE - {BookingState.WAITING}
        bookings = Booking.objects.filter(offer=offer, state__in=states)
        reached = Registration.objects.filter(pk__in=bookings.values("participant__registration")).order_by("pk")
        message = Announcement.objects.create(offer=offer, subject=subject, text=text, token=token, by=by)
        count = notices.tell_words(reached, subject, text, key=f"announced:{message.pk}")
        message.recipients = count
        message.save(update_fields=["recipients"])
        journal.record("offer.announced", subject=offer.subject, facts={"recipients": count}, by=str(by.pk))
    return message


def record_health_look(*, offer: Offer, participants: Iterable[Participant], by: Account) -> None:
    """Note that a leader reads health notes, once an hour for each person. Raises NotAllowed.

    Journal: ``registration.health_read``.
    """
    if not leads_offer(by, offer):
        raise NotAllowed
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    for participant in participants:
        with transaction.atomic():
            _look, is_new = HealthLook.objects.get_or_create(participant=participant, account=by, hour=hour)
            if is_new:
                facts = {"offer": offer.pk, "position": participant.position}
                journal.record(
                    "registration.health_read", subject=f"registration:{participant.registration_id}", facts=facts, by=str(by.pk)
                )


def record_looks(*, registrations: Iterable[Registration], by: Account) -> int:
    """Note that a member of staff sees these parties in a list, which has checked that they may; returns how many looks are new.

    Once an hour for each; who is forgotten already is left out. The party reads it in its case. Journal: ``case.looked``.
    """
    return cases.record_looks(cases={one.case_id for one in registrations if one.case_id and one.contact_name}, by=by)


def record_export(*, of: Offer | Series, rows: int, by: Account) -> None:
    """Note that a list of people left the house as a file. Journal: ``offer.exported``, ``series.exported``."""
    kind = "offer.exported" if isinstance(of, Offer) else "series.exported"
    with transaction.atomic():
        journal.record(kind, subject=of.subject, facts={"rows": rows}, by=str(by.pk))
