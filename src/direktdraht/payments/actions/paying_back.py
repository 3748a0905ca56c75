"""Refunds through a provider: sent once, asked about until it answers, left to people where it refuses."""

from datetime import timedelta

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.payments import notices
from direktdraht.payments.actions.refunds import ON_ITS_WAY, TRANSFER, held_refund, mark_refund_sent, refund_paid
from direktdraht.payments.actions.steps import note
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Refund, RefundState
from direktdraht.payments.registry import ProviderSilent, Told, providers

ASK_AGAIN = timedelta(minutes=10)


def pay_back(refund: Refund) -> Refund:
    """Send a released refund to its provider, or ask about one that was sent; silence is asked again."""
    if refund.state not in ON_ITS_WAY or refund.payment is None:
        return refund
    provider = providers.get(refund.payment.provider)
    try:
        if refund.state == RefundState.RELEASED:
            fault("refund.before_provider")
            told = provider.refund(refund)
            fault("refund.after_provider")
        else:
            told = provider.ask_refund(refund)
    except ProviderSilent:
        Refund.objects.filter(pk=refund.pk, state__in=ON_ITS_WAY).update(ask_at=clock.now() + ASK_AGAIN)
        refund.refresh_from_db()
        return refund
    return take_refund(refund, told)


def take_refund(refund: Refund, told: Told) -> Refund:
    """Book what a provider tells about a refund. Journal: ``order.refund_paid``, ``order.refund_refused``."""
    if told.state == "paid":
        payment = refund.payment
        account = f"clearing:{payment.provider}" if payment else TRANSFER
        refund_paid(refund=refund, value_date=told.value_date or clock.today(), source=Source("refund", str(refund.pk)), account=account)
    elif told.state == "failed":
        refuse(refund, told.detail)
    elif refund.state == RefundState.RELEASED and told.state == "waiting":
        mark_refund_sent(refund=refund)
    if told.state in {"waiting", "unknown"}:
        # A provider that does not know a refund which we believe to have sent gets it again; it carries our id.
        again = RefundState.RELEASED if told.state == "unknown" else RefundState.SENT
        Refund.objects.filter(pk=refund.pk, state__in=ON_ITS_WAY).update(state=again, ask_at=clock.now() + ASK_AGAIN)
    refund.refresh_from_db()
    return refund


def refuse(refund: Refund, detail: str) -> None:
    """A provider cannot give the money back: the finance desk transfers it, once it knows an account and releases it anew."""
    with held_refund(refund) as (order, mine):
        if mine.state not in ON_ITS_WAY:
            return
        mine.state, mine.way, mine.payment = RefundState.REQUESTED, TRANSFER, None
        mine.released_by, mine.released_at, mine.sent_at, mine.ask_at = None, None, None, None
        mine.automatic, mine.failure = False, detail[:200]
        mine.save()
        note(order, "refund_refused", cents=mine.cents)
        notices.ask_for_payee(order, mine, occasion=":refused")
