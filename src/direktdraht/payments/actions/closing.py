"""The end of a business day (Tagesabschluss): its books are closed for ever."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import queries
from direktdraht.payments.access import require_keeper
from direktdraht.payments.errors import DayIsClosed
from direktdraht.payments.ledger import DAYS_LOCK
from direktdraht.payments.models import ClosedDay, Posting
from direktdraht.people.models import Account


def close_day(*, day: date, by: Account | None = None) -> ClosedDay:
    """Close all books up to ``day``, today at the latest; whoever is still writing into them is waited for.

    Closing the last closed day again gives it back. ``by`` is empty for the nightly job. Raises NotAllowed,
    DayIsClosed (a later day is closed, or the day is still to come). Journal: ``ledger.day_closed``.
    """
    if by is not None:
        require_keeper(by)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DAYS_LOCK])
        last = ClosedDay.objects.aggregate(last=Max("day"))["last"]
        if day == last:
            return ClosedDay.objects.get(day=day)
        if day > clock.today() or (last is not None and day < last):
            raise DayIsClosed
        digest = queries.digest_of(after=last, until=day)
        closed = ClosedDay.objects.create(
            day=day,
            totals=queries.totals(until=day),
            postings=Posting.objects.filter(day__lte=day).count(),
            digest=digest,
            by=by,
            closed_at=clock.now(),
        )
        facts: dict[str, journal.Fact] = {"postings": closed.postings, "digest": digest}
        journal.record("ledger.day_closed", subject=f"day:{day.isoformat()}", facts=facts, by=str(by.pk) if by else "")
    return closed
