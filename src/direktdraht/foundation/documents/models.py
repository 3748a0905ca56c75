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
