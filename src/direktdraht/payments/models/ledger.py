"""The double-entry ledger: accounts, postings with their lines, closed days. Rows are added, never changed.

Triggers of the database hold what matters: a posting balances when its transaction ends, nothing is changed or
deleted, and nothing is added to a closed day (migration ``0002_ledger_guards``).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.payments.models.order import Order
from direktdraht.people.models import Account


class AccountKind(models.TextChoices):
    """What an account of the ledger is for."""

    RECEIVABLES = "receivables", _("Forderungen")
    BANK = "bank", _("Bank")
    CASH = "cash", _("Barkasse")
    CLEARING = "clearing", _("Verrechnung mit Zahlungsdienst")
    TRANSIT = "transit", _("Geld unterwegs")
    REVENUE = "revenue", _("Ertrag")
    UNCLEAR = "unclear", _("Verwahrung")
    REFUNDS = "refunds", _("Erstattungen")
    WAIVERS = "waivers", _("Erlass")
    DIFFERENCES = "differences", _("Kassendifferenzen")


class LedgerAccount(models.Model):
    """An account of the ledger (Sachkonto). ``number`` is what the city's accounting system calls it from the open days on."""

    key = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=20, choices=AccountKind.choices)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class FormerNumber(models.Model):
    """The number that an account had up to a closed day, before it got another: exports of that time stay as they were."""

    account = models.ForeignKey(LedgerAccount, on_delete=models.CASCADE, related_name="former_numbers")
    until = models.DateField()
    number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "until"], name="one_former_number_a_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.number} until {self.until}"


class PostingKind(models.TextChoices):
    """What a posting is (Buchungsart)."""

    CHARGE = "charge", _("Sollstellung")
    REDUCTION = "reduction", _("Minderung")
    REINSTATEMENT = "reinstatement", _("Minderung zurückgenommen")
    CANCELLATION = "cancellation", _("Storno")
    EXPIRY = "expiry", _("Ablauf")
    REVIVAL = "revival", _("Wieder aufgelebt")
    WAIVER = "waiver", _("Erlass")
    RECEIPT = "receipt", _("Eingang")
    RETURN = "return", _("Rückläufer")
    UNCLEAR = "unclear", _("Ungeklärter Eingang")
    UNCLEAR_BACK = "unclear_back", _("Ungeklärter Eingang zurückgegeben")
    ASSIGNMENT = "assignment", _("Zuordnung")
    TAKE_BACK = "take_back", _("Zuordnung zurückgenommen")
    REFUND_REQUEST = "refund_request", _("Erstattung angeordnet")
    REFUND_WITHDRAWN = "refund_withdrawn", _("Erstattung zurückgenommen")
    REFUND_PAID = "refund_paid", _("Erstattung ausgezahlt")
    REFUND_BOUNCED = "refund_bounced", _("Erstattung kam zurück")
    TRANSFER = "transfer", _("Umbuchung")
    CASH_FLOAT = "cash_float", _("Wechselgeld")
    CASH_PICKUP = "cash_pickup", _("Abführung")
    CASH_DIFFERENCE = "cash_difference", _("Kassendifferenz")


class Posting(models.Model):
    """An entry of the ledger (Buchung): two or more lines that balance.

    ``day`` is the business day in whose books it stands, ``value_date`` the day that counts for the payer
    (Wertstellung). ``source`` and ``source_id`` name what it came from, once: a second posting from the same source
    is refused. ``settles`` is the unclear receipt that an assignment takes from. ``by`` is empty for jobs.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=PostingKind.choices)
    day = models.DateField(db_index=True)
    value_date = models.DateField()
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="postings")
    settles = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="settled_by")
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=140, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], condition=~models.Q(source=""), name="one_posting_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.day}"


class Side(models.TextChoices):
    """The side of an account."""

    DEBIT = "debit", _("Soll")
    CREDIT = "credit", _("Haben")


class PostingLine(models.Model):
    """One line of a posting: an account, a side, whole cents above zero."""

    id = models.BigAutoField(primary_key=True)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    cost_centre = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=6, choices=Side.choices)
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="posting_line_above_zero"),
            models.CheckConstraint(condition=models.Q(side__in=["debit", "credit"]), name="posting_line_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.side} {self.cents}"


class ClosedDay(models.Model):
    """The end of a business day (Tagesabschluss): everything up to it is closed.

    ``totals`` are the sums of every account at its end (``{key: [debit, credit]}``), ``postings`` how many there are
    up to then, ``digest`` covers all of that day's postings in order.
    """

    day = models.DateField(primary_key=True)
    totals = models.JSONField(default=dict)
    postings = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
