"""Registry of ways that replace a signature (``writtenform.proofs``). Protocols and rooms add theirs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from direktdraht.foundation.registry import Registry
from direktdraht.foundation.verdicts import Check

if TYPE_CHECKING:
    from direktdraht.writtenform.models import Proof


class ProofWay(Protocol):
    """One way to replace a signature.

    ``label`` and ``hint`` are shown where people choose. ``fact`` names the way in the middle of a sentence.
    """

    label: Any
    hint: Any
    fact: Any

    def problems(self) -> Sequence[str]:
        """Why nobody can go this way at present, one plain sentence each; empty when it is open."""
        ...

    def recheck(self, proof: "Proof") -> Sequence[Check]:
        """Examine the stored evidence again, without any network: the same answer as on the first day."""
        ...


proofs: Registry[ProofWay] = Registry("writtenform.proofs")
