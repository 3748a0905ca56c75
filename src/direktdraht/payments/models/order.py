"""An order: what is to be paid, by whom, until when, and everything that happened to it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.people.models import Account


class OrderState(models.TextChoices):
    """How an order stands; computed from the ledger by ``standing`` and kept beside it for lists."""

    OPEN = "open", _("offen")
    PARTLY_PAID = "partly_paid", _("teilweise bezahlt")
    PAID = "paid", _("bezahlt")
    OVERPAID = "overpaid", _("zu viel bezahlt")
    CANCELLED = "cancelled", _("storniert")
    EXPIRED = "expired", _("abgelaufen")
    WAIVED = "waived", _("erlassen")
    REFUNDED = "refunded", _("erstattet")


class Law(models.TextChoices):
    """Whether a claim is of public or private law: how it is collected depends on it."""

    PUBLIC = "public", _("öffentlich-rechtlich")
    PRIVATE = "private", _("privatrechtlich")


class Order(models.Model):
    """An order to pay (Zahlungsauftrag) with its reference (Kassenzeichen).

    ``owner_kind`` and ``owner_id`` name the thing it belongs to (``registry.owners``). ``due_on`` is the last day on
    which a payment is in time by its value date; ``expires_at`` the instant at which an unpaid order ends, empty when
    it never does. ``ways`` are the keys of providers that may be used, empty for all. ``closed`` is set by
    cancellation and expiry. ``state``, ``open_cents``, ``owed_cents`` and ``received_cents`` repeat what the ledger
    says; only ``actions.steps.settle`` writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    payer_name = models.CharField(max_length=200, blank=True)
    payer_email = models.EmailField(blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    key_digest = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, default="de")
    total_cents = models.BigIntegerField()
    ways = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    expires_at = models.DateTimeField(null=True, blank=True)
    closed = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=12, choices=OrderState.choices, default=OrderState.OPEN)
    open_cents = models.BigIntegerField(default=0)
    owed_cents = models.BigIntegerField(default=0)
    received_cents = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_kind", "owner_id"], name="orders_of_an_owner"),
            models.Index(fields=["state", "due_on"], name="orders_by_state"),
            models.Index(fields=["expires_at"], condition=models.Q(state__in=["open", "partly_paid"]), name="orders_that_expire"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(total_cents__gt=0), name="order_above_zero")]

    def __str__(self) -> str:
        return self.reference


class OrderLine(models.Model):
    """One thing of an order: what, how much, and where it goes in the city's books."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    cents = models.BigIntegerField()
    revenue_account = models.CharField(max_length=40)
    cost_centre = models.CharField(max_length=40, blank=True)
    law = models.CharField(max_length=10, choices=Law.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_order_line_a_position"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="order_line_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.cents}"


class OrderEvent(models.Model):
    """Something that happened to an order, with reason and person; ``by`` is empty for the house itself.

    ``kind`` is the posting's kind where there is one, else ``due_changed``, ``payment_failed``, ``refund_released``
    and the like. ``posting_id`` is the number of the ledger's posting.
    """

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField(default=clock.now)
    cents = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    posting_id = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind} {self.cents}"
