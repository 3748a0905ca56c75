"""What staff do with series and offers: make, change, copy, publish, close, call off."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from direktdraht.bookings.jobs import fill_places
from direktdraht.bookings.registrations import fees, files, notices, queries
from direktdraht.bookings.registrations.access import require_worker
from direktdraht.bookings.registrations.errors import NotPublishable, ReasonMissing, WrongState
from direktdraht.bookings.registrations.models import (
    LIVE,
    Attendance,
    Booking,
    BookingState,
    CancellationRule,
    Draw,
    Entitlement,
    Mode,
    Offer,
    Seat,
    Series,
    SeriesState,
    Session,
)
from direktdraht.bookings.registrations.refunds import Rule
from direktdraht.bookings.registrations.steps import held, move, note
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account, Unit

MOST_PLACES = 2_000
# What staff say about an offer that is stored as they said it.
PLAIN_WORDS = ("title", "text", "topic", "place", "age_from", "age_to", "price_cents", "certificate_sessions", "questions")


@dataclass(frozen=True)
class Group:
    """A group of people with a reduction (Berechtigung)."""

    label: str
    reduction_percent: int = 0
    proof: str = ""


@dataclass(frozen=True)
class SeriesWords:
    """Everything that staff say about a series."""

    title: str
    mode: Mode
    opens_at: datetime
    closes_at: datetime
    intro: str = ""
    answer_hours: int = 72
    pay_days: int = 14
    remind_days: int | None = 2
    public_event: str = ""
    revenue_account: str = ""
    cost_centre: str = ""
    questions: Sequence[Mapping[str, Any]] = ()
    rules: Sequence[Rule] = ()
    groups: Sequence[Group] = ()


@dataclass(frozen=True)
class OfferWords:
    """Everything that staff say about an offer; ``reserved`` are places by the label of the group they are for."""

    title: str
    places: int
    text: str = ""
    topic: str = ""
    place: str = ""
    age_from: int | None = None
    age_to: int | None = None
    price_cents: int = 0
    certificate_sessions: int | None = None
    questions: Sequence[Mapping[str, Any]] = ()
    sessions: Sequence[tuple[datetime, datetime]] = ()
    leaders: Sequence[Account] = ()
    reserved: Mapping[str, int] = field(default_factory=dict)


def create_series(*, key: str, unit: Unit, words: SeriesWords, by: Account) -> Series:
    """Make a series, as a draft. Raises NotAllowed. Journal: ``series.created``."""
    series = Series(key=key, unit=unit)
    require_worker(by, series)
    with transaction.atomic():
        keep_words(series, words)
        journal.record("series.created", subject=series.subject, by=str(by.pk))
    return series


def change_series(*, series: Series, words: SeriesWords, by: Account) -> Series:
    """Change a series. The way of giving out places and the event stay once it is published. Raises NotAllowed, WrongState.

    Journal: ``series.changed``.
    """
    require_worker(by, series)
    with transaction.atomic():
        one = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        fixed = (one.mode, one.public_event) if one.state != SeriesState.DRAFT else (words.mode, words.public_event)
        if one.state == SeriesState.CLOSED or fixed != (words.mode, words.public_event):
            raise WrongState
        if Draw.objects.filter(series=one).exists() and words.closes_at != one.closes_at:
            raise WrongState(_("Die Reihe ist schon verlost. Das Ende der Anmeldung bleibt."))
        keep_words(one, words)
        journal.record("series.changed", subject=one.subject, by=str(by.pk))
    return one


def keep_words(series: Series, words: SeriesWords) -> None:
    """Store what staff said; the caller holds the transaction."""
    for name in ("title", "mode", "opens_at", "closes_at", "intro", "answer_hours", "pay_days", "remind_days", "public_event"):
        setattr(series, name, getattr(words, name))
    series.revenue_account, series.cost_centre = words.revenue_account, words.cost_centre
    series.questions = [dict(one) for one in words.questions]
    series.save()
    series.cancellation_rules.all().delete()
    CancellationRule.objects.bulk_create(
        CancellationRule(series=series, days_before=rule.days_before, refund_percent=rule.percent) for rule in words.rules
    )
    for group in words.groups:
        defaults = {"reduction_percent": group.reduction_percent, "proof": group.proof}
        Entitlement.objects.update_or_create(series=series, label=group.label, defaults=defaults)
    gone = series.entitlements.exclude(label__in=[group.label for group in words.groups])
    if gone.exists() and series.state != SeriesState.DRAFT:
        raise WrongState(_("Eine Gruppe bleibt, solange die Reihe veröffentlicht ist."))
    Seat.objects.filter(entitlement__in=gone).update(entitlement=None)
    gone.delete()


def copy_series(*, series: Series, key: str, title: str, by: Account) -> Series:
    """Copy a series with its offers and rules as a new draft, without dates of sessions and without people.

    Raises NotAllowed. Journal: ``series.created``.
    """
    require_worker(by, series)
    rules = [Rule(one.days_before, one.refund_percent) for one in series.cancellation_rules.order_by("pk")]
    groups = [Group(one.label, one.reduction_percent, one.proof) for one in series.entitlements.order_by("pk")]
    words = SeriesWords(
        title=title,
        mode=Mode(series.mode),
        opens_at=series.opens_at,
        closes_at=series.closes_at,
        intro=series.intro,
        answer_hours=series.answer_hours,
        pay_days=series.pay_days,
        remind_days=series.remind_days,
        public_event=series.public_event,
        revenue_account=series.revenue_account,
        cost_centre=series.cost_centre,
        questions=series.questions,
        rules=rules,
        groups=groups,
    )
    with transaction.atomic():
        copy = create_series(key=key, unit=series.unit, words=words, by=by)
        for offer in series.offers.order_by("number"):
            save_offer(series=copy, words=words_of(offer, with_sessions=False), by=by)
    return copy


def words_of(offer: Offer, *, with_sessions: bool = True) -> OfferWords:
    """What is known of an offer, as staff would say it."""
    seats = list(offer.seats.select_related("entitlement").order_by("number"))
    reserved: dict[str, int] = {}
    for seat in seats:
        if seat.entitlement is not None:
            reserved[seat.entitlement.label] = reserved.get(seat.entitlement.label, 0) + 1
    sessions = [(one.starts_at, one.ends_at) for one in offer.sessions.order_by("starts_at")] if with_sessions else []
    kept = {name: getattr(offer, name) for name in PLAIN_WORDS}
    return OfferWords(places=len(seats), sessions=sessions, leaders=list(offer.leaders.order_by("pk")), reserved=reserved, **kept)


def save_offer(*, series: Series, words: OfferWords, by: Account, offer: Offer | None = None) -> Offer:
    """Make an offer, or change one. More places go to the line; fewer only as far as they are free.

    Raises NotAllowed, WrongState. Journal: ``offer.saved``.
    """
    require_worker(by, series)
    with transaction.atomic():
        one = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        if one.state == SeriesState.CLOSED:
            raise WrongState
        if offer is None:
            last = one.offers.aggregate(last=Max("number"))["last"] or 0
            offer = Offer(series=one, number=last + 1)
        else:
            offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        for name in PLAIN_WORDS:
            setattr(offer, name, getattr(words, name))
        offer.save()
        offer.leaders.set(words.leaders)
        set_sessions(offer, dict(words.sessions))
        set_seats(offer, words)
        journal.record("offer.saved", subject=offer.subject, facts={"series": one.pk, "places": words.places}, by=str(by.pk))
        fill_places.defer(offer=offer.pk)
    return offer


def set_sessions(offer: Offer, wanted: Mapping[datetime, datetime]) -> None:
    """The dates of an offer by their beginning; those that stay keep their ticks. The caller holds the offer.

    Raises WrongState when a date would go at which attendance is noted.
    """
    known = {one.starts_at: one for one in offer.sessions.select_for_update(of=("self",)).order_by("starts_at")}
    gone = [one.pk for start, one in known.items() if start not in wanted]
    if Attendance.objects.filter(session__in=gone).exists():
        raise WrongState(_("An einem dieser Termine ist Anwesenheit notiert. Er muss stehen bleiben."))
    Session.objects.filter(pk__in=gone).delete()
    stay = [one for start, one in known.items() if start in wanted]
    for one in stay:
        one.ends_at = wanted[one.starts_at]
    Session.objects.bulk_update(stay, ["ends_at"])
    Session.objects.bulk_create(Session(offer=offer, starts_at=start, ends_at=end) for start, end in wanted.items() if start not in known)


def set_seats(offer: Offer, words: OfferWords) -> None:
    """As many numbered seats as there are places, free ones reserved as wanted; the caller holds the offer.

    Raises WrongState when more are taken, or when the series is drawn and its result not published.
    """
    seats = list(Seat.objects.filter(offer=offer).order_by("number"))
    groups = {one.label: one for one in offer.series.entitlements.order_by("pk")}
    wanted = [groups[label] for label, count in sorted(words.reserved.items()) if label in groups for _one in range(count)]
    as_before = words_of(offer)
    if (len(seats), as_before.reserved) == (words.places, {label: n for label, n in words.reserved.items() if n}):
        return
    draw = Draw.objects.filter(series=offer.series_id).first()
    if draw is not None and draw.published_at is None:
        raise WrongState(_("Die Reihe ist verlost. Veröffentlichen Sie zuerst das Ergebnis."))
    taken = set(Booking.objects.filter(seat__in=seats).values_list("seat_id", flat=True))
    if words.places < len(taken) or len(wanted) > words.places or words.places > MOST_PLACES:
        raise WrongState(_("So viele Plätze sind nicht möglich: %(n)d sind schon vergeben.") % {"n": len(taken)})
    free = [seat for seat in seats if seat.pk not in taken]
    while len(taken) + len(free) > words.places:
        free.pop().delete()
    last = seats[-1].number if seats else 0
    missing = words.places - len(taken) - len(free)
    free += Seat.objects.bulk_create(Seat(offer=offer, number=last + place) for place in range(1, missing + 1))
    for place, seat in enumerate(free):
        seat.entitlement = wanted[place] if place < len(wanted) else None
    Seat.objects.bulk_update(free, ["entitlement"])


def publish_series(*, series: Series, by: Account) -> Series:
    """Let everybody see a series; a drawn one publishes what binds its seed. Twice changes nothing.

    Raises NotAllowed, NotPublishable. Journal: ``series.published`` with the commitment.
    """
    require_worker(by, series)
    with transaction.atomic():
        one = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        if one.state == SeriesState.PUBLISHED:
            return one
        offers = list(one.offers.order_by("number"))
        if not offers:
            raise NotPublishable(_("Die Reihe hat noch kein Angebot."))
        if one.closes_at <= clock.now():
            raise NotPublishable(_("Das Ende der Anmeldung liegt in der Vergangenheit."))
        if any(offer.price_cents for offer in offers) and not one.revenue_account:
            raise NotPublishable(_("Für Angebote mit Preis fehlt das Sachkonto der Reihe."))
        if one.is_drawn and not one.seed:
            one.seed = secrets.token_hex(32)
            one.commitment = files.commitment(one.seed)
        one.state = SeriesState.PUBLISHED
        one.save(update_fields=["state", "seed", "commitment"])
        journal.record("series.published", subject=one.subject, facts={"commitment": one.commitment}, by=str(by.pk))
    return one


def close_series(*, series: Series, by: Account) -> Series:
    """End a series: nobody registers any more, lines end. Raises NotAllowed. Journal: ``series.closed``."""
    require_worker(by, series)
    with held(series.offers.values_list("pk", flat=True)):
        one = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        if one.state == SeriesState.CLOSED:
            return one
        one.state = SeriesState.CLOSED
        one.save(update_fields=["state"])
        move(list(Booking.objects.filter(offer__series=one, state=BookingState.WAITING).order_by("pk")), BookingState.ENDED)
        journal.record("series.closed", subject=one.subject, by=str(by.pk))
    return one


def release_reserved(*, offer: Offer, by: Account) -> int:
    """Let free reserved places be general ones (Kontingent freigeben); returns how many. Journal: ``offer.released``."""
    require_worker(by, offer.series)
    with held([offer.pk]):
        count = queries.free_reserved(offer).update(entitlement=None)
        if count:
            journal.record("offer.released", subject=offer.subject, facts={"places": count}, by=str(by.pk))
            fill_places.defer(offer=offer.pk)
    return count


def call_off(*, offer: Offer, reason: str, by: Account) -> Offer:
    """Call an offer off (Absage durch die Stadt): all its places and waits end, everybody is told.

    Twice changes nothing. Raises NotAllowed, ReasonMissing. Journal: ``offer.called_off``.
    """
    require_worker(by, offer.series)
    why = " ".join(reason.split())[:300]
    if not why:
        raise ReasonMissing
    booked = Booking.objects.filter(offer=offer, state__in=LIVE).values_list("pk", flat=True)
    with fees.orders_held(booked), held([offer.pk]) as offers:
        one = offers[offer.pk]
        if one.cancelled_at is not None:
            return one
        one.cancelled_at = clock.now()
        one.save(update_fields=["cancelled_at"])
        journal.record("offer.called_off", subject=one.subject, by=str(by.pk))
        live = Booking.objects.filter(offer=one, state__in=LIVE).select_related("participant__registration", "offer").order_by("pk")
        ended = list(live)
        move(ended, BookingState.ENDED, why=why)
        for booking in ended:
            note("booking.ended", booking, by=by)
            fees.give_back(booking, fees.WHOLE, reason=why, by=by)
            notices.tell(booking.participant.registration, "called_off", [booking], key=f"called_off:{booking.pk}")
    return one
