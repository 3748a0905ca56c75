"""The lists of De-Mails that staff see: what came in and what went out, in the units in which they work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from direktdraht.cases.access import working_units
from direktdraht.people.models import Account
from direktdraht.submissions.models import DeMail, SentDeMail

PAGE = 50


@dataclass(frozen=True)
class Place:
    """Where a page of a list begins: after the entry of this instant and id."""

    at: datetime
    pk: UUID

    def words(self) -> str:
        """The place as it stands in an address."""
        return f"{self.at.isoformat()}_{self.pk}"


def place_of(words: str) -> Place | None:
    """The place in an address; ``None`` for none and for nonsense."""
    at, _mark, pk = words.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        return Place(moment, UUID(pk)) if moment.tzinfo else None
    except ValueError:
        return None


def mails_for(account: Account) -> QuerySet[DeMail]:
    """Mails of the units in which the account works, and those that belong to no unit yet."""
    return DeMail.objects.filter(Q(unit__in=working_units(account)) | Q(unit=None)).select_related("case", "unit", "document")


def get_mail_for(account: Account, pk: UUID) -> DeMail:
    """One of these mails; raises Http404."""
    mail = mails_for(account).filter(pk=pk).first()
    if mail is None:
        raise Http404
    return mail


def sent_for(account: Account) -> QuerySet[SentDeMail]:
    """De-Mails that went out in cases of the account's units."""
    return SentDeMail.objects.filter(case__unit__in=working_units(account)).select_related("case")


def counts(found: QuerySet[Any]) -> dict[str, int]:
    """How many there are in each state."""
    return dict(found.order_by().values_list("state").annotate(n=Count("pk")))


def page_of(found: QuerySet[Any], field: str, after: Place | None) -> tuple[list[Any], Place | None]:
    """One page, newest first, and where the next begins."""
    if after is not None:
        found = found.filter(Q(**{f"{field}__lt": after.at}) | Q(**{field: after.at}, pk__lt=after.pk))
    rows = list(found.order_by(f"-{field}", "-pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], Place(getattr(last, field), last.pk) if last is not None else None
