"""What a city sets: its bank account and texts, and the services that are paid before they are sent."""

from django.db import models

from direktdraht.foundation import clock
from direktdraht.people.models import Account


class SetupRecord(models.Model):
    """The stored settings; the schema is ``setup.Setup``. There is one row, number 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_payment_setup")]

    def __str__(self) -> str:
        return f"payment settings of {self.changed_at:%Y-%m-%d}"


class PayFirstRule(models.Model):
    """That a service is paid before it is sent (Vorkasse, § 15 BGebG and the like): the exception, with its basis.

    ``service`` is the service's key. Without a row in force a fee never delays the receipt or the sender's deadline.
    """

    service = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "valid_from"], condition=models.Q(withdrawn_at=None), name="one_pay_first_rule_a_beginning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} from {self.valid_from}"
