"""Refunds: requested by one person, released by another (Vier-Augen-Prinzip), paid, or taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.payments import notices
from direktdraht.payments.access import require_keeper, require_manager
from direktdraht.payments.actions.steps import booked_before, less_revenue, locked, needed, note, settle, standing_of, within
from direktdraht.payments.errors import AccountMissing, PayeeChanged, SamePerson, WrongAmount, WrongOrderState
from direktdraht.payments.ledger import BANK, RECEIVABLES, REFUNDS, Source, credit, debit, post
from direktdraht.payments.models import Order, Payment, PaymentState, Posting, PostingKind, Refund, RefundState
from direktdraht.payments.queries import left_to_refund
from direktdraht.payments.registry import owners
from direktdraht.payments.setup import clean_iban
from direktdraht.people.models import Account

TRANSFER, CASH = "transfer", "cash"
ON_ITS_WAY = frozenset({RefundState.RELEASED, RefundState.SENT})
CAN_BE_WITHDRAWN = frozenset({RefundState.REQUESTED, RefundState.RELEASED})


@contextmanager
def held_refund(refund: Refund) -> Iterator[tuple[Order, Refund]]:
    """Open a transaction and hold the order and its refund, read anew."""
    with locked(refund.order) as order:
        yield order, Refund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund.pk)


def request_refund(
    *,
    order: Order,
    cents: int,
    reason: str,
    by: Account | None = None,
    payment: Payment | None = None,
    way: str = "",
    payee_name: str = "",
    payee_iban: str = "",
) -> Refund:
    """Ask for money to go back (Auszahlungsanordnung); another person releases it.

    What goes back beyond the surplus is charged less by as much. Without ``way`` it goes back the way it came: through
    the provider of ``payment`` or of the latest that holds enough, else by transfer; the account for a transfer may
    follow with ``change_payee``. Raises NotAllowed, ReasonMissing, WrongAmount. Journal: ``order.refund_request``.
    """
    with locked(order) as held:
        require_manager(by, held)
        return add_refund(
            held, cents, needed(reason), by=by, payment=payment, way=way, payee=(payee_name.strip(), payee_iban), automatic=False
        )


def refund_automatically(*, order: Order, cents: int, payment: Payment, reason: str) -> Refund:
    """Give back through its provider what came of an attempt whose purpose is gone, without a person.

    Only the very payer can get it, through the very attempt. Raises WrongAmount. Journal: ``order.refund_request``. Notice: that it comes.
    """
    with locked(order) as held:
        refund = add_refund(held, cents, needed(reason), by=None, payment=payment, way=payment.provider, payee=("", ""), automatic=True)
        refund.state, refund.released_at, refund.ask_at = RefundState.RELEASED, clock.now(), clock.now()
        refund.save(update_fields=["state", "released_at", "ask_at"])
        notices.tell_released(held, refund)
    return refund


def add_refund(
    order: Order,
    cents: int,
    reason: str,
    *,
    by: Account | None,
    payment: Payment | None,
    way: str,
    payee: tuple[str, str],
    automatic: bool,
) -> Refund:
    """The common part of both; the caller holds the order."""
    before = standing_of(order)
    within(cents, before.received - before.asked_back)
    if payment is None and not way:
        payment = next((one for one in order.payments.paid() if left_to_refund(one) >= cents), None)
    if payment is not None and (payment.order_id != order.pk or payment.state != PaymentState.PAID or left_to_refund(payment) < cents):
        raise WrongAmount
    if cents > before.surplus:
        less = cents - before.surplus
        posting = less_revenue(order, less, PostingKind.REDUCTION, reason=reason, by=by)
        note(order, "reduction", cents=less, reason=reason, by=by, posting=posting)
    refund = Refund.objects.create(
        order=order,
        cents=cents,
        way=way or (payment.provider if payment else TRANSFER),
        payment=payment,
        payee_name=payee[0][:140],
        payee_iban=clean_iban(payee[1]),
        reason=reason,
        requested_by=by,
        requested_at=clock.now(),
        automatic=automatic,
    )
    posting = post(PostingKind.REFUND_REQUEST, [debit(RECEIVABLES, cents), credit(REFUNDS, cents)], order=order, reason=reason, by=by)
    note(order, "refund_request", cents=cents, reason=reason, by=by, posting=posting)
    settle(order)
    notices.ask_for_payee(order, refund)
    return refund


def change_payee(*, refund: Refund, name: str, iban: str, by: Account) -> Refund:
    """Say or correct where a transfer goes; it has to be released anew, because that is what the second person checks.

    Raises NotAllowed, WrongOrderState, AccountMissing. Journal: ``order.refund_payee``.
    """
    require_keeper(by)
    with held_refund(refund) as (order, mine):
        if mine.way != TRANSFER or mine.state not in CAN_BE_WITHDRAWN:
            raise WrongOrderState
        mine.payee_name, mine.payee_iban = name.strip()[:140], clean_iban(iban)
        if not mine.payee_name or not mine.payee_iban:
            raise AccountMissing
        mine.state, mine.released_by, mine.released_at = RefundState.REQUESTED, None, None
        mine.requested_by, mine.payee_by_payer = by, False
        mine.save()
        note(order, "refund_payee", by=by)
    return mine


def name_payee(*, refund: Refund, name: str, iban: str) -> Refund:
    """The payer says where a transfer goes, or corrects it, until somebody releases it; the caller has checked who it is.

    What the desk has entered stays. Raises WrongOrderState, AccountMissing. Journal: ``order.refund_payee_by_payer``.
    """
    with held_refund(refund) as (order, mine):
        if not mine.payer_may_name_payee:
            raise WrongOrderState
        given = name.strip()[:140], clean_iban(iban)
        if not all(given):
            raise AccountMissing
        if given != (mine.payee_name, mine.payee_iban):
            mine.payee_name, mine.payee_iban = given
            mine.payee_by_payer = True
            mine.save(update_fields=["payee_name", "payee_iban", "payee_by_payer"])
            note(order, "refund_payee_by_payer")
    return mine


def release_refund(*, refund: Refund, by: Account, seen: str | None = None) -> Refund:
    """Release a refund as the second person. Releasing it twice changes nothing.

    ``seen`` is the ``payee`` that the person saw. Raises NotAllowed, SamePerson, AccountMissing, PayeeChanged,
    WrongOrderState. Journal: ``order.refund_released``. Notice: that it comes.
    """
    require_keeper(by)
    with held_refund(refund) as (order, mine):
        if mine.state == RefundState.RELEASED and mine.released_by_id == by.pk:
            return mine
        if mine.state != RefundState.REQUESTED:
            raise WrongOrderState
        if mine.requested_by_id == by.pk:
            raise SamePerson
        if mine.way == TRANSFER and not (mine.payee_iban and mine.payee_name):
            raise AccountMissing
        if seen is not None and seen != mine.payee:
            raise PayeeChanged
        mine.state, mine.released_by, mine.released_at = RefundState.RELEASED, by, clock.now()
        mine.ask_at = clock.now() if mine.payment_id else None
        mine.save()
        note(order, "refund_released", cents=mine.cents, by=by)
        notices.tell_released(order, mine)
    return mine


def mark_refund_sent(*, refund: Refund, by: Account | None = None) -> Refund:
    """Note that a released refund was handed to the bank or the provider; doing it twice changes nothing.

    Raises NotAllowed, WrongOrderState. Journal: ``order.refund_sent``.
    """
    if by is not None:
        require_keeper(by)
    with held_refund(refund) as (order, mine):
        if mine.state == RefundState.SENT:
            return mine
        if mine.state != RefundState.RELEASED:
            raise WrongOrderState
        mine.state, mine.sent_at = RefundState.SENT, clock.now()
        mine.save(update_fields=["state", "sent_at"])
        note(order, "refund_sent", cents=mine.cents, by=by)
    return mine


def withdraw_refund(*, refund: Refund, reason: str, by: Account | None = None) -> Refund:
    """Take a refund back that was not sent yet; what it was for stays a surplus of the order.

    What nobody has released yet the owner of the order may take back, too, and the house itself (``by`` is empty).
    Raises NotAllowed, ReasonMissing, WrongOrderState. Journal: ``order.refund_withdrawn``.
    """
    why = needed(reason)
    with held_refund(refund) as (order, mine):
        if by is not None and mine.state != RefundState.REQUESTED:
            require_keeper(by)
        require_manager(by, order)
        if mine.state == RefundState.WITHDRAWN:
            return mine
        # What was released to a provider may have left already, so only its answer ends it.
        if mine.state not in CAN_BE_WITHDRAWN or (mine.payment_id and mine.state == RefundState.RELEASED):
            raise WrongOrderState
        mine.state, mine.finished_at, mine.ask_at = RefundState.WITHDRAWN, clock.now(), None
        mine.save()
        lines = [debit(REFUNDS, mine.cents), credit(RECEIVABLES, mine.cents)]
        posting = post(PostingKind.REFUND_WITHDRAWN, lines, order=order, reason=why, by=by)
        note(order, "refund_withdrawn", cents=mine.cents, reason=why, by=by, posting=posting)
        settle(order)
    return mine


def refund_paid(*, refund: Refund, value_date: date, source: Source, account: str = BANK, by: Account | None = None) -> Posting:
    """Book that a released refund left ``account``; the owner is told. Idempotent by ``source``.

    Raises WrongOrderState, SourceTaken. Journal: ``order.refund_paid``.
    """
    with held_refund(refund) as (order, mine):
        before = booked_before(source, kind=PostingKind.REFUND_PAID, order=order, account=account, cents=mine.cents)
        if before is not None:
            return before
        if mine.state not in ON_ITS_WAY:
            raise WrongOrderState
        mine.state, mine.finished_at, mine.ask_at, mine.failure = RefundState.PAID, clock.now(), None, ""
        mine.save()
        lines = [debit(REFUNDS, mine.cents), credit(account, mine.cents)]
        posting = post(PostingKind.REFUND_PAID, lines, order=order, value_date=value_date, source=source, reason=mine.reason, by=by)
        note(order, "refund_paid", cents=mine.cents, by=by, posting=posting)
        settle(order)
        if order.owner_kind in owners:
            owners.get(order.owner_kind).refunded(order, mine.cents)
        fault("refund.before_commit")
    return posting


def refund_bounced(*, refund: Refund, value_date: date, source: Source, reason: str, account: str = BANK) -> Posting:
    """Book that a refund came back from the payer's bank: it is owed again and waits for another account.

    Idempotent by ``source``. Raises WrongOrderState, SourceTaken. Journal: ``order.refund_bounced``.
    """
    with held_refund(refund) as (order, mine):
        before = booked_before(source, kind=PostingKind.REFUND_BOUNCED, order=order, account=account, cents=mine.cents)
        if before is not None:
            return before
        if mine.state != RefundState.PAID:
            raise WrongOrderState
        mine.state, mine.finished_at = RefundState.REQUESTED, None
        mine.released_by, mine.released_at, mine.sent_at = None, None, None
        mine.failure, mine.payee_iban, mine.payee_by_payer = reason[:200], "", False
        if mine.way != TRANSFER:
            mine.way, mine.payment = TRANSFER, None
        mine.save()
        lines = [debit(account, mine.cents), credit(REFUNDS, mine.cents)]
        posting = post(PostingKind.REFUND_BOUNCED, lines, order=order, value_date=value_date, source=source, reason=reason)
        note(order, "refund_bounced", cents=mine.cents, reason=reason, posting=posting)
        settle(order)
        notices.ask_for_payee(order, mine, occasion=f":{posting.pk}")
    return posting
