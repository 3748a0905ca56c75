"""What can be registered for: series of offers with sessions and numbered seats, their rules, their draw."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.people.models import Account, Unit


class Mode(models.TextChoices):
    """How the places of a series are given out."""

    DRAW = "draw", _("Verlosung nach Wünschen")
    FIRST = "first", _("Reihenfolge der Anmeldung")


class SeriesState(models.TextChoices):
    """Whether people see a series."""

    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    CLOSED = "closed", _("beendet")


class Series(models.Model):
    """A series of offers with one registration period (Reihe), such as a holiday pass.

    In a drawn series every participant gets one place at most. ``answer_hours`` is how long a returned place is kept for
    the next in line, ``pay_days`` how long a fee may take, ``remind_days`` how long
    before the first date of an offer people are reminded (empty: never). ``seed`` is secret until the draw; ``commitment`` is
    its SHA-256, published at the opening. ``public_event`` names a public event whose result is added to the seed. ``questions`` are
    elements of the room ``questions``, asked for each participant.
    """

    key = models.SlugField(primary_key=True, max_length=60)
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="series")
    state = models.CharField(max_length=10, choices=SeriesState.choices, default=SeriesState.DRAFT)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answer_hours = models.PositiveSmallIntegerField(default=72)
    pay_days = models.PositiveSmallIntegerField(default=14)
    remind_days = models.PositiveSmallIntegerField(null=True, blank=True, default=2)
    public_event = models.CharField(max_length=200, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    questions = models.JSONField(default=list, blank=True)
    revenue_account = models.CharField(max_length=40, blank=True)
    cost_centre = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="series_closes_after_it_opens")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"series:{self.key}"

    @property
    def is_drawn(self) -> bool:
        """Whether its places are drawn."""
        return self.mode == Mode.DRAW

    @property
    def takes_registrations(self) -> bool:
        """Whether one can register now."""
        return self.state == SeriesState.PUBLISHED and self.opens_at <= clock.now() < self.closes_at


class CancellationRule(models.Model):
    """How much of the fee goes back when a person cancels so many days before the first session (Rücktritt)."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="cancellation_rules")
    days_before = models.PositiveSmallIntegerField()
    refund_percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "days_before"], name="one_cancellation_rule_a_day"),
            models.CheckConstraint(condition=Q(refund_percent__lte=100), name="refund_up_to_all"),
        ]

    def __str__(self) -> str:
        return f"{self.days_before}: {self.refund_percent} %"


class Entitlement(models.Model):
    """A group of people with a reduced price, reserved places, or both (Berechtigung), such as a family pass."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="entitlements")
    label = models.CharField(max_length=100)
    proof = models.CharField(max_length=200, blank=True)
    reduction_percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "label"], name="one_entitlement_a_label"),
            models.CheckConstraint(condition=Q(reduction_percent__lte=100), name="reduction_up_to_all"),
        ]

    def __str__(self) -> str:
        return self.label


class Offer(models.Model):
    """One offer of a series (Angebot): what, where, for whom, for how much; ``cancelled_at`` is set when the city calls it off.

    ``certificate_sessions`` is at how many dates somebody must be there for a certificate; without it there are none.
    ``questions`` are elements of the room ``questions``, asked for each participant who wishes for the offer.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    topic = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    price_cents = models.PositiveIntegerField(default=0)
    certificate_sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    questions = models.JSONField(default=list, blank=True)
    leaders = models.ManyToManyField(Account, blank=True, related_name="led_offers")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="one_offer_a_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """How the published files name it."""
        return f"A{self.number}"

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"offer:{self.pk}"


class Session(models.Model):
    """One date of an offer (Termin)."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "starts_at"], name="one_session_a_start"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Seat(models.Model):
    """One numbered place of an offer. A booking points to its seat, and only one can: so no place is given out twice.

    ``entitlement`` reserves it for a group of people (Kontingent).
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveIntegerField()
    entitlement = models.ForeignKey(Entitlement, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_seat_a_number")]

    def __str__(self) -> str:
        return f"{self.offer_id}/{self.number}"


class Draw(models.Model):
    """The draw of a series (Verlosung): the files from which anyone recomputes it; no personal data, only lots.

    ``seed`` is the whole one as it was used, ``event`` the result of the public event that it holds.
    """

    series = models.OneToOneField(Series, primary_key=True, on_delete=models.PROTECT, related_name="draw")
    seed = models.CharField(max_length=300)
    event = models.CharField(max_length=200, blank=True)
    wishes = models.TextField()
    places = models.TextField()
    result = models.TextField()
    parties = models.PositiveIntegerField()
    ran_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.series_id} ({self.ran_at:%Y-%m-%d})"
