"""Running a hall: settings, addresses, the end of the day, what is erased."""

from datetime import date

import pytest
from django.http import Http404

from direktdraht.bookings.appointments.errors import NotAllowed
from direktdraht.bookings.hall import access, actions, jobs, queries
from direktdraht.bookings.hall.links import DISPLAY, KIOSK, address_of, appointment_in
from direktdraht.bookings.hall.models import DayCount, Hall, Pause, Ticket, TicketState
from direktdraht.bookings.hall.registration import hall_problems
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from tests import cast
from tests.bookings.appointments.office import local
from tests.bookings.hall.waiting import at, called, drawn, hall, state

pytestmark = pytest.mark.django_db


def test_an_address_opens_its_own_page_only_and_ends_with_a_new_one() -> None:
    place, _what, _desk = hall()
    old = address_of(place, DISPLAY)
    assert access.get_by_address(old, DISPLAY) == place

    renewed = actions.renew_addresses(hall=place, by=cast.alex())

    assert access.get_by_address(address_of(renewed, KIOSK), KIOSK) == place
    for token, kind in ((old, DISPLAY), (address_of(renewed, KIOSK), DISPLAY), ("falsch", KIOSK), ("", KIOSK)):
        with pytest.raises(Http404):
            access.get_by_address(token, kind)


def test_a_closed_hall_has_no_pages() -> None:
    place, what, _desk = hall()
    place.active = False
    actions.save_hall(hall=place, occasions=[what], by=cast.alex())

    with pytest.raises(Http404):
        access.get_by_address(address_of(place, KIOSK), KIOSK)


def test_two_who_open_a_hall_at_once_open_one() -> None:
    place, what, _desk = hall()

    second = actions.save_hall(hall=Hall(site=place.site), occasions=[what], by=cast.alex())

    assert (second.pk, second.generation) == (place.pk, place.generation)


def test_only_who_leads_the_unit_sets_up_and_only_its_staff_close_the_day() -> None:
    place, what, _desk = hall()

    with pytest.raises(NotAllowed):
        actions.save_hall(hall=place, occasions=[what], by=cast.kim())
    with pytest.raises(NotAllowed):
        actions.renew_addresses(hall=place, by=cast.kim())
    with pytest.raises(NotAllowed):
        actions.send_home(hall=place, by=cast.sascha())


def test_closing_for_today_ends_the_numbers_that_wait_and_no_other() -> None:
    with at("11:30"):
        place, what, desk = hall()
        first, second = drawn(place, what), drawn(place, what)
        called(desk)

        assert actions.send_home(hall=place, by=cast.kim()) == 1
        assert actions.send_home(hall=place, by=cast.kim()) == 0

    assert (state(first), state(second)) == ("called", "told")
    assert Entry.objects.filter(kind="hall.sent_home").count() == 1


def test_past_numbers_go_and_their_counts_stay() -> None:
    with at("09:00"):
        place, what, desk = hall()
        tickets = [drawn(place, what) for _person in range(7)]
        actions.leave(ticket=tickets[6])
        actions.pause(counter=desk, by=cast.kim())
        actions.resume(counter=desk, by=cast.kim())
    for number in range(5):
        with at(f"09:{10 + number * 10}"):
            called(desk)
            actions.done(ticket=tickets[number], by=cast.kim())
    with at("11:00"):
        actions.pause(counter=desk, by=cast.kim())
        assert jobs.erase(0) == 0

    with clock.frozen(local("2026-12-01 00:05")):
        assert jobs.erase(0) == 7
        assert jobs.erase(0) == 0

    kept = DayCount.objects.get()
    assert (kept.day, kept.drawn, kept.served, kept.gone, kept.told) == (date(2026, 11, 30), 7, 5, 1, 1)
    assert kept.median_minutes == 30
    assert not Ticket.objects.exists()
    assert not Pause.objects.exists()


def test_waits_of_four_people_are_not_counted() -> None:
    with at("09:00"):
        place, what, desk = hall()
        ticket = drawn(place, what)
        called(desk)
        actions.done(ticket=ticket, by=cast.kim())

        counts = queries.counts_today(place)

    assert (counts.served, counts.median_minutes) == (1, None)


def test_the_check_warns_of_numbers_that_nobody_erased() -> None:
    with at("09:00"):
        place, what, _desk = hall()
        drawn(place, what)
        assert list(hall_problems()) == []
        Ticket.objects.update(day=date(2026, 11, 27), state=TicketState.TOLD)

        assert [finding.level.name for finding in hall_problems()] == ["WARNING"]


def test_a_scanner_may_type_anything() -> None:
    assert [appointment_in(text) for text in ("", "/", "482190", "https://x.example/termin/abc.def", "\x00")] == [None] * 5
