"""How people come into the hall: numbers, and appointments that check in."""

from uuid import uuid4

import pytest

from direktdraht.bookings.appointments.links import code_of, code_words, token_of
from direktdraht.bookings.appointments.models import Appointment, Presence
from direktdraht.bookings.hall import actions
from direktdraht.bookings.hall.actions import coming
from direktdraht.bookings.hall.errors import CodeTwice, NoNumbers, NotThisOne, TooManyNumbers, UnknownCode
from direktdraht.bookings.hall.models import Ticket
from direktdraht.foundation.post.models import Mail
from tests import cast
from tests.bookings.appointments.office import NOA, booked, counter, occasion
from tests.bookings.hall.waiting import at, called, drawn, hall, open_at, state

pytestmark = pytest.mark.django_db


def test_numbers_count_up_and_begin_anew_each_day() -> None:
    with at("09:00"):
        place, what, _desk = hall()

        assert [drawn(place, what).name, drawn(place, what).name] == ["A 1", "A 2"]
        Ticket.objects.update(day="2026-11-27")

        assert drawn(place, what).name == "A 1"


def test_two_presses_give_one_number() -> None:
    with at("09:00"):
        place, what, _desk = hall()
        key = uuid4()

        first, second = (actions.draw(hall=place, occasion=what, key=key) for _press in range(2))

        assert first.pk == second.pk
        assert Ticket.objects.count() == 1


@pytest.mark.parametrize(("time", "by_staff", "given"), [("07:59", False, 0), ("11:45", False, 1), ("11:46", False, 0), ("11:59", True, 1)])
def test_numbers_are_given_out_while_it_is_open_and_not_shortly_before_closing(time: str, by_staff: bool, given: int) -> None:
    with at(time):
        place, what, _desk = hall()

        if not given:
            with pytest.raises(NoNumbers):
                actions.draw(hall=place, occasion=what, key=uuid4(), by_staff=by_staff)
        else:
            actions.draw(hall=place, occasion=what, key=uuid4(), by_staff=by_staff)

        assert Ticket.objects.count() == given


def test_what_needs_an_appointment_has_no_numbers() -> None:
    with at("09:00"):
        place, _what, desk = hall()
        other = occasion("Einbürgerung")
        desk.occasions.add(other)

        with pytest.raises(NoNumbers):
            drawn(place, other)


def test_nobody_empties_the_roll_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming, "MOST_IN_TEN_MINUTES", 3)
    with at("09:00"):
        place, what, _desk = hall()
        for _number in range(3):
            drawn(place, what)

        with pytest.raises(TooManyNumbers):
            drawn(place, what)


def test_an_appointment_checks_in_with_its_code_once_and_counts_as_come() -> None:
    with at("08:00"):
        place, what, _desk = hall()
        visit = booked(place.site, what, "2026-11-30 09:30")
        booked(place.site, what, "2026-11-30 10:00", NOA)
    assert code_words(visit.pk) in Mail.objects.get(to="robin@example.org").text

    with at("09:20"):
        first = actions.check_in(hall=place, text=code_words(visit.pk))
        second = actions.check_in(hall=place, text=f"https://stadt.example/termin/{token_of(visit.pk)}?neu=1")

    assert first.pk == second.pk
    assert (first.name, first.due) == ("T 1", visit.starts_at)
    assert Appointment.objects.get(pk=visit.pk).presence == Presence.ARRIVED


def test_who_is_twenty_minutes_late_waits_like_somebody_without_appointment() -> None:
    with at("08:00"):
        place, what, desk = hall()
        visit = booked(place.site, what, "2026-11-30 09:00")

    with at("09:10"):
        drawn(place, what)
    with at("09:20"):
        late = actions.check_in(hall=place, text=code_of(visit.pk))
        first = called(desk)

    assert late.due is None
    assert first == "A 1"


@pytest.mark.parametrize("text", ["", "000", "1234567", "abc", "https://stadt.example/termin/falsch"])
def test_a_code_of_no_appointment_of_today_checks_nobody_in(text: str) -> None:
    with at("09:00"):
        place, what, _desk = hall()
        tomorrow = booked(place.site, what, "2026-12-01 09:00")

        for wrong in (text, code_of(tomorrow.pk), token_of(tomorrow.pk)):
            with pytest.raises(UnknownCode):
                actions.check_in(hall=place, text=wrong)

        assert not Ticket.objects.exists()


def test_a_code_that_two_share_is_for_the_counter_to_solve(monkeypatch: pytest.MonkeyPatch) -> None:
    with at("08:00"):
        place, what, _desk = hall()
        booked(place.site, what, "2026-11-30 09:00")
        booked(place.site, what, "2026-11-30 10:00", NOA)
        monkeypatch.setattr(coming, "code_of", lambda _key: "111111")

        with pytest.raises(CodeTwice):
            actions.check_in(hall=place, text="111 111")


def test_a_number_can_be_given_back_until_one_is_at_the_counter() -> None:
    with at("09:00"):
        place, what, desk = hall()
        first, second = drawn(place, what), drawn(place, what)
        actions.leave(ticket=first)
        actions.leave(ticket=first)

        assert called(desk) == "A 2"
        actions.arrived(ticket=second, by=cast.kim())
        with pytest.raises(NotThisOne):
            actions.leave(ticket=second)

        assert (state(first), state(second)) == ("left", "served")


def test_a_visit_of_two_counters_waits_for_the_second_after_the_first() -> None:
    with at("08:00"):
        place, what, desk = hall()
        more = occasion("Zweites", minutes=10)
        other = counter(place.site, more, name="Schalter 2", raster=10)
        open_at(place.site, what)
        visit = booked(place.site, what, "2026-11-30 09:00")
        visit.parts.create(
            counter=other,
            occasions=[more.pk],
            place=1,
            starts_at=visit.ends_at,
            ends_at=visit.ends_at,
            blocked_until=visit.ends_at,
        )

    with at("08:58"):
        ticket = actions.check_in(hall=place, text=code_of(visit.pk))
        assert (called(other), called(desk)) == ("", "T 1")
        actions.done(ticket=ticket, by=cast.kim())
        assert state(ticket) == "waiting"
        actions.done(ticket=ticket, by=cast.kim())
        assert (called(desk), called(other)) == ("", "T 1")
        actions.done(ticket=ticket, by=cast.kim())

    assert state(ticket) == "done"
