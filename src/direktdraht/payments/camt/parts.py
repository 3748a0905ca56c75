"""What a bank file holds, as plain values: header of a statement, entries, balances. Pure."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from direktdraht.payments.camt.sentences import Doubt


@dataclass(frozen=True)
class Balance:
    """A booked balance with its sign."""

    amount: Decimal
    currency: str
    day: date | None = None


@dataclass(frozen=True)
class Header:
    """The head of a statement or notification; ``statement`` says whether it is a camt.053."""

    statement: bool
    id: str
    account: str
    currency: str
    sequence: str = ""
    page: int | None = None
    last_page: bool = True


@dataclass(frozen=True)
class Entry:
    """One movement as the account sees it; a batch (Sammelbuchung) gives one for each of its transactions.

    ``references`` are all references a payer may have given, the best first; ``bank_reference`` is the bank's own for the whole
    booking, "" where it gives none; ``booking`` is the booking's amount, of which this may be one ``part`` (from 1);
    ``returned`` is the bank's reason code of a return.
    """

    amount: Decimal
    currency: str
    booked: date | None
    value_date: date | None
    references: tuple[str, ...]
    name: str
    iban: str
    purpose: str
    status: str
    reversal: bool
    bank_reference: str = ""
    booking: Decimal = Decimal(0)
    part: int = 1
    returned: str = ""

    @property
    def reference(self) -> str:
        """The best reference, "" where the payer gave none."""
        return self.references[0] if self.references else ""

    @property
    def is_booked(self) -> bool:
        """Whether the bank has booked it; pending and informing entries move no money."""
        return self.status == "BOOK"

    def as_json(self) -> dict[str, object]:
        """The entry as the command line prints it."""
        return {
            "amount": str(self.amount),
            "currency": self.currency,
            "booked": self.booked.isoformat() if self.booked else None,
            "value_date": self.value_date.isoformat() if self.value_date else None,
            "reference": self.reference,
            "name": self.name,
            "iban": self.iban,
            "purpose": self.purpose,
            "status": self.status,
            "reversal": self.reversal,
        }


@dataclass
class Closing:
    """What stands at the end of a statement: balances, the booked total, and the contradictions found on the way."""

    header: Header
    currency: str = ""
    opening: Balance | None = None
    closing: Balance | None = None
    total: Decimal = Decimal(0)
    entries: int = 0
    doubts: list[Doubt] = field(default_factory=list)
