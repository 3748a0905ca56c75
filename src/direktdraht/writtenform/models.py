"""What is stored of a proof: what it binds, who gave it how, every check, and the evidence; and how trust services answer."""

import uuid

from django.db import models

from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.people.models import Account, Identification, Level

MOST_ADDRESS = 500


class Proof(models.Model):
    """That a frozen declaration was signed, or what the law takes for it (Nachweis der Schriftform). Never changed.

    ``digest`` is the declaration's own digest. ``way`` is a key of ``registry.proofs``; ``paragraph`` is what the
    rule in force on ``ruled_on`` said. ``facts`` holds only what was asked for and checked. ``manifest`` is what
    ``recheck`` needs beside the evidence, in the way's own shape. ``salt`` hides the content behind the journal's
    digest. ``discarded_at``: the declaration was changed afterwards, so this proves nothing any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, db_index=True)
    way = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=Level.choices)
    rule = models.CharField(max_length=60)
    paragraph = models.CharField(max_length=300)
    ruled_on = models.DateField()
    signer = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    checked_at = models.DateTimeField(default=clock.now)
    facts = models.JSONField(default=dict)
    checks = models.JSONField(default=list)
    manifest = models.JSONField(default=dict)
    identification = models.ForeignKey(Identification, null=True, blank=True, on_delete=models.PROTECT, related_name="proofs")
    salt = models.BinaryField(max_length=32)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=models.Q(discarded_at=None), name="one_proof_a_declaration"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.digest[:8]} ({self.given_at:%Y-%m-%d})"


class ProofEvidence(models.Model):
    """A piece of evidence: a signed file, an answer of a provider, a certificate, a mail, a scanned letter."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="evidence")
    role = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "role"], name="one_evidence_a_role")]

    def __str__(self) -> str:
        return f"{self.role}: {self.document}"


class OwnRule(models.Model):
    """A rule on the written form that the city set itself: it goes before the rows that come with the software.

    ``content`` is a ``rules.Rule``. A row begins in the future when it is added, so that no declaration changes its rule.
    """

    key = models.CharField(max_length=60)
    law = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    content = models.JSONField()
    reason = models.CharField(max_length=500)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "law", "valid_from"], condition=models.Q(withdrawn_at=None), name="one_own_rule_a_beginning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.law}) from {self.valid_from}"


class ServiceKind(models.TextChoices):
    """What a trust service does."""

    TIMESTAMPS = "timestamps", "Zeitstempeldienst"
    REVOCATION = "revocation", "Auskunft über gesperrte Zertifikate"
    DEMAIL = "demail", "De-Mail-Postfach oder Übergabe"


class ServiceState(models.Model):
    """How a trust service answered when it was last asked: so that people learn of a failure before they enter a PIN.

    ``clock_difference`` is how far its clock is ahead of ours, where its answer told it.
    """

    address = models.CharField(max_length=MOST_ADDRESS, unique=True)
    kind = models.CharField(max_length=20, choices=ServiceKind.choices)
    asked_at = models.DateTimeField()
    answered = models.BooleanField()
    clock_difference = models.DurationField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.address} at {self.asked_at}: {'answers' if self.answered else 'silent'}"
