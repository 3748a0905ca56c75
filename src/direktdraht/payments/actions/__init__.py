"""What can be done with money: each action is one transaction with its check, its posting, its event, its journal row."""

from direktdraht.payments.actions.closing import close_day
from direktdraht.payments.actions.orders import (
    Payer,
    WantedLine,
    cancel_order,
    create_order,
    expire_order,
    extend_order,
    reduce_order,
    waive_order,
)
from direktdraht.payments.actions.receiving import (
    assign_unclear,
    receive,
    receive_unclear,
    return_payment,
    return_unclear,
    take_back,
    transfer,
)
from direktdraht.payments.actions.refunds import (
    change_payee,
    mark_refund_sent,
    refund_automatically,
    refund_bounced,
    refund_paid,
    release_refund,
    request_refund,
    withdraw_refund,
)

__all__ = [
    "Payer",
    "WantedLine",
    "assign_unclear",
    "cancel_order",
    "change_payee",
    "close_day",
    "create_order",
    "expire_order",
    "extend_order",
    "mark_refund_sent",
    "receive",
    "receive_unclear",
    "reduce_order",
    "refund_automatically",
    "refund_bounced",
    "refund_paid",
    "release_refund",
    "request_refund",
    "return_payment",
    "return_unclear",
    "take_back",
    "transfer",
    "waive_order",
    "withdraw_refund",
]
