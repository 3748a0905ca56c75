"""Every look at who comes or waits counts: which member of staff saw it, once an hour for each appointment and each wish."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from direktdraht.bookings.appointments.access import require_worker
from direktdraht.bookings.appointments.models import Appointment, AppointmentLook, Site, Wish, WishLook
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


def record_looks(*, sites: Sequence[Site], appointments: Iterable[Appointment], by: Account) -> int:
    """Note that a member of staff sees who comes to these sites; returns how many looks are new this hour.

    Times that somebody only holds have no name yet and are left out. Raises NotAllowed. Journal: ``appointment.looked``.
    """
    units = units_of(sites, by)
    named = {one.pk: one for one in appointments if one.name}
    if not named:
        return 0
    hour = this_hour()
    known = AppointmentLook.objects.filter(appointment__in=named, account=by, hour=hour).values_list("appointment", flat=True)
    fresh = [named[key] for key in named.keys() - set(known)]
    with transaction.atomic():
        looks = [AppointmentLook(appointment=one, account=by, unit_id=units[one.site_id], hour=hour) for one in fresh]
        AppointmentLook.objects.bulk_create(looks, ignore_conflicts=True)
        note_looks("appointment.looked", [(one.subject, units[one.site_id]) for one in fresh], by)
    return len(fresh)


def record_wish_looks(*, sites: Sequence[Site], wishes: Iterable[Wish], by: Account) -> int:
    """Note that a member of staff of these sites sees who waits for a time there; returns how many looks are new this hour.

    Takes the sites that were fetched with the wishes. Raises NotAllowed. Journal: ``wish.looked``.
    """
    units = units_of(sites, by)
    found = {one.pk: one for one in wishes}
    if not found:
        return 0
    hour = this_hour()
    known = WishLook.objects.filter(wish__in=found, account=by, hour=hour).values_list("wish", flat=True)
    fresh = [(found[key], unit_for(found[key], units)) for key in found.keys() - set(known)]
    with transaction.atomic():
        looks = [WishLook(wish=one, account=by, unit_id=unit, hour=hour) for one, unit in fresh]
        WishLook.objects.bulk_create(looks, ignore_conflicts=True)
        note_looks("wish.looked", [(f"wish:{one.pk}", unit) for one, unit in fresh], by)
    return len(fresh)


def units_of(sites: Sequence[Site], by: Account) -> dict[int, str]:
    """The units of these sites, by site. Raises NotAllowed unless the account works with all of them."""
    for site in sites:
        require_worker(by, site)
    return {site.pk: site.unit_id for site in sites}


def unit_for(wish: Wish, units: dict[int, str]) -> str:
    """The unit for which somebody sees a wish: that of its first site among those they work for."""
    return next(units[site.pk] for site in sorted(wish.sites.all(), key=lambda one: (one.sort_key, one.pk)) if site.pk in units)


def this_hour() -> datetime:
    """The hour that runs."""
    return clock.now().replace(minute=0, second=0, microsecond=0)


def note_looks(kind: str, seen: Collection[tuple[str, str]], by: Account) -> None:
    """A row of the journal for each subject and unit."""
    if not seen:
        return
    with journal.book(len(seen)) as book:
        for subject, unit in seen:
            book.record(kind, subject=subject, facts={"unit": unit}, by=str(by.pk))


def record_export(*, site: Site | None, rows: int, by: Account) -> None:
    """Note that a list of appointments or wishes left the house as a file. Journal: ``appointments.exported``."""
    with transaction.atomic():
        subject = f"site:{site.pk}" if site is not None else f"account:{by.pk}"
        journal.record("appointments.exported", subject=subject, facts={"rows": rows}, by=str(by.pk))
