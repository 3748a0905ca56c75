"""An attempt to pay an order through a provider."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.payments.models.order import Order


class PaymentState(models.TextChoices):
    """How far an attempt is. ``unsure`` is the honest word when a provider does not answer."""

    STARTING = "starting", _("wird begonnen")
    WAITING = "waiting", _("wartet auf Sie")
    UNSURE = "unsure", _("noch nicht bestätigt")
    PAID = "paid", _("bezahlt")
    FAILED = "failed", _("nicht gelungen")
    CANCELLED = "cancelled", _("abgebrochen")
    TIMED_OUT = "timed_out", _("Zeit abgelaufen")


UNFINISHED = [PaymentState.STARTING, PaymentState.WAITING, PaymentState.UNSURE]


class PaymentSet(models.QuerySet["Payment"]):
    """Questions to a set of attempts."""

    def unfinished(self) -> "PaymentSet":
        """Those that can still lead to money."""
        return self.filter(state__in=UNFINISHED)

    def paid(self) -> "PaymentSet":
        """Those that did, the latest first."""
        return self.filter(state=PaymentState.PAID).order_by("-finished_at", "-pk")


class Payment(models.Model):
    """An attempt to pay (Zahlungsvorgang); its id is ours, ``provider_id`` the provider's, ``started`` is one at a time.

    ``memo`` is the provider's own. ``asked_at`` is when the provider was last asked, ``ask_at`` when it will be again;
    empty once nothing more can change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=40)
    provider_id = models.CharField(max_length=140, blank=True)
    cents = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=PaymentState.choices, default=PaymentState.STARTING)
    redirect_url = models.CharField(max_length=1000, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    memo = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PaymentSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=models.Q(state__in=UNFINISHED), name="one_attempt_at_a_time"),
            models.UniqueConstraint(
                fields=["provider", "provider_id"], condition=~models.Q(provider_id=""), name="one_payment_a_provider_id"
            ),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="payment_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.cents} ({self.state})"
