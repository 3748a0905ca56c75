"""Registrations as a machine of states: whatever happens in whatever order, no place is given twice, none is lost, the line is kept."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from direktdraht.bookings.registrations import actions, filling
from direktdraht.bookings.registrations.errors import RegistrationsError
from direktdraht.bookings.registrations.models import HOLDING, Booking, BookingState, Mode, Seat
from direktdraht.foundation import clock
from direktdraht.payments import actions as payments
from direktdraht.payments import queries
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, Refund
from tests import cast
from tests.bookings.registrations import factories as make
from tests.scale import examples

pytestmark = pytest.mark.django_db
PRICE = 2000
DOINGS: dict[str, Callable[..., object]] = {
    **{"accept": actions.accept, "decline": actions.decline, "cancel": actions.cancel},
    **{"restore": actions.restore, "wait_again": actions.wait_again},
}
FINAL = frozenset({BookingState.LAPSED, BookingState.DECLINED, BookingState.CANCELLED, BookingState.ENDED})


class Places(RuleBasedStateMachine):
    """Families of one to three register, pay, cancel, answer or let time pass; the line is filled after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.now = make.IN_PERIOD
        self.ended: dict[int, str] = {}
        self.receipts = 0

    @initialize(places=st.integers(1, 4))
    def open(self, places: int) -> None:
        """One offer with a price."""
        self.stack.enter_context(transaction.atomic())
        self.series, _free = make.published(Mode.FIRST, 1)
        with clock.frozen(make.IN_PERIOD):
            self.offer = make.offer(self.series, places, price_cents=PRICE)
        self.places = places

    def teardown(self) -> None:
        """Forget everything."""
        if hasattr(self, "offer"):
            transaction.set_rollback(True)
        self.stack.close()

    def live(self, *states: BookingState) -> list[Booking]:
        """The bookings in these states."""
        return list(Booking.objects.filter(offer=self.offer, state__in=states).order_by("pk"))

    def settle(self) -> None:
        """Let the jobs do their work, looking at who comes next."""
        waiting = list(Booking.objects.filter(offer=self.offer, state=BookingState.WAITING).order_by("line"))
        free = Seat.objects.filter(offer=self.offer, booking__isnull=True).count()
        filling.fill(self.offer.pk)
        sizes: dict[object, int] = {}
        for one in waiting:
            sizes[one.block] = sizes.get(one.block, 0) + 1
        expected = []
        for block, size in sizes.items():
            if size <= free:
                expected.append(block)
                free -= size
        offered = {one.block for one in waiting if Booking.objects.get(pk=one.pk).state == BookingState.OFFERED}
        assert offered == set(expected)

    @precondition(lambda self: self.now < make.CLOSES)
    @rule(size=st.integers(1, 3), together=st.booleans())
    def register(self, size: int, together: bool) -> None:
        """A family comes."""
        if Booking.objects.count() > 24:
            return
        with clock.frozen(self.now):
            make.sent(self.series, *[[self.offer] for _child in range(size)], together=together)
            self.settle()

    @rule(choice=st.integers(0, 100), doing=st.sampled_from(sorted(DOINGS)))
    def answer(self, choice: int, doing: str) -> None:
        """Somebody does something with a place, allowed or not."""
        known = list(Booking.objects.filter(offer=self.offer).order_by("pk"))
        if not known:
            return
        booking = known[choice % len(known)]
        with clock.frozen(self.now):
            with suppress(RegistrationsError):
                DOINGS[doing](booking=booking)
            self.settle()

    @rule(choice=st.integers(0, 100))
    def change_ones_mind(self, choice: int) -> None:
        """Somebody cancels a place and takes that back before anybody looks at who comes next."""
        places = self.live(BookingState.UNPAID, BookingState.CONFIRMED)
        if not places:
            return
        with clock.frozen(self.now):
            old = actions.cancel(booking=places[choice % len(places)])
            with suppress(RegistrationsError):
                actions.restore(booking=old)
            self.settle()

    @rule()
    def release(self) -> None:
        """The desk releases a refund."""
        with clock.frozen(self.now):
            for refund in Refund.objects.filter(state="requested").order_by("requested_at", "pk")[:1]:
                payments.change_payee(refund=refund, name="Robin Weber", iban="DE89370400440532013000", by=cast.charlie())
                payments.release_refund(refund=refund, by=cast.mika())

    @rule(choice=st.integers(0, 100), late=st.booleans())
    def pay(self, choice: int, late: bool) -> None:
        """Money comes for an order, in time by its value date or not, whatever became of the order."""
        orders = list(Order.objects.order_by("reference"))
        if not orders:
            return
        order = orders[choice % len(orders)]
        self.receipts += 1
        on = order.due_on + timedelta(days=9) if late else min(order.due_on, self.now.date())
        with clock.frozen(self.now):
            payments.receive(order=order, cents=order.open_cents or PRICE, value_date=on, source=Source("machine", str(self.receipts)))
            self.settle()

    @rule(hours=st.sampled_from([1, 24, 73, 24 * 20]))
    def wait(self, hours: int) -> None:
        """Time passes: offered places lapse, orders end."""
        self.now = min(self.now + timedelta(hours=hours), make.FIRST_SESSION - timedelta(days=1))
        with clock.frozen(self.now):
            filling.lapse_due()
            for order in list(Order.objects.filter(closed="").order_by("reference")):
                payments.expire_order(order=order)
            self.settle()

    @invariant()
    def no_place_is_given_twice_and_none_is_lost(self) -> None:
        """Seats and bookings that hold one are the same number."""
        if not hasattr(self, "offer"):
            return
        held = Booking.objects.filter(offer=self.offer, state__in=HOLDING)
        seats = list(held.values_list("seat_id", flat=True))
        assert len(seats) == len(set(seats)) <= self.places
        assert Seat.objects.filter(offer=self.offer).count() == self.places
        assert Seat.objects.filter(offer=self.offer, booking__isnull=True).count() == self.places - len(seats)

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        """No final state is ever left."""
        if not hasattr(self, "offer"):
            return
        now = dict(Booking.objects.values_list("pk", "state"))
        assert {key: now[key] for key in self.ended} == self.ended
        self.ended = {key: state for key, state in now.items() if state in FINAL}

    @invariant()
    def a_sure_place_is_paid_and_no_more_goes_back_than_came(self) -> None:
        """The order of every sure place owes nothing; refunds stay within receipts."""
        if not hasattr(self, "offer"):
            return
        for booking in self.live(BookingState.CONFIRMED):
            assert booking.order is not None
            assert booking.order.open_cents == 0
        for order in Order.objects.order_by("reference"):
            asked = sum(Refund.objects.filter(order=order).exclude(state="withdrawn").values_list("cents", flat=True))
            assert asked <= order.received_cents

    @invariant()
    def the_books_balance_and_no_order_lies(self) -> None:
        """Every posting has two sides, and what orders say of themselves is what the ledger says."""
        if not hasattr(self, "offer"):
            return
        assert sum(queries.balances().values()) == 0
        assert list(queries.wrong_orders()) == []


def test_nothing_that_happens_gives_a_place_twice_or_loses_one() -> None:
    run_state_machine_as_test(
        Places,
        settings=settings(max_examples=examples(6), stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)),
    )
