"""What both sides write, and the files that belong to it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.models.case import Case
from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.people.models import Account, Unit


class MessageKind(models.TextChoices):
    """Whose words a message holds."""

    PERSON = "person", _("Person")
    CITY = "city", _("Stadt")
    INTERNAL = "internal", _("Nur intern")


class Message(models.Model):
    """One message of the thread.

    ``salt`` and the content give the digest in the journal; erasing the salt makes the digest silent.
    ``form_token`` is drawn with the form, so that a double click makes one message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    author = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=20, default="de")
    sent_at = models.DateTimeField(default=clock.now)
    salt = models.BinaryField(max_length=32)
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    is_objection = models.BooleanField(default=False)
    read_by_staff_at = models.DateTimeField(null=True, blank=True)
    read_by_person_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "sent_at"], name="messages_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sent_at:%Y-%m-%d %H:%M}"


class MessageFile(models.Model):
    """A file that belongs to a message, in the order of its place."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return f"{self.message_id}/{self.place}"
