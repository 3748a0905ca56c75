"""The demo city's payments: its bank account, two cash drawers, orders in every state. Invented, always the same."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.payments import actions, setup
from direktdraht.payments.by_hand import OWNER
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Law, Order
from direktdraht.people import actions as people
from direktdraht.people.demo import CITY, DemoPeople
from direktdraht.people.models import Account, Unit

UNIT = ("stadtkasse", "Stadtkasse")
# An account number of a bank's own examples; no money can be sent there.
BANK = {"payee": "Stadt Musterstadt", "iban": "DE02120300000000202051", "bic": "BYLADEM1001", "bank_name": "Beispielbank"}
REVENUE, CENTRE = "331100", "verkehr"


class DemoPayments:
    """Registered with ``foundation.demo``."""

    def is_seeded(self) -> bool:
        """Whether any order of the desk is there."""
        return Order.objects.filter(owner_kind=OWNER).exists()

    def seed(self, scale: int) -> None:
        """Write everything; ``scale`` adds open orders for load tests."""
        with transaction.atomic():
            if not DemoPeople().is_seeded():
                DemoPeople().seed(scale)
            setup.save(setup.Setup.model_validate(BANK))
            unit = Unit.objects.filter(pk=UNIT[0]).first() or people.add_unit(key=UNIT[0], name=UNIT[1])
            for key, name in (("rathaus", "Barkasse Rathaus"), ("nordstadt", "Barkasse Bürgerbüro Nordstadt")):
                actions.add_drawer(key=key, name=name, unit=unit)
            for days_ago, story in STORIES:
                with clock.frozen(clock.now() - timedelta(days=days_ago)):
                    story(ordered(f"{days_ago:03d}"))
            for number in range(50 * (scale - 1)):
                ordered(f"load-{number}", "Eintrittskarte, Jahrespass", 4500)


def ordered(key: str, title: str = "Bewohnerparkausweis, ein Jahr", cents: int = 3070) -> Order:
    """An order of the demo's own resident."""
    payer = Account.objects.filter(email=f"buergerin@{CITY}").first()
    line = actions.WantedLine(title, cents, REVENUE, CENTRE, Law.PUBLIC)
    return actions.create_order(
        owner_kind=OWNER,
        owner_id=key,
        title=title,
        payer=actions.Payer("Robin Weber", f"buergerin@{CITY}", payer),
        lines=[line],
        expires_at=clock.now() + timedelta(days=2) if key == "024" else None,
    )


def leader() -> Account:
    """Who keeps accounts and asks for refunds in the demo."""
    return Account.objects.get(email=f"leitung@{CITY}")


def paid(order: Order, cents: int) -> None:
    """So much by transfer, on that day."""
    source = Source("demo", f"{order.owner_id}-{cents}")
    actions.receive(order=order, cents=cents, value_date=today(), source=source, reason="Überweisung (Beispiel)")


def today() -> date:
    """The day on which the story happens."""
    return clock.today()


def partly(order: Order) -> None:
    """A part came."""
    paid(order, 1500)


def whole(order: Order) -> None:
    """All of it came."""
    paid(order, order.total_cents)


def too_much(order: Order) -> None:
    """It came twice; half of it is asked back."""
    paid(order, order.total_cents)
    paid(order, order.total_cents + 1)
    actions.request_refund(
        order=order,
        cents=order.total_cents + 1,
        reason="doppelt überwiesen",
        by=leader(),
        payee_name="Robin Weber",
        payee_iban=BANK["iban"],
    )


def cancelled(order: Order) -> None:
    """The matter was withdrawn."""
    actions.cancel_order(order=order, reason="Antrag zurückgenommen", by=leader())


def expired(order: Order) -> None:
    """It was not paid in time."""
    with clock.frozen(clock.now() + timedelta(days=7)):
        actions.expire_order(order=order)


def waived(order: Order) -> None:
    """It was given up."""
    actions.waive_order(order=order, reason="Härtefall nach Prüfung", by=leader())


def refunded(order: Order) -> None:
    """It was paid in cash and went back in cash."""
    keeper = Account.objects.filter(email=f"kasse@{CITY}").first()
    whole(order)
    actions.cancel_order(order=order, reason="Wagen verkauft", by=leader())
    refund = actions.request_refund(order=order, cents=order.total_cents, reason="Storno", by=leader(), way="cash")
    if keeper is not None:
        actions.release_refund(refund=refund, by=keeper)


def nothing(order: Order) -> None:
    """Nothing came yet."""


STORIES: tuple[tuple[int, Callable[[Order], None]], ...] = (
    (24, expired),
    (20, refunded),
    (16, waived),
    (14, cancelled),
    (12, whole),
    (9, too_much),
    (6, partly),
    (1, nothing),
)
