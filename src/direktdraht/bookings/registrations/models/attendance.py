"""Who was there: a tick for a person at one date of an offer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.registrations.models.offers import Session
from direktdraht.bookings.registrations.models.registrations import Participant
from direktdraht.foundation import clock
from direktdraht.people.models import Account


class Presence(models.TextChoices):
    """Whether somebody was there; what nobody has noted yet has no row."""

    PRESENT = "present", _("anwesend")
    EXCUSED = "excused", _("entschuldigt")
    ABSENT = "absent", _("gefehlt")


class Attendance(models.Model):
    """A tick on the attendance list (Anwesenheit): who noted it and when; it goes when its party is forgotten."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="attendances")
    presence = models.CharField(max_length=10, choices=Presence.choices)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "participant"], name="one_tick_a_person_and_session")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id} {self.presence}"
