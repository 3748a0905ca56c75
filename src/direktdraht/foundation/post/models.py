"""What is sent: one row a mail, kept until it is old."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock


class State(models.TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", _("wartet")
    SENT = "sent", _("gesendet")
    FAILED = "failed", _("gescheitert")


class Mail(models.Model):
    """One mail, rendered when it was queued. ``key`` makes queueing idempotent; the mail's own id is its Message-ID."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    to = models.EmailField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    template = models.CharField(max_length=100)
    attachment_name = models.CharField(max_length=100, blank=True)
    attachment_type = models.CharField(max_length=60, blank=True)
    attachment = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.template} ({self.get_state_display()})"
