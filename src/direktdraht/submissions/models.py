"""What is stored: drafts that change, submissions that never do."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.models import Case, Decision, Message
from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal.digests import new_salt
from direktdraht.payments.models import Order
from direktdraht.people.models import Account, Identification, Unit
from direktdraht.services.models import Service


class Draft(models.Model):
    """Something a person is still writing (Entwurf).

    Its id is drawn before anything is sent and becomes the id of the submission: that makes sending
    idempotent. ``case_key`` is drawn with it, so that a retry after a crash shows the same key.
    ``page_secret`` signs the passes of its pages. ``frozen_at``: it waits for a signature and cannot be changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=80, help_text="what the kind needs to find its definition again")
    language = models.CharField(max_length=20, default="de")
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    resume_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    case_key = models.CharField(max_length=60)
    salt = models.BinaryField()
    page_secret = models.BinaryField(default=new_salt)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    frozen_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["changed_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} ({self.created_at:%Y-%m-%d})"


class Declaration(models.Model):
    """A draft frozen for its signature (eingefrorene Erklärung): exactly what will be sent, until it is let go.

    ``code`` is printed on paper and named in mails: with it the city finds the declaration, it opens nothing.
    ``declared`` is how the person names themselves, ``document`` the very PDF that they may sign.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="declarations")
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=20, unique=True)
    rule = models.CharField(max_length=60)
    law = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    declared = models.JSONField(default=dict)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft"], condition=models.Q(discarded_at=None), name="one_declaration_a_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.frozen_at:%Y-%m-%d})"


class MailState(models.TextChoices):
    """What became of a De-Mail that came in."""

    RECEIVED = "received", _("wird geprüft")
    SIGNED = "signed", _("als Unterschrift angenommen")
    FILED = "filed", _("zum Vorgang genommen")
    REFUSED = "refused", _("kein Nachweis, zum Vorgang genommen")
    EVIDENCE = "evidence", _("Bestätigung abgelegt")
    HELD = "held", _("zurückgehalten")


class DeMail(models.Model):
    """A mail that came to the city's De-Mail account, whatever it proved to be. The raw bytes are stored first.

    ``digest`` is that of the raw bytes: the same mail is one row, ``times`` counts its copies. ``keys`` are digests of
    its identifiers, so that a copy is known again after erasure. ``genuine``: a provider's signature holds.
    ``reason`` says why it proves nothing, or why it is held. ``code`` is the declaration's, where its subject names one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    keys = ArrayField(models.CharField(max_length=64), default=list)
    came_by = models.CharField(max_length=10)
    arrived_at = models.DateTimeField(default=clock.now)
    times = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.RECEIVED)
    reason = models.TextField(blank=True)
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    genuine = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    checks = models.JSONField(default=list)
    code = models.CharField(max_length=20, blank=True)
    declaration = models.ForeignKey(Declaration, null=True, blank=True, on_delete=models.SET_NULL, related_name="demails")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="demails")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-arrived_at", "-id"], name="demails_by_arrival"),
            models.Index(fields=["state", "-arrived_at"], name="demails_by_state"),
            models.Index(fields=["code"], name="demails_by_code"),
            GinIndex(fields=["keys"], name="demails_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.state} ({self.arrived_at:%Y-%m-%d})"


class SendingState(models.TextChoices):
    """How far a De-Mail of the city is."""

    QUEUED = "queued", _("wird übergeben")
    HANDED = "handed", _("dem Anbieter übergeben")
    DISPATCHED = "dispatched", _("versandt")
    DELIVERED = "delivered", _("im Postfach eingegangen")
    RETRIEVED = "retrieved", _("abgeholt")
    FAILED = "failed", _("nicht versandt")


class SentDeMail(models.Model):
    """A De-Mail of the city: an answer, or a decision. Its id is the Message-ID and the provider's private id.

    The instants are those of the provider's confirmations (Versand-, Eingangs-, Abholbestätigung, § 5 (7) to (9) De-Mail-Gesetz).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sent_demails")
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="sent_demails")
    to = models.CharField(max_length=320)
    state = models.CharField(max_length=10, choices=SendingState.choices, default=SendingState.QUEUED)
    problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="sent_demails_by_state")]

    def __str__(self) -> str:
        return f"{self.state} ({self.created_at:%Y-%m-%d})"


class Confirmation(models.Model):
    """A provider's confirmation that belongs to a De-Mail of the city; the signed mail itself is kept as evidence."""

    sent = models.ForeignKey(SentDeMail, on_delete=models.CASCADE, related_name="confirmations")
    mail = models.OneToOneField(DeMail, on_delete=models.PROTECT, related_name="confirmation")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} ({self.at:%Y-%m-%d})"


class PaidFirst(models.Model):
    """That a draft is paid before it is sent, because a rule says so (Vorkasse).

    ``draft_id`` is the draft's id and later the submission's; no foreign key, because money outlives a draft.
    ``digest`` is what the person saw when they went to pay: only that is sent by itself. ``ended_at``: it was sent, or
    the money was given back.
    """

    draft_id = models.UUIDField(primary_key=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.order_id}"


class Submission(models.Model):
    """Something sent (Antrag, Meldung), immutable: answers, files and the text as the person saw it.

    ``digest`` is the salted digest of ``content.canonical_bytes``: definition, answers, file digests, text.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=80)
    definition_digest = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=20)
    answers = models.JSONField()
    files = models.JSONField(default=list)
    text = models.TextField()
    fee = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    journal_entry = models.BigIntegerField(unique=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="submissions")
    identification = models.ForeignKey(Identification, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions")
    answer_by = models.DateField(null=True, blank=True)
    mailed_to = models.EmailField(blank=True)
    check_code = models.CharField(max_length=20)
    receipt_pdf = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["account", "-received_at"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.received_at:%Y-%m-%d})"


class SubmissionFile(models.Model):
    """A file that belongs to a submission, in the order of the answers."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "position"], name="one_file_a_position")]

    def __str__(self) -> str:
        return f"{self.position}: {self.document}"
