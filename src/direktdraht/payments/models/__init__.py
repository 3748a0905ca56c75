"""What is stored of payments: the ledger, orders and what happened to them, attempts to pay, refunds, cash drawers, bank files."""

from direktdraht.payments.models.bank import BankEntry, BankFile, BankProof, EntryState, FileState
from direktdraht.payments.models.cash import CashDrawer, CashSession
from direktdraht.payments.models.export import ExportProfile
from direktdraht.payments.models.ledger import AccountKind, ClosedDay, FormerNumber, LedgerAccount, Posting, PostingKind, PostingLine, Side
from direktdraht.payments.models.notice import NoticeKind, OrderNotice
from direktdraht.payments.models.order import Law, Order, OrderEvent, OrderLine, OrderState
from direktdraht.payments.models.payment import Payment, PaymentState
from direktdraht.payments.models.refund import Refund, RefundState
from direktdraht.payments.models.rules import CityRule, FeeRule, OrderingRule, PayFirstRule, RetentionRule, SetupRecord

__all__ = [
    "AccountKind",
    "BankEntry",
    "BankFile",
    "BankProof",
    "CashDrawer",
    "CashSession",
    "CityRule",
    "ClosedDay",
    "EntryState",
    "ExportProfile",
    "FeeRule",
    "FileState",
    "FormerNumber",
    "Law",
    "LedgerAccount",
    "NoticeKind",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderNotice",
    "OrderState",
    "OrderingRule",
    "PayFirstRule",
    "Payment",
    "PaymentState",
    "Posting",
    "PostingKind",
    "PostingLine",
    "Refund",
    "RefundState",
    "RetentionRule",
    "SetupRecord",
    "Side",
]
