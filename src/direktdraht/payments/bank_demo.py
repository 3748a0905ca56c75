"""The bank of the demo city: a statement and a notification, so that the finance desk has something of everything to do."""

import io
from datetime import timedelta

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.payments import setup
from direktdraht.payments.actions import settle_new, take_bank_file
from direktdraht.payments.camt.writing import Movement, statement
from direktdraht.payments.demo import ordered
from direktdraht.payments.models import BankFile, Order

ACCOUNT = "DE02120300000000202051"
OPENING = 1_250_000
STALLS = (("Standgeld Wochenmarkt, Oktober", 45_00), ("Standgeld Wochenmarkt, November", 48_50), ("Standgeld Weihnachtsmarkt", 180_00))


class DemoBank:
    """Registered with ``foundation.demo``; it brings three orders of its own."""

    def is_seeded(self) -> bool:
        """Whether a bank file is there."""
        return BankFile.objects.exists()

    def seed(self, scale: int) -> None:
        """Two days at the bank and a file that was cut off; they do not grow with ``scale``."""
        del scale
        with transaction.atomic():
            if not setup.current().iban:
                setup.save(setup.current().model_copy(update={"iban": ACCOUNT}))
            with clock.frozen(clock.now() - timedelta(days=5)):
                orders = [ordered(f"bank-{number}", title, cents) for number, (title, cents) in enumerate(STALLS)]
        account, today = setup.current().iban, clock.today()
        first, second = first_day(orders), second_day(orders)
        middle = OPENING + sum(one.cents for one in first)
        closing = middle + sum(one.cents for one in second)
        yesterday = today - timedelta(days=1)
        files = {
            f"kontoauszug-{yesterday}.xml": statement(first, number=1, day=yesterday, opening=OPENING, closing=middle, account=account),
            f"kontoauszug-{today}.xml": statement(second, number=2, day=today, opening=middle, closing=closing, account=account),
            "kontoauszug-unvollstaendig.xml": statement(
                second[:1], number=3, day=today, opening=closing, closing=closing + 99_00, account=account
            ),
        }
        for name, pieces in files.items():
            take_bank_file(file=io.BytesIO(b"".join(pieces)), name=name)
        settle_new(most=100)


def first_day(orders: list[Order]) -> list[Movement]:
    """An order paid by its reference, one without it, and what nobody knows."""
    return [
        Movement(orders[0].open_cents, orders[0].payer_name, f"Kz {orders[0].reference}", "D01"),
        Movement(orders[1].open_cents, orders[1].payer_name.upper(), "wie besprochen, danke", "D02"),
        Movement(25_00, "Lena Hoffmann", "Spende Stadtbücherei", "D03"),
        Movement(-7_90, "Sparkasse Musterstadt", "Kontoführung", "D04"),
    ]


def second_day(orders: list[Order]) -> list[Movement]:
    """A reference with a slip of the hand, and an old invoice."""
    slipped = orders[2].reference[:-1] + str((int(orders[2].reference[-1]) + 1) % 10)
    return [
        Movement(orders[2].open_cents, "Marktstand Haddad", f"Standgeld {slipped}", "D11"),
        Movement(42_00, "Jonas Beck", "Rechnung vom letzten Monat", "D12"),
    ]
