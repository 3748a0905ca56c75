"""A cancellation by mistake is taken back: for a day, while the place is free, and with the money exactly as it was before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from direktdraht.bookings.registrations import actions, filling, notices
from direktdraht.bookings.registrations.errors import MoneyMoved, NotAllowed, ReasonMissing, SeatTaken, UndoOver, WrongState
from direktdraht.bookings.registrations.models import Booking, BookingState, Mode, Offer, Registration
from direktdraht.foundation import clock
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.post.models import Mail
from direktdraht.payments import actions as payments
from direktdraht.payments import queries
from direktdraht.payments.errors import NotAllowed as DeskOnly
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, OrderEvent, Refund
from tests import cast
from tests.bookings.registrations import factories as make

pytestmark = pytest.mark.django_db
PRICE = 3000
IN_TIME = date(2026, 5, 5)
AN_HOUR_LATER = make.IN_PERIOD + timedelta(hours=1)


@pytest.fixture(autouse=True)
def second_factor_shown(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def family(places: int = 3, children: int = 1, cents: int = PRICE, **changes: Any) -> tuple[Registration, Offer]:
    """A family of so many children in one offer."""
    series, _free = make.published(Mode.FIRST, 1, **changes)
    with clock.frozen(make.IN_PERIOD):
        offer = make.offer(series, places, price_cents=cents)
        return make.sent(series, *[[offer] for _child in range(children)]), offer


def order_of(registration: Registration) -> Order:
    """The first order of a registration."""
    return Order.objects.filter(owner_id=str(registration.pk)).order_by("created_at", "reference")[0]


def pay(order: Order, cents: int) -> None:
    """Money in time."""
    payments.receive(order=order, cents=cents, value_date=IN_TIME, source=Source("test", f"{order.pk}-{cents}"))


def cancelled(registration: Registration, child: int = 0) -> Booking:
    """The place of a child, just given up."""
    return actions.cancel(booking=make.bookings(registration)[child])


def restored(booking: Booking) -> Booking:
    """Taken back an hour after it was sent; no job has run."""
    with clock.frozen(AN_HOUR_LATER):
        return actions.restore(booking=booking)


def told(kind: str) -> int:
    """How many mails have this subject."""
    return Mail.objects.filter(subject__startswith=kind).count()


def books_are_right() -> bool:
    """Whether the ledger balances and no order lies about its state."""
    return sum(queries.balances().values()) == 0 and list(queries.wrong_orders()) == []


def test_a_free_place_comes_back_as_a_new_booking_and_what_was_cancelled_stays_so() -> None:
    registration, _offer = family(cents=0)
    with clock.frozen(make.IN_PERIOD):
        old = cancelled(registration)
    new = restored(old)

    old.refresh_from_db()
    assert (old.state, new.state, new.seat_id is not None) == ("cancelled", "confirmed", True)
    assert Entry.objects.filter(kind="booking.restored", subject=f"booking:{new.pk}").count() == 1
    assert told("Absage zurückgenommen") == 1


def test_pressing_twice_gives_one_place() -> None:
    registration, _offer = family(cents=0)
    with clock.frozen(make.IN_PERIOD):
        old = cancelled(registration)

    assert restored(old) == restored(old)
    assert make.states(registration) == ["cancelled", "confirmed"]
    assert told("Absage zurückgenommen") == 1


def test_a_paid_place_is_paid_again_and_the_refund_is_withdrawn() -> None:
    registration, _offer = family(children=2)
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        pay(order, 2 * PRICE)
        new = restored(cancelled(registration))

    order.refresh_from_db()
    assert (new.state, new.order, order.state, order.owed_cents) == ("confirmed", order, "paid", 0)
    assert Refund.objects.get().state == "withdrawn"
    kinds = list(OrderEvent.objects.filter(order=order).order_by("pk").values_list("kind", flat=True))
    assert kinds[-4:] == ["reduction", "refund_request", "refund_withdrawn", "reinstatement"]
    assert books_are_right()


def test_a_place_of_which_only_a_part_went_back_is_whole_again() -> None:
    registration, _offer = family()
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        pay(order, PRICE)
    late = make.FIRST_SESSION - timedelta(days=5)
    with clock.frozen(late):
        old = cancelled(registration)
        refund = Refund.objects.get()
        new = actions.restore(booking=old)

    order.refresh_from_db()
    refund.refresh_from_db()
    assert (refund.cents, refund.state) == (PRICE // 2, "withdrawn")
    assert (new.state, order.state, order.received_cents, order.owed_cents) == ("confirmed", "paid", PRICE, 0)
    assert books_are_right()


def test_what_was_overpaid_stays_owed_and_not_a_cent_more() -> None:
    registration, _offer = family()
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        pay(order, PRICE + 500)
        restored(cancelled(registration))

    order.refresh_from_db()
    assert (order.state, order.owed_cents) == ("overpaid", 500)
    assert books_are_right()


def test_a_place_that_was_waived_is_not_charged_after_all() -> None:
    registration, _offer = family()
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        payments.waive_order(order=order, reason="Härtefall", by=cast.mika())
        new = restored(cancelled(registration))

    assert (new.state, new.order) == ("confirmed", order)
    assert Order.objects.count() == 1
    assert books_are_right()


def test_an_unpaid_place_gets_a_new_order_due_on_the_same_day() -> None:
    registration, _offer = family()
    old_order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        new = restored(cancelled(registration))

    old_order.refresh_from_db()
    assert new.order is not None
    assert (old_order.state, new.state, new.order.state) == ("cancelled", "unpaid", "open")
    assert (new.order.open_cents, new.order.due_on) == (PRICE, old_order.due_on)
    assert books_are_right()


def test_an_order_that_is_still_open_asks_for_the_place_again() -> None:
    registration, _offer = family(children=2)
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        new = restored(cancelled(registration))

    order.refresh_from_db()
    assert (new.state, new.order, order.open_cents) == ("unpaid", order, 2 * PRICE)
    assert make.states(registration) == ["cancelled", "unpaid", "unpaid"]
    assert books_are_right()


def test_a_sibling_who_has_paid_meanwhile_keeps_a_sure_place_and_the_new_one_has_its_own_order() -> None:
    registration, _offer = family(children=2)
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        old = cancelled(registration)
        pay(order, PRICE)
        new = restored(old)

    assert new.order is not None
    assert new.order != order
    assert make.states(registration) == ["cancelled", "unpaid", "confirmed"]
    assert told("Zahlung zurückgegangen") == 0
    assert books_are_right()


def test_without_anything_back_the_order_stays_as_it_is() -> None:
    registration, _offer = family()
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        pay(order, PRICE)
    with clock.frozen(make.FIRST_SESSION - timedelta(days=1)):
        new = actions.restore(booking=cancelled(registration))

    assert (new.state, new.order) == ("confirmed", order)
    assert OrderEvent.objects.filter(order=order, kind="reinstatement").count() == 0


def test_a_released_refund_is_not_called_back() -> None:
    registration, _offer = family()
    with clock.frozen(make.IN_PERIOD):
        pay(order_of(registration), PRICE)
        old = actions.cancel(booking=make.bookings(registration)[0], payee_name="Robin", payee_iban="DE89370400440532013000")
        payments.release_refund(refund=Refund.objects.get(), by=cast.mika())
        with pytest.raises(MoneyMoved, match="freigegeben"):
            restored(old)

    assert make.states(registration) == ["cancelled"]
    assert Refund.objects.get().state == "released"


def test_a_place_that_was_paid_in_part_is_left_to_people() -> None:
    registration, _offer = family(children=2)
    order = order_of(registration)
    with clock.frozen(make.IN_PERIOD):
        pay(order, PRICE + 500)
        old = cancelled(registration)
        with pytest.raises(MoneyMoved, match="schreiben Sie uns"):
            restored(old)

    assert make.states(registration) == ["cancelled", "confirmed"]
    assert books_are_right()


def test_money_that_came_for_the_cancelled_order_stops_it() -> None:
    registration, _offer = family()
    with clock.frozen(make.IN_PERIOD):
        old = cancelled(registration)
        pay(order_of(registration), PRICE)
        with pytest.raises(MoneyMoved):
            restored(old)

    assert make.states(registration) == ["cancelled"]


def test_the_place_of_the_next_in_line_is_not_taken_from_them(client: Client) -> None:
    registration, offer = family(places=1, cents=0)
    with clock.frozen(make.IN_PERIOD):
        waiting = make.sent(offer.series, [offer])
        old = cancelled(registration)
        filling.fill(offer.pk)
        with pytest.raises(SeatTaken):
            restored(old)
    with clock.frozen(AN_HOUR_LATER):
        client.get(notices.link_to(registration).split("8000")[-1])
        page = client.get(f"/anmeldung/{registration.pk}/platz/{old.pk}/absage-zuruecknehmen").content.decode()
        client.post(f"/anmeldung/{registration.pk}/platz/{old.pk}/warteliste")
        client.post(f"/anmeldung/{registration.pk}/platz/{old.pk}/warteliste")

    assert "Der Platz ist schon vergeben." in page
    assert make.states(waiting) == ["offered"]
    assert make.states(registration) == ["cancelled", "waiting"]


def test_after_a_day_it_is_too_late() -> None:
    registration, _offer = family(cents=0)
    with clock.frozen(make.IN_PERIOD):
        old = cancelled(registration)
    with clock.frozen(make.IN_PERIOD + timedelta(hours=24)), pytest.raises(UndoOver):
        actions.restore(booking=old)


def test_a_place_in_the_line_or_an_offered_one_never_comes_back() -> None:
    registration, offer = family(places=1, cents=0)
    with clock.frozen(make.IN_PERIOD):
        second, third = make.sent(offer.series, [offer]), make.sent(offer.series, [offer])
        left_the_line = cancelled(second)
        cancelled(registration)
        filling.fill(offer.pk)
        offered = actions.cancel(booking=make.bookings(third)[0])
        for old in (left_the_line, offered):
            with pytest.raises(WrongState):
                restored(old)

    assert (make.states(second), make.states(third)) == (["cancelled"], ["cancelled"])


def test_an_offer_that_lapsed_stays_dead() -> None:
    registration, offer = family(places=1, cents=0)
    with clock.frozen(make.IN_PERIOD):
        waiting = make.sent(offer.series, [offer])
        cancelled(registration)
        filling.fill(offer.pk)
    with clock.frozen(make.IN_PERIOD + timedelta(hours=80)):
        filling.lapse_due()
        (lapsed,) = make.bookings(waiting)
        with pytest.raises(WrongState):
            actions.restore(booking=lapsed)

    assert make.states(waiting) == ["lapsed"]


def test_a_withdrawn_registration_and_an_offer_that_is_called_off_stay_so() -> None:
    registration, _offer = family(cents=0)
    other, off = family(cents=0)
    with clock.frozen(make.IN_PERIOD):
        actions.withdraw(registration=registration)
        gone = cancelled(other)
        actions.call_off(offer=off, reason="Die Halle ist zu.", by=cast.kim())
        for old in (make.bookings(registration)[0], gone):
            with pytest.raises(WrongState):
                restored(old)


def test_who_took_another_place_in_the_draw_meanwhile_has_one_already() -> None:
    series, (first, second) = make.published(Mode.DRAW, 1, 1)
    with clock.frozen(make.IN_PERIOD):
        registration = make.sent(series, [first, second])
    with clock.frozen(make.AFTER_PERIOD):
        actions.run_draw(series=series, by=cast.kim())
        actions.publish_draw(series=series, by=cast.kim())
        place = next(one for one in make.bookings(registration) if one.is_place)
        actions.cancel(booking=place)
        again = actions.wait_again(booking=place)
        filling.fill(place.offer_id)
        actions.accept(booking=again)
        other = Booking.objects.get(pk=place.pk)

        assert actions.restore(booking=other) == again
        Booking.objects.filter(pk=again.pk).update(offer=second if place.offer_id == first.pk else first)
        with pytest.raises(WrongState, match="anderen Platz"):
            actions.restore(booking=other)


def test_staff_take_it_back_with_a_reason_and_strangers_do_not(client: Client) -> None:
    registration, offer = family(cents=0)
    with clock.frozen(make.IN_PERIOD):
        old = cancelled(registration)
        address = f"/buero/anmeldungen/{offer.series_id}/angebot/{offer.number}/platz/{old.pk}/absage-zuruecknehmen"
        with pytest.raises(NotAllowed):
            actions.restore(booking=old, reason="Bitte der Familie", by=cast.sascha())
        with pytest.raises(ReasonMissing):
            actions.restore(booking=old, by=cast.kim())
        stranger = cast.signed_in(Client(), cast.sascha()).post(address, {"reason": "Bitte der Familie"})
        staff = cast.signed_in(client, cast.kim())
        page = staff.get(address).content.decode()
        staff.post(address, {"reason": "Bitte der Familie"})

    assert stranger.status_code == 404
    assert "Die Person bekommt ihren Platz wieder." in page
    assert [(one.state, one.why) for one in make.bookings(registration)] == [("cancelled", ""), ("confirmed", "Bitte der Familie")]


def test_a_clerk_withdraws_no_refund_that_the_desk_has_released() -> None:
    registration, _offer = family()
    with clock.frozen(make.IN_PERIOD):
        pay(order_of(registration), PRICE)
        actions.cancel(booking=make.bookings(registration)[0], payee_name="Robin", payee_iban="DE89370400440532013000")
        refund = payments.release_refund(refund=Refund.objects.get(), by=cast.mika())
        with pytest.raises(DeskOnly):
            payments.withdraw_refund(refund=refund, reason="doch nicht", by=cast.kim())


def test_the_page_of_the_registration_leads_there_and_says_what_becomes_of_the_money(client: Client) -> None:
    registration, _offer = family()
    with clock.frozen(make.IN_PERIOD):
        pay(order_of(registration), PRICE)
        old = cancelled(registration)
        client.get(notices.link_to(registration).split("8000")[-1])
        address = f"/anmeldung/{registration.pk}/platz/{old.pk}/absage-zuruecknehmen"
        status = client.get(f"/anmeldung/{registration.pk}").content.decode()
        page = client.get(address).content.decode()
        client.post(address)
        after = client.get(f"/anmeldung/{registration.pk}").content.decode()

    assert address in status
    assert "Die Erstattung von 30,00 € kommt dann nicht." in page
    assert address not in after
    assert make.states(registration) == [BookingState.CANCELLED, BookingState.CONFIRMED]
