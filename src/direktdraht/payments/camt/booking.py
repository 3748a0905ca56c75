"""One booking (Ntry) while its details stream by: single, batch, netted, with charges. Pure.

A batch gives one entry for each detail. A single detail has the booking's amount, because that is what the account sees
(after charges and exchange). Charges that explain why details and booking differ become an entry of their own.
"""

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from direktdraht.foundation.safe_xml import line_of, local_name
from direktdraht.payments.camt.details import (
    NO_REFERENCE,
    Booking,
    amount_in,
    charges_of,
    direction_of,
    is_returned,
    party_of,
    purpose_of,
    references_of,
)
from direktdraht.payments.camt.parts import Entry, Header
from direktdraht.payments.camt.sentences import UnreadableBankFile
from direktdraht.payments.camt.values import amount_of, below, day_of, flag_of, number_of, sign_of, status_of, text_of

CHARGES = "Entgelte der Bank"


class OpenEntry:
    """An entry that is being read; ``doubts`` are cases of DOUBTS with their values."""

    def __init__(self, node: etree._Element, header: Header) -> None:
        amount = below(node, "Amt")
        if amount is None:
            raise UnreadableBankFile("missing", line=line_of(node), name="Amt")
        value, currency = amount_of(amount)
        reversal = flag_of(node, "RvslInd") or is_returned(node)
        self.shared = Booking(value, currency, sign_of(node), reversal, header.account)
        self.status = status_of(node)
        self.booked, self.value_date = day_of(below(node, "BookgDt")), day_of(below(node, "ValDt"))
        self.bank_reference = _real(text_of(node, "AcctSvcrRef"))
        self.doubts: list[tuple[str, dict[str, str]]] = []
        self.count = 0
        self.sum = Decimal(0)
        self.charges = charges_of(node)
        self.foreign = ""
        self.first: etree._Element | None = None
        self.announced: int | None = None

    def detail(self, node: etree._Element) -> Iterator[Entry]:
        """Take one transaction; the first is kept back until a second shows that this is a batch."""
        self.count += 1
        before = node.getprevious()
        announced = number_of(below(before, "NbOfTxs")) if before is not None and local_name(before) == "Btch" else None
        if announced is not None:
            self.announced = (self.announced or 0) + announced
        if self.count == 1:
            self.first = _copy(node)
            return
        if self.first is not None:
            yield self._of_batch(self.first, 1)
            self.first = None
        yield self._of_batch(node, self.count)

    def end(self, node: etree._Element) -> Iterator[Entry]:
        """What is left at the end of the entry: the single transaction, an entry without details, the charges of a batch."""
        if self.announced not in {None, self.count}:
            self.doubts.append(("batch_count", {"expected": str(self.announced), "found": str(self.count)}))
        booked = self.shared.amount * self.shared.sign
        if self.count <= 1:
            yield self._entry(self.first, node, booked, self.shared.currency, self.shared.sign)
            return
        rest = booked - self.sum
        if self.foreign:
            self.doubts.append(("batch_currency", {"found": self.foreign, "expected": self.shared.currency}))
        elif rest and rest == self.charges:
            yield self._charges(rest)
        elif rest:
            currency = self.shared.currency
            self.doubts.append(("batch_sum", {"found": f"{self.sum} {currency}", "expected": f"{booked} {currency}"}))

    def _of_batch(self, node: etree._Element, part: int) -> Entry:
        given = amount_in(node, self.shared.currency)
        if given is None:
            raise UnreadableBankFile("missing", line=line_of(node), name="TxDtls/Amt")
        sign = direction_of(node, self.shared)
        self.sum += given[0] * sign
        self.charges += charges_of(node)
        if given[1] != self.shared.currency:
            self.foreign = given[1]
        return self._entry(node, node, given[0] * sign, given[1], sign, part=part)

    def _entry(
        self, detail: etree._Element | None, around: etree._Element, amount: Decimal, currency: str, sign: int, *, part: int = 1
    ) -> Entry:
        shared = self.shared
        reversal = shared.reversal or (detail is not None and is_returned(detail))
        party = party_of(detail, Booking(shared.amount, shared.currency, shared.sign, reversal, shared.account), sign)
        return Entry(
            amount=amount + 0,  # zero has no sign
            currency=currency,
            booked=self.booked,
            value_date=self.value_date,
            references=references_of(detail),
            name=party.name,
            iban=party.iban,
            purpose=purpose_of(detail, around),
            status=self.status,
            reversal=reversal,
            bank_reference=self.bank_reference or _real(text_of(detail, "Refs/AcctSvcrRef")),
            booking=shared.amount * shared.sign,
            part=part,
            returned=text_of(detail, "RtrInf/Rsn/Cd"),
        )

    def _charges(self, amount: Decimal) -> Entry:
        return Entry(
            amount=amount,
            currency=self.shared.currency,
            booked=self.booked,
            value_date=self.value_date,
            references=(),
            name="",
            iban="",
            purpose=CHARGES,
            status=self.status,
            reversal=False,
            bank_reference=self.bank_reference,
            booking=self.shared.amount * self.shared.sign,
            part=self.count + 1,
        )


def _copy(node: etree._Element) -> etree._Element:
    """A copy that outlives the forgetting of the streamed tree."""
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _real(reference: str) -> str:
    return "" if reference.upper() in NO_REFERENCE else reference
