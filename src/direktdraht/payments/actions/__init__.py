"""What can be done with money: each action is one transaction with its check, its posting, its event, its journal row."""

from direktdraht.payments.actions.accounts import add_account, change_account, remove_account
from direktdraht.payments.actions.bank_files import take_bank_file
from direktdraht.payments.actions.cash import close_drawer, give_cash, hand_over, open_drawer, take_cash
from direktdraht.payments.actions.claiming import claim_order, claim_orders
from direktdraht.payments.actions.closing import close_day
from direktdraht.payments.actions.drawers import add_drawer, bring_back_drawer, rename_drawer, retire_drawer
from direktdraht.payments.actions.exporting import keep_profile, make_usual, record_orders_exported, remove_profile
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
    name_payee,
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
    "add_account",
    "add_drawer",
    "ask",
    "assign_unclear",
    "begin_payment",
    "book_elsewhere",
    "bring_back_drawer",
    "cancel_order",
    "change_account",
    "change_payee",
    "claim_order",
    "claim_orders",
    "close_day",
    "close_drawer",
    "confirm_order",
    "confirm_refund",
    "confirm_sent_back",
    "connect",
    "create_order",
    "expire_order",
    "extend_order",
    "give_cash",
    "hand_over",
    "keep_profile",
    "make_usual",
    "mark_refund_sent",
    "name_payee",
    "notice_change",
    "open_drawer",
    "pay_back",
    "receive",
    "receive_unclear",
    "record_orders_exported",
    "reduce_order",
    "refund_automatically",
    "refund_bounced",
    "refund_paid",
    "release_refund",
    "remove_account",
    "remove_profile",
    "rename_drawer",
    "request_refund",
    "retire_drawer",
    "return_payment",
    "return_unclear",
    "settle_again",
    "settle_entry",
    "settle_new",
    "stop_payment",
    "take",
    "take_back",
    "take_bank_file",
    "take_cash",
    "take_refund",
    "transfer",
    "undo_match",
    "waive_order",
    "withdraw_refund",
]
