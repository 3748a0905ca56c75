"""What is stored of a file: its digest, size, type and whose rule decides who may read it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock


class State(models.TextChoices):
    """Whether a file may be handed out."""

    CLEAN = "clean", _("geprüft")
    HELD = "held", _("zurückgehalten")


class Document(models.Model):
    """A file (Datei). Several documents may share the same stored content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CLEAN)
    held_because = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a preview can be drawn as a picture."""
        return self.content_type in {"image/jpeg", "image/png", "image/webp"}

    @property
    def has_preview(self) -> bool:
        """Whether a preview exists for this type."""
        return self.is_picture or self.content_type == "application/pdf"


class Upload(models.Model):
    """A file on its way in, piece by piece. Its bytes lie below the data folder until it is whole and becomes a document.

    ``purpose`` is the owner's own word for what the file is for. ``document`` is the id of what became of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=400)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(help_text="bytes that will come")
    received = models.PositiveBigIntegerField(default=0, help_text="bytes that are kept")
    document = models.UUIDField(null=True)
    touched_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="upload_not_longer_than_said")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self.received == self.size
