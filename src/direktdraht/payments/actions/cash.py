"""Cash at a counter: a drawer is opened, takes and gives, hands over, is counted; the difference is booked."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import queries
from direktdraht.payments.access import require_keeper
from direktdraht.payments.actions.receiving import receive, transfer
from direktdraht.payments.actions.refunds import CASH, refund_paid
from direktdraht.payments.actions.steps import within
from direktdraht.payments.errors import DrawerBusy, ReasonMissing, WrongAmount, WrongOrderState
from direktdraht.payments.ledger import DIFFERENCES, TRANSIT, Source, credit, debit, post
from direktdraht.payments.models import CashDrawer, CashSession, Order, Posting, PostingKind, Refund
from direktdraht.people.models import Account

MOST_IN_DRAWER = 1_000_000_00


@contextmanager
def held_session(session: CashSession) -> Iterator[CashSession]:
    """Open a transaction and hold an open session. Raises DrawerBusy when it is closed already."""
    with transaction.atomic():
        mine = CashSession.objects.select_for_update(of=("self",)).select_related("drawer").get(pk=session.pk)
        if mine.closed_at is not None:
            raise DrawerBusy
        yield mine


@contextmanager
def held_drawer(drawer: CashDrawer) -> Iterator[CashDrawer]:
    """Open a transaction and hold a drawer, read anew: nobody takes it over or retires it meanwhile."""
    with transaction.atomic():
        yield CashDrawer.objects.select_for_update(of=("self",)).get(pk=drawer.pk)


def account_of(drawer: CashDrawer) -> str:
    """The ledger account of a drawer."""
    return f"cash:{drawer.key}"


def open_drawer(*, drawer: CashDrawer, float_cents: int, by: Account) -> CashSession:
    """Take over a drawer with what was counted in it (Wechselgeld); a difference to the books is booked at once.

    Money that the books do not know comes from the city's own transit account only when there never was any.
    Raises NotAllowed, WrongAmount, DrawerBusy (also for one that was retired). Journal: ``cash.opened``.
    """
    require_keeper(by)
    if not 0 <= float_cents <= MOST_IN_DRAWER:
        raise WrongAmount
    try:
        with held_drawer(drawer) as mine:
            if not mine.is_active:
                raise DrawerBusy
            session = CashSession.objects.create(drawer=mine, opened_by=by, float_cents=float_cents, opened_at=clock.now())
            known = queries.balance(account_of(drawer))
            if known == 0 and float_cents:
                lines = [debit(account_of(drawer), float_cents), credit(TRANSIT, float_cents)]
                post(PostingKind.CASH_FLOAT, lines, reason=drawer.name, by=by, source=Source("cash_float", str(session.pk)))
            else:
                book_difference(session, float_cents - known, by)
            record(session, "cash.opened", float_cents, by)
    except IntegrityError as error:
        raise DrawerBusy from error
    return session


def book_difference(session: CashSession, cents: int, by: Account) -> None:
    """Book what was counted more (positive) or less than the ledger says."""
    drawer = account_of(session.drawer)
    if cents == 0:
        return
    lines = [debit(drawer, cents), credit(DIFFERENCES, cents)] if cents > 0 else [debit(DIFFERENCES, -cents), credit(drawer, -cents)]
    post(PostingKind.CASH_DIFFERENCE, lines, reason=session.drawer.name, by=by)


def take_cash(*, session: CashSession, order: Order, cents: int, token: UUID, by: Account) -> Posting:
    """Take cash for an order, at most what is open; a double click takes it once. Change is the clerk's own arithmetic.

    Raises NotAllowed, DrawerBusy, WrongAmount. Journal: ``order.receipt``.
    """
    require_keeper(by)
    source = Source("cash", str(token))
    with held_session(session) as mine:
        before = Posting.objects.filter(source=source.name, source_id=source.id).first()
        if before is not None:
            return before
        fresh = Order.objects.select_for_update().get(pk=order.pk)
        within(cents, fresh.open_cents)
        return receive(order=fresh, cents=cents, value_date=clock.today(), source=source, account=account_of(mine.drawer), by=by)


def give_cash(*, session: CashSession, refund: Refund, by: Account) -> Posting:
    """Pay a released refund in cash; a double click pays it once. Raises NotAllowed, DrawerBusy, WrongAmount, WrongOrderState."""
    require_keeper(by)
    with held_session(session) as mine:
        if refund.way != CASH:
            raise WrongOrderState
        source = Source("cash_refund", str(refund.pk))
        if not Posting.objects.filter(source=source.name, source_id=source.id).exists():
            within(refund.cents, queries.balance(account_of(mine.drawer)))
        return refund_paid(refund=refund, value_date=clock.today(), source=source, account=account_of(mine.drawer), by=by)


def hand_over(*, session: CashSession, cents: int, token: UUID, by: Account) -> Posting:
    """Bring cash to the bank (Abführung): it is in transit until the bank's entry comes. A double click does it once.

    Raises NotAllowed, DrawerBusy, WrongAmount. Journal: ``ledger.transfer``.
    """
    require_keeper(by)
    with held_session(session) as mine:
        source = Source("cash_pickup", str(token))
        if not Posting.objects.filter(source=source.name, source_id=source.id).exists():
            within(cents, queries.balance(account_of(mine.drawer)))
        return transfer(
            cents=cents,
            from_account=account_of(mine.drawer),
            to_account=TRANSIT,
            value_date=clock.today(),
            source=source,
            reason=mine.drawer.name,
            by=by,
        )


def close_drawer(*, session: CashSession, counted_cents: int, note: str, by: Account) -> CashSession:
    """Count a drawer and give it up (Kassensturz); the difference to the ledger is booked and kept.

    A difference needs a note. Raises NotAllowed, DrawerBusy, ReasonMissing, WrongAmount. Journal: ``cash.closed``.
    """
    require_keeper(by)
    if not 0 <= counted_cents <= MOST_IN_DRAWER:
        raise WrongAmount
    with held_session(session) as mine:
        mine.expected_cents = queries.balance(account_of(mine.drawer))
        mine.counted_cents, mine.note = counted_cents, note.strip()[:300]
        if mine.expected_cents != counted_cents and not mine.note:
            raise ReasonMissing
        mine.closed_by, mine.closed_at = by, clock.now()
        mine.save()
        book_difference(mine, counted_cents - mine.expected_cents, by)
        record(mine, "cash.closed", counted_cents, by)
    return mine


def record(session: CashSession, kind: str, cents: int, by: Account) -> None:
    """Write the journal's row of a drawer."""
    facts: dict[str, journal.Fact] = {"session": str(session.pk), "cents": cents, "expected": session.expected_cents}
    journal.record(kind, subject=f"drawer:{session.drawer_id}", facts=facts, by=str(by.pk))
