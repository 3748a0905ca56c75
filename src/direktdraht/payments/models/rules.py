"""What a city sets: its bank account and texts, and rules with basis and validity."""

from django.db import models

from direktdraht.foundation import clock
from direktdraht.payments.models.order import Law
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


class CityRule(models.Model):
    """A rule of the city's own with its legal basis and its days; taken back, it holds no more.

    ``SUBJECT`` is the field that names what a rule is about, ``KIND`` what the journal calls it. One rule about a thing
    begins on a day.
    """

    SUBJECT = ""
    KIND = ""

    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """What the rule is about."""
        return str(getattr(self, self.SUBJECT))

    def __str__(self) -> str:
        return f"{self.subject} from {self.valid_from}"


def begins_once(subject: str, name: str) -> models.UniqueConstraint:
    """That one rule about a thing begins on a day."""
    return models.UniqueConstraint(fields=[subject, "valid_from"], condition=models.Q(withdrawn_at=None), name=name)


class PayFirstRule(CityRule):
    """That a service is paid before it is sent (Vorkasse, § 15 BGebG and the like): the exception, with its basis.

    ``service`` is the service's key. Without a row in force a fee never delays the receipt or the sender's deadline.
    """

    SUBJECT, KIND = "service", "pay_first"

    service = models.CharField(max_length=120)

    class Meta:
        constraints = [begins_once("service", "one_pay_first_rule_a_beginning")]


class FeeRule(CityRule):
    """Where the fee of a service goes in the city's books, and by which law it is claimed; else the settings say so.

    An empty ``cost_centre`` is the key of the unit.
    """

    SUBJECT, KIND = "service", "fee"

    service = models.CharField(max_length=120)
    account = models.CharField(max_length=40)
    cost_centre = models.CharField(max_length=40, blank=True)
    law = models.CharField(max_length=10, choices=Law.choices)

    class Meta:
        constraints = [begins_once("service", "one_fee_rule_a_beginning")]


class OrderingRule(CityRule):
    """Whether a fee under a law of procedure is ordered at once, or set by a notice (Bescheid) of its own."""

    SUBJECT, KIND = "law", "ordering"

    law = models.CharField(max_length=20)
    ordered = models.BooleanField()

    class Meta:
        constraints = [begins_once("law", "one_ordering_rule_a_beginning")]


class RetentionRule(CityRule):
    """How many years after the end of its year a record (``rules.RetentionRow.what``) keeps what it says of people."""

    SUBJECT, KIND = "what", "retention"

    what = models.CharField(max_length=30)
    years = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [begins_once("what", "one_retention_rule_a_beginning")]
