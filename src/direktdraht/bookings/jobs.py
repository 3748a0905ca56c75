"""Background work of the room: the next in line, times that are over, what may no longer be kept."""

from direktdraht.bookings.registrations import clearing, filling, reminders
from direktdraht.bookings.registrations.actions import telling
from direktdraht.foundation.jobs import periodic, task


@task(name="bookings.fill_places")
def fill_places(offer: int) -> int:
    """Offer the free places of an offer to the next in line."""
    return filling.fill(offer)


@periodic(name="bookings.look_at_places", cron="* * * * *")
def look_at_places(timestamp: int) -> int:
    """Every minute: take back what lapsed, and give it to the next."""
    del timestamp
    return filling.lapse_due() + filling.fill_all()


@periodic(name="bookings.say_changes", cron="* * * * *")
def say_changes(timestamp: int) -> int:
    """Every minute: say in the threads what parties changed, once their pages have rested."""
    del timestamp
    return telling.say_rested_changes()


@periodic(name="bookings.remind", cron="*/15 * * * *")
def remind(timestamp: int) -> int:
    """Every quarter of an hour: remind of first dates, and of offered places that lapse soon; returns how many mails."""
    del timestamp
    return reminders.remind_of_dates() + reminders.remind_of_lapses()


@periodic(name="bookings.clear_away", cron="23 3 * * *")
def clear_away(timestamp: int) -> int:
    """Every night: health notes 14 days after the end, people 90 days after it."""
    del timestamp
    return clearing.erase_health() + clearing.forget_people()
