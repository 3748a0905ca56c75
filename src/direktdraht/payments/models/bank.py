"""Bank files and their entries: what the bank says, and what became of each movement."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.payments.models.ledger import Posting
from direktdraht.payments.models.order import Order
from direktdraht.payments.models.refund import Refund
from direktdraht.people.models import Account


class FileState(models.TextChoices):
    """Whether a bank file was taken."""

    READ = "read", _("eingelesen")
    REFUSED = "refused", _("abgelehnt")


class BankFile(models.Model):
    """A file from the bank. ``findings`` are ``[case, values]`` of ``camt.sentences``; ``statements`` the heads with their balances.

    ``counts`` says how many entries were in it (``all``), were there before (``known``), are not booked by the bank yet
    (``pending``) or move no money (``empty``); what became of the others is counted from the entries. A file is known by
    its digest; its content is not kept, the bank's own archive is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    size_bytes = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=FileState.choices)
    findings = models.JSONField(default=list, blank=True)
    statements = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=models.Q(state="read"), name="one_bank_file_a_content"),
        ]

    def __str__(self) -> str:
        return self.name


class EntryState(models.TextChoices):
    """What became of a movement. ``new`` lasts until the next reconciliation, which follows at once."""

    NEW = "new", _("noch nicht abgeglichen")
    MATCHED = "matched", _("zugeordnet")
    PROPOSED = "proposed", _("Vorschlag")
    UNCLEAR = "unclear", _("ungeklärt")
    HELD = "held", _("zurückgestellt")


class BankEntry(models.Model):
    """A movement on the city's account (Umsatz), once, whichever files tell of it.

    ``key``, ``booking_key`` and ``print_key`` are its identity (``reconciling.Identity``), ``booking_cents`` the amount of the
    booking it is a part of. ``cents`` is signed as the account sees it; ``value_date`` counts.
    ``posting`` is what it was booked as: a receipt, or the unclear receipt that holds the money; a debit that nobody
    could place has none. ``in_statement`` says that a statement with balances has confirmed it. ``note`` is why it is held.
    ``erased_at`` is when name, account and texts of the other side were erased by rule.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.CharField(max_length=34)
    key = models.CharField(max_length=64)
    booking_key = models.CharField(max_length=64, blank=True, db_index=True)
    print_key = models.CharField(max_length=64, db_index=True)
    cents = models.BigIntegerField()
    booking_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    booked_on = models.DateField(null=True, blank=True)
    value_date = models.DateField()
    references = models.JSONField(default=list, blank=True)
    name = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    purpose = models.TextField(blank=True)
    reversal = models.BooleanField(default=False)
    returned = models.CharField(max_length=35, blank=True)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.NEW)
    note = models.CharField(max_length=20, blank=True)
    in_statement = models.BooleanField(default=False)
    in_notification = models.BooleanField(default=False)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="entries")
    posting = models.ForeignKey(Posting, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_entries")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_entries")
    refund = models.ForeignKey(Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_entries")
    settled_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_bank_entry_a_key")]
        indexes = [
            models.Index(fields=["state", "value_date"], name="bank_entries_by_state"),
            models.Index(fields=["iban", "cents"], name="bank_entries_by_iban"),
        ]

    def __str__(self) -> str:
        return f"{self.value_date:%Y-%m-%d} {self.cents}"


class BankProof(models.Model):
    """The proof of a night or an hour: how many exceptions of each kind (``{kind: count}``), empty when all was clear.

    ``gaps`` are the first of each kind with the page where they are mended, as ``proving.Gap`` holds them.
    """

    at = models.DateTimeField(default=clock.now, db_index=True)
    exceptions = models.JSONField(default=dict, blank=True)
    gaps = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
