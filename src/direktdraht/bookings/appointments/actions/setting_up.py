"""How the city sets up where and when people can come. What is taken away never takes an appointment with it."""

from collections.abc import Sequence
from datetime import date, time
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from direktdraht.bookings.appointments.access import require_set_up
from direktdraht.bookings.appointments.actions.wishes import allot
from direktdraht.bookings.appointments.errors import InUse
from direktdraht.bookings.appointments.models import Appointment, Counter, DayException, Hours, Occasion, Site, State
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal.actions import Fact
from direktdraht.foundation.ordering import sort_key
from direktdraht.foundation.texts import pick
from direktdraht.people.models import Account

Facts = dict[str, Fact]


def save_site(*, site: Site, by: Account) -> Site:
    """Add or change a site. Raises NotAllowed, InUse when it is closed down with appointments ahead. Journal: ``site.saved``."""
    require_set_up(by, site.unit_id)
    with transaction.atomic():
        if not site.active and ahead().filter(site=site.pk).exists():
            raise InUse
        site.sort_key = sort_key(site.name)
        site.save()
        journal.record("site.saved", subject=f"site:{site.pk}", facts={"active": site.active}, by=str(by.pk))
    return site


def set_feed(*, site: Site, is_on: bool, with_names: bool, by: Account) -> Site:
    """Switch the calendar of a site for staff on or off, with or without names. Raises NotAllowed. Journal: ``site.feed_set``."""
    require_set_up(by, site.unit_id)
    with transaction.atomic():
        found = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
        found.feed_key = (found.feed_key or uuid4()) if is_on else None
        found.feed_names = is_on and with_names
        found.save(update_fields=["feed_key", "feed_names"])
        journal.record("site.feed_set", subject=f"site:{site.pk}", facts={"on": is_on, "names": found.feed_names}, by=str(by.pk))
    return found


def renew_feed(*, site: Site, by: Account) -> Site:
    """Draw a new secret address for the site's calendar, if it is on. Raises NotAllowed. Journal: ``site.feed_renewed``."""
    require_set_up(by, site.unit_id)
    with transaction.atomic():
        found = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
        if found.feed_key is not None:
            found.feed_key = uuid4()
            found.save(update_fields=["feed_key"])
            journal.record("site.feed_renewed", subject=f"site:{site.pk}", by=str(by.pk))
    return found


def save_occasion(*, occasion: Occasion, by: Account) -> Occasion:
    """Add or change an occasion; booked appointments keep their length. Raises NotAllowed. Journal: ``occasion.saved``."""
    require_set_up(by, occasion.unit_id)
    with transaction.atomic():
        occasion.sort_key = sort_key(pick(occasion.title, "de")[0])
        occasion.key = occasion.key or fresh_key(occasion)
        occasion.save()
        facts = {"minutes": occasion.minutes, "buffer": occasion.buffer_minutes, "active": occasion.active}
        journal.record("occasion.saved", subject=f"occasion:{occasion.pk}", facts=facts, by=str(by.pk))
    return occasion


def fresh_key(occasion: Occasion) -> str:
    """The key by which forms name a new occasion: made of its title, the only one of its kind."""
    wanted = slugify(pick(occasion.title, "de")[0])[:50] or "anlass"
    known = set(Occasion.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return next(key for key in (wanted, *(f"{wanted}-{number}" for number in range(2, len(known) + 3))) if key not in known)


def save_counter(*, counter: Counter, occasions: Sequence[Occasion], by: Account) -> Counter:
    """Add or change a counter. Raises NotAllowed, InUse when it is taken away with appointments ahead. Journal: ``counter.saved``."""
    require_set_up(by, counter.site.unit_id)
    with transaction.atomic():
        if counter.pk:
            Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
            if not counter.active and ahead().filter(parts__counter=counter.pk).exists():
                raise InUse
        counter.save()
        counter.occasions.set(occasions)
        journal.record("counter.saved", subject=f"counter:{counter.pk}", facts={"seats": counter.seats}, by=str(by.pk))
        allot(counter.site)
    return counter


def add_hours(
    *,
    site: Site,
    counter: Counter | None,
    weekdays: Sequence[int],
    opens: time,
    closes: time,
    valid_from: date,
    valid_to: date | None,
    by: Account,
) -> list[Hours]:
    """Add opening hours on some weekdays; the same row once more changes nothing. Raises NotAllowed. Journal: ``hours.added``."""
    require_set_up(by, site.unit_id)
    with transaction.atomic():
        found = [
            Hours.objects.get_or_create(
                site=site, counter=counter, weekday=weekday, opens=opens, closes=closes, valid_from=valid_from, valid_to=valid_to
            )[0]
            for weekday in weekdays
        ]
        journal.record("hours.added", subject=f"site:{site.pk}", facts={"weekdays": "".join(map(str, weekdays))}, by=str(by.pk))
        allot(site)
    return found


def end_hours(*, hours: Hours, last_day: date, by: Account) -> None:
    """Let opening hours end with a day; hours that never held go. Appointments stay. Raises NotAllowed. Journal: ``hours.ended``."""
    require_set_up(by, hours.site.unit_id)
    with transaction.atomic():
        if last_day < hours.valid_from:
            hours.delete()
        else:
            hours.valid_to = last_day
            hours.save(update_fields=["valid_to"])
        journal.record("hours.ended", subject=f"site:{hours.site_id}", facts={"day": last_day.isoformat()}, by=str(by.pk))


def add_exception(*, exception: DayException, by: Account) -> DayException:
    """Add a day that is different; appointments that lie in a closure stay until staff decide.

    Raises NotAllowed. Journal: ``exception.added``.
    """
    require_set_up(by, exception.site.unit_id)
    with transaction.atomic():
        exception.save()
        facts: Facts = {"day": exception.day.isoformat(), "open": exception.is_open}
        journal.record("exception.added", subject=f"site:{exception.site_id}", facts=facts, by=str(by.pk))
        if exception.is_open:
            allot(exception.site)
    return exception


def take_back_exception(*, exception: DayException, by: Account) -> None:
    """Take an exception back. Raises NotAllowed. Journal: ``exception.taken_back``."""
    require_set_up(by, exception.site.unit_id)
    with transaction.atomic():
        facts: Facts = {"day": exception.day.isoformat(), "open": exception.is_open}
        journal.record("exception.taken_back", subject=f"site:{exception.site_id}", facts=facts, by=str(by.pk))
        exception.delete()
        allot(exception.site)


def ahead() -> QuerySet[Appointment]:
    """Booked appointments that are not over."""
    return Appointment.objects.filter(state=State.BOOKED, ends_at__gt=clock.now())
