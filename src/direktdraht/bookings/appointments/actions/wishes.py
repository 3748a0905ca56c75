"""The list of wishes (Wunschliste): one request with wishes, and times that come free offered in turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from secrets import randbits
from uuid import UUID, uuid4

from django.db import connection, transaction

from direktdraht.bookings.appointments import letters, queries
from direktdraht.bookings.appointments.actions.holding import LOT_BITS, Choice, locked, lose_turn, put
from direktdraht.bookings.appointments.cells import take_back
from direktdraht.bookings.appointments.errors import OfferLapsed, Taken, WishedAlready, WrongState
from direktdraht.bookings.appointments.models import Appointment, Occasion, Origin, Site, State, Wish, WishState
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

OFFER = timedelta(hours=24)
LEAST_OFFER = timedelta(hours=2)
BEFORE_START = timedelta(hours=2)
AT_ONCE = 3
A_ROUND = 200
NEAR_ROUND = 20


@dataclass(frozen=True)
class Window:
    """When somebody can come: days, weekdays (Monday is 0), times of the day."""

    first_day: date
    last_day: date
    weekdays: Sequence[int]
    from_time: time
    until_time: time


def wish_for(
    *,
    occasions: Sequence[Occasion],
    sites: Sequence[Site],
    window: Window,
    name: str,
    email: str,
    phone: str = "",
    language: str = "de",
    account: Account | None = None,
    key: UUID | None = None,
) -> Wish:
    """Put somebody on the list; the same ``key``, drawn with the form, gives the same wish (double click).

    Raises WishedAlready when the address waits for one of the occasions. Journal: ``wish.made``.
    """
    with transaction.atomic():
        known = made_before(key)
        if known is not None:
            return known
        waiting = Wish.objects.filter(state__in=[WishState.WAITING, WishState.OFFERED], occasions__overlap=[one.pk for one in occasions])
        if waiting.filter(email__iexact=email).exists() if email else waiting.filter(phone=phone).exists():
            raise WishedAlready
        wish = Wish(
            id=key or uuid4(),
            occasions=[one.pk for one in occasions],
            first_day=window.first_day,
            last_day=window.last_day,
            weekdays=sorted(window.weekdays),
            from_time=window.from_time,
            until_time=window.until_time,
            name=name,
            email=email,
            phone=phone,
            language=language,
            account=account,
            asked_on=clock.today(),
            lot=randbits(LOT_BITS),
        )
        wish.save(force_insert=True)
        wish.sites.set(sites)
        journal.record("wish.made", subject=f"wish:{wish.pk}", facts={"asked_on": wish.asked_on.isoformat(), "lot": str(wish.lot)})
        letters.tell_wish(wish, "wished")
    return wish


def made_before(key: UUID | None) -> Wish | None:
    """The wish that this form made already; who sends the form at the same moment waits here."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"wish:{key}"])
    return Wish.objects.filter(pk=key).first()


def withdraw(*, wish: Wish) -> Wish:
    """Take a wish back; an open offer is given back with it. Twice is once. Journal: ``wish.withdrawn``."""
    with transaction.atomic():
        offers = [locked_offer(one) for one in wish.offers.filter(state=State.OFFERED).order_by("pk")]
        held = Wish.objects.select_for_update().get(pk=wish.pk)
        if held.state not in {WishState.WAITING, WishState.OFFERED}:
            return held
        held.state, held.ended_at = WishState.WITHDRAWN, clock.now()
        held.save(update_fields=["state", "ended_at"])
        journal.record("wish.withdrawn", subject=f"wish:{wish.pk}")
        for offer in offers:
            give_back(offer)
    return held


def locked_offer(offer: Appointment) -> Appointment:
    """The offer's row, held until the caller's transaction ends."""
    return Appointment.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=offer.pk)


def give_back(offer: Appointment) -> None:
    """End an offer and pass its time on."""
    if offer.state != State.OFFERED:
        return
    take_back([offer])
    offer.state, offer.changed_at = State.LAPSED, clock.now()
    offer.save(update_fields=["state", "changed_at"])
    allot(offer.site, day=day_in_berlin(offer.starts_at))


def allot(site: Site, most: int = AT_ONCE, *, day: date | None = None) -> int:
    """Offer free times of a site to those who wait, in turn, inside the caller's transaction; returns how many were offered.

    Each gets the earliest time that fits their wishes. A wish that another process looks at is left to it. With ``day``, on
    which something came free, only the first of those who can come on that day are asked; the job asks all.
    """
    waiting = queries.waiting_wishes([site]).filter(last_day__gte=clock.today())
    if day is not None:
        waiting = waiting.filter(first_day__lte=day, last_day__gte=day, weekdays__contains=[day.weekday()])
    keys = list(waiting.values_list("pk", flat=True)[: A_ROUND if day is None else NEAR_ROUND])
    rows = Wish.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=keys, state=WishState.WAITING)
    offered = 0
    for wish in rows.order_by("asked_on", "lot", "pk"):
        if offered >= most:
            break
        offered += offer_first(wish, site)
    return offered


def day_in_berlin(at: datetime) -> date:
    """The day in Germany of an instant."""
    return at.astimezone(clock.BERLIN).date()


def offer_first(wish: Wish, site: Site) -> bool:
    """Offer the wish its earliest fitting time at the site, if there is one. Journal: ``wish.offered``. Notice: the person."""
    choice = first_fitting(wish, site)
    if choice is None:
        return False
    offer = Appointment(
        origin=Origin.WISH,
        state=State.OFFERED,
        site=site,
        starts_at=choice.starts_at,
        ends_at=choice.starts_at + timedelta(minutes=1),
        held_until=offer_end(choice.starts_at),
        name=wish.name,
        email=wish.email,
        phone=wish.phone,
        language=wish.language,
        account_id=wish.account_id,
        wish=wish,
    )
    try:
        with transaction.atomic():
            offer.save(force_insert=True)
            put(offer, choice)
    except Taken:
        return False
    wish.state = WishState.OFFERED
    wish.save(update_fields=["state"])
    journal.record("wish.offered", subject=f"wish:{wish.pk}", facts={"appointment": str(offer.pk)})
    letters.tell(offer, "offer")
    return True


def offer_end(starts_at: datetime) -> datetime:
    """An offer stands for a day, but ends two hours before the time itself."""
    return min(clock.now() + OFFER, starts_at - BEFORE_START)


def first_fitting(wish: Wish, site: Site) -> Choice | None:
    """The earliest free time at the site that fits the wishes and leaves two hours to answer."""
    occasions = queries.occasions_by(wish.occasions)
    if len(occasions) != len(wish.occasions) or not site.active:
        return None
    known = queries.office(occasions, [site])
    first, last = max(wish.first_day, clock.today()), min(wish.last_day, known.last_day())
    counters = known.on(first, last)[site.pk] if first <= last else []
    day = first
    while day <= last:
        if day.weekday() in wish.weekdays:
            for visit in known.visits(counters, day):
                free = queries.FreeTime(site, visit)
                if fits(wish, free.starts_at, free.ends_at):
                    return Choice(occasions, site, free.starts_at)
        day += timedelta(days=1)
    return None


def fits(wish: Wish, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a visit lies in the times of the day and leaves time to answer."""
    begin, end = starts_at.astimezone(clock.BERLIN), ends_at.astimezone(clock.BERLIN)
    in_time = offer_end(starts_at) >= clock.now() + LEAST_OFFER
    return in_time and wish.from_time <= begin.time() and end.date() == begin.date() and end.time() <= wish.until_time


def allot_waiting(sites: Iterable[Site]) -> int:
    """One round over sites for the job; each site is a transaction of its own. Returns how many were offered."""
    offered = 0
    for site in sites:
        with transaction.atomic():
            offered += allot(site, most=A_ROUND)
    return offered


def take_offer(*, appointment: Appointment, by: str = "") -> Appointment:
    """Take the offered time, or for the person on the phone ``by`` a member of staff; twice is once.

    Raises OfferLapsed, WrongState. Journal: ``appointment.booked``. Notice: the person.
    """
    with locked(appointment) as held:
        if held.state == State.BOOKED:
            return held
        if held.state == State.LAPSED or (held.state == State.OFFERED and held.held_until is not None and held.held_until <= clock.now()):
            raise OfferLapsed
        if held.state != State.OFFERED:
            raise WrongState
        held.state, held.held_until, held.changed_at = State.BOOKED, None, clock.now()
        held.save(update_fields=["state", "held_until", "changed_at"])
        Wish.objects.filter(offers=held).update(state=WishState.BOOKED, ended_at=clock.now())
        journal.record("appointment.booked", subject=held.subject, facts={"site": held.site_id, "origin": str(held.origin)}, by=by)
        letters.tell(held, "booked")
    return held


def decline(*, appointment: Appointment) -> Appointment:
    """Decline an offer: its time goes on at once, the wish loses its turn. Raises WrongState. Journal: ``wish.lapsed``."""
    with locked(appointment) as held:
        if held.state == State.LAPSED:
            return held
        if held.state != State.OFFERED:
            raise WrongState
        wish = Wish.objects.select_for_update(of=("self",)).get(offers=held)
        if wish.state == WishState.OFFERED:
            lose_turn(wish)
        give_back(held)
    return held
