"""Steps that several actions are made of; the caller holds the transaction and has checked the permission."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import notices, queries
from direktdraht.payments.errors import ReasonMissing, SourceTaken, WrongAmount
from direktdraht.payments.ledger import RECEIVABLES, Line, Source, credit, debit, post
from direktdraht.payments.models import Order, OrderEvent, Posting, PostingKind
from direktdraht.payments.registry import owners
from direktdraht.payments.standing import Standing
from direktdraht.people.models import Account

LONGEST_REASON = 300
# What settling an order may change of it; ``closed`` is set by the step before.
KEPT = ["closed", "state", "open_cents", "owed_cents", "received_cents", "settled_at"]


@contextmanager
def locked(order: Order) -> Iterator[Order]:
    """Open a transaction and hold the order's row, read anew, until it ends."""
    with transaction.atomic():
        yield Order.objects.select_for_update().get(pk=order.pk)


def standing_of(order: Order) -> Standing:
    """How a held order stands by its ledger entries."""
    return replace(queries.sums_of(order), closed=order.closed)


def settle(order: Order) -> Standing:
    """Bring the kept state of a held order to what the ledger says, and tell owner and payer what that changed."""
    now = standing_of(order)
    was_settled = order.settled_at is not None
    order.state = now.state
    order.open_cents, order.owed_cents, order.received_cents = now.open, now.owed, now.received
    if now.is_settled and not was_settled:
        order.settled_at = clock.now()
    if not now.is_settled:
        order.settled_at = None
    order.save(update_fields=KEPT)
    if now.is_settled and not was_settled:
        notices.tell_paid(order)
    if order.owner_kind in owners:
        owner = owners.get(order.owner_kind)
        if now.is_settled and not was_settled:
            owner.paid(order)
        elif was_settled and now.open > 0:
            owner.unpaid(order)
    return now


def note(order: Order, kind: str, *, cents: int = 0, reason: str = "", by: Account | None = None, posting: Posting | None = None) -> None:
    """Keep what happened: an event of the order and a row of the journal ``order.<kind>``, which holds no text."""
    OrderEvent.objects.create(
        order=order,
        kind=kind,
        cents=cents,
        reason=reason[:LONGEST_REASON],
        by=by,
        posting_id=posting.pk if posting else None,
        at=clock.now(),
    )
    facts: dict[str, journal.Fact] = {"reference": order.reference, "cents": cents, "posting": posting.pk if posting else None}
    journal.record(f"order.{kind}", subject=f"order:{order.pk}", facts=facts, by=str(by.pk) if by else "")


def needed(reason: str) -> str:
    """A reason without surrounding space. Raises ReasonMissing."""
    clean = "".join(sign for sign in reason if sign.isprintable() or sign.isspace()).strip()
    if not clean:
        raise ReasonMissing
    return clean[:LONGEST_REASON]


def within(cents: int, most: int) -> int:
    """The amount, if it lies between one cent and ``most``. Raises WrongAmount."""
    if not 0 < cents <= most:
        raise WrongAmount
    return cents


def booked_before(source: Source, *, kind: PostingKind, order: Order | None, account: str, cents: int) -> Posting | None:
    """The posting that this source made already, or nothing.

    Raises SourceTaken when that one was of another kind, order, account or amount.
    """
    if not source.name:
        return None
    found = Posting.objects.filter(source=source.name, source_id=source.id).first()
    if found is None:
        return None
    same = any(line.account_id == account and line.cents == cents for line in found.lines.all())
    if found.kind != kind or found.order_id != (order.pk if order else None) or not same:
        raise SourceTaken
    return found


def less_revenue(order: Order, cents: int, kind: PostingKind, *, reason: str, by: Account | None) -> Posting:
    """Take back so many cents of what was charged, from the last line of the order to its first."""
    taken: list[Line] = []
    left = cents
    for (account, cost_centre), there in reversed(queries.revenue_of(order).items()):
        part = min(left, there)
        if part > 0:
            taken.append(debit(account, part, cost_centre))
            left -= part
    return post(kind, [*taken, credit(RECEIVABLES, cents)], order=order, reason=reason, by=by)


def more_revenue(order: Order, cents: int, kind: PostingKind, *, reason: str, by: Account | None) -> Posting:
    """Charge again so many cents of what was taken back, from the first line of the order to its last."""
    there = queries.revenue_of(order)
    again: list[Line] = []
    left = cents
    for line in charged_lines(order):
        part = min(left, line.cents - there[line.account, line.cost_centre])
        if part > 0:
            again.append(credit(line.account, part, line.cost_centre))
            left -= part
    return post(kind, [debit(RECEIVABLES, cents), *again], order=order, reason=reason, by=by)


def charged_lines(order: Order) -> list[Line]:
    """The revenue that an order's lines stand for, one line for each account and cost centre."""
    sums: Counter[tuple[str, str]] = Counter()
    for line in order.lines.order_by("position"):
        sums[f"revenue:{line.revenue_account}", line.cost_centre] += line.cents
    return [credit(account, cents, cost_centre) for (account, cost_centre), cents in sums.items()]
