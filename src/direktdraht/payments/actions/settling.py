"""What a movement on the bank account was for: found by rule, or said by a person of the finance desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.payments import bank_queries, queries
from direktdraht.payments import setup as settings
from direktdraht.payments.access import require_keeper
from direktdraht.payments.actions.receiving import (
    assign_unclear,
    receive,
    receive_unclear,
    return_payment,
    return_unclear,
    take_back,
    transfer,
)
from direktdraht.payments.actions.refunds import refund_bounced, refund_paid
from direktdraht.payments.actions.steps import needed
from direktdraht.payments.errors import WrongOrderState
from direktdraht.payments.ledger import BANK, TRANSIT, Source
from direktdraht.payments.models import BankEntry, EntryState, Order, Posting, PostingKind, Refund
from direktdraht.payments.references import Pattern
from direktdraht.people.models import Account

SETTLED = ["state", "posting", "order", "refund", "settled_by", "settled_at"]
WAITING = frozenset({EntryState.PROPOSED, EntryState.UNCLEAR})


def source_of(entry: BankEntry, step: str = "") -> Source:
    """A movement as a source of the ledger, which is booked once; ``step`` tells later bookings of it apart."""
    return Source("bank", f"entry:{entry.pk}{step}")


@contextmanager
def held_entry(entry: BankEntry) -> Iterator[BankEntry]:
    """Open a transaction and hold the movement, read anew."""
    with transaction.atomic():
        yield BankEntry.objects.select_for_update(of=("self",)).select_related("posting").get(pk=entry.pk)


def settle_entry(entry: BankEntry, pattern: Pattern | None = None) -> BankEntry:
    """Settle a new movement by rule: the reference first; without one it is unclear, with proposals if there are any.

    Money that comes in is booked in any case, to its order or to the unclear receipts. Settling twice changes nothing.
    ``pattern`` is that of the city's references, for whoever settles many.
    """
    with held_entry(entry) as mine:
        if mine.state != EntryState.NEW:
            return mine
        if mine.cents > 0:
            settle_credit(mine, pattern)
        else:
            settle_debit(mine)
        mine.save(update_fields=SETTLED)
    return mine


def settle_credit(entry: BankEntry, pattern: Pattern | None) -> None:
    """Money that came in; the caller holds the movement and saves it."""
    if entry.reversal and came_back(entry):
        return
    orders = [] if entry.reversal else bank_queries.orders_named(entry, pattern)
    if len(orders) == 1:
        posting = receive(order=orders[0], cents=entry.cents, value_date=entry.value_date, source=source_of(entry))
        matched(entry, posting, order=orders[0])
        return
    entry.posting = receive_unclear(cents=entry.cents, value_date=entry.value_date, source=source_of(entry))
    if orders and sum(order.open_cents for order in orders) == entry.cents and all(order.open_cents for order in orders):
        for order in orders:
            assign_unclear(posting=entry.posting, order=order, by=None, cents=order.open_cents)
        matched(entry, entry.posting)
        return
    entry.state = EntryState.PROPOSED if orders or bank_queries.proposals(entry) else EntryState.UNCLEAR


def settle_debit(entry: BankEntry) -> None:
    """Money that went out: a refund, a returned payment, or something that a person has to name."""
    if entry.reversal:
        orders = bank_queries.orders_named(entry)
        if len(orders) == 1 and queries.sums_of(orders[0]).received >= -entry.cents:
            posting = return_payment(
                order=orders[0], cents=-entry.cents, value_date=entry.value_date, source=source_of(entry), reason=entry.returned
            )
            matched(entry, posting, order=orders[0])
            return
    refunds = bank_queries.refunds_fitting(entry)
    if len(refunds) == 1:
        posting = refund_paid(refund=refunds[0], value_date=entry.value_date, source=source_of(entry))
        matched(entry, posting, order=refunds[0].order, refund=refunds[0])
        return
    entry.state = EntryState.PROPOSED if refunds or bank_queries.returned_receipts(entry) else EntryState.UNCLEAR


def came_back(entry: BankEntry) -> bool:
    """Whether a credit is one refund that came back from the payee's bank, and if so book it."""
    refunds = bank_queries.refunds_bounced(entry)
    if len(refunds) != 1:
        return False
    reason = entry.returned or entry.purpose
    posting = refund_bounced(refund=refunds[0], value_date=entry.value_date, source=source_of(entry), reason=reason)
    matched(entry, posting, order=refunds[0].order, refund=refunds[0])
    return True


def matched(
    entry: BankEntry, posting: Posting | None, *, order: Order | None = None, refund: Refund | None = None, by: Account | None = None
) -> None:
    """Note on a held movement what it was; the caller saves it."""
    entry.state, entry.posting, entry.settled_by, entry.settled_at = EntryState.MATCHED, posting, by, clock.now()
    entry.order, entry.refund = order, refund


def settle_new(*, most: int) -> int:
    """Settle the oldest new movements, each in its own transaction; how many were there."""
    pks = list(BankEntry.objects.filter(state=EntryState.NEW).order_by("pk").values_list("pk", flat=True)[:most])
    pattern = settings.current().pattern
    for pk in pks:
        settle_entry(BankEntry(pk=pk), pattern)  # it is read when it is held
    return len(pks)


def settle_again(*, days: int = 400) -> int:
    """Look anew at unclear receipts whose order was made later; how many found it now."""
    since = clock.today() - timedelta(days=days)
    found = 0
    for entry in BankEntry.objects.filter(state__in=WAITING, cents__gt=0, reversal=False, value_date__gte=since).order_by("pk"):
        orders = bank_queries.orders_named(entry)
        if len(orders) == 1:
            confirm_order(entry=entry, order=orders[0])
            found += 1
        else:
            weigh_again(entry)
    return found


def weigh_again(entry: BankEntry) -> None:
    """Say anew whether a waiting movement has proposals."""
    with held_entry(entry) as mine:
        if mine.state in WAITING:
            mine.state = EntryState.PROPOSED if bank_queries.has_proposals(mine) else EntryState.UNCLEAR
            mine.save(update_fields=["state"])


def confirm_order(*, entry: BankEntry, order: Order, by: Account | None = None, cents: int | None = None) -> BankEntry:
    """Say which order a movement is for: money that came in, or a payment that went back.

    ``cents`` is a part of an incoming movement; the rest waits on. Confirming the same twice changes nothing.
    Raises NotAllowed, WrongAmount, WrongOrderState.
    """
    if by is not None:
        require_keeper(by)
    with held_entry(entry) as mine:
        if mine.state == EntryState.MATCHED and mine.order_id == order.pk:
            return mine
        ensure_waiting(mine)
        if mine.cents < 0:
            posting = return_payment(
                order=order, cents=-mine.cents, value_date=mine.value_date, source=source_of(mine), reason=mine.returned, by=by
            )
            matched(mine, posting, order=order, by=by)
        else:
            held = holding(mine)
            assign_unclear(posting=held, order=order, by=by, cents=cents)
            if queries.left_unclear(held) == 0:
                matched(mine, held, order=order, by=by)
        mine.save()
    return mine


def confirm_refund(*, entry: BankEntry, refund: Refund, by: Account) -> BankEntry:
    """Say which refund a debit was. Confirming twice changes nothing. Raises NotAllowed, WrongAmount, WrongOrderState."""
    require_keeper(by)
    with held_entry(entry) as mine:
        if mine.state == EntryState.MATCHED and mine.refund_id == refund.pk:
            return mine
        ensure_waiting(mine)
        if refund.cents != -mine.cents:
            raise WrongOrderState
        posting = refund_paid(refund=refund, value_date=mine.value_date, source=source_of(mine), by=by)
        matched(mine, posting, order=refund.order, refund=refund, by=by)
        mine.save()
    return mine


def confirm_sent_back(*, entry: BankEntry, receipt: BankEntry, reason: str, by: Account) -> BankEntry:
    """Say that a debit sent an unclear receipt back to its payer. Raises NotAllowed, ReasonMissing, WrongAmount, WrongOrderState."""
    require_keeper(by)
    with transaction.atomic(), held_entry(entry) as mine:
        if mine.state == EntryState.MATCHED:
            return mine
        ensure_waiting(mine)
        theirs = BankEntry.objects.select_for_update(of=("self",)).select_related("posting").get(pk=receipt.pk)
        if mine.cents >= 0 or theirs.cents <= 0:
            raise WrongOrderState
        ensure_waiting(theirs)
        held = holding(theirs)
        posting = return_unclear(posting=held, value_date=mine.value_date, source=source_of(mine), reason=reason, by=by, cents=-mine.cents)
        matched(mine, posting, by=by)
        mine.save()
        if queries.left_unclear(held) == 0:
            matched(theirs, held, by=by)
            theirs.save()
    return mine


def book_elsewhere(*, entry: BankEntry, reason: str, by: Account) -> BankEntry:
    """Say that a movement has nothing to do with orders: it goes to the money in transit, for the city's accounting.

    Raises NotAllowed, ReasonMissing, WrongOrderState.
    """
    require_keeper(by)
    why = needed(reason)
    with held_entry(entry) as mine:
        if mine.state == EntryState.MATCHED:
            return mine
        ensure_waiting(mine)
        if mine.cents < 0:
            posting = transfer(
                cents=-mine.cents,
                from_account=BANK,
                to_account=TRANSIT,
                value_date=mine.value_date,
                source=source_of(mine),
                reason=why,
                by=by,
            )
            matched(mine, posting, by=by)
        else:
            held = holding(mine)
            return_unclear(posting=held, value_date=mine.value_date, source=source_of(mine, ":transit"), reason=why, by=by, account=TRANSIT)
            matched(mine, held, by=by)
        mine.save()
    return mine


def undo_match(*, entry: BankEntry, reason: str, by: Account) -> BankEntry:
    """Take back that an incoming movement was for an order: the money is unclear again, and the order open.

    Raises NotAllowed, ReasonMissing, WrongOrderState (it was something else, or goes back to the payer already).
    """
    require_keeper(by)
    why = needed(reason)
    with held_entry(entry) as mine:
        if mine.state != EntryState.MATCHED or mine.cents < 0 or mine.refund_id or mine.posting is None:
            raise WrongOrderState
        postings = taken_by_orders(mine.posting)
        if not postings:
            raise WrongOrderState
        for posting in postings:
            made = take_back(posting=posting, reason=why, by=by)
            if posting.kind == PostingKind.RECEIPT:
                mine.posting = made
        mine.state, mine.order, mine.settled_by, mine.settled_at = EntryState.UNCLEAR, None, by, clock.now()
        mine.save()
    weigh_again(mine)
    return BankEntry.objects.get(pk=mine.pk)


def taken_by_orders(posting: Posting) -> list[Posting]:
    """The postings that gave a movement's money to orders and were not taken back."""
    if posting.kind == PostingKind.RECEIPT:
        return [posting]
    back = set(Posting.objects.filter(source="take_back", settles=posting).values_list("source_id", flat=True))
    given = Posting.objects.filter(settles=posting, kind=PostingKind.ASSIGNMENT).select_related("order").order_by("pk")
    return [one for one in given if str(one.pk) not in back]


def ensure_waiting(entry: BankEntry) -> None:
    """Raise WrongOrderState unless the movement waits for a person."""
    if entry.state not in WAITING:
        raise WrongOrderState


def holding(entry: BankEntry) -> Posting:
    """The posting that holds an incoming movement's money. Raises WrongOrderState without one."""
    if entry.posting is None:
        raise WrongOrderState
    return entry.posting
