"""How an order stands: computed from the sums of its ledger entries and nothing else. Pure.

All amounts are whole cents. The worked table is in docs/explanation/payments.md.
"""

from dataclasses import dataclass

# Kinds of postings by what they change for an order.
CHARGES = frozenset({"charge", "reduction", "reinstatement", "cancellation", "expiry", "revival"})
RECEIPTS = frozenset({"receipt", "assignment", "return", "take_back"})
WAIVERS = frozenset({"waiver"})
REFUND_REQUESTS = frozenset({"refund_request", "refund_withdrawn"})
REFUND_PAYMENTS = frozenset({"refund_paid", "refund_bounced"})

OPEN, PARTLY_PAID, PAID, OVERPAID = "open", "partly_paid", "paid", "overpaid"
CANCELLED, EXPIRED, WAIVED, REFUNDED = "cancelled", "expired", "waived", "refunded"
STATES = (OPEN, PARTLY_PAID, PAID, OVERPAID, CANCELLED, EXPIRED, WAIVED, REFUNDED)
# Nothing is owed any more, and what was charged holds.
SETTLED = frozenset({PAID, OVERPAID, WAIVED})


@dataclass(frozen=True)
class Standing:
    """The sums of an order.

    ``charged``: what is asked for, after reductions. ``received``: what came, less what went back to the payer's
    bank. ``waived``: what the city gave up (Erlass). ``asked_back``: refunds requested and not withdrawn, paid or
    not. ``refunded``: what really went back. ``closed``: ``""``, ``cancelled`` or ``expired``.
    """

    charged: int = 0
    received: int = 0
    waived: int = 0
    asked_back: int = 0
    refunded: int = 0
    closed: str = ""

    @property
    def balance(self) -> int:
        """What stands on the account of receivables: positive is still to be paid, negative too much."""
        return self.charged - self.waived - self.received + self.asked_back

    @property
    def open(self) -> int:
        """What is still to be paid."""
        return max(0, self.balance)

    @property
    def surplus(self) -> int:
        """What came too much and nobody has asked back yet."""
        return max(0, -self.balance)

    @property
    def owed(self) -> int:
        """What the city owes the payer: surplus, and refunds on their way."""
        return self.surplus + self.asked_back - self.refunded

    @property
    def state(self) -> str:
        """One of ``STATES``.

        >>> Standing(charged=3000, received=1000).state, Standing(charged=3000, received=3500).state
        ('partly_paid', 'overpaid')
        >>> Standing(received=3000, asked_back=3000, refunded=3000, closed="cancelled").state
        'refunded'
        """
        if self.balance > 0:
            return PARTLY_PAID if self.received > self.asked_back else OPEN
        if self.owed == 0 and self.received > 0 and self.refunded == self.received:
            return REFUNDED
        if self.closed:
            return self.closed
        if self.owed > 0:
            return OVERPAID
        return WAIVED if self.waived > 0 and self.received == self.refunded else PAID

    @property
    def is_settled(self) -> bool:
        """Whether what was ordered counts as paid."""
        return self.state in SETTLED
