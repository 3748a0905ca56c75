"""Bank files for the city of the tests, and what comes of them."""

import io

from django.db import transaction

from direktdraht.payments import actions, setup
from direktdraht.payments.models import BankEntry, BankFile, Order
from tests.payments.bank_files import ACCOUNT, PAYER, detail, document, entry, notification, statement


def own_account() -> None:
    """The city's account is that of the files."""
    with transaction.atomic():
        setup.save(setup.current().model_copy(update={"iban": ACCOUNT}))


def euros(cents: int) -> str:
    return f"{abs(cents) // 100}.{abs(cents) % 100:02}"


def movement(
    cents: int,
    text: str = "",
    *,
    name: str = "Robin Weber",
    iban: str = PAYER,
    reversal: bool = False,
    bank_reference: str = "",
    value: str = "2026-11-03",
    currency: str = "EUR",
    returned: str = "",
) -> str:
    """A movement with one transaction: positive comes from Robin, negative goes there."""
    out = (cents < 0) != reversal
    city = ("Stadt", ACCOUNT)
    debtor, creditor = (city, (name, iban)) if out else ((name, iban), city)
    back = f"<RtrInf><Rsn><Cd>{returned}</Cd></Rsn></RtrInf>" if returned else ""
    return entry(
        euros(cents),
        detail(text=text, returned=back, debtor=debtor, creditor=creditor),
        sign="CRDT" if cents >= 0 else "DBIT",
        reversal="true" if reversal else "",
        bank_reference=bank_reference,
        value=f"<ValDt><Dt>{value}</Dt></ValDt>",
        currency=currency,
    )


def day(*movements: str, opening: int = 10000, total: int = 0, name: str = "S1", account: str = ACCOUNT) -> bytes:
    """A statement; ``total`` is what its movements come to."""
    end = opening + total
    return document(statement(*movements, opening=euros(opening), closing=euros(end), name=name, account=account))


def notice(*movements: str, name: str = "N1") -> bytes:
    """A notification."""
    return document(notification(*movements, name=name), kind="054")


def take(content: bytes, name: str = "auszug.xml") -> BankFile:
    """Take a file in and settle its movements."""
    file = actions.take_bank_file(file=io.BytesIO(content), name=name)
    actions.settle_new(most=1000)
    return file


def told(content: bytes) -> BankEntry:
    """The one movement of a notification, settled."""
    return take(content).entries.get()


def states(file: BankFile) -> list[str]:
    return list(file.entries.order_by("pk").values_list("state", flat=True))


def standing(order: Order) -> tuple[str, int]:
    """State and received cents of an order, read anew."""
    found = Order.objects.get(pk=order.pk)
    return found.state, found.received_cents
