"""Every look counts: who of the staff looked, and what was read."""

from django.db import transaction

from direktdraht.cases.access import Person, may_read, may_work, require, require_person, supervises
from direktdraht.cases.models import Case, CaseLook, Message, MessageKind
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account

SUPERVISION = "supervision"


def record_look(*, case: Case, by: Account) -> CaseLook:
    """Note that a member of staff looks at the case, once an hour. Raises NotAllowed. Journal: ``case.looked``."""
    require(may_read(by, case))
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    known = CaseLook.objects.filter(case=case, account=by, hour=hour).first()
    if known is not None:
        return known
    reason = SUPERVISION if supervises(by, case) and not may_work(by, case) else ""
    with transaction.atomic():
        look, is_new = CaseLook.objects.get_or_create(case=case, account=by, hour=hour, defaults={"unit": case.unit, "reason": reason})
        if is_new:
            journal.record("case.looked", subject=case.subject, facts={"unit": case.unit_id, "reason": reason or None}, by=str(by.pk))
    return look


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
