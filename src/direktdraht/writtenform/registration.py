"""What this room registers: its ways to sign, how its journal contents are read, what the doctor looks at."""

from direktdraht.foundation import checks, demo
from direktdraht.foundation.journal.contents import contents
from direktdraht.writtenform import city_seal, registry, trusting
from direktdraht.writtenform.by_hand import Counter, Paper
from direktdraht.writtenform.contents import ProofContents
from direktdraht.writtenform.demo import DemoSeal
from direktdraht.writtenform.qes import QualifiedSignature


def register() -> None:
    """Fill the registries; the order is the order in which people are offered the ways."""
    registry.proofs.register("qes", QualifiedSignature())
    registry.proofs.register("paper", Paper())
    registry.proofs.register("counter", Counter())
    contents.register("proof", ProofContents())
    checks.registry.register("trust", trusting.findings)
    checks.registry.register("seal", city_seal.findings)
    demo.registry.register("seal", DemoSeal())
