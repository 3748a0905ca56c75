"""Every look at who comes counts: which member of staff saw it, once an hour for each appointment."""

from collections.abc import Iterable

from django.db import transaction

from direktdraht.bookings.appointments.access import require_worker
from direktdraht.bookings.appointments.models import Appointment, AppointmentLook, Site
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


def record_looks(*, site: Site, appointments: Iterable[Appointment], by: Account) -> int:
    """Note that a member of staff sees who comes to the site; returns how many looks are new this hour.

    Times that somebody only holds have no name yet and are left out. Raises NotAllowed. Journal: ``appointment.looked``.
    """
    require_worker(by, site)
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    named = {one.pk: one for one in appointments if one.name}
    if not named:
        return 0
    known = AppointmentLook.objects.filter(appointment__in=named, account=by, hour=hour).values_list("appointment", flat=True)
    fresh = [named[key] for key in named.keys() - set(known)]
    if not fresh:
        return 0
    looks = [AppointmentLook(appointment=one, account=by, unit_id=site.unit_id, hour=hour) for one in fresh]
    with transaction.atomic(), journal.book(len(fresh)) as book:
        AppointmentLook.objects.bulk_create(looks, ignore_conflicts=True)
        for one in fresh:
            book.record("appointment.looked", subject=one.subject, facts={"unit": site.unit_id}, by=str(by.pk))
    return len(fresh)


def record_export(*, site: Site | None, rows: int, by: Account) -> None:
    """Note that a list of appointments or wishes left the house as a file. Journal: ``appointments.exported``."""
    with transaction.atomic():
        subject = f"site:{site.pk}" if site is not None else f"account:{by.pk}"
        journal.record("appointments.exported", subject=subject, facts={"rows": rows}, by=str(by.pk))
