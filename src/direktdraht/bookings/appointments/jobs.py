"""Work in the background: holds and offers that are over, the list of wishes, reminders, and what is not needed any more."""

from datetime import timedelta
from uuid import UUID

from direktdraht.bookings.appointments import letters
from direktdraht.bookings.appointments.actions.holding import free_expired, locked
from direktdraht.bookings.appointments.actions.wishes import allot_waiting
from direktdraht.bookings.appointments.models import Appointment, Site, State, Wish, WishState
from direktdraht.foundation import clock
from direktdraht.foundation.jobs import periodic

REMIND_BEFORE = timedelta(hours=24)
DAYS_KEPT = 30
DAYS_LAPSED_KEPT = 1
A_RUN = 500


@periodic(name="appointments.give_out", cron="* * * * *")
def give_out(timestamp: int) -> int:
    """Every minute: let go of holds and offers that are over, then offer free times to those who wait; returns how many offers."""
    del timestamp
    free_expired()
    sites = Site.objects.filter(active=True, wishes__state=WishState.WAITING).distinct().order_by("pk")
    return allot_waiting(sites)


@periodic(name="appointments.remind", cron="*/15 * * * *")
def remind(timestamp: int) -> int:
    """Every quarter of an hour: remind of the appointments of the next 24 hours, each once, if they were booked before that time."""
    del timestamp
    now = clock.now()
    due = Appointment.objects.filter(state=State.BOOKED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE)
    keys = list(due.exclude(email="").order_by("starts_at", "pk").values_list("pk", flat=True)[:A_RUN])
    return sum(remind_one(key) for key in keys)


def remind_one(key: UUID) -> bool:
    """Remind of one appointment, unless it changed meanwhile or was booked within the last day."""
    appointment = Appointment.objects.get(pk=key)
    with locked(appointment) as held:
        if held.state != State.BOOKED or held.reminded_at is not None:
            return False
        held.reminded_at = clock.now()
        held.save(update_fields=["reminded_at"])
        is_fresh = held.changed_at > held.starts_at - REMIND_BEFORE
        if not is_fresh:
            letters.tell(held, "reminder")
    return not is_fresh


@periodic(name="appointments.clear", cron="40 3 * * *")
def clear(timestamp: int) -> int:
    """Every night: delete appointments and wishes 30 days after their end, holds that nobody took after a day; returns how many."""
    del timestamp
    now = clock.now()
    today = clock.today()
    Wish.objects.filter(state=WishState.WAITING, last_day__lt=today).update(state=WishState.ENDED, ended_at=now)
    old = Appointment.objects.filter(ends_at__lt=now - timedelta(days=DAYS_KEPT)).delete()[1]
    lapsed = Appointment.objects.filter(state=State.LAPSED, changed_at__lt=now - timedelta(days=DAYS_LAPSED_KEPT)).delete()[1]
    wishes = Wish.objects.filter(ended_at__lt=now - timedelta(days=DAYS_KEPT)).delete()[1]
    return sum(found.get(name, 0) for found in (old, lapsed, wishes) for name in ("bookings.Appointment", "bookings.Wish"))
