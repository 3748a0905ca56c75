"""The case itself."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.states import IDLE, State
from direktdraht.foundation import clock
from direktdraht.people.models import Account, Unit
from direktdraht.services.models import Law, Service

# Stands for "nothing is owed" where cases are put in order by their promise.
FAR_AWAY = date(9999, 12, 31)


class Outcome(models.TextChoices):
    """How a case ended."""

    DONE = "done", _("erledigt")
    GRANTED = "granted", _("bewilligt")
    PARTLY = "partly", _("teilweise bewilligt")
    REFUSED = "refused", _("abgelehnt")
    TAKEN_BACK = "taken_back", _("zurückgenommen")
    ELSEWHERE = "elsewhere", _("andere Behörde zuständig")


class Case(models.Model):
    """A case (Vorgang): everything between one person and the city about one matter.

    ``key_digest`` is all that is kept of the case key. ``promise_due`` is the day by which the city promised
    the next answer (``promise_days`` working days); empty while nothing is owed. ``rested_since`` is set
    while the city waits for the person. ``origin`` names the room a case came from, ``origin_ref`` the thing there.
    ``runs``: its matter goes on by itself (a registration); nobody has to answer it unless the person writes.
    ``channel`` is a key of ``cases.channels`` over which the person opened access (§ 3a (1) VwVfG), with their address there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=200)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=State.choices, default=State.NEW)
    runs = models.BooleanField(default=False)
    assignee = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned_cases")
    person_name = models.CharField(max_length=200, blank=True)
    person_email = models.EmailField(max_length=320, blank=True)
    person_address = models.TextField(blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    language = models.CharField(max_length=20, default="de")
    origin = models.CharField(max_length=40)
    origin_ref = models.CharField(max_length=80)
    key_digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=clock.now)
    law = models.CharField(max_length=10, choices=Law.choices, default=Law.VWVFG)
    promise_days = models.PositiveSmallIntegerField(help_text="working days")
    promise_due = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    rested_since = models.DateField(null=True, blank=True)
    electronic_consent_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    channel_address = models.CharField(max_length=320, blank=True)
    unread_by_staff = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    close_reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "origin_ref"], name="one_case_per_origin")]
        indexes = [
            models.Index(
                "unit", Coalesce("promise_due", models.Value(FAR_AWAY)), "id", name="cases_open_by_due", condition=~Q(state__in=IDLE)
            ),
            models.Index(fields=["unit", "received_at", "id"], name="cases_by_receipt"),
            models.Index(fields=["account", "received_at"], name="cases_of_account"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """Under which name the journal knows this case."""
        return f"case:{self.number}"

    @property
    def resting(self) -> bool:
        """Whether the promise clock rests because the city waits for the person."""
        return self.rested_since is not None

    @property
    def is_open(self) -> bool:
        """Whether the case still goes on."""
        return self.state != State.CLOSED

    @property
    def received_on(self) -> date:
        """The day of receipt in Germany."""
        return self.received_at.astimezone(clock.BERLIN).date()
