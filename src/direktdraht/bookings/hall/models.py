"""What is stored of a waiting hall: its settings, the numbers of the day, counters that pause, and the counts of past days."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.appointments.models import Appointment, Counter, Occasion, Site
from direktdraht.foundation import clock
from direktdraht.people.models import Account

MOST_CHANCES = 5


class Hall(models.Model):
    """The waiting hall of a site (Wartehalle): for which occasions people may come without an appointment.

    ``generation`` is part of the two secret addresses, of the page at the entrance and of the display: a new one ends the old
    addresses. ``stop_minutes`` before closing no number is given out any more. ``chances``: how often somebody is called
    before the number ends.
    """

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="hall")
    active = models.BooleanField(default=True)
    occasions = models.ManyToManyField(Occasion, related_name="halls", blank=True)
    stop_minutes = models.PositiveSmallIntegerField(default=15, validators=[MaxValueValidator(240)])
    chances = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(MOST_CHANCES)])
    generation = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(chances__gte=1, chances__lte=MOST_CHANCES), name="hall_chances")]

    def __str__(self) -> str:
        return f"hall of site {self.site_id}"


class TicketState(models.TextChoices):
    """How far a number is."""

    WAITING = "waiting", _("wartet")
    CALLED = "called", _("aufgerufen")
    SERVED = "served", _("am Schalter")
    DONE = "done", _("erledigt")
    GONE = "gone", _("nicht gekommen")
    LEFT = "left", _("gegangen")
    TOLD = "told", _("nicht mehr bedient")


AT_COUNTER = (TicketState.CALLED, TicketState.SERVED)
LIVING = (TicketState.WAITING, *AT_COUNTER)


class Ticket(models.Model):
    """A number of one day (Wartenummer): drawn, or given to an appointment that checked in. It knows no name.

    ``since`` is the instant from which its place in the line counts; ``due`` the time of an appointment that still has its
    right; ``stage`` the part of a visit at several counters. ``draw_key`` and ``call_key`` make a second press harmless.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveSmallIntegerField()
    occasions = ArrayField(models.BigIntegerField())
    minutes = models.PositiveSmallIntegerField()
    appointment = models.OneToOneField(Appointment, null=True, blank=True, on_delete=models.CASCADE, related_name="ticket")
    stage = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TicketState.choices, default=TicketState.WAITING)
    since = models.DateTimeField(default=clock.now)
    due = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(default=clock.now)
    called_at = models.DateTimeField(null=True, blank=True)
    first_called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    counter = models.ForeignKey(Counter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    calls = models.PositiveSmallIntegerField(default=0)
    missed = models.PositiveSmallIntegerField(default=0)
    draw_key = models.UUIDField(null=True, blank=True, unique=True)
    call_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["site", "day", "state"], name="tickets_of_day")]
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "letter", "number"], name="one_number_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=["called", "served"], counter__isnull=False) | ~Q(state__in=["called", "served"]),
                name="called_to_a_counter",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What stands on the display, such as ``A 12``."""
        return f"{self.letter} {self.number}"


class Pause(models.Model):
    """A counter that calls nobody for now (Pause)."""

    counter = models.OneToOneField(Counter, on_delete=models.CASCADE, related_name="pause")
    since = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.counter_id} since {self.since:%H:%M}"


class DayCount(models.Model):
    """What is left of a past day: how many numbers, how many served, gone, told; the median wait from five people on."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="day_counts")
    day = models.DateField()
    drawn = models.PositiveIntegerField()
    with_appointment = models.PositiveIntegerField()
    served = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    told = models.PositiveIntegerField()
    median_minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.site_id} {self.day}"
