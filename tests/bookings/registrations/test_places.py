"""Places by arrival: given once, offered to the next in line, never twice, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from direktdraht.bookings.registrations import actions, filling
from direktdraht.bookings.registrations.errors import NoPlace, NotAllowed, NotOpen, NotReady, ReasonMissing, TooLate, WrongState
from direktdraht.bookings.registrations.models import Booking, BookingState, Mode, Seat
from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.submissions.models import Submission
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db


def test_who_comes_first_gets_the_place_and_the_next_waits() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        first, second = make.sent(series, [offer]), make.sent(series, [offer])

    assert make.states(first) == ["confirmed"]
    assert make.states(second) == ["waiting"]
    assert Submission.objects.get(pk=first.pk).case.number == first.number
    assert Entry.objects.filter(kind="submission.received").count() == 2


def test_sending_twice_gives_one_registration() -> None:
    series, (offer,) = make.published(Mode.FIRST, 2)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[offer]])
        first, second = (actions.send(registration=registration) for _press in range(2))

    assert first.number == second.number
    assert Booking.objects.count() == 1
    assert Submission.objects.count() == Case.objects.count() == 1


def test_a_family_that_stays_together_waits_together_and_is_offered_places_together() -> None:
    series, (offer,) = make.published(Mode.FIRST, 2)
    with clock.frozen(make.IN_PERIOD):
        single = make.sent(series, [offer])
        assert make.states(single) == ["confirmed"]
        family = make.sent(series, [offer], [offer], together=True)
        assert make.states(family) == ["waiting", "waiting"]

        actions.cancel(booking=make.bookings(single)[0])
        filling.fill(offer.pk)

    assert make.states(family) == ["offered", "offered"]


def test_a_single_child_passes_a_family_for_whom_there_is_no_room_and_the_family_keeps_its_place() -> None:
    series, (offer,) = make.published(Mode.FIRST, 2)
    with clock.frozen(make.IN_PERIOD):
        full = make.sent(series, [offer], [offer])
        assert make.states(full) == ["confirmed", "confirmed"]
        family, single = make.sent(series, [offer], [offer], together=True), make.sent(series, [offer])

        actions.cancel(booking=make.bookings(full)[0])
        filling.fill(offer.pk)
        assert (make.states(family), make.states(single)) == (["waiting", "waiting"], ["offered"])

        actions.cancel(booking=make.bookings(full)[1])
        actions.decline(booking=make.bookings(single)[0])
        filling.fill(offer.pk)

    assert make.states(family) == ["offered", "offered"]


def test_a_newcomer_never_takes_the_place_that_somebody_waits_for() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        first, second = make.sent(series, [offer]), make.sent(series, [offer])
        actions.cancel(booking=make.bookings(first)[0])
        newcomer = make.sent(series, [offer])
        filling.fill(offer.pk)

    assert (make.states(second), make.states(newcomer)) == (["offered"], ["waiting"])


def test_an_offered_place_is_accepted_once_and_lapses_for_good() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        first, second, third = (make.sent(series, [offer]) for _family in range(3))
        actions.cancel(booking=make.bookings(first)[0])
        filling.fill(offer.pk)
    with clock.frozen(make.IN_PERIOD + timedelta(hours=72)):
        with pytest.raises(TooLate):
            actions.accept(booking=make.bookings(second)[0])
        assert filling.lapse_due() == 1
        assert filling.lapse_due() == 0
        filling.fill(offer.pk)
        with pytest.raises(TooLate):
            actions.accept(booking=make.bookings(second)[0])
        actions.accept(booking=make.bookings(third)[0])
        actions.accept(booking=make.bookings(third)[0])

    assert [make.states(one) for one in (first, second, third)] == [["cancelled"], ["lapsed"], ["confirmed"]]


def test_what_has_ended_stays_ended_even_past_the_code() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        booking = make.bookings(make.sent(series, [offer]))[0]
        actions.cancel(booking=booking)

    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.WAITING)


def test_the_database_refuses_a_second_booking_of_a_seat() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        make.sent(series, [offer])
        waiting = make.bookings(make.sent(series, [offer]))[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=waiting.pk).update(state=BookingState.CONFIRMED, seat=Seat.objects.get(offer=offer))
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=waiting.pk).update(state=BookingState.CONFIRMED)


def test_reserved_places_are_for_their_group_until_staff_release_them() -> None:
    series, _offers = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 2, reserved={"Familienpass": 1})
        with_pass = make.sent(series, [offer], group=True)
        others = [make.sent(series, [offer]) for _family in range(2)]
        assert Seat.objects.get(booking__participant__registration=with_pass).entitlement is not None
        assert [make.states(one) for one in others] == [["confirmed"], ["waiting"]]

        actions.cancel(booking=make.bookings(with_pass)[0])
        filling.fill(offer.pk)
        assert make.states(others[1]) == ["waiting"]
        assert actions.release_reserved(offer=offer, by=cast.kim()) == 1
        filling.fill(offer.pk)

    assert make.states(others[1]) == ["offered"]


def test_releasing_group_places_asks_first_and_is_offered_only_while_one_is_free(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    series, _offers = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, 2, reserved={"Familienpass": 1})
    staff = cast.signed_in(client, cast.kim())
    offered, asked = (reverse(f"registrations:{name}", args=[series.pk, offer.number]) for name in ("participants", "release_reserved"))

    assert asked in staff.get(offered).content.decode()
    assert "ein Platz frei" in staff.get(asked).content.decode()
    assert Seat.objects.filter(offer=offer, entitlement__isnull=False).count() == 1
    staff.post(asked)

    assert Seat.objects.filter(offer=offer, entitlement__isnull=False).count() == 0
    assert asked not in staff.get(offered).content.decode()
    assert "Kein Gruppenplatz ist frei" in staff.get(asked).content.decode()


def test_registration_outside_the_period_or_without_what_is_needed_is_refused() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [[offer], []])
        with pytest.raises(NotReady, match="Wunsch"):
            actions.send(registration=registration)
        actions.remove_participant(registration=registration, position=2)
        actions.save_contact(registration=registration, contact=actions.Contact("Robin", "r@example.org"), guarding=actions.Guarding())
        with pytest.raises(NotReady, match="Einwilligung"):
            actions.send(registration=registration)
    with clock.frozen(make.AFTER_PERIOD), pytest.raises(NotOpen):
        actions.send(registration=registration)


def test_wishes_change_places_and_close_up() -> None:
    series, offers = make.published(Mode.DRAW, 1, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.begun(series, [offers])
        for wished, up in ((offers[2], True), (offers[2], True), (offers[2], True), (offers[1], False)):
            actions.move_wish(registration=registration, position=1, offer=wished, up=up)
        actions.remove_wish(registration=registration, position=1, offer=offers[2])

    wishes = registration.participants.get().wishes.order_by("rank")
    assert [(one.rank, one.offer_id) for one in wishes] == [(1, offers[0].pk), (2, offers[1].pk)]


def test_an_offer_that_the_city_calls_off_ends_everything_with_the_reason() -> None:
    series, (offer,) = make.published(Mode.FIRST, 1)
    with clock.frozen(make.IN_PERIOD):
        first, second = make.sent(series, [offer]), make.sent(series, [offer])
        actions.call_off(offer=offer, reason="Die Halle ist gesperrt.", by=cast.kim())
        actions.call_off(offer=offer, reason="Noch einmal.", by=cast.kim())

    assert [make.states(one) for one in (first, second)] == [["ended"], ["ended"]]
    assert make.bookings(first)[0].why == "Die Halle ist gesperrt."
    assert Mail.objects.filter(subject__startswith="Angebot fällt aus").count() == 2


def test_fewer_places_than_are_taken_are_refused_and_more_go_to_the_line() -> None:
    series, (offer,) = make.published(Mode.FIRST, 2)
    with clock.frozen(make.IN_PERIOD):
        make.sent(series, [offer], [offer])
        waiting = make.sent(series, [offer])
        with pytest.raises(WrongState, match="2 sind schon vergeben"):
            actions.save_offer(series=series, offer=offer, words=actions.OfferWords("Klettern", 1), by=cast.kim())
        actions.save_offer(series=series, offer=offer, words=actions.OfferWords("Klettern", 3), by=cast.kim())
        filling.fill(offer.pk)

    assert make.states(waiting) == ["offered"]


def test_moving_by_hand_needs_a_reason_and_a_free_place() -> None:
    series, (full, free) = make.published(Mode.FIRST, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        make.sent(series, [full])
        waiting = make.bookings(make.sent(series, [full]))[0]
        with pytest.raises(ReasonMissing):
            actions.move_by_hand(booking=waiting, to=free, reason=" ", by=cast.kim())
        with pytest.raises(NoPlace):
            actions.move_by_hand(booking=waiting, to=full, reason="Härtefall", by=cast.kim())
        with pytest.raises(NotAllowed):
            actions.move_by_hand(booking=waiting, to=free, reason="Härtefall", by=cast.sascha())
        moved = actions.move_by_hand(booking=waiting, to=free, reason="Härtefall", by=cast.kim())

    assert (moved.state, moved.why, moved.offer) == ("confirmed", "Härtefall", free)
    waiting.refresh_from_db()
    assert waiting.state == "ended"
