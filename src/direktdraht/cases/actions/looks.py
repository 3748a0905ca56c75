"""Every look counts: who of the staff looked, and what was read."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from direktdraht.cases.access import Person, may_read, may_work, require, require_person, supervises
from direktdraht.cases.models import Case, CaseLook, Message, MessageKind
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

SUPERVISION = "supervision"


def record_look(*, case: Case, by: Account) -> None:
    """Note that a member of staff looks at the case, once an hour. Raises NotAllowed. Journal: ``case.looked``."""
    require(may_read(by, case))
    record_looks(cases=[case.pk], by=by, reason=SUPERVISION if supervises(by, case) and not may_work(by, case) else "")


def record_looks(*, cases: Collection[UUID], by: Account, reason: str = "") -> int:
    """Note that a member of staff sees the people of these cases, such as in a list of a room above; returns how many looks are new.

    Once an hour for each case. The caller has checked that they may see them. Journal: ``case.looked``.
    """
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    known = CaseLook.objects.filter(case=OuterRef("pk"), account=by, hour=hour)
    fresh = list(Case.objects.filter(~Exists(known), pk__in=cases).only("unit_id", "number").order_by("pk"))
    if not fresh:
        return 0
    looks = [CaseLook(case=one, account=by, hour=hour, unit_id=one.unit_id, reason=reason) for one in fresh]
    with transaction.atomic(), journal.book(len(fresh)) as book:
        CaseLook.objects.bulk_create(looks, ignore_conflicts=True)
        for one in fresh:
            book.record("case.looked", subject=one.subject, facts={"unit": one.unit_id, "reason": reason or None}, by=str(by.pk))
    return len(fresh)


def mark_read_by_staff(*, case: Case, by: Account) -> None:
    """Mark the person's messages as read when somebody who works with the case opened it."""
    if not case.unread_by_staff or not may_work(by, case):
        return
    with transaction.atomic():
        unread = Message.objects.filter(case=case, kind=MessageKind.PERSON, read_by_staff_at__isnull=True)
        unread.update(read_by_staff_at=clock.now())
        Case.objects.filter(pk=case.pk).update(unread_by_staff=False)


def mark_read_by_person(*, case: Case, person: Person) -> None:
    """Mark the city's messages as read when the person opened the case."""
    require_person(person, case)
    unread = Message.objects.filter(case=case, kind=MessageKind.CITY, read_by_person_at__isnull=True)
    unread.update(read_by_person_at=clock.now())


def record_export(*, by: Account, rows: int) -> None:
    """Note that a list of cases left the house as a file. Journal: ``cases.exported``."""
    with transaction.atomic():
        journal.record("cases.exported", subject=f"account:{by.pk}", facts={"rows": rows}, by=str(by.pk))
