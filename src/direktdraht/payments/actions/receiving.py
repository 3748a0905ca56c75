"""Money that comes in, and money that goes back to where it came from. Each source is booked once."""

from datetime import date

from django.db import IntegrityError, transaction

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import queries
from direktdraht.payments.access import require_keeper
from direktdraht.payments.actions.steps import booked_before, locked, needed, note, settle, standing_of, within
from direktdraht.payments.errors import SourceTaken, WrongAmount, WrongOrderState
from direktdraht.payments.ledger import BANK, RECEIVABLES, UNCLEAR, Source, credit, debit, post
from direktdraht.payments.models import Order, Posting, PostingKind, Side
from direktdraht.payments.registry import owners
from direktdraht.payments.standing import EXPIRED
from direktdraht.people.models import Account

TAKEN_BACK = "take_back"
CAN_BE_TAKEN_BACK = frozenset({PostingKind.RECEIPT, PostingKind.ASSIGNMENT})


def receive(
    *,
    order: Order,
    cents: int,
    value_date: date,
    source: Source,
    account: str = BANK,
    reason: str = "",
    by: Account | None = None,
) -> Posting:
    """Book money for an order; any amount is taken, too little and too much, also after the order ended.

    ``account`` is where the money is now (``bank``, ``clearing:<provider>``, ``cash:<drawer>``). Booking one
    ``source`` twice gives the first posting. Money in time by its ``value_date`` revives an expired order if its
    owner agrees. Raises WrongAmount, SourceTaken. Journal: ``order.receipt``.
    """
    within(cents, cents)
    try:
        with locked(order) as held:
            before = booked_before(source, kind=PostingKind.RECEIPT, order=held, account=account, cents=cents)
            if before is not None:
                return before
            revive_if_in_time(held, cents, value_date)
            lines = [debit(account, cents), credit(RECEIVABLES, cents)]
            posting = post(PostingKind.RECEIPT, lines, order=held, value_date=value_date, source=source, reason=reason, by=by)
            fault("payment.receipt_posted")
            note(held, "receipt", cents=cents, reason=reason, by=by, posting=posting)
            settle(held)
            fault("payment.before_commit")
    except IntegrityError as error:
        raise SourceTaken from error  # another order took this source at the same moment
    return posting


def revive_if_in_time(order: Order, cents: int, value_date: date) -> None:
    """Take up an expired order again when the whole amount came in time and its owner agrees; the caller holds it."""
    if order.closed != EXPIRED or order.expires_at is None:
        return
    expiry = order.postings.filter(kind=PostingKind.EXPIRY).order_by("-pk").first()
    in_time = value_date <= order.expires_at.astimezone(clock.BERLIN).date()
    if expiry is None or not in_time or order.owner_kind not in owners:
        return
    lines = [
        credit(line.account_id, line.cents, line.cost_centre)
        if line.side == Side.DEBIT
        else debit(line.account_id, line.cents, line.cost_centre)
        for line in expiry.lines.order_by("pk")
    ]
    again = sum(line.cents for line in lines if line.side == Side.DEBIT)
    if standing_of(order).surplus + cents < again or not owners.get(order.owner_kind).revives(order):
        return
    posting = post(PostingKind.REVIVAL, lines, order=order)
    order.closed = ""
    note(order, "revival", cents=again, posting=posting)


def return_payment(
    *, order: Order, cents: int, value_date: date, source: Source, account: str = BANK, reason: str = "", by: Account | None = None
) -> Posting:
    """Book that a payment went back to the payer's bank (Rückläufer, Rücklastschrift): it is owed again.

    Idempotent by ``source``. Raises WrongAmount, SourceTaken. Journal: ``order.return``.
    """
    with locked(order) as held:
        before = booked_before(source, kind=PostingKind.RETURN, order=held, account=account, cents=cents)
        if before is not None:
            return before
        within(cents, standing_of(held).received)
        lines = [debit(RECEIVABLES, cents), credit(account, cents)]
        posting = post(PostingKind.RETURN, lines, order=held, value_date=value_date, source=source, reason=reason, by=by)
        note(held, "return", cents=cents, reason=reason, by=by, posting=posting)
        settle(held)
    return posting


def receive_unclear(*, cents: int, value_date: date, source: Source, account: str = BANK, reason: str = "") -> Posting:
    """Book money of which nobody knows what it is for (Verwahrung). The posting holds it until it is assigned.

    Idempotent by ``source``. Raises WrongAmount, SourceTaken. Journal: ``ledger.unclear``.
    """
    within(cents, cents)
    try:
        with transaction.atomic():
            before = booked_before(source, kind=PostingKind.UNCLEAR, order=None, account=account, cents=cents)
            if before is not None:
                return before
            lines = [debit(account, cents), credit(UNCLEAR, cents)]
            posting = post(PostingKind.UNCLEAR, lines, value_date=value_date, source=source, reason=reason)
            journal.record("ledger.unclear", subject=f"posting:{posting.pk}", facts={"cents": cents})
    except IntegrityError as error:
        raise SourceTaken from error
    return posting


def hold_unclear(posting: Posting, cents: int | None) -> int:
    """Hold an unclear receipt until the transaction ends; how much of it is meant. Raises WrongAmount."""
    Posting.objects.select_for_update().get(pk=posting.pk)
    left = queries.left_unclear(posting)
    return within(left if cents is None else cents, left)


def assign_unclear(*, posting: Posting, order: Order, by: Account | None, cents: int | None = None, reason: str = "") -> Posting:
    """Book an unclear receipt, or a part of it, to its order; the value date is that of the receipt.

    ``by`` is empty when a rule found the order. Raises NotAllowed, WrongAmount. Journal: ``order.assignment``.
    """
    if by is not None:
        require_keeper(by)
    with locked(order) as held:
        amount = hold_unclear(posting, cents)
        revive_if_in_time(held, amount, posting.value_date)
        lines = [debit(UNCLEAR, amount), credit(RECEIVABLES, amount)]
        made = post(PostingKind.ASSIGNMENT, lines, order=held, settles=posting, value_date=posting.value_date, reason=reason, by=by)
        note(held, "assignment", cents=amount, reason=reason, by=by, posting=made)
        settle(held)
    return made


def take_back(*, posting: Posting, reason: str, by: Account) -> Posting:
    """Take back a receipt or assignment that was booked to the wrong order: it is unclear again, and what it was owed.

    Doing it twice gives the first. The new posting holds the money, or the unclear receipt does again.
    Raises NotAllowed, ReasonMissing, WrongOrderState. Journal: ``order.take_back``.
    """
    require_keeper(by)
    if posting.kind not in CAN_BE_TAKEN_BACK or posting.order is None:
        raise WrongOrderState
    why = needed(reason)
    source = Source(TAKEN_BACK, str(posting.pk))
    with locked(posting.order) as held:
        before = Posting.objects.filter(source=source.name, source_id=source.id).first()
        if before is not None:
            return before
        cents = posting.lines.get(account_id=RECEIVABLES).cents
        if standing_of(held).received - standing_of(held).asked_back < cents:
            raise WrongOrderState  # it goes back to the payer already
        made = post(
            PostingKind.TAKE_BACK,
            [debit(RECEIVABLES, cents), credit(UNCLEAR, cents)],
            order=held,
            settles=posting.settles,
            value_date=posting.value_date,
            source=source,
            reason=why,
            by=by,
        )
        note(held, "take_back", cents=cents, reason=why, by=by, posting=made)
        settle(held)
    return made


def return_unclear(
    *, posting: Posting, value_date: date, source: Source, reason: str, by: Account, cents: int | None = None, account: str = BANK
) -> Posting:
    """Book that unclear money went back to its sender. Idempotent by ``source``.

    Raises NotAllowed, ReasonMissing, WrongAmount, SourceTaken. Journal: ``ledger.unclear_back``.
    """
    require_keeper(by)
    why = needed(reason)
    with transaction.atomic():
        if cents is not None:
            before = booked_before(source, kind=PostingKind.UNCLEAR_BACK, order=None, account=account, cents=cents)
            if before is not None:
                return before
        amount = hold_unclear(posting, cents)
        lines = [debit(UNCLEAR, amount), credit(account, amount)]
        made = post(PostingKind.UNCLEAR_BACK, lines, settles=posting, value_date=value_date, source=source, reason=why, by=by)
        journal.record("ledger.unclear_back", subject=f"posting:{made.pk}", facts={"cents": amount}, by=str(by.pk))
    return made


def transfer(
    *, cents: int, from_account: str, to_account: str, value_date: date, source: Source, reason: str, by: Account | None = None
) -> Posting:
    """Book that the city's own money moved between its accounts, such as a provider's payout to the bank.

    Idempotent by ``source``. Raises WrongAmount, SourceTaken. Journal: ``ledger.transfer``.
    """
    if from_account == to_account:
        raise WrongAmount
    within(cents, cents)
    with transaction.atomic():
        before = booked_before(source, kind=PostingKind.TRANSFER, order=None, account=to_account, cents=cents)
        if before is not None:
            return before
        lines = [debit(to_account, cents), credit(from_account, cents)]
        made = post(PostingKind.TRANSFER, lines, value_date=value_date, source=source, reason=reason, by=by)
        journal.record("ledger.transfer", subject=f"posting:{made.pk}", facts={"cents": cents}, by=str(by.pk) if by else "")
    return made
