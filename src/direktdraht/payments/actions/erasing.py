"""What records of money say of people is erased when its time is over; amounts, days and postings stay for ever."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import TruncDate

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments.models import BankEntry, Refund, RefundState
from direktdraht.payments.rule_queries import Retention

FINISHED = [RefundState.PAID, RefundState.WITHDRAWN]
# So many days are erased in one transaction.
DAYS_AT_ONCE = 31


@dataclass(frozen=True)
class ErasedPeople:
    """How many bank movements and refunds lost what they said of people."""

    entries: int = 0
    refunds: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.entries + self.refunds


def erase_people() -> ErasedPeople:
    """Erase names, accounts and texts of bank movements, matched or not, and payees of finished refunds, by the rule of their day.

    The fingerprints of movements stay, so that an old file books nothing a second time. Doing it twice erases nothing
    more. Journal: ``payments.people_erased``.
    """
    entries = sum(erase_entries(days) for days in days_over("bank_entries", entry_days()))
    refunds = sum(erase_payees(days) for days in days_over("refund_payees", refund_days()))
    return ErasedPeople(entries, refunds)


def entry_days() -> Iterable[date]:
    """The days of money of movements that still say something of people."""
    return BankEntry.objects.filter(erased_at=None).order_by("value_date").values_list("value_date", flat=True).distinct()


def refund_days() -> Iterable[date]:
    """The days on which refunds ended that still say where they went."""
    ended = Refund.objects.filter(erased_at=None, state__in=FINISHED, finished_at__isnull=False)
    return ended.order_by().annotate(day=TruncDate("finished_at", tzinfo=clock.BERLIN)).values_list("day", flat=True).distinct()


def days_over(what: str, days: Iterable[date]) -> Iterator[list[date]]:
    """The days whose records have been kept long enough, a month's worth at a time."""
    kept, today = Retention(what), clock.today()
    over = sorted(day for day in days if kept.is_over(day, today))
    for start in range(0, len(over), DAYS_AT_ONCE):
        yield over[start : start + DAYS_AT_ONCE]


def erase_entries(days: list[date]) -> int:
    """Erase what the movements of some days say of people; how many."""
    with transaction.atomic():
        rows = BankEntry.objects.filter(erased_at=None, value_date__in=days)
        gone = rows.update(name="", iban="", purpose="", references=[], erased_at=clock.now())
        record("bank_entries", gone, days)
    return gone


def erase_payees(days: list[date]) -> int:
    """Erase where the refunds went that ended on some days; how many."""
    with transaction.atomic():
        ended = Refund.objects.filter(erased_at=None, state__in=FINISHED)
        rows = ended.annotate(day=TruncDate("finished_at", tzinfo=clock.BERLIN)).filter(day__in=days)
        gone = Refund.objects.filter(pk__in=rows.values("pk")).update(payee_name="", payee_iban="", erased_at=clock.now())
        record("refund_payees", gone, days)
    return gone


def record(what: str, gone: int, days: list[date]) -> None:
    """Write the journal's row, which says how many and of which days."""
    if gone:
        facts: dict[str, journal.Fact] = {"count": gone, "from": days[0].isoformat(), "until": days[-1].isoformat()}
        journal.record("payments.people_erased", subject=f"payments:{what}", facts=facts)
