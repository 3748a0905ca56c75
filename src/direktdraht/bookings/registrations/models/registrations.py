"""Who registered: one party with its participants, their wishes in order, and what became of each wish."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.registrations.models.offers import Entitlement, Offer, Seat, Series
from direktdraht.cases.models import Case
from direktdraht.foundation import clock
from direktdraht.foundation.journal.digests import new_salt
from direktdraht.payments.models import Order, Refund
from direktdraht.people.models import Account
from direktdraht.submissions.models import Draft


class Registration(models.Model):
    """A registration (Anmeldung) of one party: a family, or one person. It hangs on its ``draft`` until ``sent_at``, then on its ``case``.

    Its id is the draft's, and later the submission's; ``number`` is the case's. ``unsaid`` is what it said before the first
    change since ``changed_at`` that stands not yet in the thread.
    ``secret`` goes into the link that opens it without an account. ``all_or_none`` keeps the party together. ``lot`` names
    the party in the published files. Contact, emergency contact and people who may collect are needed for minors.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="registration")
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="registration")
    number = models.CharField(max_length=16, null=True, blank=True, unique=True)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="registrations")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    language = models.CharField(max_length=20, default="de")
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(max_length=320, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    emergency_name = models.CharField(max_length=200, blank=True)
    emergency_phone = models.CharField(max_length=40, blank=True)
    pickup = models.CharField(max_length=500, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    all_or_none = models.BooleanField(default=False)
    lot = models.CharField(max_length=20, unique=True)
    secret = models.BinaryField(default=new_salt)
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    unsaid = models.JSONField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="registrations_unsaid", condition=Q(unsaid__isnull=False))]

    def __str__(self) -> str:
        return self.number or str(self.pk)

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"registration:{self.pk}"


class Participant(models.Model):
    """One person who is to take part, with their lot in the published files.

    ``mark`` is a keyed digest of name and birthday: in a drawn series nobody draws two lots; ``counts`` is set from sending
    to withdrawal. ``health`` is encrypted, optional, seen only by the leaders of the offer and erased 14 days after its end.
    ``turn`` and ``got_wish`` say how the draw went.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="participants")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    born_on = models.DateField()
    entitlement = models.ForeignKey(Entitlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    health = models.BinaryField(null=True, blank=True)
    health_erased_at = models.DateTimeField(null=True, blank=True)
    lot = models.CharField(max_length=20, unique=True)
    mark = models.CharField(max_length=64, blank=True)
    counts = models.BooleanField(default=False)
    turn = models.PositiveIntegerField(null=True, blank=True)
    got_wish = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "position"], name="one_participant_a_position"),
            models.UniqueConstraint(fields=["series", "mark"], condition=Q(counts=True) & ~Q(mark=""), name="one_lot_a_person"),
        ]

    def __str__(self) -> str:
        return self.lot


class OfferWish(models.Model):
    """A participant's wish for an offer; rank 1 is the dearest. ``answers`` are those to the offer's own questions and go with it."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="wishes")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "offer"], name="one_wish_an_offer"),
            models.UniqueConstraint(fields=["participant", "rank"], name="one_wish_a_rank", deferrable=models.Deferrable.DEFERRED),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.rank}"


class BookingState(models.TextChoices):
    """What became of a wish. The last four are final: nothing comes back from there (a trigger holds it)."""

    WAITING = "waiting", _("Warteliste")
    OFFERED = "offered", _("Platz angeboten")
    UNPAID = "unpaid", _("Platz, noch zu bezahlen")
    CONFIRMED = "confirmed", _("Platz sicher")
    LAPSED = "lapsed", _("Frist abgelaufen")
    DECLINED = "declined", _("Platz nicht gewollt")
    CANCELLED = "cancelled", _("abgesagt")
    ENDED = "ended", _("beendet")


HOLDING = frozenset({BookingState.OFFERED, BookingState.UNPAID, BookingState.CONFIRMED})
PLACES = frozenset({BookingState.UNPAID, BookingState.CONFIRMED})
LIVE = HOLDING | {BookingState.WAITING}


class Booking(models.Model):
    """A participant's place in an offer, or in its line (Platz).

    ``line`` is the order of the waiting list, drawn once. Bookings of one ``block`` are given out together or not at all.
    ``until`` is when an offered place lapses. ``cause`` says how the place came: draw, first, line, moved.
    ``why`` is the reason that a member of staff gave. ``reminded_for`` is the first date of which the party was reminded,
    ``lapse_reminded_at`` when it was told that the offered place lapses soon. Of a cancelled one ``gave_up`` is the state of the
    place before, ``returned_cents`` what its order asks less for since then, ``refund`` the one that was requested.
    """

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="bookings")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=10, choices=BookingState.choices)
    seat = models.OneToOneField(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="booking")
    line = models.BigIntegerField()
    block = models.UUIDField(default=uuid.uuid4, db_index=True)
    until = models.DateTimeField(null=True, blank=True, db_index=True)
    price_cents = models.PositiveIntegerField(default=0)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    cause = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=300, blank=True)
    reminded_for = models.DateTimeField(null=True, blank=True)
    lapse_reminded_at = models.DateTimeField(null=True, blank=True)
    gave_up = models.CharField(max_length=10, blank=True)
    returned_cents = models.PositiveIntegerField(default=0)
    refund = models.ForeignKey(Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["offer", "state", "line"], name="bookings_in_line")]
        constraints = [
            models.UniqueConstraint(fields=["participant", "offer"], condition=Q(state__in=sorted(LIVE)), name="one_live_booking_an_offer"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(HOLDING), seat__isnull=False) | (~Q(state__in=sorted(HOLDING)) & Q(seat__isnull=True)),
                name="a_seat_while_it_is_held",
            ),
            models.CheckConstraint(
                condition=Q(state=BookingState.OFFERED, until__isnull=False) | ~Q(state=BookingState.OFFERED), name="offered_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.offer_id} {self.state}"

    @property
    def holds(self) -> bool:
        """Whether it has a seat."""
        return self.state in HOLDING

    @property
    def is_place(self) -> bool:
        """Whether it is a place that was taken, not only offered."""
        return self.state in PLACES


class Announcement(models.Model):
    """A message to the participants of an offer (Nachricht)."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="announcements")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    token = models.UUIDField(unique=True)
    recipients = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.subject


class HealthLook(models.Model):
    """A leader read health notes; the family sees who and when. One row an hour."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="health_looks")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    hour = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "account", "hour"], name="one_health_look_an_hour")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.hour:%Y-%m-%d %H}"
