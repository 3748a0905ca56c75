"""What is stored of appointments: where, when and for what the city is there, who comes, and who waits for a free time."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.people.models import Account, Unit
from direktdraht.submissions.models import Draft

MOST_SEATS = 50
RASTERS = ((5, 5), (10, 10), (15, 15), (20, 20), (30, 30), (60, 60))
WEEKDAYS = (
    (0, _("Montag")),
    (1, _("Dienstag")),
    (2, _("Mittwoch")),
    (3, _("Donnerstag")),
    (4, _("Freitag")),
    (5, _("Samstag")),
    (6, _("Sonntag")),
)


class Site(models.Model):
    """A place where people come to (Standort). Its unit works with the appointments there.

    ``feed_key`` is part of the secret address of its calendar for staff, empty while there is none; ``feed_names``: that
    calendar names who comes.
    """

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sites")
    active = models.BooleanField(default=True)
    sort_key = models.CharField(max_length=300, editable=False, default="")
    feed_key = models.UUIDField(null=True, blank=True, editable=False)
    feed_names = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Occasion(models.Model):
    """A reason to come (Anlass, Terminart): how long it takes, what to bring, how soon and how far ahead it can be booked.

    ``key`` names it in forms. ``title`` and ``bring`` are LocalText.
    ``by_request``: times are scarce and are given out from the list of wishes only.
    """

    key = models.SlugField(max_length=60, unique=True, null=True, blank=True)
    title = models.JSONField()
    bring = models.JSONField(default=dict, blank=True)
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(480)])
    buffer_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(120)])
    lead_minutes = models.PositiveIntegerField(default=60, validators=[MaxValueValidator(60 * 24 * 30)])
    days_ahead = models.PositiveSmallIntegerField(default=60, validators=[MinValueValidator(1), MaxValueValidator(366)])
    by_request = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="occasions")
    active = models.BooleanField(default=True)
    sort_key = models.CharField(max_length=300, editable=False, default="")

    def __str__(self) -> str:
        return str(self.title.get("de", ""))


class Counter(models.Model):
    """A counter, desk or room of a site (Schalter): what is done there, for how many people at once, in which raster."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="counters")
    name = models.CharField(max_length=80)
    occasions = models.ManyToManyField(Occasion, related_name="counters")
    seats = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)])
    raster_minutes = models.PositiveSmallIntegerField(default=15, choices=RASTERS)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="counter_seats")]

    def __str__(self) -> str:
        return self.name


class Hours(models.Model):
    """Open every week on a day (Öffnungszeit), local wall time; of the whole site, or of one counter instead."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="hours")
    counter = models.ForeignKey(Counter, null=True, blank=True, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "weekday"], name="hours_of_site")]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class DayException(models.Model):
    """One day that is different (Ausnahme): closed, or open in addition; of the site or of one counter."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="exceptions")
    counter = models.ForeignKey(Counter, null=True, blank=True, on_delete=models.PROTECT, related_name="exceptions")
    day = models.DateField()
    is_open = models.BooleanField(default=False)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "day"], name="exceptions_of_site")]

    def __str__(self) -> str:
        return f"{self.day} {self.note}"


class WishState(models.TextChoices):
    """How far a wish is."""

    WAITING = "waiting", _("wartet")
    OFFERED = "offered", _("Angebot läuft")
    BOOKED = "booked", _("Termin gebucht")
    WITHDRAWN = "withdrawn", _("von der Person zurückgezogen")
    ENDED = "ended", _("beendet")


class Wish(models.Model):
    """A request for a time that is not free yet (Eintrag der Wunschliste).

    Who asked on an earlier day comes first; among those of one day ``lot`` decides, drawn when the request came in. So being
    quick within a day gains nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasions = ArrayField(models.BigIntegerField())
    sites = models.ManyToManyField(Site, related_name="wishes")
    first_day = models.DateField()
    last_day = models.DateField()
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    from_time = models.TimeField()
    until_time = models.TimeField()
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=320, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, default="de")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=WishState.choices, default=WishState.WAITING)
    asked_on = models.DateField()
    lot = models.BigIntegerField()
    lapsed = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_on", "lot"], name="wishes_in_turn")]

    def __str__(self) -> str:
        return f"{self.asked_on} {self.lot}"


class State(models.TextChoices):
    """Where an appointment stands. Held, offered and booked ones have cells, no other has."""

    HELD = "held", _("gehalten")
    OFFERED = "offered", _("angeboten")
    BOOKED = "booked", _("gebucht")
    CANCELLED = "cancelled", _("abgesagt")
    LAPSED = "lapsed", _("verfallen")


LIVING = (State.HELD, State.OFFERED, State.BOOKED)


class Origin(models.TextChoices):
    """How an appointment came about."""

    WEB = "web", _("Internet")
    PHONE = "phone", _("Telefon")
    WISH = "wish", _("Wunschliste")
    FORM = "form", _("Formular")


class Presence(models.TextChoices):
    """Whether the person came."""

    OPEN = "open", _("offen")
    ARRIVED = "arrived", _("da")
    MISSED = "missed", _("nicht da")


class Appointment(models.Model):
    """One visit of one person (Termin), of one or several parts.

    ``held_until`` ends a hold or an offer. ``held_by`` and ``browser`` mark the network and the browser that hold it, as
    digests, and are emptied with the booking. ``draft`` is the form that is being filled in: a hold goes with it.
    ``sequence`` counts changes, for calendar programs. The secret of the person's link is not stored: see ``links``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.WEB)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=320, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=20, default="de")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments")
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointment")
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="appointments")
    wish = models.ForeignKey(Wish, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers")
    sequence = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.OPEN)
    cancelled_by_city = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["site", "starts_at"], name="appointments_of_site"),
            models.Index(fields=["account", "starts_at"], name="appointments_of_account"),
            models.Index(fields=["held_until"], name="appointments_held", condition=Q(held_until__isnull=False)),
            models.Index(fields=["email"], name="appointments_by_email", condition=~Q(email="")),
        ]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def subject(self) -> str:
        """Under which name the journal knows it."""
        return f"appointment:{self.pk}"


class Look(models.Model):
    """A member of staff saw somebody's data; the person sees day and unit. One row an hour."""

    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    hour = models.DateTimeField()

    class Meta:
        abstract = True


class AppointmentLook(Look):
    """A member of staff saw who comes."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="looks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "account", "hour"], name="one_appointment_look_an_hour")]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.hour:%Y-%m-%d %H}"


class WishLook(Look):
    """A member of staff saw who waits."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="looks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "account", "hour"], name="one_wish_look_an_hour")]

    def __str__(self) -> str:
        return f"{self.wish_id} {self.hour:%Y-%m-%d %H}"


class Part(models.Model):
    """A stretch of an appointment at one counter; ``blocked_until`` includes the buffer."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="parts")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="parts")
    occasions = ArrayField(models.BigIntegerField())
    place = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    blocked_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["counter", "starts_at"], name="parts_of_counter")]
        constraints = [models.UniqueConstraint(fields=["appointment", "place"], name="one_part_a_place")]

    def __str__(self) -> str:
        return f"{self.counter_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Cell(models.Model):
    """Five minutes of one place at one counter, given out. The constraint is what makes overbooking impossible."""

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField()
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="cells")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "at", "seat"], name="one_appointment_a_cell")]

    def __str__(self) -> str:
        return f"{self.counter_id} {self.at:%Y-%m-%d %H:%M} {self.seat}"
