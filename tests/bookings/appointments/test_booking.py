"""Holding, booking, moving, cancelling: a time belongs to one person, and nothing is lost on the way."""

import pytest

from direktdraht.bookings.appointments import actions, jobs
from direktdraht.bookings.appointments.actions import Choice
from direktdraht.bookings.appointments.errors import HoldLapsed, Taken, TooLate, TooManyAppointments, TooManyHolds, WrongState
from direktdraht.bookings.appointments.models import Appointment, Cell, State
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from tests import cast
from tests.bookings.appointments.office import NOA, NOW, ROBIN, booked, counter, free, later, local, occasion, on_monday, site

pytestmark = pytest.mark.django_db


def test_a_booked_time_is_free_for_nobody_else() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)

        made = booked(place, what, "2026-11-30 08:30")

        assert made.state == State.BOOKED
        assert free(place, what)[:2] == ["08:00", "09:00"]
        with pytest.raises(Taken):
            actions.hold(choice=Choice([what], place, local("2026-11-30 08:30")), network="test")
        assert Cell.objects.filter(appointment=made).count() == 6
        assert Entry.objects.filter(kind="appointment.booked", subject=made.subject).exists()


@pytest.mark.parametrize("at", ["2026-11-30 07:30", "2026-11-30 08:10", "2026-11-30 12:00", "2026-12-25 08:00", "2026-12-05 08:00"])
def test_only_times_that_are_offered_can_be_held(at: str) -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)

        with pytest.raises(Taken):
            actions.hold(choice=Choice([what], place, local(at)), network="test")

        assert not Appointment.objects.exists()


def test_a_counter_with_two_places_takes_two_people_at_once() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what, seats=2)

        booked(place, what, "2026-11-30 08:00")
        booked(place, what, "2026-11-30 08:00", NOA)

        assert free(place, what)[0] == "08:30"
        with pytest.raises(Taken):
            booked(place, what, "2026-11-30 08:00")


def test_a_second_press_of_the_button_books_nothing_more() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")

        actions.book(appointment=made, contact=NOA)

        made.refresh_from_db()
        assert made.name == "Robin Weber"
        assert Mail.objects.filter(template__endswith="/booked").count() == 1


def test_the_confirmation_carries_a_calendar_file() -> None:
    with on_monday():
        place, what = site(), occasion(bring={"de": "Ausweis"})
        counter(place, what)

        booked(place, what, "2026-11-30 08:00")

        mail = Mail.objects.get()
        assert "Mo., 30. November 2026, 08:00 Uhr" in mail.subject
        assert "Ausweis" in mail.text
        assert "DTSTART:20261130T070000Z" in mail.attachment
        assert mail.attachment_name == "termin.ics"


def test_a_hold_ends_after_ten_minutes_and_its_time_is_free() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        held = actions.hold(choice=Choice([what], place, local("2026-11-30 09:00")), network="test")
        assert "09:00" not in free(place, what)

    with clock.frozen(later(minutes=11)):
        assert "09:00" in free(place, what)
        assert actions.free_expired() == 1
        held.refresh_from_db()
        assert held.state == State.LAPSED
        assert not Cell.objects.exists()


def test_who_types_for_too_long_still_gets_a_time_that_nobody_took() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        held = actions.hold(choice=Choice([what], place, local("2026-11-30 09:00")), network="test")

    with clock.frozen(later(minutes=30)):
        actions.free_expired()
        made = actions.book(appointment=held, contact=ROBIN)

        assert made.state == State.BOOKED
        assert "09:00" not in free(place, what)


def test_who_types_for_too_long_chooses_anew_when_the_time_is_gone() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        held = actions.hold(choice=Choice([what], place, local("2026-11-30 09:00")), network="test")

    with clock.frozen(later(minutes=30)):
        booked(place, what, "2026-11-30 09:00", NOA)
        with pytest.raises(HoldLapsed):
            actions.book(appointment=held, contact=ROBIN)
        made = actions.book(appointment=held, contact=ROBIN, choice=Choice([what], place, local("2026-11-30 10:00")))

        assert made.starts_at == local("2026-11-30 10:00")


def test_one_network_holds_ten_times_and_no_more() -> None:
    with on_monday():
        place, what = site(), occasion(minutes=5)
        counter(place, what, raster=5)
        for minute in range(0, 50, 5):
            actions.hold(choice=Choice([what], place, local(f"2026-11-30 08:{minute:02}")), network="robot")

        with pytest.raises(TooManyHolds):
            actions.hold(choice=Choice([what], place, local("2026-11-30 10:00")), network="robot")
        assert actions.hold(choice=Choice([what], place, local("2026-11-30 10:00")), network="person").state == State.HELD


def test_choosing_another_time_lets_the_first_one_go() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        first = actions.hold(choice=Choice([what], place, local("2026-11-30 08:00")), network="test")

        actions.hold(choice=Choice([what], place, local("2026-11-30 09:00")), network="test", replaces=first)

        assert free(place, what)[:2] == ["08:00", "08:30"]


def test_a_double_click_on_a_time_gives_the_first_hold_again() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        choice = Choice([what], place, local("2026-11-30 08:00"))

        first, second = (actions.hold(choice=choice, network="test", browser="robins") for _click in range(2))

        assert first.pk == second.pk
        with pytest.raises(Taken):
            actions.hold(choice=choice, network="test", browser="noas")


def test_one_address_has_four_appointments_ahead() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        for hour in ("08:00", "08:30", "09:00", "09:30"):
            booked(place, what, f"2026-11-30 {hour}")

        with pytest.raises(TooManyAppointments):
            booked(place, what, "2026-11-30 10:00")


def test_a_move_takes_the_new_time_and_frees_the_old() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")

        moved = actions.move(appointment=made, choice=Choice([what], place, local("2026-12-01 10:00")))

        assert moved.starts_at == local("2026-12-01 10:00")
        assert "08:00" in free(place, what)
        assert "10:00" not in free(place, what, day="2026-12-01")
        assert moved.sequence == 1
        assert Mail.objects.filter(template__endswith="/moved").count() == 1


def test_a_move_by_half_its_length_overlaps_only_itself() -> None:
    with on_monday():
        place, what = site(), occasion(minutes=60)
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")

        moved = actions.move(appointment=made, choice=Choice([what], place, local("2026-11-30 08:30")))

        assert moved.ends_at == local("2026-11-30 09:30")


def test_a_move_to_a_taken_time_leaves_everything_as_it_was() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")
        booked(place, what, "2026-11-30 09:00", NOA)

        with pytest.raises(Taken):
            actions.move(appointment=made, choice=Choice([what], place, local("2026-11-30 09:00")))

        made.refresh_from_db()
        assert made.starts_at == local("2026-11-30 08:00")
        assert Cell.objects.filter(appointment=made).count() == 6


def test_a_cancellation_frees_the_time_for_good() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")

        actions.cancel(appointment=made)
        actions.cancel(appointment=made)

        made.refresh_from_db()
        assert made.state == State.CANCELLED
        assert "08:00" in free(place, what)
        assert Mail.objects.filter(template__endswith="/cancelled").count() == 1
        with pytest.raises(WrongState):
            actions.move(appointment=made, choice=Choice([what], place, local("2026-11-30 09:00")))


def test_an_appointment_that_has_begun_is_neither_moved_nor_cancelled() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")

    with clock.frozen(later(hours=1)):
        with pytest.raises(TooLate):
            actions.cancel(appointment=made)
        with pytest.raises(TooLate):
            actions.move(appointment=made, choice=Choice([what], place, local("2026-11-30 10:00")))


def test_two_occasions_at_two_counters_make_one_appointment() -> None:
    with on_monday():
        place, first, second = site(), occasion("Karte"), occasion("Kasse", 15)
        counter(place, first)
        counter(place, second, name="Kasse")

        held = actions.hold(choice=Choice([first, second], place, local("2026-11-30 08:00")), network="test")
        made = actions.book(appointment=held, contact=ROBIN)

        assert [part.counter.name for part in made.parts.order_by("place")] == ["Schalter 1", "Kasse"]
        assert made.ends_at == local("2026-11-30 08:45")


def test_a_message_about_an_appointment_opens_one_case_of_the_direct_line() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 08:00")

        case = actions.write(appointment=made, text="Darf mein Hund mit?")
        made.refresh_from_db()
        again = actions.write(appointment=made, text="Er ist klein.")

        assert case.pk == again.pk
        assert case.unit == place.unit
        assert case.messages.count() == 2


def test_a_reminder_goes_out_once_on_the_day_before() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-12-02 09:00")
        booked(place, what, "2026-11-30 09:00", NOA)

    with clock.frozen(local("2026-11-30 08:00")):
        assert jobs.remind(0) == 0
    with clock.frozen(local("2026-12-01 09:15")):
        assert jobs.remind(0) == 1
        assert jobs.remind(0) == 0
        assert Mail.objects.filter(template__endswith="/reminder").get().to == made.email


def test_appointments_are_deleted_thirty_days_after_their_end() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        booked(place, what, "2026-11-30 09:00")
    with clock.frozen(later(days=29)):
        assert jobs.clear(0) == 0
    with clock.frozen(later(days=31)):
        assert jobs.clear(0) == 1

    assert later(days=1) > NOW
    assert not Appointment.objects.exists()


def test_who_is_signed_in_finds_the_appointment_in_their_account() -> None:
    with on_monday():
        place, what = site(), occasion()
        counter(place, what)
        made = booked(place, what, "2026-11-30 09:00")

        actions.claim(appointment=made, account=cast.robin())
        with pytest.raises(WrongState):
            actions.claim(appointment=made, account=cast.kim())

        made.refresh_from_db()
        assert made.account == cast.robin()
