"""What staff do, and what the city sets up."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from direktdraht.bookings.appointments import actions, queries, staff_lists
from direktdraht.bookings.appointments.actions import Choice
from direktdraht.bookings.appointments.errors import InUse, NotAllowed, ReasonMissing, WrongState
from direktdraht.bookings.appointments.models import DayException, Presence, State
from direktdraht.foundation import clock
from direktdraht.foundation.post.models import Mail
from tests import cast
from tests.bookings.appointments.office import NOA, booked, counter, free, later, local, occasion, on_monday, site

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)


def test_a_closed_counter_keeps_who_fits_elsewhere_and_cancels_the_others() -> None:
    with on_monday():
        place, what = site(), occasion()
        first = counter(place, what)
        counter(place, what, name="Schalter 2")
        booked(place, what, "2026-11-30 08:00")
        booked(place, what, "2026-11-30 08:00", NOA)
        alone = booked(place, what, "2026-11-30 09:00")
        affected = queries.affected_by(first, MONDAY)

        actions.close_counter(counter=first, day=MONDAY, reason="Krank", by=cast.kim())
        done = [actions.make_room(appointment=one, reason="Krank", by=cast.kim()) for one in affected]

        assert sorted(done) == ["cancelled", "moved"]
        alone.refresh_from_db()
        assert alone.state == State.BOOKED
        assert alone.parts.get().counter.name == "Schalter 2"
        mail = Mail.objects.get(template__endswith="/cancelled")
        assert "Krank" in mail.text
        assert queries.affected_by(first, MONDAY) == []


def test_a_counter_is_closed_once_however_often_it_is_pressed() -> None:
    with on_monday():
        place, what = site(), occasion()
        first = counter(place, what)

        for _press in range(2):
            actions.close_counter(counter=first, day=MONDAY, reason="Krank", by=cast.kim())

        assert DayException.objects.count() == 1
        assert free(place, what) == []


def test_moving_and_cancelling_for_the_city_needs_a_reason_and_a_place_in_the_unit() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")
        choice = Choice([what], place, local("2026-11-30 10:00"))

        with pytest.raises(ReasonMissing):
            actions.move_by_city(appointment=made, choice=choice, reason="  ", by=cast.kim())
        with pytest.raises(NotAllowed):
            actions.cancel_by_city(appointment=made, reason="Krank", by=cast.sascha())
        moved = actions.move_by_city(appointment=made, choice=choice, reason="Krank", by=cast.kim())

        assert moved.starts_at == local("2026-11-30 10:00")
        assert "Krank" in Mail.objects.get(template__endswith="/moved").text


def test_who_came_is_marked_on_the_day_and_not_before() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        today, tomorrow = booked(place, what, "2026-11-30 08:00"), booked(place, what, "2026-12-01 08:00")

        assert actions.mark(appointment=today, presence=Presence.ARRIVED, by=cast.kim()).presence == Presence.ARRIVED
        with pytest.raises(WrongState):
            actions.mark(appointment=tomorrow, presence=Presence.MISSED, by=cast.kim())
        with pytest.raises(NotAllowed):
            actions.mark(appointment=today, presence=Presence.MISSED, by=cast.robin())


def test_only_who_leads_the_unit_or_administers_sets_up() -> None:
    with on_monday():
        place, what = site(), occasion()

        for stranger in (cast.kim(), cast.sascha(), cast.robin()):
            with pytest.raises(PermissionDenied):
                actions.save_occasion(occasion=what, by=stranger)
            with pytest.raises(PermissionDenied):
                actions.save_site(site=place, by=stranger)
        actions.save_occasion(occasion=what, by=cast.alex())
        actions.save_site(site=place, by=cast.jo())


def test_hours_begin_end_and_leave_booked_appointments_alone() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-12-07 08:00")
        monday = place.hours.get(weekday=0)

        actions.end_hours(hours=monday, last_day=date(2026, 12, 6), by=cast.alex())
        rule = {"weekdays": [0], "opens": time(14), "closes": time(15), "valid_from": date(2026, 12, 7), "valid_to": None}
        actions.add_hours(site=place, counter=None, by=cast.alex(), **rule)  # type: ignore[arg-type]  # each has its type

        assert free(place, what, day="2026-12-07") == ["14:00", "14:30"]
        assert free(place, what)[0] == "08:00"
        made.refresh_from_db()
        assert made.state == State.BOOKED


def test_nothing_is_taken_away_while_somebody_is_booked_there() -> None:
    with on_monday():
        place, what = site(), occasion()
        desk = counter(place, what)
        booked(place, what, "2026-12-07 08:00")
        desk.active, place.active = False, False

        with pytest.raises(InUse):
            actions.save_counter(counter=desk, occasions=[what], by=cast.alex())
        with pytest.raises(InUse):
            actions.save_site(site=place, by=cast.alex())


def test_a_day_that_is_different_and_back() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        closed = actions.add_exception(exception=DayException(site=place, day=MONDAY), by=cast.alex())
        assert free(place, what) == []

        actions.take_back_exception(exception=closed, by=cast.alex())

        assert free(place, what)[0] == "08:00"


def test_staff_may_book_up_to_the_minute_and_people_may_not() -> None:
    with on_monday():
        place, what = site(), occasion(lead_minutes=24 * 60)
        counter(place, what)
        known = queries.office([what], [place])

        assert queries.free_on(known, place, MONDAY) == []
        assert queries.free_on(known, place, MONDAY, by_staff=True)[0].starts_at == local("2026-11-30 08:00")


def test_the_day_list_holds_what_is_booked_and_held_but_nothing_that_is_over() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        kept, gone = booked(place, what, "2026-11-30 08:00"), booked(place, what, "2026-11-30 09:00")
        actions.cancel(appointment=gone)
        held = actions.hold(choice=Choice([what], place, local("2026-11-30 10:00")), network="test")

        assert [one.pk for one in staff_lists.appointments(place, MONDAY, staff_lists.Asked(""))] == [kept.pk, held.pk]
    with clock.frozen(later(minutes=11)):
        assert [one.pk for one in staff_lists.appointments(place, MONDAY, staff_lists.Asked(""))] == [kept.pk]
