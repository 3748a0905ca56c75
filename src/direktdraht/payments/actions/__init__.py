"""What can be done with money: each action is one transaction with its check, its posting, its event, its journal row."""

from direktdraht.payments.actions.cash import add_drawer, close_drawer, give_cash, hand_over, open_drawer, take_cash
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
from direktdraht.payments.actions.paying import ask, begin_payment, connect, notice_change, stop_payment, take
from direktdraht.payments.actions.paying_back import pay_back, take_refund
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
    "add_drawer",
    "ask",
    "assign_unclear",
    "begin_payment",
    "cancel_order",
    "change_payee",
    "close_day",
    "close_drawer",
    "connect",
    "create_order",
    "expire_order",
    "extend_order",
    "give_cash",
    "hand_over",
    "mark_refund_sent",
    "notice_change",
    "open_drawer",
    "pay_back",
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
    "stop_payment",
    "take",
    "take_back",
    "take_cash",
    "take_refund",
    "transfer",
    "waive_order",
    "withdraw_refund",
]
