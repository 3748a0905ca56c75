"""The bank's own sums in a statement (TxsSummry) and ours beside them. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from direktdraht.foundation.safe_xml import line_of
from direktdraht.payments.camt.sentences import UnreadableBankFile
from direktdraht.payments.camt.values import below, number_of, text_of

_SUM = re.compile(r"\+?\d{1,18}(\.\d{0,17})?", re.ASCII)


@dataclass
class Summary:
    """How many credits and debits and their sums without sign; ``None`` is what the bank does not say."""

    credits: int | None = 0
    credit_sum: Decimal | None = Decimal(0)
    debits: int | None = 0
    debit_sum: Decimal | None = Decimal(0)
    entries: int | None = 0

    def add(self, amount: Decimal, sign: int) -> None:
        """Count one booking."""
        self.entries = (self.entries or 0) + 1
        if sign > 0:
            self.credits, self.credit_sum = (self.credits or 0) + 1, (self.credit_sum or Decimal(0)) + amount
        else:
            self.debits, self.debit_sum = (self.debits or 0) + 1, (self.debit_sum or Decimal(0)) + amount

    def fits(self, other: "Summary") -> bool:
        """Whether everything that is said here is so there."""
        return all(said is None or said == found for said, found in zip(self._facts(), other._facts(), strict=True))

    def as_far_as(self, other: "Summary") -> str:
        """Our sums, as far as the other one says them."""
        return _said([found if said is not None else None for said, found in zip(other._facts(), self._facts(), strict=True)])

    def _facts(self) -> tuple[int | Decimal | None, ...]:
        return self.entries, self.credits, self.credit_sum, self.debits, self.debit_sum

    def __str__(self) -> str:
        return _said(list(self._facts()))


def _said(facts: list[int | Decimal | None]) -> str:
    names = ("Umsätze", "Gutschriften", "Gutschriften in Summe", "Lastschriften", "Lastschriften in Summe")
    return ", ".join(f"{fact} {name}" for fact, name in zip(facts, names, strict=True) if fact is not None)


def summary_of(node: etree._Element) -> Summary:
    """What the bank says about the entries. Raises UnreadableBankFile."""
    return Summary(
        credits=number_of(below(node, "TtlCdtNtries/NbOfNtries")),
        credit_sum=_sum(below(node, "TtlCdtNtries/Sum")),
        debits=number_of(below(node, "TtlDbtNtries/NbOfNtries")),
        debit_sum=_sum(below(node, "TtlDbtNtries/Sum")),
        entries=number_of(below(node, "TtlNtries/NbOfNtries")),
    )


def _sum(node: etree._Element | None) -> Decimal | None:
    if node is None:
        return None
    text = text_of(node)
    if not _SUM.fullmatch(text):
        raise UnreadableBankFile("amount", line=line_of(node), text=text[:35])
    return Decimal(text)
