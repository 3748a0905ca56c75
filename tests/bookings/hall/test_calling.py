"""What happens at a counter."""

from uuid import uuid4

import pytest

from direktdraht.bookings.appointments.errors import NotAllowed
from direktdraht.bookings.appointments.links import code_of
from direktdraht.bookings.appointments.models import Appointment, Presence
from direktdraht.bookings.hall import actions, queries
from direktdraht.bookings.hall.errors import CounterFull, NotHere, NotThisOne, OnPause
from direktdraht.bookings.hall.models import Pause, Ticket
from tests import cast
from tests.bookings.appointments.office import booked, counter, occasion
from tests.bookings.hall.waiting import at, called, drawn, hall, state

pytestmark = pytest.mark.django_db


def test_people_are_called_in_the_order_of_their_numbers_one_at_a_time() -> None:
    with at("09:00"):
        place, what, desk = hall()
        first, _second = drawn(place, what), drawn(place, what)

        assert called(desk) == "A 1"
        with pytest.raises(CounterFull):
            called(desk)
        actions.arrived(ticket=first, by=cast.kim())
        actions.done(ticket=first, by=cast.kim())
        actions.done(ticket=first, by=cast.kim())

        assert called(desk) == "A 2"
        assert state(first) == "done"


def test_two_presses_call_one_person() -> None:
    with at("09:00"):
        place, what, desk = hall()
        desk.seats = 3
        desk.save(update_fields=["seats"])
        drawn(place, what), drawn(place, what)
        key = uuid4()

        found = [actions.call_next(counter=desk, key=key, by=cast.kim()) for _press in range(2)]

        assert [one.name for one in found if one] == ["A 1", "A 1"]


def test_an_appointment_is_called_at_its_time_before_who_waits_longer() -> None:
    with at("08:00"):
        place, what, desk = hall()
        visit = booked(place.site, what, "2026-11-30 09:00")
    with at("08:40"):
        drawn(place, what)
        actions.check_in(hall=place, text=code_of(visit.pk))

    with at("08:56"):
        assert called(desk) == "T 1"


def test_a_long_visit_is_not_begun_right_before_an_appointment_unless_the_clerk_wants_it() -> None:
    with at("08:00"):
        place, what, desk = hall(minutes=30)
        booked(place.site, what, "2026-11-30 09:00")
    with at("08:50"):
        ticket = drawn(place, what)

        assert called(desk) == ""
        actions.call(ticket=ticket, counter=desk, by=cast.kim())

        assert state(ticket) == "called"


def test_who_does_not_come_goes_back_once_and_then_the_number_ends() -> None:
    with at("09:00"):
        place, what, desk = hall()
        first, second = drawn(place, what), drawn(place, what)
        assert called(desk) == "A 1"

        actions.missed(ticket=first, by=cast.kim())
        actions.missed(ticket=first, by=cast.kim())
        assert called(desk) == "A 2"
        actions.done(ticket=second, by=cast.kim())
        assert called(desk) == "A 1"
        actions.missed(ticket=first, by=cast.kim())
        actions.missed(ticket=first, by=cast.kim())

        assert state(first) == "gone"
        assert called(desk) == ""


def test_an_appointment_that_never_came_to_the_counter_is_marked_so() -> None:
    with at("08:00"):
        place, what, desk = hall()
        place.chances = 1
        actions.save_hall(hall=place, occasions=[what], by=cast.alex())
        visit = booked(place.site, what, "2026-11-30 09:00")
    with at("09:00"):
        ticket = actions.check_in(hall=place, text=code_of(visit.pk))
        called(desk)
        actions.missed(ticket=ticket, by=cast.kim())

    assert state(ticket) == "gone"
    assert Appointment.objects.get(pk=visit.pk).presence == Presence.MISSED


def test_calling_again_makes_the_call_the_latest() -> None:
    with at("09:00"):
        place, what, desk = hall()
        other = counter(place.site, what, name="Schalter 2")
        first = drawn(place, what)
        drawn(place, what)
        called(desk)
    with at("09:01"):
        called(other)
    with at("09:02"):
        actions.call_again(ticket=first, by=cast.kim())

        assert [one.name for one in queries.calls_of(place)] == ["A 1", "A 2"]


def test_a_counter_on_pause_calls_nobody_and_does_not_count_for_the_wait() -> None:
    with at("09:00"):
        place, what, desk = hall()
        drawn(place, what), drawn(place, what)
        called(desk)
        someone = queries.newcomer(what)
        assert queries.board(place).wait_of(someone) == (5, 15)
        actions.pause(counter=desk, by=cast.kim())
        actions.pause(counter=desk, by=cast.kim())

        with pytest.raises(OnPause):
            called(desk)
        assert queries.board(place).wait_of(someone) is None
        actions.resume(counter=desk, by=cast.kim())
        assert not Pause.objects.exists()


def test_a_counter_calls_nobody_for_what_it_does_not_do() -> None:
    with at("09:00"):
        place, what, _desk = hall()
        other = counter(place.site, occasion("Anderes"), name="Schalter 2")
        ticket = drawn(place, what)

        assert called(other) == ""
        with pytest.raises(NotHere):
            actions.call(ticket=ticket, counter=other, by=cast.kim())


def test_a_number_is_called_to_one_counter_only() -> None:
    with at("09:00"):
        place, what, desk = hall()
        other = counter(place.site, what, name="Schalter 2")
        ticket = drawn(place, what)
        called(desk)

        with pytest.raises(NotThisOne):
            actions.call(ticket=ticket, counter=other, by=cast.kim())

        assert Ticket.objects.get().counter == desk


def test_only_who_works_at_the_site_calls_and_marks() -> None:
    with at("09:00"):
        place, what, desk = hall()
        ticket = drawn(place, what)
        called(desk)
        stranger = cast.sascha()

        for action in (actions.call_again, actions.arrived, actions.missed, actions.done):
            with pytest.raises(NotAllowed):
                action(ticket=ticket, by=stranger)
        for refused in (actions.pause, actions.resume):
            with pytest.raises(NotAllowed):
                refused(counter=desk, by=stranger)
        with pytest.raises(NotAllowed):
            actions.call_next(counter=desk, key=uuid4(), by=stranger)

        assert state(ticket) == "called"


def test_where_nobody_called_for_half_an_hour_no_wait_is_promised() -> None:
    with at("08:00"):
        place, what, desk = hall()
        first = drawn(place, what)
        called(desk)
        actions.done(ticket=first, by=cast.kim())
    someone = queries.newcomer(what)

    with at("08:29"):
        assert queries.board(place).wait_of(someone) == (0, 5)
    with at("08:31"):
        assert queries.board(place).wait_of(someone) is None
