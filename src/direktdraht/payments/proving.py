"""The nightly proof: every payment belongs to something, and whatever does not is named with the way to mend it."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.db.models import Sum

from direktdraht.foundation import clock
from direktdraht.payments import queries
from direktdraht.payments.models import BankEntry, BankFile, BankProof, EntryState, FileState, Order, Payment, Refund, RefundState
from direktdraht.payments.reconciling import cents_of
from direktdraht.payments.registry import owners

RELEASE_DAYS, SEND_DAYS, ARRIVE_DAYS = 2, 2, 7
MOST_SHOWN = 100
CHUNK = 1000


@dataclass(frozen=True)
class Gap:
    """One exception: its kind, what it is about, how many cents, and the page (view name and key) where it is mended."""

    kind: str
    about: str
    cents: int
    view: str
    key: str | int = ""


@dataclass(frozen=True)
class Proof:
    """All exceptions by kind: how many, and the first of each."""

    counts: dict[str, int]
    gaps: list[Gap]


def prove() -> Proof:
    """Look for every kind of exception; without any, all money is accounted for."""
    counts: dict[str, int] = {}
    shown: list[Gap] = []
    for gap in chain(waiting_entries(), loose_receipts(), refunds(), surpluses(), ownerless(), attempts(), books()):
        counts[gap.kind] = counts.get(gap.kind, 0) + 1
        if counts[gap.kind] <= MOST_SHOWN:
            shown.append(gap)
    return Proof(counts, shown)


def keep_proof() -> BankProof:
    """Prove and keep the result, for the night and for the page."""
    found = prove()
    return BankProof.objects.create(exceptions=found.counts, gaps=[list(astuple(gap)) for gap in found.gaps], at=clock.now())


def last_proof() -> BankProof | None:
    """The latest kept result."""
    return BankProof.objects.order_by("-at", "-pk").first()


def gaps_of(proof: BankProof) -> list[Gap]:
    """What a kept proof has named."""
    return [Gap(*values) for values in proof.gaps]


def waiting_entries() -> Iterator[Gap]:
    """Movements on the bank account that are not settled."""
    for entry in BankEntry.objects.exclude(state=EntryState.MATCHED).order_by("value_date", "pk").iterator():
        kind = {EntryState.HELD: "held", EntryState.NEW: "new"}.get(EntryState(entry.state), "credit" if entry.cents > 0 else "debit")
        yield Gap(kind, entry.name or entry.purpose[:60], entry.cents, "finance:entry", entry.pk)


def loose_receipts() -> Iterator[Gap]:
    """Unclear receipts that came otherwise than by a bank file."""
    left = queries.unclear_receipts()
    by_bank = set(BankEntry.objects.filter(posting__in=list(left)).values_list("posting_id", flat=True))
    for number, cents in left.items():
        if number not in by_bank:
            yield Gap("loose", str(number), cents, "finance:ledger")


def refunds() -> Iterator[Gap]:
    """Refunds that nobody moved on in time."""
    today = clock.today()
    limits = {RefundState.REQUESTED: RELEASE_DAYS, RefundState.RELEASED: SEND_DAYS, RefundState.SENT: ARRIVE_DAYS}
    for refund in Refund.objects.filter(state__in=limits).select_related("order").order_by("requested_at", "pk").iterator():
        since = refund.sent_at or refund.released_at or refund.requested_at
        days = limits[RefundState(refund.state)]
        if since.astimezone(clock.BERLIN).date() + timedelta(days=days) <= today:
            yield Gap(f"refund_{refund.state}", refund.order.reference, refund.cents, "finance:refund", str(refund.pk))


def surpluses() -> Iterator[Gap]:
    """Orders that were paid too much, or ended after they were paid, and no refund was asked for the rest."""
    for orders in in_chunks(queries.owing_orders().iterator()):
        found = queries.standings(orders)
        for order in orders:
            if found[order.pk].surplus:
                yield Gap("surplus", order.reference, found[order.pk].surplus, "finance:order", order.reference)


def in_chunks(orders: Iterator[Order]) -> Iterator[list[Order]]:
    """The orders in lists of at most a thousand."""
    while chunk := list(islice(orders, CHUNK)):
        yield chunk


def ownerless() -> Iterator[Gap]:
    """Orders with money that belong to no room any more."""
    for order in (
        Order.objects.filter(received_cents__gt=0)
        .exclude(owner_kind__in=[kind for kind, _owner in owners.items()])
        .order_by("pk")
        .iterator()
    ):
        yield Gap("ownerless", order.reference, order.received_cents, "finance:order", order.reference)


def attempts() -> Iterator[Gap]:
    """Attempts to pay that have not ended for a day."""
    old = Payment.objects.unfinished().filter(started_at__lt=clock.now() - timedelta(days=1))
    for payment in old.select_related("order").order_by("started_at", "pk").iterator():
        yield Gap("attempt", payment.order.reference, payment.cents, "finance:order", payment.order.reference)


def books() -> Iterator[Gap]:
    """Whether the books hold: orders as the ledger says, sides equal, and the bank's balances continued."""
    for reference in queries.wrong_orders():
        yield Gap("order_differs", reference, 0, "finance:order", reference)
    rest = sum(queries.balances().values())
    if rest:
        yield Gap("sides_differ", "", rest, "finance:ledger")
    yield from bank_gap()


def bank_gap() -> Iterator[Gap]:
    """Whether first opening balance plus all movements of statements give the last closing balance, for each account."""
    first: dict[str, tuple[str, int]] = {}
    last: dict[str, tuple[str, int, str]] = {}
    for head, name in statements():
        account, opened, closed = head["account"], head["opening_day"] or "", head["closing_day"] or ""
        if head["opening"] is not None and (account not in first or opened < first[account][0]):
            first[account] = (opened, cents_of(Decimal(head["opening"])))
        if head["closing"] is not None and (account not in last or closed >= last[account][0]):
            last[account] = (closed, cents_of(Decimal(head["closing"])), name)
    for account in sorted(first.keys() & last.keys()):
        told = BankEntry.objects.filter(account=account, in_statement=True).aggregate(sum=Sum("cents"))["sum"] or 0
        missing = last[account][1] - first[account][1] - int(told)
        if missing:
            yield Gap("bank_differs", last[account][2], missing, "finance:files")


def statements() -> Iterator[tuple[dict[str, Any], str]]:
    """The heads of all statements with balances that were taken in, with the file's name, in the order in which they came."""
    files = BankFile.objects.filter(state=FileState.READ).order_by("at", "pk").iterator()
    for file in islice(files, 10_000):
        for head in file.statements:
            if head["kind"] == "053":
                yield head, file.name
