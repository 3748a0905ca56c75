"""Paid before it is sent (Vorkasse): the exception, only where a rule with its legal basis says so, only with instant providers.

The draft stays a draft until it is paid. Then it is sent by itself, if it still is what the person saw when they went to
pay; ``finishing`` sends it or gives the money back, whatever died in between.
"""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_of
from direktdraht.payments import actions as payments
from direktdraht.payments.models import Order, PayFirstRule
from direktdraht.payments.registry import providers
from direktdraht.payments.rule_queries import pay_first_rule
from direktdraht.submissions import kinds, orders
from direktdraht.submissions.errors import ChangedMeanwhile
from direktdraht.submissions.kinds import Ready
from direktdraht.submissions.models import Draft, PaidFirst

OPEN_FOR = timedelta(hours=1)


class NotPaid(kinds.NotReady):
    """The draft is to be paid first: ``begin`` gives the order."""


def rule_for(ready: Ready) -> PayFirstRule | None:
    """The rule by which this is paid first; never where a signature is needed or nothing is to be paid now."""
    if ready.service is None or not ready.fee or not ready.fee_ordered or ready.written_form:
        return None
    return pay_first_rule(ready.service.key, clock.today())


def instant_ways() -> list[str]:
    """The providers that say at once whether it was paid."""
    return [key for key, provider in providers.items() if provider.instant and not provider.problems()]


def begin(draft: Draft, *, seen_digest: str) -> Order | None:
    """The order to pay before this is sent; nothing when it can be sent now.

    Where no instant provider is open nobody is held up: it is sent, and paid afterwards.
    Raises NotReady, ChangedMeanwhile.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        if held.sent_at is not None:
            return None
        ready = kinds.registry.get(held.kind).ready(held)
        kept = PaidFirst.objects.select_related("order").filter(pk=held.pk, ended_at=None).first()
        ways = instant_ways()
        if rule_for(ready) is None or (kept is None and not ways):
            return None
        if ready.content.digest(bytes(held.salt)) != seen_digest:
            raise ChangedMeanwhile
        order = kept.order if kept is not None and fits(kept.order, ready) else new_order(held, ready, ways, kept)
        facts = {"order": order, "digest": seen_digest, "ended_at": None, "began_at": clock.now()}
        PaidFirst.objects.update_or_create(draft_id=held.pk, defaults=facts)
    return None if order.settled_at is not None else order


def fits(order: Order, ready: Ready) -> bool:
    """Whether an earlier order is still the right one."""
    return not order.closed and order.total_cents == cents_of(ready.fee or Decimal(0))


def new_order(draft: Draft, ready: Ready, ways: list[str], before: PaidFirst | None) -> Order:
    """A new order; an earlier one over another amount is cancelled, and what came for it goes back."""
    if before is not None and not before.order.closed:
        give_back(before.order, "der Betrag hat sich geändert")
    return orders.make_order(draft, ready, ways=ways, expires_at=clock.now() + OPEN_FOR)


def give_back(order: Order, reason: str) -> None:
    """Cancel an order and give back, the way it came, what was paid for it. Doing it twice changes nothing."""
    with transaction.atomic():
        cancelled = payments.cancel_order(order=order, reason=reason) if not order.closed else order
        for payment in order.payments.paid():
            cents = min(cancelled.owed_cents, payment.cents)
            if cents and not payment.refunds.exists():
                payments.refund_automatically(order=order, cents=cents, payment=payment, reason=reason)
                cancelled.refresh_from_db()


def ensure_paid(draft: Draft, ready: Ready) -> None:
    """Refuse to send what has to be paid first and is not; the caller holds the draft. Raises NotPaid."""
    kept = PaidFirst.objects.select_related("order").filter(pk=draft.pk, ended_at=None).first()
    if kept is not None and kept.order.settled_at is not None and fits(kept.order, ready):
        PaidFirst.objects.filter(pk=draft.pk).update(ended_at=clock.now())
        return
    if rule_for(ready) is not None and (kept is not None or instant_ways()):
        raise NotPaid(kinds.registry.get(draft.kind).review_url(draft))
