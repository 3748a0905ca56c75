"""Orders: made, changed, ended. Every change is a posting, an event with reason and person, and a journal row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from direktdraht.foundation import clock, codes
from direktdraht.foundation.faults import fault
from direktdraht.payments import notices
from direktdraht.payments import setup as settings
from direktdraht.payments.access import require_keeper, require_manager
from direktdraht.payments.actions.steps import charged_lines, less_revenue, locked, more_revenue, needed, note, settle, standing_of, within
from direktdraht.payments.errors import WrongOrder, WrongOrderState
from direktdraht.payments.ledger import RECEIVABLES, WAIVERS, credit, debit, post
from direktdraht.payments.models import Law, Order, OrderLine, PostingKind
from direktdraht.payments.registry import owners
from direktdraht.payments.standing import CANCELLED, EXPIRED
from direktdraht.people.models import Account

MOST_CENTS = 100_000_000_00
MOST_LINES = 100
# Whoever has to pay sooner than this is on the way to the provider already.
AT_ONCE = timedelta(hours=24)


@dataclass(frozen=True)
class Payer:
    """Who pays: how they are called, where notices go, their account if they have one, their language."""

    name: str = ""
    email: str = ""
    account: Account | None = None
    language: str = "de"


@dataclass(frozen=True)
class WantedLine:
    """One thing to be paid. ``revenue_account`` and ``cost_centre`` are numbers of the city's accounting."""

    text: str
    cents: int
    revenue_account: str
    cost_centre: str = ""
    law: Law = Law.PUBLIC


def create_order(
    *,
    owner_kind: str,
    owner_id: str,
    title: str,
    payer: Payer,
    lines: Sequence[WantedLine],
    due_on: date | None = None,
    expires_at: datetime | None = None,
    ways: Sequence[str] = (),
    key: str = "",
) -> Order:
    """Make an order, owed at once; call it in the transaction that makes the thing it is for.

    ``due_on`` is by default so many days ahead as the city has set. ``expires_at`` lets an unpaid order end;
    ``ways`` names the providers that may be used (none: all); ``key`` is a secret that opens the order's page.
    Notice: that it is to be paid, unless it ends within a day. Raises WrongOrder. Journal: ``order.charge``.
    """
    total = sum(line.cents for line in lines)
    if not lines or len(lines) > MOST_LINES or min(line.cents for line in lines) <= 0 or total > MOST_CENTS:
        raise WrongOrder("An order has 1 to 100 lines of at least one cent each, and at most 100 million euros.")
    if owner_kind not in owners:
        raise WrongOrder(f"Nobody owns orders of the kind {owner_kind!r}.")
    city = settings.current()
    with transaction.atomic():
        order = Order.objects.create(
            reference=city.pattern.write(clock.today().year, next_counter()),
            owner_kind=owner_kind,
            owner_id=owner_id,
            title=title[:200],
            payer_name=payer.name[:200],
            payer_email=payer.email,
            account=payer.account,
            key_digest=codes.key_digest(key) if key else "",
            language=payer.language,
            total_cents=total,
            open_cents=total,
            ways=list(ways),
            created_at=clock.now(),
            due_on=due_on or clock.today() + timedelta(days=city.due_days),
            expires_at=expires_at,
        )
        OrderLine.objects.bulk_create(
            OrderLine(
                order=order,
                position=position,
                text=line.text[:200],
                cents=line.cents,
                revenue_account=line.revenue_account,
                cost_centre=line.cost_centre,
                law=line.law,
            )
            for position, line in enumerate(lines)
        )
        posting = post(PostingKind.CHARGE, [debit(RECEIVABLES, total), *charged_lines(order)], order=order)
        note(order, "charge", cents=total, posting=posting)
        if expires_at is None or expires_at - clock.now() > AT_ONCE:
            notices.tell_ordered(order)
        fault("order.before_commit")
    return order


def next_counter() -> int:
    """Draw the next running number of references; a rolled back transaction leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('payments_reference')")
        return int(cursor.fetchone()[0])


def cancel_order(*, order: Order, reason: str, by: Account | None = None) -> Order:
    """Cancel an order (Storno): nothing is owed any more, and what was paid is owed to the payer.

    Cancelling twice changes nothing. The refund is requested apart. Raises NotAllowed, ReasonMissing,
    WrongOrderState. Journal: ``order.cancellation``.
    """
    with locked(order) as held:
        require_manager(by, held)
        why = needed(reason)
        if held.closed == CANCELLED:
            return held
        if held.closed:
            raise WrongOrderState
        end(held, PostingKind.CANCELLATION, CANCELLED, reason=why, by=by)
        if held.owner_kind in owners:
            owners.get(held.owner_kind).cancelled(held)
    return held


def expire_order(*, order: Order) -> bool:
    """End an unpaid order whose time is over; False when it is paid, ended, or not over yet.

    An order that can be paid by transfer waits some days more for bank files. Journal: ``order.expiry``.
    """
    with locked(order) as held:
        over = held.expires_at is not None and clock.now() >= held.expires_at + grace(held)
        if not over or held.closed or standing_of(held).open == 0:
            return False
        if held.payments.unfinished().exists():
            return False  # money may be on its way; the attempt ends first
        end(held, PostingKind.EXPIRY, EXPIRED, reason="", by=None)
        if held.owner_kind in owners:
            owners.get(held.owner_kind).expired(held)
    return True


def grace(order: Order) -> timedelta:
    """How long bank files are waited for after the expiry of an order."""
    by_transfer = not order.ways or "transfer" in order.ways
    return timedelta(days=settings.current().grace_days if by_transfer else 0)


def end(order: Order, kind: PostingKind, closed: str, *, reason: str, by: Account | None) -> None:
    """Take back all that was charged and not waived, and close the order; the caller holds it."""
    before = standing_of(order)
    cents = before.charged - before.waived
    posting = less_revenue(order, cents, kind, reason=reason, by=by) if cents else None
    order.closed = closed
    note(order, kind.value, cents=cents, reason=reason, by=by, posting=posting)
    settle(order)


def reduce_order(*, order: Order, cents: int, reason: str, by: Account | None = None) -> Order:
    """Ask for less (Minderung); what was paid beyond it is owed to the payer.

    Raises NotAllowed, ReasonMissing, WrongAmount, WrongOrderState. Journal: ``order.reduction``.
    """
    with locked(order) as held:
        require_manager(by, held)
        why = needed(reason)
        before = standing_of(held)
        if held.closed:
            raise WrongOrderState
        within(cents, before.charged - before.waived)
        posting = less_revenue(held, cents, PostingKind.REDUCTION, reason=why, by=by)
        note(held, "reduction", cents=cents, reason=why, by=by, posting=posting)
        settle(held)
    return held


def reinstate_order(*, order: Order, cents: int, reason: str, by: Account | None = None) -> Order:
    """Ask again for what a reduction took away (Rücknahme der Minderung), because its reason is gone.

    Raises NotAllowed, ReasonMissing, WrongAmount, WrongOrderState. Journal: ``order.reinstatement``.
    """
    with locked(order) as held:
        require_manager(by, held)
        why = needed(reason)
        if held.closed:
            raise WrongOrderState
        within(cents, held.total_cents - standing_of(held).charged)
        posting = more_revenue(held, cents, PostingKind.REINSTATEMENT, reason=why, by=by)
        note(held, "reinstatement", cents=cents, reason=why, by=by, posting=posting)
        settle(held)
    return held


def waive_order(*, order: Order, reason: str, by: Account, cents: int | None = None) -> Order:
    """Give up what is still open, or a part of it (Erlass, § 227 AO and the like).

    Raises NotAllowed, ReasonMissing, WrongAmount. Journal: ``order.waiver``.
    """
    require_keeper(by)
    with locked(order) as held:
        why = needed(reason)
        still_open = standing_of(held).open
        amount = within(still_open if cents is None else cents, still_open)
        posting = post(PostingKind.WAIVER, [debit(WAIVERS, amount), credit(RECEIVABLES, amount)], order=held, reason=why, by=by)
        note(held, "waiver", cents=amount, reason=why, by=by, posting=posting)
        settle(held)
    return held


def extend_order(*, order: Order, due_on: date, reason: str, expires_at: datetime | None = None, by: Account | None = None) -> Order:
    """Give more time (Stundung): a later day, and a later or no end.

    Raises NotAllowed, ReasonMissing, WrongOrderState. Journal: ``order.due_changed``.
    """
    with locked(order) as held:
        require_manager(by, held)
        why = needed(reason)
        if held.closed or due_on < held.due_on:
            raise WrongOrderState
        held.due_on, held.expires_at = due_on, expires_at
        held.save(update_fields=["due_on", "expires_at"])
        note(held, "due_changed", reason=why, by=by)
    return held
