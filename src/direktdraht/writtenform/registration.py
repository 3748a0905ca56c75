"""What this room registers: its ways to sign, how its journal contents are read, what the doctor looks at."""

from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import checks, demo
from direktdraht.foundation.journal.contents import contents
from direktdraht.people.bundid.method import LABEL
from direktdraht.writtenform import city_seal, readiness, registry, stamping, trusting
from direktdraht.writtenform.by_hand import Counter, Paper
from direktdraht.writtenform.contents import ProofContents
from direktdraht.writtenform.demo import DemoSeal
from direktdraht.writtenform.identified import Identified
from direktdraht.writtenform.qes import QualifiedSignature

BUNDID_HINT = _("Sie nehmen Ihr Nutzerkonto und Ihren Online-Ausweis. Das dauert wenige Minuten.")


def register() -> None:
    """Fill the registries; the order is the order in which people are offered the ways."""
    registry.proofs.register("bundid", Identified("bundid", label=LABEL, hint=BUNDID_HINT, fact=_("mit BundID")))
    registry.proofs.register("qes", QualifiedSignature())
    registry.proofs.register("paper", Paper())
    registry.proofs.register("counter", Counter())
    contents.register("proof", ProofContents())
    checks.registry.register("trust", trusting.findings)
    checks.registry.register("seal", city_seal.findings)
    checks.registry.register("services", readiness.findings)
    checks.registry.register("timestamps", stamping.findings)
    demo.registry.register("seal", DemoSeal())
