"""How a party registers: begin, contact, participants, wishes in order. A sent one of a drawn series may change until the end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import asking, sealing
from direktdraht.bookings.registrations.actions.sending import before_the_draw
from direktdraht.bookings.registrations.errors import NotOpen, NotReady, RegisteredAlready, WrongState
from direktdraht.bookings.registrations.models import Entitlement, Offer, OfferWish, Participant, Registration, Series
from direktdraht.bookings.registrations.numbers import new_lot
from direktdraht.bookings.registrations.party import KIND, party_of, values_of
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account
from direktdraht.submissions.actions import begin_draft
from direktdraht.submissions.models import Draft

MOST_PARTICIPANTS = 10
MOST_WISHES = 20


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
    """Begin a registration with its draft, which has the same id; nothing is sent. Raises NotOpen."""
    if not series.takes_registrations:
        raise NotOpen
    name, email = (account.name, account.email) if account else ("", "")
    with transaction.atomic():
        draft = begin_draft(kind=KIND, ref=series.pk, language=language, account=account)
        return Registration.objects.create(
            id=draft.pk,
            draft=draft,
            series=series,
            account=account,
            language=language,
            contact_name=name,
            contact_email=email,
            lot=new_lot(),
        )


def may_change(registration: Registration) -> bool:
    """Whether it is a draft in the period, or a sent one of a drawn series before the period ends."""
    if registration.withdrawn_at is not None or not registration.series.takes_registrations:
        return False
    return registration.sent_at is None or registration.series.is_drawn


@contextmanager
def changing(registration: Registration) -> Iterator[Registration]:
    """Hold a registration that may be changed, and its draft first: who sends it meanwhile waits. Raises NotOpen, WrongState.

    What a sent one said before is kept until the change stands in the thread (``telling``).
    """
    with transaction.atomic():
        touched = Draft.objects.filter(pk=registration.pk, sent_at=None).update(revision=F("revision") + 1, changed_at=clock.now())
        if not touched and registration.series.is_drawn:
            before_the_draw(registration.series)
        rows = Registration.objects.select_for_update(of=("self",)).select_related("series", "account")
        held_one = rows.get(pk=registration.pk)
        if not may_change(held_one):
            raise WrongState if held_one.series.takes_registrations else NotOpen
        if held_one.sent_at is not None and held_one.unsaid is None:
            held_one.unsaid = values_of(held_one, party_of(held_one), held_one.language)
        yield held_one
        if held_one.sent_at is not None:
            Registration.objects.filter(pk=held_one.pk).update(unsaid=held_one.unsaid, changed_at=clock.now())
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


def add_wish(*, registration: Registration, position: int, offer: Offer, answers: Mapping[str, Any] | None = None) -> None:
    """Put an offer at the end of a participant's wishes, with the answers to its questions; a second press changes only these.

    No wish is kept without the answers that its offer needs. Raises NotOpen, NotReady, WrongState.
    """
    with changing(registration) as one:
        participant = one.participants.filter(position=position).first()
        if participant is None or offer.series_id != one.series_id or offer.cancelled_at is not None:
            raise WrongState
        wishes = list(participant.wishes.order_by("rank"))
        known = next((wish for wish in wishes if wish.offer_id == offer.pk), None)
        if known is not None and answers is None:
            return
        if known is None and len(wishes) >= MOST_WISHES:
            raise NotReady(_("Eine Person hat höchstens %(n)d Wünsche.") % {"n": MOST_WISHES})
        found = asking.asked(offer, None, answers or {})
        if not found.holds:
            raise NotReady(_("Bitte beantworten Sie zuerst die Fragen zu „%(offer)s“.") % {"offer": offer.title})
        wish = known or OfferWish(participant=participant, offer=offer, rank=wishes[-1].rank + 1 if wishes else 1)
        wish.answers = found.answers
        wish.save()


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
