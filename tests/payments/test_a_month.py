"""A month of a city's till with everything that goes wrong: at its end the ledger says what bank and provider say."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from direktdraht.foundation import clock
from direktdraht.payments import actions, jobs, queries
from direktdraht.payments.actions import bank_files, orders, paying, paying_back, receiving, refunds
from direktdraht.payments.models import BankEntry, Order, Payment, Refund
from direktdraht.payments.registry import ProviderSilent, Started, Told, providers
from tests.payments import bank, stand
from tests.scale import examples

pytestmark = pytest.mark.django_db

SEED, DAYS = 2026, 20
BEGIN = datetime(2026, 10, 12, 8, tzinfo=UTC)  # the clocks are set back in the middle of it
ORDERS = examples(250)
DIES, SILENT = 0.01, 0.1
MODULES = (bank_files, orders, paying, paying_back, receiving, refunds)


class Died(BaseException):
    """A process was killed here; not an Exception, so that nothing catches it."""


@dataclass
class Bank:
    """What lies at the bank: every movement once, and the files in which it tells of them."""

    chance: random.Random
    movements: list[tuple[int, str, int]] = field(default_factory=list)  # day, text of the file, cents
    balance: int = 1_000_000
    told: int = 0

    def moves(self, day: int, cents: int, text: str, **more: Any) -> None:
        """Money comes or goes; its value date may be up to two days before the file."""
        value = (BEGIN + timedelta(days=day - self.chance.randrange(3))).date().isoformat()
        reference = f"B{len(self.movements):07}"
        self.movements.append((day, bank.movement(cents, text, value=value, bank_reference=reference, **more), cents))

    def file_of(self, first: int, last: int) -> bytes:
        """A statement over some days."""
        before = self.balance + sum(cents for day, _text, cents in self.movements if day < first)
        here = [(text, cents) for day, text, cents in self.movements if first <= day <= last]
        self.told += 1
        return bank.day(*(text for text, _ in here), opening=before, total=sum(cents for _, cents in here), name=f"S{self.told}")


@dataclass
class Provider:
    """A provider in memory that is silent now and then, and does what it was asked all the same."""

    chance: random.Random
    attempts: dict[str, str] = field(default_factory=dict)
    cents: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    label, hint, instant, online = "online", "", True, True

    def silent(self) -> None:
        """No answer, now and then."""
        if self.chance.random() < SILENT:
            raise ProviderSilent

    def problems(self) -> list[str]:
        """None."""
        return []

    def site(self) -> str:
        """A site."""
        return "https://bezahlen.example"

    def attempt_in(self, body: bytes) -> str:
        """Nothing."""
        return ""

    def start(self, payment: Payment, return_url: str) -> Started:
        """One attempt for each of ours."""
        key = str(payment.pk)
        self.attempts.setdefault(key, "waiting")
        self.cents[key] = payment.cents
        self.silent()
        return Started(f"P{key}", "https://bezahlen.example/x")

    def ask(self, payment: Payment) -> Told:
        """How it stands."""
        self.silent()
        key = str(payment.pk)
        return Told(self.attempts.get(key, "unknown"), self.cents.get(key, 0), None, f"P{key}" if key in self.attempts else "")

    def cancel(self, payment: Payment) -> Told:
        """Stopped, unless it is paid."""
        key = str(payment.pk)
        if self.attempts.get(key) == "waiting":
            self.attempts[key] = "cancelled"
        return self.ask(payment)

    def refund(self, refund: Refund) -> Told:
        """Once for each of ours."""
        self.back.setdefault(str(refund.pk), refund.cents)
        self.silent()
        return Told("paid", refund.cents)

    def ask_refund(self, refund: Refund) -> Told:
        """How it stands."""
        self.silent()
        return Told("paid" if str(refund.pk) in self.back else "unknown", refund.cents)

    @property
    def holds(self) -> int:
        """What it owes the city."""
        return sum(self.cents[key] for key, state in self.attempts.items() if state == "paid") - sum(self.back.values())


class Month:
    """The month: orders, what people do, what dies."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance = random.Random(SEED)
        self.bank, self.provider = Bank(self.chance), Provider(self.chance)
        self.deaths = 0
        monkeypatch.setitem(providers._entries, "online", self.provider)
        for module in MODULES:
            monkeypatch.setattr(module, "fault", self.fault)

    def fault(self, name: str) -> None:
        """Die at this point, now and then."""
        if self.chance.random() < DIES:
            self.deaths += 1
            raise Died(name)

    def surely(self, doing: Callable[[], Any]) -> Any:
        """What a person or a worker does again until it is done."""
        while True:
            try:
                return doing()
            except Died:
                continue

    def order(self, day: int) -> None:
        """A new order and what its payer does about it."""
        cents = self.chance.randrange(100, 30000)
        order = self.surely(lambda: stand.order_of(cents))
        fate = self.chance.choice(FATES)
        fate(self, order, min(DAYS, day + self.chance.randrange(5)))

    def works(self, day: int) -> None:
        """A day: files come, some twice, some over two days; jobs run; the day is closed."""
        for first, last in ((day, day), (max(0, day - 1), day)) if self.chance.random() < 0.4 else ((day, day),):
            content = self.bank.file_of(first, last)
            for _ in range(self.chance.randrange(1, 3)):
                self.surely(partial(bank.take, content))
        self.surely(lambda: jobs.ask_providers(0))
        self.surely(lambda: jobs.send_refunds(0))
        actions.close_day(day=clock.today())


def pays(month: Month, order: Order, day: int) -> None:
    month.bank.moves(day, order.total_cents, f"Kassenzeichen {order.reference}")


def pays_in_parts(month: Month, order: Order, day: int) -> None:
    part = order.total_cents // 3
    month.bank.moves(day, part, order.reference)
    month.bank.moves(min(DAYS, day + 2), order.total_cents - part, order.reference.replace(".", ""))


def pays_twice(month: Month, order: Order, day: int) -> None:
    pays(month, order, day)
    pays(month, order, day)


def forgets_the_reference(month: Month, order: Order, day: int) -> None:
    month.bank.moves(day, order.total_cents, "Gebühr", name="Unbekannt")


def never_pays(month: Month, order: Order, day: int) -> None:
    """Nothing."""


def pays_online(month: Month, order: Order, day: int, state: str = "paid") -> None:
    payment = month.surely(lambda: actions.begin_payment(order=order, way="online"))
    with suppress(Died):  # the job goes on from there
        actions.connect(payment)
    if str(payment.pk) in month.provider.attempts:
        month.provider.attempts[str(payment.pk)] = state


def fails_online(month: Month, order: Order, day: int) -> None:
    pays_online(month, order, day, "failed")


def pays_online_and_by_transfer(month: Month, order: Order, day: int) -> None:
    pays(month, order, day)
    pays_online(month, order, day)


FATES = (
    pays,
    pays,
    pays,
    pays_in_parts,
    pays_twice,
    forgets_the_reference,
    never_pays,
    pays_online,
    fails_online,
    pays_online_and_by_transfer,
)


def test_at_the_end_of_the_month_the_ledger_says_what_bank_and_provider_say(monkeypatch: pytest.MonkeyPatch) -> None:
    bank.own_account()
    month = Month(monkeypatch)

    for day in range(DAYS + 1):
        with clock.frozen(BEGIN + timedelta(days=day)):
            for _ in range(ORDERS // DAYS if day < DAYS else 0):
                month.order(day)
            month.works(day)
    for hours in (1, 2, 26, 130):  # nobody is silent for ever
        with clock.frozen(BEGIN + timedelta(days=DAYS, hours=hours)):
            month.surely(lambda: jobs.ask_providers(0))
            month.surely(lambda: jobs.send_refunds(0))

    found = queries.balances()
    moved = [cents for _day, _text, cents in month.bank.movements]
    assert month.deaths > 3
    assert BankEntry.objects.count() == len(moved)
    assert found["bank"] == sum(moved)
    assert found["clearing:online"] == month.provider.holds
    assert sum(found.values()) == 0
    assert list(queries.wrong_orders()) == []
    assert sum(queries.unclear_receipts().values()) == -found["unclear"]
    assert Refund.objects.exclude(state="paid").count() == 0
    assert not Payment.objects.unfinished().exists()
