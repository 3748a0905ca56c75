"""Reads camt.053 and camt.054 in the versions 001.02 to 001.14 as a stream: memory does not grow with the file. Pure.

Source: ISO 20022, messages BankToCustomerStatement and BankToCustomerDebitCreditNotification. Elements are found by their
local names in the file's one namespace; parts are given out in the order of the file.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from direktdraht.foundation.safe_xml import UnsafeXml, forget, line_of, local_name, namespace_of, stream_xml
from direktdraht.payments.camt.booking import OpenEntry
from direktdraht.payments.camt.details import account_of
from direktdraht.payments.camt.formats import refuse_other_formats
from direktdraht.payments.camt.parts import Balance, Closing, Entry, Header
from direktdraht.payments.camt.sentences import Doubt, UnreadableBankFile
from direktdraht.payments.camt.summing import Summary, summary_of
from direktdraht.payments.camt.values import amount_of, below, day_of, first_text, flag_of, number_of, sign_of, text_of

MOST_BYTES = 1024 * 1024 * 1024
MOST_HELD = 4 * 1024 * 1024
OLDEST, NEWEST = 2, 14
BODIES = {"053": "BkToCstmrStmt", "054": "BkToCstmrDbtCdtNtfctn"}
STATEMENTS = {"Stmt": "BkToCstmrStmt", "Ntfctn": "BkToCstmrDbtCdtNtfctn"}
PARENTS = {
    "BkToCstmrStmt": {"Document"},
    "BkToCstmrDbtCdtNtfctn": {"Document"},
    "Stmt": {"BkToCstmrStmt"},
    "Ntfctn": {"BkToCstmrDbtCdtNtfctn"},
    "Bal": {"Stmt"},
    "TxsSummry": {"Stmt", "Ntfctn"},
    "Ntry": {"Stmt", "Ntfctn"},
    "NtryDtls": {"Ntry"},
    "TxDtls": {"NtryDtls"},
}
OPENINGS, CLOSINGS = ("OPBD", "PRCD"), ("CLBD",)

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:\$?(([a-z]{4})\.(\d{3})\.\d{3}\.(\d{2}))")

Part = Header | Entry | Closing


def read_bank_file(file: BinaryIO) -> Iterator[Part]:
    """Header, entries and closing of every statement. Raises UnreadableBankFile, maybe after parts that came before the fault.

    So whoever books reads a file to its end first, and books in a second reading.
    """
    refuse_other_formats(file)
    reader = _Reader()
    try:
        for event, node in stream_xml(
            file, [f"{{*}}{name}" for name in ("Document", *PARENTS)], most_bytes=MOST_BYTES, most_held=MOST_HELD
        ):
            yield from reader.take(event, node)
    except UnsafeXml as problem:
        raise UnreadableBankFile(
            "malformed" if problem.case == "depth" else problem.case, line=problem.line or 1, reason=problem.reason or problem.case
        ) from problem
    reader.end()


class _Reader:
    """The state of one reading: kind of message, open statement, open entry."""

    def __init__(self) -> None:
        self.namespace = ""
        self.kind = ""
        self.statements = 0
        self.open: _OpenStatement | None = None
        self.entry: OpenEntry | None = None

    def take(self, event: str, node: etree._Element) -> Iterator[Part]:
        """The parts that an event completes."""
        name = local_name(node)
        if event == "start":
            self._check_place(name, node)
            if name in STATEMENTS:
                self.open = _OpenStatement(node)
                self.statements += 1
            elif name in {"Ntry", "Bal", "TxsSummry"}:
                yield from self._statement.begin()
        elif name == "TxDtls":
            yield from self._detail(node)
        elif name == "Ntry":
            yield from self._end_entry(node)
        elif name in {"Bal", "TxsSummry"}:
            self._statement.keep(name, node)
            forget(node)
        elif name in STATEMENTS:
            yield from self._statement.begin()
            yield self._statement.end()
            self.open = None
            forget(node)

    @property
    def _statement(self) -> "_OpenStatement":
        if self.open is None:
            raise UnreadableBankFile("no_statement")
        return self.open

    def _check_place(self, name: str, node: etree._Element) -> None:
        parent = node.getparent()
        if parent is None:
            self._check_root(name, node)
            return
        if name not in PARENTS or namespace_of(node) != self.namespace or local_name(parent) not in PARENTS[name]:
            raise UnreadableBankFile("misplaced", line=line_of(node), name=name)
        if name in BODIES.values() and name != BODIES[self.kind]:
            raise UnreadableBankFile("mismatch", kind=f"camt.{self.kind}")

    def _check_root(self, name: str, node: etree._Element) -> None:
        self.namespace = namespace_of(node)
        found = _NAMESPACE.fullmatch(self.namespace)
        if name != "Document" or not found:
            raise UnreadableBankFile("no_camt")
        message, family, self.kind, version = found.groups()
        if family != "camt" or self.kind not in BODIES:
            raise UnreadableBankFile("other_kind", kind=message)
        if ".001." not in message or not OLDEST <= int(version) <= NEWEST:
            raise UnreadableBankFile("version", kind=message)

    def _detail(self, node: etree._Element) -> Iterator[Entry]:
        around = next(node.iterancestors(f"{{{self.namespace}}}Ntry"))
        if self.entry is None:
            self.entry = OpenEntry(around, self._statement.header)
        yield from self._statement.count(self.entry.detail(node))
        forget(node)

    def _end_entry(self, node: etree._Element) -> Iterator[Entry]:
        entry = self.entry or OpenEntry(node, self._statement.header)
        yield from self._statement.count(entry.end(node))
        self._statement.book(entry)
        self.entry = None
        forget(node)

    def end(self) -> None:
        """Called at the end of the file."""
        if not self.namespace:
            raise UnreadableBankFile("no_camt")
        if not self.statements:
            raise UnreadableBankFile("no_statement")


class _OpenStatement:
    """A statement that is being read."""

    def __init__(self, node: etree._Element) -> None:
        self.node = node
        self.begun: Header | None = None
        self.balances: list[tuple[str, Balance]] = []
        self.announced: Summary | None = None
        self.summed = Summary()
        self.booked = Summary()
        self.closing: Closing | None = None

    @property
    def header(self) -> Header:
        """The head, once the first balance or entry has begun."""
        if self.begun is None:
            raise UnreadableBankFile("missing", line=line_of(self.node), name="Acct")
        return self.begun

    @property
    def result(self) -> Closing:
        """What is gathered for the end."""
        if self.closing is None:
            self.closing = Closing(self.header)
        return self.closing

    def begin(self) -> Iterator[Header]:
        """The head of the statement, once."""
        if self.begun is None:
            self.begun = header_of(self.node)
            yield self.begun

    def keep(self, name: str, node: etree._Element) -> None:
        """Keep a balance or the bank's sums."""
        if name == "TxsSummry":
            self.announced = summary_of(node)
            return
        amount = below(node, "Amt")
        if amount is None:
            raise UnreadableBankFile("missing", line=line_of(node), name="Amt")
        value, currency = amount_of(amount)
        kind = first_text(node, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd")
        self.balances.append((kind, Balance(value * sign_of(node) + 0, currency, day_of(below(node, "Dt")))))

    def count(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Count the entries that pass."""
        for entry in entries:
            self.result.entries += 1
            yield entry

    def book(self, entry: OpenEntry) -> None:
        """Add one booking to the sums and keep its contradictions."""
        shared = entry.shared
        self.summed.add(shared.amount, shared.sign)
        self.result.currency = self.result.currency or self.header.currency or self._balance_currency() or shared.currency
        if entry.status == "BOOK":
            self.booked.add(shared.amount, shared.sign)
            self.result.total += shared.amount * shared.sign
        name = self.header.id or self.header.account
        if shared.currency != self.result.currency:
            self.result.doubts.append(
                Doubt("entry_currency", {"statement": name, "found": shared.currency, "expected": self.result.currency})
            )
        self.result.doubts.extend(Doubt(case, {"statement": name, **values}) for case, values in entry.doubts)

    def end(self) -> Closing:
        """The end of the statement with its booked balances: ITBD stands in where a page begins or ends within a day."""
        found, result = self.balances, self.result
        interim = [balance for kind, balance in found if kind == "ITBD"]
        result.opening = _first(found, OPENINGS) or (interim[0] if interim and (len(interim) > 1 or _first(found, CLOSINGS)) else None)
        result.closing = _first(found[::-1], CLOSINGS) or (interim[-1] if interim and _first(found, OPENINGS) else None)
        if result.closing is None and len(interim) > 1:
            result.closing = interim[-1]
        result.currency = result.currency or self.header.currency or self._balance_currency()
        if self.announced and not (self.announced.fits(self.summed) or self.announced.fits(self.booked)):
            result.doubts.append(
                Doubt(
                    "summary",
                    {"statement": self.header.id, "expected": str(self.announced), "found": self.summed.as_far_as(self.announced)},
                )
            )
        return result

    def _balance_currency(self) -> str:
        booked = _first(self.balances, (*OPENINGS, *CLOSINGS, "ITBD"))
        return booked.currency if booked else ""


def _first(balances: list[tuple[str, Balance]], kinds: tuple[str, ...]) -> Balance | None:
    return next((balance for wanted in kinds for kind, balance in balances if kind == wanted), None)


def header_of(node: etree._Element) -> Header:
    """The head of a statement. Raises UnreadableBankFile without an account or with pages that cannot be counted."""
    account = account_of(below(node, "Acct"))
    if not account:
        raise UnreadableBankFile("missing", line=line_of(node), name="Acct/Id")
    statement = local_name(node) == "Stmt"
    pages = below(node, "StmtPgntn" if statement else "NtfctnPgntn")
    return Header(
        statement=statement,
        id=text_of(node, "Id"),
        account=account,
        currency=text_of(node, "Acct/Ccy"),
        sequence=first_text(node, "ElctrncSeqNb", "LglSeqNb"),
        page=number_of(below(pages, "PgNb")),
        last_page=pages is None or flag_of(pages, "LastPgInd"),
    )
