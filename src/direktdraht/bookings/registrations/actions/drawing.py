"""The draw of a series (Verlosung): tried without consequences, run once, published once."""

import secrets
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from direktdraht.bookings.allocation import Allocation
from direktdraht.bookings.jobs import fill_places
from direktdraht.bookings.registrations import files, filling, notices
from direktdraht.bookings.registrations.access import require_worker
from direktdraht.bookings.registrations.actions.telling import say_changes
from direktdraht.bookings.registrations.errors import NotDrawable
from direktdraht.bookings.registrations.line import FreeSeat, Need, fit
from direktdraht.bookings.registrations.models import Booking, BookingState, Draw, Offer, Participant, Registration, Series, SeriesState
from direktdraht.bookings.registrations.numbers import next_lines
from direktdraht.bookings.registrations.party import wishes_of
from direktdraht.bookings.registrations.steps import free_seats, held, need_of
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

LONGEST_EVENT = 200


def entrants_of(series: Series) -> list[files.Entrant]:
    """The participants whose lots count, as the files know them; who has no wish left that takes place is not among them."""
    rows = Participant.objects.filter(series=series, counts=True).select_related("registration").prefetch_related("wishes__offer")
    people = list(rows.order_by("lot"))
    ended = {(whose(one), place) for one in people for place, wish in enumerate(wishes_of(one)) if wish.offer.cancelled_at}
    found = [
        files.Entrant(
            lot=one.lot,
            wishes=tuple(wish.offer.code for place, wish in enumerate(wishes_of(one)) if (whose(one), place) not in ended),
            group=one.entitlement_id,
            party=one.registration.lot if one.registration.all_or_none else "",
        )
        for one in people
    ]
    return [one for one in found if one.wishes]


def whose(person: Participant) -> str:
    """Whose rank ends when an offer is called off: that of everybody in a party that stays together, else one's own."""
    return person.registration.lot if person.registration.all_or_none else person.lot


def places_of(series: Series) -> list[files.Places]:
    """The places of all offers that take place."""
    reserved: dict[int, dict[int, int]] = {}
    counted = series.offers.filter(seats__entitlement__isnull=False).values_list("pk", "seats__entitlement").annotate(n=Count("seats"))
    for offer, group, count in counted.order_by("pk"):
        reserved.setdefault(offer, {})[group] = count
    rows = series.offers.filter(cancelled_at__isnull=True).annotate(general=Count("seats", filter=Q(seats__entitlement__isnull=True)))
    return [files.Places(one.code, one.general, reserved.get(one.pk, {})) for one in rows.order_by("number")]


def try_draw(series: Series) -> files.Outcome:
    """Draw with a random seed and keep nothing but numbers."""
    entrants, places = entrants_of(series), places_of(series)
    return files.outcome_of(files.wishes_file(entrants, places), files.places_file(places), secrets.token_hex(16))


def run_draw(*, series: Series, by: Account, event: str = "") -> Draw:
    """Draw once and for all, after the period: the files are kept as they will be published; nobody is told yet.

    A second run gives the first result. Raises NotAllowed, NotDrawable. Journal: ``series.drawn`` with the digests of the files.
    """
    require_worker(by, series)
    with transaction.atomic():
        one = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        known = Draw.objects.filter(series=one).first()
        if known is not None:
            return known
        said = " ".join(event.split())[:LONGEST_EVENT]
        require_drawable(one, said)
        say_changes(one)
        places = places_of(one)
        entrants = entrants_of(one)
        wishes, rooms = files.wishes_file(entrants, places), files.places_file(places)
        seed = files.whole_seed(one.seed, said)
        parties, result = files.drawn(wishes, rooms, seed)
        draw = Draw.objects.create(
            series=one,
            seed=seed,
            event=said,
            wishes=wishes,
            places=rooms,
            result=files.result_file(result),
            parties=len(parties),
            ran_at=clock.now(),
            by=by,
        )
        keep_reasons(one, entrants, result)
        facts = {"wishes": files.commitment(wishes), "places": files.commitment(rooms), "result": files.commitment(draw.result)}
        journal.record("series.drawn", subject=one.subject, facts=facts, by=str(by.pk))
    return draw


def require_drawable(series: Series, event: str) -> None:
    """Raise NotDrawable unless the period is over and everything for the seed is there."""
    if not series.is_drawn or series.state != SeriesState.PUBLISHED:
        raise NotDrawable(_("Verlost wird nur in einer veröffentlichten Reihe mit Verlosung."))
    if clock.now() < series.closes_at:
        raise NotDrawable(_("Verlost wird erst, wenn die Anmeldung beendet ist."))
    if series.public_event and not event:
        raise NotDrawable(_("Bitte tragen Sie das Ergebnis des angekündigten Ereignisses ein."))
    if not series.public_event and event:
        raise NotDrawable(_("Für diese Reihe ist kein öffentliches Ereignis angekündigt."))


def keep_reasons(series: Series, entrants: Sequence[files.Entrant], result: Allocation) -> None:
    """Keep for each participant the turn and which of their wishes was met."""
    wished = {one.lot: one.wishes for one in entrants}
    people = list(Participant.objects.filter(series=series, lot__in=result.reasons).order_by("pk"))
    for person in people:
        person.turn = result.reasons[person.lot].turn
        got = files.offer_of(result.allocated.get(person.lot, ""))
        person.got_wish = wished[person.lot].index(got) + 1 if got else None
    Participant.objects.bulk_update(people, ["turn", "got_wish"], batch_size=500)


def publish_draw(*, series: Series, by: Account) -> Draw:
    """Publish the result once: places and lines come to be, everybody is told, the files can be fetched.

    Who withdrew since the draw gets nothing; that place goes to the next in line. Raises NotAllowed, NotDrawable.
    Journal: ``series.published_draw``.
    """
    require_worker(by, series)
    offers = list(series.offers.values_list("pk", flat=True))
    with held(offers) as known:
        draw = Draw.objects.select_for_update(of=("self",)).filter(series=series).first()
        if draw is None:
            raise NotDrawable(_("Diese Reihe ist noch nicht verlost."))
        if draw.published_at is not None:
            return draw
        _parties, result = files.drawn(draw.wishes, draw.places, draw.seed)
        bookings = bookings_of(series, result, {offer.code: offer for offer in known.values()})
        draw.published_at = clock.now()
        draw.save(update_fields=["published_at"])
        journal.record("series.published_draw", subject=series.subject, facts={"bookings": len(bookings)}, by=str(by.pk))
        tell_all(series, bookings)
        for offer in sorted(offers):
            fill_places.defer(offer=offer)
    return draw


def bookings_of(series: Series, result: Allocation, offers: dict[str, Offer]) -> list[Booking]:
    """The bookings of a result: places with seats, and lines in the drawn order; the caller holds the offers."""
    rows = Participant.objects.filter(series=series, counts=True).select_related("registration__series", "entitlement")
    people = {one.lot: one for one in rows.prefetch_related("wishes").order_by("pk")}
    obtained = place_winners(result, people, offers)
    waiting = queue_others(result, people, offers)
    return [*obtained, *waiting]


def place_winners(result: Allocation, people: dict[str, Participant], offers: dict[str, Offer]) -> list[Booking]:
    """Everybody who got something, on a seat of the very kind that the files say."""
    winners = [
        Booking(
            participant=people[lot], offer=offers[files.offer_of(code)], state=BookingState.WAITING, line=0, block=uuid4(), cause="draw"
        )
        for lot, code in sorted(result.allocated.items(), key=lambda one: result.reasons[one[0]].turn)
        if lot in people and offers[files.offer_of(code)].cancelled_at is None
    ]
    Booking.objects.bulk_create(winners, batch_size=1000)
    left: dict[int, list[FreeSeat]] = {}
    for seat in free_seats(offer.pk for offer in offers.values()):
        left.setdefault(seat.offer, []).append(seat)
    parties: dict[UUID, list[Booking]] = {}
    for booking in winners:
        given = fit([need_of(booking)], left.get(booking.offer_id, [])) if uses_group(booking, result) else None
        given = given or fit([Need(booking.pk, booking.offer_id)], left.get(booking.offer_id, []))
        if given is None:
            raise NotDrawable(_("Die Plätze haben sich seit der Verlosung geändert."))
        booking.seat_id = given[booking.pk]
        left[booking.offer_id] = [seat for seat in left[booking.offer_id] if seat.seat != booking.seat_id]
        parties.setdefault(booking.participant.registration_id, []).append(booking)
    for ones in parties.values():
        filling.obtain(ones[0].participant.registration, ones, "draw")
    return winners


def uses_group(booking: Booking, result: Allocation) -> bool:
    """Whether the result gave a reserved place."""
    return files.RESERVED in result.allocated[booking.participant.lot]


def queue_others(result: Allocation, people: dict[str, Participant], offers: dict[str, Offer]) -> list[Booking]:
    """Everybody who waits, in the drawn order; a party that stays together waits as one for each rank."""
    named = ((lot, files.offer_of(code)) for code, lots in result.waiting.items() for lot in lots)
    waits = {(lot, code) for lot, code in named if lot in people and offers[code].cancelled_at is None}
    ordered = sorted(waits, key=lambda one: (result.reasons[one[0]].turn, one[0], one[1]))
    blocks: dict[tuple[UUID, int], UUID] = {}
    rows = [
        Booking(
            participant=people[lot],
            offer=offers[code],
            state=BookingState.WAITING,
            line=line,
            block=block_for(people[lot], offers[code], blocks),
            cause="line",
        )
        for line, (lot, code) in zip(next_lines(len(ordered)), ordered, strict=True)
    ]
    return Booking.objects.bulk_create(rows, batch_size=1000)


def block_for(person: Participant, offer: Offer, blocks: dict[tuple[UUID, int], UUID]) -> UUID:
    """One's own block, or the one of the party and rank."""
    if not person.registration.all_or_none:
        return uuid4()
    wishes = wishes_of(person)
    rank = next(place for place, wish in enumerate(wishes, start=1) if wish.offer_id == offer.pk)
    return blocks.setdefault((person.registration_id, rank), uuid4())


def tell_all(series: Series, bookings: Sequence[Booking]) -> None:
    """Tell every party of the draw what came of it."""
    by_party: dict[UUID, list[Booking]] = {}
    for booking in bookings:
        by_party.setdefault(booking.participant.registration_id, []).append(booking)
    sent = Registration.objects.filter(series=series, sent_at__isnull=False, withdrawn_at__isnull=True).order_by("pk")
    notices.tell_all([notices.Notice(one, "drawn", f"drawn:{one.pk}", by_party.get(one.pk, ())) for one in sent])
