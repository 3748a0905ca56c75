"""What is stored: entries, seals over batches of them, which entry lies in which seal, and timestamps of seals."""

from django.db import models

# The web and worker role may SELECT and INSERT here, nothing else (see grants.py).
APPEND_ONLY_TABLES = ("journal_entry", "journal_seal", "journal_sealedentry", "journal_rootstamp")


class Entry(models.Model):
    """One thing that matters legally; holds ids and numbers only, never personal text."""

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=140)
    digest = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=64, blank=True)
    row_hash = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="journal_entry_subject")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.subject}"


class Seal(models.Model):
    """The signed root of a Merkle tree over one batch of entries; names the root before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.number} {self.root}"


class SealedEntry(models.Model):
    """That an entry lies in a seal, and at which position (from 0)."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="members", db_index=False)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="journal_one_entry_a_position")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.seal_id}/{self.position}"


class RootStamp(models.Model):
    """A timestamp of a foreign service over the root of a seal (RFC 3161): what lies below it existed then."""

    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, primary_key=True, related_name="stamp")
    token = models.BinaryField()
    stamped_at = models.DateTimeField()
    authority = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.seal_id} at {self.stamped_at}"
