"""The city's decision in a case."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.models.case import Case
from direktdraht.cases.states import DecisionState
from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.people.models import Account


class Way(models.TextChoices):
    """How a decision reaches the person."""

    INBOX = "inbox", _("Abruf auf der Vorgangsseite (§ 41 Abs. 2a VwVfG)")
    PRINT = "print", _("Post (§ 41 Abs. 2 VwVfG)")
    CHANNEL = "channel", _("Nachricht über den eröffneten Zugang (§ 41 Abs. 2 VwVfG)")


class Remedy(models.TextChoices):
    """What the person can do against a decision; the state's law says which."""

    OBJECTION = "objection", _("Widerspruch oder Einspruch")
    LAWSUIT = "lawsuit", _("Klage")


class Decision(models.Model):
    """A decision (Bescheid), in one version.

    Without ``remedy_text`` (Rechtsbehelfsbelehrung) the longer period runs. ``rules`` keeps each computed
    date with the rule and its sentences, as they were law at the time. ``withdraw_on`` is the last day for
    retrieval where the law knows one. ``known_on`` may lie ahead: the decision counts as known from that day.
    ``sending_since``: it was handed to the person's channel, whose confirmation of dispatch is awaited.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=DecisionState.choices, default=DecisionState.DRAFT)
    title = models.CharField(max_length=200)
    text = models.TextField()
    remedy = models.CharField(max_length=12, choices=Remedy.choices, default=Remedy.OBJECTION)
    remedy_text = models.TextField(blank=True)
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    pdf = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=8, blank=True, help_text="level of the city's seal on the letter, as PAdES names it")
    salt = models.BinaryField(max_length=32)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    sending_since = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    dispatched_on = models.DateField(null=True, blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)
    known_on = models.DateField(null=True, blank=True)
    final_on = models.DateField(null=True, blank=True)
    withdraw_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    rules = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_decision_per_version"),
            models.UniqueConstraint(fields=["case"], condition=Q(state=DecisionState.DRAFT), name="one_draft_per_case"),
        ]
        indexes = [models.Index(fields=["state", "known_on"], name="decisions_by_state")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.version}"
