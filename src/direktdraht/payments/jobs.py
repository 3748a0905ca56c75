"""Work in the background: providers asked again, refunds sent, orders ended, payers reminded, bank files settled and proved."""

import logging

from direktdraht.foundation import clock
from direktdraht.foundation.jobs import periodic, task
from direktdraht.payments import proving
from direktdraht.payments.actions import erasing, orders, paying, paying_back, reminding, settle_again, settle_new
from direktdraht.payments.bank_folder import read_folder
from direktdraht.payments.models import Order, Payment, PaymentState, Refund
from direktdraht.payments.models.payment import UNFINISHED
from direktdraht.payments.standing import OPEN, PARTLY_PAID

MOST_AT_ONCE = 200
MOST_MOVEMENTS = 2000
log = logging.getLogger(__name__)


@periodic(name="payments.ask_providers", cron="* * * * *")
def ask_providers(timestamp: int) -> int:
    """Every minute: ask about attempts that can still change, and stop those that are open too long; returns how many."""
    del timestamp
    due = Payment.objects.select_related("order").filter(ask_at__lte=clock.now()).order_by("ask_at", "pk")
    asked = list(due[:MOST_AT_ONCE])
    for payment in asked:
        follow(payment)
    return len(asked)


@task(name="payments.ask_now")
def ask_now(payment_id: str) -> None:
    """Ask about one attempt of which its provider says that it changed."""
    payment = Payment.objects.select_related("order").filter(pk=payment_id).first()
    if payment is not None:
        follow(payment)


def follow(payment: Payment) -> Payment:
    """Ask about one attempt; one that was never told to its provider is told now, one that is open too long is stopped."""
    if payment.state in {PaymentState.STARTING, PaymentState.UNSURE} and not payment.provider_id:
        payment = paying.connect(payment)
        if not payment.provider_id:
            return paying.keep_silence(payment)
    if payment.state in UNFINISHED and clock.now() - payment.started_at > paying.OPEN_FOR:
        return paying.stop_payment(payment)
    return paying.ask(payment)


@periodic(name="payments.send_refunds", cron="* * * * *")
def send_refunds(timestamp: int) -> int:
    """Every minute: send released refunds to their providers and ask about sent ones; returns how many."""
    del timestamp
    due = Refund.objects.select_related("order", "payment").filter(ask_at__lte=clock.now()).order_by("ask_at", "pk")
    sent = list(due[:MOST_AT_ONCE])
    for refund in sent:
        paying_back.pay_back(refund)
    return len(sent)


@periodic(name="payments.expire", cron="* * * * *")
def expire(timestamp: int) -> int:
    """Every minute: end unpaid orders whose time is over; returns how many."""
    del timestamp
    over = Order.objects.filter(state__in=[OPEN, PARTLY_PAID], closed="", expires_at__lte=clock.now()).order_by("expires_at", "pk")
    return sum(orders.expire_order(order=order) for order in over[:MOST_AT_ONCE])


@periodic(name="payments.remind", cron="15 7-18 * * *")
def remind(timestamp: int) -> int:
    """Every hour of the day: remind of payments that are due soon or overdue, each once; returns how many mails."""
    del timestamp
    return reminding.remind_due()


@periodic(name="payments.read_bank_folder", cron="*/5 * * * *")
def read_bank_folder(timestamp: int) -> int:
    """Every five minutes: take in what lies in the bank's folder; returns how many files."""
    del timestamp
    return read_folder()


@periodic(name="payments.settle_movements", cron="* * * * * 30")
def settle_movements(timestamp: int) -> int:
    """Every minute: settle movements that no page has settled; returns how many."""
    del timestamp
    return settle_new(most=MOST_MOVEMENTS)


@periodic(name="payments.prove", cron="10 3 * * *")
def prove(timestamp: int) -> int:
    """Every night: look anew at what is unclear, then prove that every payment belongs to something; returns the exceptions."""
    del timestamp
    settle_again()
    found = proving.keep_proof().exceptions
    if found:
        log.warning("proof of payments: %s", ", ".join(f"{kind} {count}" for kind, count in sorted(found.items())))
    return sum(found.values())


@periodic(name="payments.erase_people", cron="50 3 * * *")
def erase_people(timestamp: int) -> int:
    """Every night: erase names and accounts whose time is over; returns of how many movements and refunds."""
    del timestamp
    erased = erasing.erase_people()
    if erased.all:
        log.info("erased by rule: people of %d bank movements and payees of %d refunds", erased.entries, erased.refunds)
    return erased.all
