"""The list of wishes: times that come free are offered in turn, and an offer that nobody takes never comes back."""

from datetime import date, time, timedelta

import pytest

from direktdraht.bookings.appointments import actions, jobs, queries
from direktdraht.bookings.appointments.actions import Choice, Window
from direktdraht.bookings.appointments.errors import OfferLapsed, Taken, WishedAlready
from direktdraht.bookings.appointments.models import Appointment, Occasion, Site, State, Wish, WishState
from direktdraht.foundation import clock
from direktdraht.foundation.post.models import Mail
from tests.bookings.appointments.office import NOA, booked, counter, free, later, local, occasion, on_monday, site

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def wish(place: Site, what: Occasion, email: str, *, first: time = time(8), last: time = time(12)) -> Wish:
    window = Window(DAY, DAY, range(7), first, last)
    return actions.wish_for(occasions=[what], sites=[place], window=window, name=email.partition("@")[0], email=email)


def scarce() -> tuple[Site, Occasion]:
    """One time, from eight to nine, that is given out by the list only."""
    place, what = site(closes=time(9)), occasion(minutes=60, by_request=True)
    counter(place, what, raster=60)
    return place, what


def offer_of(one: Wish) -> Appointment:
    return Appointment.objects.select_related("site", "wish").get(wish=one, state=State.OFFERED)


def test_whose_turn_is_first_gets_the_time() -> None:
    with on_monday():
        place, what = scarce()
        wishes = [wish(place, what, f"{name}@example.org") for name in ("ada", "ben", "cem")]
        first = min(wishes, key=lambda one: one.lot)

        assert jobs.give_out(0) == 1

        first.refresh_from_db()
        assert first.state == WishState.OFFERED
        assert offer_of(first).starts_at == local("2026-12-01 08:00")
        assert Mail.objects.get(template__endswith="/offer").to == first.email
        assert jobs.give_out(0) == 0


def test_who_asked_on_an_earlier_day_comes_before_every_lot() -> None:
    with on_monday():
        place, what = scarce()
        early = wish(place, what, "ada@example.org")
        Wish.objects.filter(pk=early.pk).update(lot=2**62 - 1, asked_on=DAY - timedelta(days=2))
        wish(place, what, "ben@example.org")

        jobs.give_out(0)

        early.refresh_from_db()
        assert early.state == WishState.OFFERED


def test_an_offer_is_taken_once() -> None:
    with on_monday():
        place, what = scarce()
        mine = wish(place, what, "ada@example.org")
        jobs.give_out(0)

        taken = actions.take_offer(appointment=offer_of(mine))
        actions.take_offer(appointment=taken)

        mine.refresh_from_db()
        assert (taken.state, mine.state) == (State.BOOKED, WishState.BOOKED)
        assert Mail.objects.filter(template__endswith="/booked").count() == 1


def test_a_lapsed_offer_goes_to_the_next_and_never_comes_back() -> None:
    with on_monday():
        place, what = scarce()
        wishes = sorted((wish(place, what, f"{name}@example.org") for name in ("ada", "ben")), key=lambda one: one.lot)
        jobs.give_out(0)
        offer = offer_of(wishes[0])

    with clock.frozen(later(hours=24)):
        with pytest.raises(OfferLapsed):
            actions.take_offer(appointment=offer)
        assert jobs.give_out(0) == 0  # too close to the time itself, nobody could answer
        with pytest.raises(OfferLapsed):
            actions.take_offer(appointment=offer)
        wishes[0].refresh_from_db()
        assert (wishes[0].state, wishes[0].lapsed) == (WishState.WAITING, 1)
        assert wishes[0].asked_on == clock.today()


def test_a_declined_time_is_offered_to_the_next_at_once() -> None:
    with on_monday():
        place, what = scarce()
        wishes = sorted((wish(place, what, f"{name}@example.org") for name in ("ada", "ben")), key=lambda one: one.lot)
        Wish.objects.filter(pk=wishes[0].pk).update(asked_on=DAY - timedelta(days=3))
        Wish.objects.filter(pk=wishes[1].pk).update(asked_on=DAY - timedelta(days=2))
        jobs.give_out(0)

        actions.decline(appointment=offer_of(wishes[0]))

        assert offer_of(wishes[1]).state == State.OFFERED
        wishes[0].refresh_from_db()
        assert wishes[0].state == WishState.WAITING


def test_the_second_offer_that_nobody_takes_ends_the_wish() -> None:
    with on_monday():
        place, what = scarce()
        mine = wish(place, what, "ada@example.org")
        jobs.give_out(0)

        # the only one who waits: the same time comes once more, for the last time
        actions.decline(appointment=offer_of(mine))
        jobs.give_out(0)
        actions.decline(appointment=offer_of(mine))

        mine.refresh_from_db()
        assert mine.state == WishState.ENDED
        assert Mail.objects.filter(template__endswith="/wish_ended").count() == 1
        assert jobs.give_out(0) == 0


def test_a_cancelled_time_goes_to_the_list_before_anybody_can_take_it() -> None:
    with on_monday():
        place, what = site(closes=time(9)), occasion(minutes=60)
        counter(place, what, raster=60)
        made = booked(place, what, "2026-12-01 08:00", NOA)
        mine = wish(place, what, "ada@example.org")
        assert jobs.give_out(0) == 0

        actions.cancel(appointment=made)

        assert offer_of(mine).starts_at == local("2026-12-01 08:00")
        with pytest.raises(Taken):
            actions.hold(choice=Choice([what], place, local("2026-12-01 08:00")), network="robot")


def test_only_times_that_fit_the_wishes_are_offered() -> None:
    with on_monday():
        place, what = site(), occasion(minutes=60)
        counter(place, what, raster=60)
        late = wish(place, what, "ada@example.org", first=time(10), last=time(11))

        jobs.give_out(0)

        assert offer_of(late).starts_at == local("2026-12-01 10:00")


def test_one_address_waits_once_for_the_same() -> None:
    with on_monday():
        place, what = scarce()
        wish(place, what, "ada@example.org")

        with pytest.raises(WishedAlready):
            wish(place, what, "ADA@example.org")


def test_an_appointment_from_the_list_is_not_moved_past_those_who_wait() -> None:
    with on_monday():
        place, what = site(), occasion(minutes=60, by_request=True)
        counter(place, what, raster=60)
        mine = wish(place, what, "ada@example.org")
        jobs.give_out(0)
        taken = actions.take_offer(appointment=offer_of(mine))

        with pytest.raises(Taken):
            actions.move(appointment=taken, choice=Choice([what], place, local("2026-12-01 10:00")))


def test_a_withdrawn_wish_gives_its_offer_back() -> None:
    with on_monday():
        place, what = scarce()
        mine = wish(place, what, "ada@example.org")
        jobs.give_out(0)
        offer = offer_of(mine)

        actions.withdraw(wish=mine)
        actions.withdraw(wish=mine)

        mine.refresh_from_db()
        offer.refresh_from_db()
        assert (mine.state, offer.state) == (WishState.WITHDRAWN, State.LAPSED)
        assert free(place, what, day="2026-12-01") == ["08:00"]
        assert jobs.give_out(0) == 0


def test_the_page_says_how_many_wait_before() -> None:
    with on_monday():
        place, what = scarce()
        wishes = sorted((wish(place, what, f"{name}@example.org") for name in ("ada", "ben", "cem")), key=lambda one: one.lot)

        assert [queries.before(one) for one in wishes] == [0, 1, 2]
