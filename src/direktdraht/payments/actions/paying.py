"""Attempts to pay through a provider: begun, asked about, ended. A provider is only talked to outside transactions.

What a provider tells may come late, twice, in the wrong order or never, so every way leads to ``take``, which books each
attempt once, and a job asks again about every attempt that can still change.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from direktdraht.foundation import clock
from direktdraht.foundation.faults import fault
from direktdraht.payments.actions.receiving import receive
from direktdraht.payments.actions.refunds import refund_automatically
from direktdraht.payments.actions.steps import locked, note, standing_of
from direktdraht.payments.errors import AttemptRunning, WayNotOpen, WrongOrderState
from direktdraht.payments.ledger import Source
from direktdraht.payments.models import Order, Payment, PaymentState
from direktdraht.payments.models.payment import UNFINISHED
from direktdraht.payments.registry import ProviderRefuses, ProviderSilent, Told, providers

ASK_AFTER = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)
# A person who has not paid by then does not any more; the attempt is stopped with the provider.
OPEN_FOR = timedelta(minutes=30)
# An attempt that ended unpaid is asked about again after these times: some providers correct themselves.
LATE_QUESTIONS = (timedelta(hours=1), timedelta(hours=24), timedelta(days=5))
UNKNOWN_AFTER = timedelta(minutes=15)
ENDED = {
    "failed": PaymentState.FAILED,
    "cancelled": PaymentState.CANCELLED,
    "timed_out": PaymentState.TIMED_OUT,
    "unknown": PaymentState.FAILED,
}


def begin_payment(*, order: Order, way: str) -> Payment:
    """Begin to pay what is open through a provider; a second click gives the attempt that is running already.

    The provider itself is asked by ``connect`` afterwards. Raises WayNotOpen, AttemptRunning, WrongOrderState.
    Journal: ``order.payment_started``.
    """
    if way not in providers or (order.ways and way not in order.ways):
        raise WayNotOpen
    provider = providers.get(way)
    if not provider.online or provider.problems():
        raise WayNotOpen
    with locked(order) as held:
        open_cents = standing_of(held).open
        if held.closed or open_cents == 0:
            raise WrongOrderState
        running = held.payments.unfinished().first()
        if running is not None:
            if running.provider == way and running.cents == open_cents:
                return running
            raise AttemptRunning
        payment = Payment.objects.create(order=held, provider=way, cents=open_cents, started_at=clock.now(), ask_at=clock.now() + ASK_AFTER)
        note(held, "payment_started", cents=open_cents)
        fault("payment.begun")
    return payment


def connect(payment: Payment) -> Payment:
    """Tell the provider of an attempt, unless it knows already; without an answer the attempt is ``unsure``.

    Doing it twice, also at the same moment, gives one attempt there, because it carries our id.
    """
    if payment.redirect_url or payment.state not in UNFINISHED:
        return payment
    return_url = settings.BASE_URL + reverse("payments:back", args=[payment.order.reference])
    try:
        fault("payment.before_provider")
        started = providers.get(payment.provider).start(payment, return_url)
        fault("payment.after_provider")
    except ProviderRefuses as refusal:
        return take(payment, Told("failed", detail=str(refusal)))
    except ProviderSilent:
        Payment.objects.filter(pk=payment.pk, state=PaymentState.STARTING).update(state=PaymentState.UNSURE)
    else:
        Payment.objects.filter(pk=payment.pk, state__in=[PaymentState.STARTING, PaymentState.UNSURE]).update(
            state=PaymentState.WAITING, provider_id=started.provider_id, redirect_url=started.redirect_url
        )
    payment.refresh_from_db()
    return payment


def ask(payment: Payment) -> Payment:
    """Ask the provider how an attempt stands, and book what it says; silence makes it ``unsure`` and is asked again."""
    try:
        told = providers.get(payment.provider).ask(payment)
    except ProviderSilent:
        return keep_silence(payment)
    fault("payment.told")
    return take(payment, told)


def stop_payment(payment: Payment) -> Payment:
    """Stop an attempt with its provider; if it was paid meanwhile, it is paid. Silence leaves it ``unsure``."""
    try:
        told = providers.get(payment.provider).cancel(payment)
    except ProviderSilent:
        return keep_silence(payment)
    return take(payment, told)


def keep_silence(payment: Payment) -> Payment:
    """Note that the provider did not answer; the next question comes after a longer pause."""
    with locked(payment.order):
        mine = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if mine.state in UNFINISHED:
            mine.state = PaymentState.UNSURE
        mine.asked_at = clock.now()
        mine.ask_at = clock.now() + min(max(clock.now() - mine.started_at, ASK_AFTER), LONGEST_PAUSE)
        mine.save(update_fields=["state", "asked_at", "ask_at"])
    return mine


def take(payment: Payment, told: Told) -> Payment:
    """Book what a provider tells about an attempt, in whatever order it comes; money is booked once and always.

    What came beyond what was open, for example because the order was paid another way meanwhile, goes back through
    the provider at once. Journal: ``order.receipt``, ``order.payment_ended``.
    """
    with locked(payment.order) as order:
        mine = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        mine.asked_at = clock.now()
        mine.provider_id = mine.provider_id or told.provider_id
        if mine.state == PaymentState.PAID:
            return mine
        if told.state == "paid":
            book(order, mine, told)
        elif told.state in ENDED and not (told.state == "unknown" and clock.now() - mine.started_at < UNKNOWN_AFTER):
            finish(order, mine, ENDED[told.state], told.detail)
        elif mine.state in UNFINISHED:
            mine.state = PaymentState.WAITING if mine.redirect_url else PaymentState.UNSURE
            mine.ask_at = clock.now() + min(max((clock.now() - mine.started_at) / 2, ASK_AFTER), LONGEST_PAUSE)
        else:
            mine.ask_at = next_late_question(mine)
        mine.save()
    return mine


def book(order: Order, payment: Payment, told: Told) -> None:
    """Book the money of a paid attempt; the caller holds both."""
    cents = told.cents or payment.cents
    payment.state, payment.cents, payment.finished_at = PaymentState.PAID, cents, clock.now()
    payment.ask_at, payment.failure = None, ""
    payment.save()
    receive(
        order=order,
        cents=cents,
        value_date=told.value_date or clock.today(),
        source=Source("payment", str(payment.pk)),
        account=f"clearing:{payment.provider}",
    )
    order.refresh_from_db()
    surplus = min(standing_of(order).surplus, cents)
    if surplus:
        refund_automatically(order=order, cents=surplus, payment=payment, reason="doppelt oder zu spät bezahlt")


def finish(order: Order, payment: Payment, state: PaymentState, detail: str) -> None:
    """End an attempt unpaid; it is asked about some more times, because a provider may still correct itself."""
    if payment.state in UNFINISHED:
        payment.state, payment.finished_at, payment.failure = state, clock.now(), detail[:200]
        note(order, "payment_ended", cents=payment.cents, reason=state.value)
    payment.ask_at = next_late_question(payment)


def next_late_question(payment: Payment) -> datetime | None:
    """When an attempt that ended is asked about again; never after the last of the late questions."""
    since = payment.finished_at or clock.now()
    return next((since + later for later in LATE_QUESTIONS if since + later > clock.now()), None)


def notice_change(way: str, body: bytes) -> list[str] | None:
    """The attempts to ask about at once because a provider's message names them; nothing else of it is believed.

    Nothing for a message that names no attempt of ours; an empty list for one that is settled already. What is returned
    is asked by the regular job too, should the present one get lost.
    """
    number = providers.get(way).attempt_in(body)
    known = Payment.objects.filter(provider=way, provider_id=number)
    if not number or not known.exists():
        return None
    unpaid = known.exclude(state=PaymentState.PAID)
    unpaid.update(ask_at=clock.now())
    return [str(pk) for pk in unpaid.order_by("pk").values_list("pk", flat=True)]
