"""Signatures that a clerk takes in: on a letter (Brief), or in person at the counter (persönliche Vorsprache)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation.verdicts import Check
from direktdraht.people.models import Account, Level
from direktdraht.writtenform.actions import Evidence, Outcome
from direktdraht.writtenform.models import Proof


class Paper:
    """Signed by hand and sent as a letter; a clerk recognised it by its code."""

    label = gettext_lazy("Auf Papier")
    hint = gettext_lazy("Sie drucken, unterschreiben von Hand und schicken oder bringen den Brief. Wir erkennen ihn am Code.")
    fact = gettext_lazy("von Hand auf Papier")

    def problems(self) -> Sequence[str]:
        """Paper always works."""
        return []

    def recheck(self, proof: Proof) -> Sequence[Check]:
        """What a person saw cannot be seen again by a machine: the clerk's own statements stand."""
        return [Check.from_json(stored) for stored in proof.checks]


class Counter(Paper):
    """Declared at the counter, before a clerk who looked at the identity card."""

    label = gettext_lazy("Bei uns vor Ort")
    hint = gettext_lazy("Sie kommen mit Ihrem Ausweis vorbei und nennen den Code. Ihre Angaben liegen schon bereit.")
    fact = gettext_lazy("persönlich vor Ort")


def signed_letter(*, signer: str, received_on: date, at: datetime, by: Account, scan: Evidence | None) -> Outcome:
    """The outcome when a clerk holds the signed letter in hand; ``scan`` is a picture of it."""
    checks = [
        Check("code", True, N_("Der Code auf dem Brief gehört zu genau dieser Erklärung.")),
        Check("signature", True, N_("Der Brief trägt eine eigenhändige Unterschrift.")),
        Check("text", True, N_("Der gedruckte Text ist nicht verändert.")),
    ]
    return Outcome(
        way="paper",
        level=Level.NONE,
        signer=signer,
        given_at=at,
        checks=checks,
        facts={"received_on": received_on.isoformat(), "clerk": str(by.pk)},
        evidence=[scan] if scan is not None else [],
    )


def at_the_counter(*, signer: str, document_kind: str, at: datetime, by: Account) -> Outcome:
    """The outcome when a person stood before a clerk and showed an identity document; its number is not kept."""
    checks = [
        Check("code", True, N_("Der Code gehört zu genau dieser Erklärung.")),
        Check("person", True, N_("Die Person war da und hat sich ausgewiesen.")),
        Check("will", True, N_("Die Person hat die Erklärung gelesen und bestätigt.")),
    ]
    return Outcome(
        way="counter", level=Level.HIGH, signer=signer, given_at=at, checks=checks, facts={"document": document_kind, "clerk": str(by.pk)}
    )
