"""One transaction inside an entry: who, what for, which references, how much. Pure.

Source: ISO 20022 camt.053/.054, EntryTransaction: the parties of a return keep the roles of the first payment; the
indicator of credit or debit always says what happens to the account now, also for a reversal.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from direktdraht.payments.camt.values import SIGNS, all_below, amount_of, below, first_text, sign_of, text_of

NO_REFERENCE = {"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF"}
REVERSAL_CODES = {"RRTN", "RPCR", "PRDD", "UPDD"}
AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt")
PARTIES = {"Dbtr": ("Dbtr", "DbtrAcct", "UltmtDbtr"), "Cdtr": ("Cdtr", "CdtrAcct", "UltmtCdtr")}

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")


@dataclass(frozen=True)
class Booking:
    """What the details of one entry (Ntry) share."""

    amount: Decimal
    currency: str
    sign: int
    reversal: bool
    account: str


@dataclass(frozen=True)
class Party:
    """The other side of a transaction."""

    name: str
    iban: str


def account_of(node: etree._Element | None) -> str:
    """IBAN or other number of an account (Acct, DbtrAcct, CdtrAcct), "" without one."""
    iban = text_of(node, "Id/IBAN").replace(" ", "")
    return iban or text_of(node, "Id/Othr/Id")


def party_of(transaction: etree._Element | None, booking: Booking, sign: int) -> Party:
    """The other side: who paid a credit, who got a debit; in a reversal the roles are those of the first payment.

    Where the bank turned the roles, the side whose account is the statement's own is never the other side.
    """
    sides = below(transaction, "RltdPties")
    role = "Dbtr" if (sign > 0) != booking.reversal else "Cdtr"
    other = "Cdtr" if role == "Dbtr" else "Dbtr"
    theirs, ours = _iban(sides, role), _iban(sides, other)
    if theirs and theirs == booking.account and ours and ours != booking.account:
        role, theirs = other, ours
    side, account, ultimate = PARTIES[role]
    paths = [f"{who}/{path}" for who in (side, ultimate) for path in ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm")]
    return Party(first_text(sides, *paths, f"{account}/Nm"), theirs)


def _iban(sides: etree._Element | None, role: str) -> str:
    number = account_of(below(sides, PARTIES[role][1]))
    return number if _IBAN.fullmatch(number) else ""


def references_of(transaction: etree._Element | None) -> tuple[str, ...]:
    """Structured creditor references first, then the end-to-end reference; the bank's stopgaps are none."""
    structured = [
        first_text(remittance, "CdtrRefInf/Ref", "CdtrRefInf/CdtrRef") for remittance in all_below(below(transaction, "RmtInf"), "Strd")
    ]
    found = [*structured, text_of(transaction, "Refs/EndToEndId")]
    return tuple(dict.fromkeys(text for text in found if text and text.upper() not in NO_REFERENCE))


def purpose_of(transaction: etree._Element | None, entry: etree._Element) -> str:
    """The remittance text (Verwendungszweck); without one what the bank adds to transaction or entry."""
    remittance = below(transaction, "RmtInf")
    lines = [text_of(node) for node in all_below(remittance, "Ustrd")]
    if not any(lines):
        lines = [text_of(node) for part in all_below(remittance, "Strd") for node in all_below(part, "AddtlRmtInf")]
    return " ".join(line for line in lines if line) or text_of(transaction, "AddtlTxInf") or text_of(entry, "AddtlNtryInf")


def is_returned(node: etree._Element) -> bool:
    """Whether the bank's codes name a return, rejection or recall even without the indicator of reversal."""
    return below(node, "RtrInf") is not None or text_of(node, "BkTxCd/Domn/Fmly/SubFmlyCd") in REVERSAL_CODES


def amount_in(transaction: etree._Element, currency: str) -> tuple[Decimal, str] | None:
    """The transaction's amount in the entry's currency if it is given in it, else the first that is given, else ``None``."""
    given = [amount_of(node) for path in AMOUNTS if (node := below(transaction, path)) is not None]
    return next((pair for pair in given if pair[1] == currency), given[0] if given else None)


def direction_of(transaction: etree._Element, booking: Booking) -> int:
    """The transaction's own sign (a batch may be netted); the entry's where it has none or where the accounts prove it wrong."""
    if below(transaction, "CdtDbtInd") is None:
        return booking.sign
    own = sign_of(transaction)
    if own == booking.sign or booking.reversal:
        return own
    sides = below(transaction, "RltdPties")
    payer, payee = _iban(sides, "Dbtr"), _iban(sides, "Cdtr")
    if booking.account not in (payer, payee) or payer == payee:
        return own
    return SIGNS["DBIT"] if payer == booking.account else SIGNS["CRDT"]


def charges_of(node: etree._Element) -> Decimal:
    """The charges of an entry or transaction in all, signed as the account sees them; a charge without indicator is a debit."""
    total = Decimal(0)
    for charges in all_below(node, "Chrgs"):
        for record in all_below(charges, "Rcrd") or [charges]:
            amount = below(record, "Amt")
            if amount is not None:
                total += amount_of(amount)[0] * (sign_of(record) if below(record, "CdtDbtInd") is not None else -1)
    return total
