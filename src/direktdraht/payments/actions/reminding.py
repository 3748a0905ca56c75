"""Reminders to pay: some days before the due day, and once after it. Each is sent once for each due day."""

from datetime import timedelta

from django.db.models import CharField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.db.models.functions import Cast

from direktdraht.foundation import clock
from direktdraht.payments import notices, setup
from direktdraht.payments.actions.steps import locked, standing_of
from direktdraht.payments.models import NoticeKind, Order, OrderNotice
from direktdraht.payments.queries import open_orders

# So many days after it should have gone a reminder is still sent, for example after the worker had stood still.
LATE_DAYS = 14
A_RUN = 500


def remind_due() -> int:
    """Remind of everything that is due; returns how many mails were queued."""
    before, after = orders_due_soon(), orders_overdue()
    queued = sum(remind(order, NoticeKind.DUE_SOON) for order in before)
    return queued + sum(remind(order, NoticeKind.OVERDUE) for order in after)


def not_told(kind: NoticeKind) -> QuerySet[Order]:
    """Orders to be paid by somebody with an address who had no notice of this kind for the present due day."""
    told = OrderNotice.objects.filter(order=OuterRef("pk"), kind=kind, occasion=Cast(OuterRef("due_on"), CharField()))
    return open_orders().filter(~Exists(told), closed="").exclude(payer_email="")


def orders_due_soon() -> list[Order]:
    """What is due within the days that the city has set, unless it was ordered within those days."""
    days = setup.current().remind_before_days
    if days is None:
        return []
    today = clock.today()
    begins = ExpressionWrapper(F("due_on") - timedelta(days=days), output_field=DateTimeField())
    due = not_told(NoticeKind.DUE_SOON).filter(due_on__gte=today, due_on__lte=today + timedelta(days=days), created_at__lt=begins)
    return list(due[:A_RUN])


def orders_overdue() -> list[Order]:
    """What was due so many days ago as the city has set, counted from when a payment in time must be on its bank file."""
    city = setup.current()
    if city.remind_after_days is None:
        return []
    latest = clock.today() - timedelta(days=city.grace_days + city.remind_after_days)
    over = not_told(NoticeKind.OVERDUE).filter(due_on__lte=latest, due_on__gt=latest - timedelta(days=LATE_DAYS))
    return list(over[:A_RUN])


def remind(order: Order, kind: NoticeKind) -> bool:
    """Remind of one order, unless it changed meanwhile or somebody is paying it just now."""
    with locked(order) as held:
        still_open = standing_of(held).open
        if held.closed or still_open == 0 or held.due_on != order.due_on or held.payments.unfinished().exists():
            return False
        return notices.tell(held, kind, cents=still_open, occasion=held.due_on.isoformat(), with_due_day=True)
