"""What this room registers: its ways that need no protocol, and how its journal contents are read."""

from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.journal.contents import contents
from direktdraht.people.bundid.method import LABEL
from direktdraht.writtenform import registry
from direktdraht.writtenform.by_hand import Counter, Paper
from direktdraht.writtenform.contents import ProofContents
from direktdraht.writtenform.identified import Identified


def register() -> None:
    """Fill the registries; the order is the order in which people are offered the ways."""
    registry.proofs.register(
        "bundid",
        Identified(
            "bundid",
            label=LABEL,
            hint=_("Sie nehmen Ihr Nutzerkonto und Ihren Online-Ausweis. Das dauert wenige Minuten."),
            fact=_("mit BundID"),
        ),
    )
    registry.proofs.register("paper", Paper())
    registry.proofs.register("counter", Counter())
    contents.register("proof", ProofContents())
