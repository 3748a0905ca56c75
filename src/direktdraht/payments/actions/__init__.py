"""What can be done with money: each action is one transaction with its check, its posting, its event, its journal row."""

from direktdraht.payments.actions.bank_files import take_bank_file
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
from direktdraht.payments.actions.settling import (
    book_elsewhere,
    confirm_order,
    confirm_refund,
    confirm_sent_back,
    settle_again,
    settle_entry,
    settle_new,
    undo_match,
)

__all__ = [
    "Payer",
    "WantedLine",
    "assign_unclear",
    "book_elsewhere",
    "cancel_order",
    "change_payee",
    "close_day",
    "confirm_order",
    "confirm_refund",
    "confirm_sent_back",
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
    "settle_again",
    "settle_entry",
    "settle_new",
    "take_back",
    "take_bank_file",
    "transfer",
    "undo_match",
    "waive_order",
    "withdraw_refund",
]
