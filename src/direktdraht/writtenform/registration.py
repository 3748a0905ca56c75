"""What this room registers: its ways to sign, how its journal contents are read, what the doctor looks at."""

from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import checks, demo
from direktdraht.foundation.journal.contents import contents
from direktdraht.people.bundid.method import LABEL as BUNDID
from direktdraht.people.eid.method import LABEL as EID
from direktdraht.writtenform import city_seal, demail_connection, readiness, registry, stamping, trusting
from direktdraht.writtenform.by_demail import WAY, DeMail
from direktdraht.writtenform.by_hand import Counter, Paper
from direktdraht.writtenform.contents import ProofContents
from direktdraht.writtenform.demo import DemoSeal
from direktdraht.writtenform.identified import Identified
from direktdraht.writtenform.qes import QualifiedSignature

EID_HINT = _("Sie halten Ihren Ausweis ans Handy oder Lesegerät und geben die PIN ein. Das dauert wenige Minuten.")
BUNDID_HINT = _("Sie nehmen Ihr Nutzerkonto und Ihren Online-Ausweis. Das dauert wenige Minuten.")


def register() -> None:
    """Fill the registries; the order is the order in which people are offered the ways."""
    registry.proofs.register("eid", Identified("eid", label=EID, hint=EID_HINT, fact=_("mit dem Online-Ausweis")))
    registry.proofs.register("bundid", Identified("bundid", label=BUNDID, hint=BUNDID_HINT, fact=_("mit BundID")))
    registry.proofs.register("qes", QualifiedSignature())
    registry.proofs.register(WAY, DeMail())
    registry.proofs.register("paper", Paper())
    registry.proofs.register("counter", Counter())
    contents.register("proof", ProofContents())
    checks.registry.register("trust", trusting.findings)
    checks.registry.register("seal", city_seal.findings)
    checks.registry.register("services", readiness.findings)
    checks.registry.register("timestamps", stamping.findings)
    checks.registry.register("demail", demail_connection.findings)
    demo.registry.register("seal", DemoSeal())
