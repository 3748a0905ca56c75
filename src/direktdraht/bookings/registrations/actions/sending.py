"""How a registration is sent: the one way does it, and in the same transaction places are taken or lots begin to count."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from django.db import IntegrityError, connection
from django.db.models import Prefetch, prefetch_related_objects

from direktdraht.bookings.registrations import filling
from direktdraht.bookings.registrations.errors import NotOpen, NotReady, RegisteredAlready, RegistrationsError
from direktdraht.bookings.registrations.models import (
    Booking,
    BookingState,
    Draw,
    Offer,
    OfferWish,
    Participant,
    Registration,
    Series,
    SeriesState,
)
from direktdraht.bookings.registrations.numbers import next_bookings
from direktdraht.bookings.registrations.party import problems_of
from direktdraht.bookings.registrations.steps import hold, note_all
from direktdraht.submissions import actions as submissions
from direktdraht.submissions import kinds
from direktdraht.submissions.models import Draft, Submission


def send(*, registration: Registration) -> Registration:
    """Send a registration as it stands, where nobody reads a review page: by a clerk on the phone, for the demo city.

    Sending twice gives one. Raises NotOpen, NotReady, RegisteredAlready. Journal: see ``submissions.actions.submit``.
    """
    one = Registration.objects.select_related("draft").get(pk=registration.pk)
    if one.draft is None:
        return one
    try:
        ready = kinds.registry.get(one.draft.kind).ready(one.draft)
        submissions.submit(one.draft, seen_digest=submissions.frozen_digest(one.draft, ready))
    except kinds.NotReady as missing:
        if isinstance(missing.__cause__, RegistrationsError):
            raise missing.__cause__ from None
        raise
    return Registration.objects.select_related("series", "case").get(pk=registration.pk)


def to_send(draft: Draft) -> tuple[Registration, list[Participant]]:
    """The registration of a draft with its party, read anew, if it can be sent now. Raises NotOpen, NotReady."""
    registration = Registration.objects.select_related("series__unit", "account").get(draft=draft)
    wishes = Prefetch("wishes", OfferWish.objects.select_related("offer").order_by("rank"))
    people = Participant.objects.select_related("entitlement").prefetch_related(wishes).order_by("position")
    prefetch_related_objects([registration], Prefetch("participants", people))
    draft.registration = registration
    party = list(registration.participants.all())
    if not registration.series.takes_registrations:
        raise NotOpen
    problems = problems_of(registration, party)
    if problems:
        raise NotReady(problems[0])
    return registration, party


def take_in(draft: Draft, submission: Submission) -> None:
    """What sending sets off: number and case, lots that count, and, where nothing is drawn, places or places in the line.

    The caller holds the draft; ``to_send`` has read its party in the same transaction. Raises NotOpen, RegisteredAlready.
    """
    registration = draft.registration
    party = list(registration.participants.all())
    wished = {wish.offer_id for one in party for wish in one.wishes.all()}
    by_arrival = not registration.series.is_drawn
    offers = hold(wished) if by_arrival else {}
    if not by_arrival:
        before_the_draw(registration.series)
    registration.number, registration.sent_at = submission.case.number, submission.received_at
    registration.case, registration.draft, registration.language = submission.case, None, submission.language
    registration.save(update_fields=["number", "sent_at", "case", "draft", "language"])
    try:
        Participant.objects.filter(registration=registration).update(counts=True)
    except IntegrityError as problem:
        raise RegisteredAlready from problem
    if by_arrival:
        book(registration, party, offers)


def before_the_draw(series: Series) -> None:
    """Hold a drawn series together with everybody else who sends or changes, so that a draw waits for all of them.

    Raises NotOpen when it was drawn a moment ago.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM bookings_series WHERE key = %s FOR SHARE", [series.pk])
    if Draw.objects.filter(series=series).exists():
        raise NotOpen


def book(registration: Registration, party: Sequence[Participant], offers: Mapping[int, Offer]) -> list[Booking]:
    """A booking for every wish, each block placed at once or at the end of the line; the caller holds the offers."""
    wishes = [(wish.offer_id, participant) for participant in party for wish in participant.wishes.all()]
    if any(one.series.state != SeriesState.PUBLISHED for one in offers.values()):
        raise NotOpen
    blocks = {offer: uuid4() for offer, _person in wishes}
    rows = [
        Booking(
            pk=key,
            participant=participant,
            offer=offers[offer],
            state=BookingState.WAITING,
            line=line,
            block=blocks[offer] if registration.all_or_none else uuid4(),
            cause="line",
        )
        for (key, line), (offer, participant) in zip(next_bookings(len(wishes)), wishes, strict=True)
    ]
    together: dict[object, list[Booking]] = {}
    for row in rows:
        together.setdefault(row.block, []).append(row)
    taken: set[int] = set()
    placed = [one for ones in together.values() if filling.seat_at_once(ones, taken) for one in ones]
    filling.name_price(placed, "first")
    for one in placed:
        one.state = filling.state_for(one)
    Booking.objects.bulk_create(rows)
    filling.settle(registration, placed)
    note_all("booking.queued", [one for one in rows if one.state == BookingState.WAITING], lambda _one: {})
    return rows
