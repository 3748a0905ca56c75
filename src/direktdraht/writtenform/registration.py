"""What this room registers: its ways that need no protocol, and how its journal contents are read."""

from direktdraht.foundation.journal.contents import contents
from direktdraht.writtenform import registry
from direktdraht.writtenform.by_hand import Counter, Paper
from direktdraht.writtenform.contents import ProofContents


def register() -> None:
    """Fill the registries; the order is the order in which people are offered the ways."""
    registry.proofs.register("paper", Paper())
    registry.proofs.register("counter", Counter())
    contents.register("proof", ProofContents())
