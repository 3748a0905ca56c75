"""A refund: requested by one person, released by another, then paid."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.payments.models.order import Order
from direktdraht.payments.models.payment import Payment
from direktdraht.people.models import Account


class RefundState(models.TextChoices):
    """How far a refund is."""

    REQUESTED = "requested", _("angeordnet")
    RELEASED = "released", _("freigegeben")
    SENT = "sent", _("unterwegs")
    PAID = "paid", _("ausgezahlt")
    WITHDRAWN = "withdrawn", _("zurückgenommen")


class Refund(models.Model):
    """Money that goes back (Erstattung). ``way`` is ``transfer``, ``cash`` or the key of a provider.

    Four eyes: ``released_by`` is never ``requested_by``; ``automatic`` ones were neither requested nor released by a
    person, because what was paid goes back the way it came (see the decision record on refunds). ``payment`` is the
    attempt that a provider gives back. ``payee_iban`` and ``payee_name`` are needed for a transfer only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    cents = models.BigIntegerField()
    way = models.CharField(max_length=40)
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds")
    provider_id = models.CharField(max_length=140, blank=True)
    payee_name = models.CharField(max_length=140, blank=True)
    payee_iban = models.CharField(max_length=34, blank=True)
    payee_by_payer = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=RefundState.choices, default=RefundState.REQUESTED)
    automatic = models.BooleanField(default=False)
    requested_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="refund_above_zero"),
            models.CheckConstraint(
                condition=models.Q(released_by=None) | models.Q(requested_by=None) | ~models.Q(released_by=models.F("requested_by")),
                name="refund_by_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} ({self.state})"

    @property
    def payee(self) -> str:
        """Where a transfer goes, in one text; whoever releases it names what they saw."""
        return f"{self.payee_iban} {self.payee_name}".strip()

    @property
    def payer_may_name_payee(self) -> bool:
        """Whether the payer may still say where the money goes: nobody released it, and the desk entered no account."""
        return self.way == "transfer" and self.state == RefundState.REQUESTED and (self.payee_by_payer or not self.payee_iban)
