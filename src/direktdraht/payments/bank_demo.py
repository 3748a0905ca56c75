"""The bank of the demo city: a statement and a notification, so that the finance desk has something of everything to do."""

import io
from datetime import timedelta

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.payments import queries, setup
from direktdraht.payments.actions import settle_new, take_bank_file
from direktdraht.payments.camt.writing import Movement, statement
from direktdraht.payments.models import BankFile

ACCOUNT = "DE02120300000000202051"
OPENING = 1_250_000


class DemoBank:
    """Registered with ``foundation.demo``; it comes after the orders, some of which it pays."""

    def is_seeded(self) -> bool:
        """Whether a bank file is there."""
        return BankFile.objects.exists()

    def seed(self, scale: int) -> None:
        """Two days at the bank and a file that was cut off; they do not grow with ``scale``."""
        del scale
        if not setup.current().iban:
            with transaction.atomic():
                setup.save(setup.current().model_copy(update={"iban": ACCOUNT}))
        account, today = setup.current().iban, clock.today()
        first, second = movements(0), movements(1)
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


def movements(day: int) -> list[Movement]:
    """What happened on the first or second day: an order paid by its reference, one to be proposed, and what nobody knows."""
    orders = list(queries.open_orders().exclude(payer_name="")[:4])[day * 2 : day * 2 + 2]
    found = [Movement(orders[0].open_cents, orders[0].payer_name, f"Kz {orders[0].reference}", f"D{day}1")] if orders else []
    if len(orders) > 1:
        found.append(Movement(orders[1].open_cents, orders[1].payer_name.upper(), "wie besprochen, danke", f"D{day}2"))
    unknown = [
        Movement(25_00, "Lena Hoffmann", "Spende Stadtbücherei", "D03"),
        Movement(-7_90, "Sparkasse Musterstadt", "Kontoführung", "D04"),
    ]
    return [*found, *(unknown if day == 0 else [Movement(42_00, "Jonas Beck", "Rechnung vom letzten Monat", "D13")])]
