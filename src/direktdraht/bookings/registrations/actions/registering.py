"""How a party registers: begin, contact, participants, wishes in order, send. A sent one of a drawn series may change until the end."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import filling, notices, sealing
from direktdraht.bookings.registrations.errors import NotOpen, NotReady, RegisteredAlready, WrongState
from direktdraht.bookings.registrations.models import (
    Booking,
    BookingState,
    Entitlement,
    Offer,
    OfferWish,
    Participant,
    Registration,
    Series,
)
from direktdraht.bookings.registrations.numbers import new_lot, next_lines, next_number
from direktdraht.bookings.registrations.steps import held
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

MOST_PARTICIPANTS = 10
MOST_WISHES = 20
ADULT_YEARS = 18


@dataclass(frozen=True)
class Contact:
    """Who speaks for the party."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Guarding:
    """What is needed for minors: the guardian's consent, whom to call, who may collect them."""

    consents: bool = False
    emergency_name: str = ""
    emergency_phone: str = ""
    pickup: str = ""


@dataclass(frozen=True)
class Person:
    """One participant as typed; ``health`` is kept encrypted, None leaves it as it is."""

    name: str
    born_on: date
    entitlement: Entitlement | None = None
    health: str | None = None
    answers: Mapping[str, Any] | None = None


def begin(*, series: Series, account: Account | None, language: str) -> Registration:
    """Begin a registration; nothing is sent. Raises NotOpen."""
    if not series.takes_registrations:
        raise NotOpen
    name, email = (account.name, account.email) if account else ("", "")
    return Registration.objects.create(
        series=series, account=account, language=language, contact_name=name, contact_email=email, lot=new_lot()
    )


def may_change(registration: Registration) -> bool:
    """Whether it is a draft in the period, or a sent one of a drawn series before the period ends."""
    if registration.withdrawn_at is not None or not registration.series.takes_registrations:
        return False
    return registration.sent_at is None or registration.series.is_drawn


@contextmanager
def changing(registration: Registration) -> Iterator[Registration]:
    """Hold a registration that may be changed. Raises NotOpen, WrongState."""
    with transaction.atomic():
        rows = Registration.objects.select_for_update(of=("self",)).select_related("series", "account")
        held_one = rows.get(pk=registration.pk)
        if not may_change(held_one):
            raise WrongState if held_one.series.takes_registrations else NotOpen
        yield held_one
        if held_one.sent_at is not None:
            journal.record("registration.changed", subject=held_one.subject, facts={"series": held_one.series_id})


def save_contact(*, registration: Registration, contact: Contact, guarding: Guarding) -> None:
    """Keep who speaks, and what minors need. Raises NotOpen, WrongState."""
    with changing(registration) as one:
        one.contact_name, one.contact_email, one.contact_phone = contact.name, contact.email, contact.phone
        one.emergency_name, one.emergency_phone, one.pickup = guarding.emergency_name, guarding.emergency_phone, guarding.pickup
        one.consent_at = (one.consent_at or clock.now()) if guarding.consents else None
        one.save()


def save_participant(*, registration: Registration, person: Person, position: int | None = None) -> Participant:
    """Add a participant, or change the one at ``position``. Raises NotOpen, NotReady, RegisteredAlready, WrongState."""
    try:
        with changing(registration) as one:
            found = one.participants.filter(position=position).first() if position is not None else None
            if found is None:
                found = new_participant(one)
            found.name, found.born_on, found.entitlement = " ".join(person.name.split()), person.born_on, person.entitlement
            if person.health is not None:
                found.health = sealing.seal(person.health)
            if person.answers is not None:
                found.answers = dict(person.answers)
            found.mark = sealing.mark(one.series_id, found.name, found.born_on) if one.series.is_drawn else ""
            found.counts = one.sent_at is not None
            found.save()
    except IntegrityError as problem:
        raise RegisteredAlready from problem
    return found


def new_participant(registration: Registration) -> Participant:
    """The next participant of a registration, not stored yet. Raises NotReady."""
    if registration.participants.count() >= MOST_PARTICIPANTS:
        raise NotReady(_("Eine Anmeldung hat höchstens %(n)d Personen.") % {"n": MOST_PARTICIPANTS})
    last = registration.participants.aggregate(last=Max("position"))["last"] or 0
    return Participant(registration=registration, series=registration.series, position=last + 1, lot=new_lot())


def remove_participant(*, registration: Registration, position: int) -> None:
    """Take a participant out; the last one of a sent registration stays. Raises NotOpen, NotReady, WrongState."""
    with changing(registration) as one:
        if one.sent_at is not None and one.participants.count() == 1:
            raise NotReady(_("Eine abgesendete Anmeldung braucht eine Person. Ziehen Sie sonst die Anmeldung zurück."))
        one.participants.filter(position=position).delete()


def set_all_or_none(*, registration: Registration, together: bool) -> None:
    """Keep the party together, or not. Raises NotOpen, WrongState."""
    with changing(registration) as one:
        one.all_or_none = together
        one.save(update_fields=["all_or_none"])


def add_wish(*, registration: Registration, position: int, offer: Offer) -> None:
    """Put an offer at the end of a participant's wishes; a second press changes nothing. Raises NotOpen, NotReady, WrongState."""
    with changing(registration) as one:
        participant = one.participants.filter(position=position).first()
        if participant is None or offer.series_id != one.series_id or offer.cancelled_at is not None:
            raise WrongState
        wishes = list(participant.wishes.order_by("rank"))
        if any(wish.offer_id == offer.pk for wish in wishes):
            return
        if len(wishes) >= MOST_WISHES:
            raise NotReady(_("Eine Person hat höchstens %(n)d Wünsche.") % {"n": MOST_WISHES})
        OfferWish.objects.create(participant=participant, offer=offer, rank=wishes[-1].rank + 1 if wishes else 1)


def remove_wish(*, registration: Registration, position: int, offer: Offer) -> None:
    """Take a wish out; the later ones move up. Raises NotOpen, WrongState."""
    with changing(registration) as one:
        rows = OfferWish.objects.filter(participant__registration=one, participant__position=position)
        rows.filter(offer=offer).delete()
        for rank, wish in enumerate(list(rows.order_by("rank")), start=1):
            OfferWish.objects.filter(pk=wish.pk).update(rank=rank)


def move_wish(*, registration: Registration, position: int, offer: Offer, up: bool) -> None:
    """Let a wish change places with its neighbour; at an end nothing happens. Raises NotOpen, WrongState."""
    with changing(registration) as one:
        wishes = list(OfferWish.objects.filter(participant__registration=one, participant__position=position).order_by("rank"))
        place = next((index for index, wish in enumerate(wishes) if wish.offer_id == offer.pk), None)
        other = None if place is None else place - 1 if up else place + 1
        if place is None or other is None or not 0 <= other < len(wishes):
            return
        first, second = wishes[place], wishes[other]
        OfferWish.objects.filter(pk=first.pk).update(rank=second.rank)
        OfferWish.objects.filter(pk=second.pk).update(rank=first.rank)


def years_on(born_on: date, day: date) -> int:
    """How old somebody is on a day.

    >>> years_on(date(2016, 2, 29), date(2026, 2, 28)), years_on(date(2016, 2, 29), date(2026, 3, 1))
    (9, 10)
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def problems_of(registration: Registration, participants: Sequence[Participant]) -> list[str]:
    """What is missing before the registration can be sent, a sentence each."""
    found = []
    if not registration.contact_name or not registration.contact_email:
        found.append(_("Bitte nennen Sie Ihren Namen und Ihre E-Mail-Adresse."))
    if not participants:
        found.append(_("Bitte tragen Sie ein, wer teilnehmen soll."))
    found += [_("%(name)s hat noch keinen Wunsch.") % {"name": one.name} for one in participants if not list(one.wishes.all())]
    if registration.all_or_none and registration.series.is_drawn and len({len(list(one.wishes.all())) for one in participants}) > 1:
        found.append(_("Wenn alle zusammenbleiben, braucht jede Person gleich viele Wünsche."))
    if any(years_on(one.born_on, clock.today()) < ADULT_YEARS for one in participants):
        if registration.consent_at is None:
            found.append(_("Für Minderjährige brauchen wir die Einwilligung der Sorgeberechtigten."))
        if not registration.emergency_name or not registration.emergency_phone:
            found.append(_("Für Minderjährige brauchen wir einen Notfallkontakt."))
    return found


def party_of(registration: Registration) -> list[Participant]:
    """The participants with their wishes."""
    rows = registration.participants.select_related("entitlement").prefetch_related("wishes__offer").order_by("position")
    return list(rows)


def send(*, registration: Registration) -> Registration:
    """Send a registration: number, lots that count, and, where nothing is drawn, places or places in the line.

    Sending twice gives one. Raises NotOpen, NotReady, RegisteredAlready. Journal: ``registration.sent``.
    """
    wished = set(OfferWish.objects.filter(participant__registration=registration).values_list("offer_id", flat=True))
    by_arrival = not registration.series.is_drawn
    try:
        with held(wished if by_arrival else ()) as offers:
            one = Registration.objects.select_for_update(of=("self",)).select_related("series").get(pk=registration.pk)
            if one.sent_at is not None:
                return one
            if not one.series.takes_registrations:
                raise NotOpen
            party = party_of(one)
            problems = problems_of(one, party)
            if problems:
                raise NotReady(problems[0])
            one.number, one.sent_at = next_number(), clock.now()
            one.save(update_fields=["number", "sent_at"])
            one.participants.update(counts=True)
            journal.record("registration.sent", subject=one.subject, facts={"number": one.number, "persons": len(party)})
            bookings = book(one, party, offers) if by_arrival else []
            notices.tell(one, "sent", bookings, key=f"sent:{one.pk}")
    except IntegrityError as problem:
        raise RegisteredAlready from problem
    return one


def book(registration: Registration, party: Sequence[Participant], offers: Mapping[int, Offer]) -> list[Booking]:
    """A booking for every wish, each block placed at once or at the end of the line; the caller holds the offers."""
    wishes = [(wish.offer_id, participant) for participant in party for wish in participant.wishes.all()]
    if any(offer not in offers or offers[offer].cancelled_at is not None for offer, _person in wishes):
        raise NotReady(_("Ein gewünschtes Angebot fällt aus. Bitte ändern Sie die Wünsche."))
    lines = next_lines(len(wishes))
    blocks = {offer: uuid4() for offer, _person in wishes}
    rows = [
        Booking(
            participant=participant,
            offer=offers[offer],
            state=BookingState.WAITING,
            line=line,
            block=blocks[offer] if registration.all_or_none else uuid4(),
            cause="line",
        )
        for line, (offer, participant) in zip(lines, wishes, strict=True)
    ]
    Booking.objects.bulk_create(rows)
    together: dict[object, list[Booking]] = {}
    for row in rows:
        together.setdefault(row.block, []).append(row)
    taken: set[int] = set()
    placed = [one for ones in together.values() if filling.seats_or_queue(ones, taken) for one in ones]
    filling.obtain(registration, placed, "first")
    return rows
