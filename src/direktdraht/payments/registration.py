"""What this room registers: its ways to pay, personal data, what the doctor looks at."""

from collections.abc import Iterator

from direktdraht.foundation import checks, demo
from direktdraht.foundation.checks import Finding, Level
from direktdraht.payments import bank_folder, by_hand, personal_data, queries, registry, setup, ways
from direktdraht.payments.bank_demo import DemoBank
from direktdraht.payments.demo import DemoPayments
from direktdraht.payments.xbezahldienste import own
from direktdraht.payments.xbezahldienste.provider import ONLINE
from direktdraht.people.personal_data import PERSONAL_DATA


def ledger_problems() -> Iterator[Finding]:
    """Whether the books balance, every order says what the ledger says, and the city can be paid by transfer."""
    if sum(queries.balances().values()) != 0:
        yield Finding(Level.ERROR, "The ledger does not balance.")
    for reference in queries.wrong_orders():
        yield Finding(Level.ERROR, f"The order {reference} does not say what the ledger says.")
    if not setup.current().iban:
        yield Finding(Level.WARNING, "The city's bank account is not entered, so nobody can pay by transfer.")
    if own.is_wanted():
        try:
            own.connection()
        except own.NotConnected as problem:
            yield Finding(Level.ERROR, f"The payment provider is not connected: {problem}.")


def folder_problems() -> Iterator[Finding]:
    """Whether something lies in the bank's folder that nobody takes."""
    if names := bank_folder.left_lying():
        yield Finding(Level.WARNING, f"In bank/eingang lie for more than an hour: {', '.join(names[:5])}.")


def register() -> None:
    """Fill the registries; the order is the order in which people are offered the ways."""
    registry.providers.register("online", ONLINE)
    registry.providers.register("transfer", ways.TRANSFER)
    registry.providers.register("cash", ways.CASH)
    registry.owners.register(by_hand.OWNER, by_hand.DeskOrders())
    demo.registry.register("bank", DemoBank())  # before the orders, because the last registered is seeded first
    demo.registry.register("payments", DemoPayments())
    checks.registry.register("ledger", ledger_problems)
    checks.registry.register("bank_folder", folder_problems)
    PERSONAL_DATA.register("orders", personal_data.OrderData())
    PERSONAL_DATA.register("bank_entries", personal_data.BankData())
