"""Cash at a counter: drawers and the times during which somebody answers for one."""

import uuid

from django.db import models

from direktdraht.foundation import clock
from direktdraht.people.models import Account, Unit


class CashDrawer(models.Model):
    """A drawer (Barkasse) at a counter; its ledger account is ``cash:<key>``."""

    key = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class CashSession(models.Model):
    """A time during which one person answers for a drawer, from its opening to its count (Kassensturz).

    ``float_cents`` is what lay in it at the opening, counted by the person; ``expected_cents`` what the ledger says
    at the end, ``counted_cents`` what was counted then; the difference is booked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    drawer = models.ForeignKey(CashDrawer, on_delete=models.PROTECT, related_name="sessions")
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    float_cents = models.BigIntegerField()
    closed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    expected_cents = models.BigIntegerField(null=True, blank=True)
    counted_cents = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drawer"], condition=models.Q(closed_at=None), name="one_open_session_a_drawer"),
            models.CheckConstraint(condition=models.Q(float_cents__gte=0), name="cash_float_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.drawer_id} {self.opened_at:%Y-%m-%d %H:%M}"
