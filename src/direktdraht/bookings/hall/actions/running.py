"""Running a hall: its settings and secret addresses, the end of the day, what is erased."""

import uuid
from collections.abc import Sequence
from datetime import time
from itertools import groupby

from django.db import transaction

from direktdraht.bookings.appointments.access import require_set_up, require_worker
from direktdraht.bookings.appointments.free_times import wall_instant
from direktdraht.bookings.appointments.models import Occasion
from direktdraht.bookings.hall import queries
from direktdraht.bookings.hall.actions.holding import held
from direktdraht.bookings.hall.models import DayCount, Hall, Pause, Ticket, TicketState
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


def save_hall(*, hall: Hall, occasions: Sequence[Occasion], by: Account) -> Hall:
    """Set a hall up; numbers that wait stay. Raises NotAllowed. Journal: ``hall.saved``."""
    require_set_up(by, hall.site.unit_id)
    with transaction.atomic():
        known = Hall.objects.select_for_update(no_key=True).filter(site=hall.site_id).first()
        if known is not None:  # saved by somebody else meanwhile: its addresses stay
            hall.pk, hall.generation = known.pk, known.generation
        hall.save()
        hall.occasions.set(occasions)
        journal.record("hall.saved", subject=f"site:{hall.site_id}", facts={"active": hall.active, "chances": hall.chances}, by=str(by.pk))
    return hall


def renew_addresses(*, hall: Hall, by: Account) -> Hall:
    """Draw new secret addresses; the old ones end at once. Raises NotAllowed. Journal: ``hall.addresses_renewed``."""
    require_set_up(by, hall.site.unit_id)
    with held(hall.site_id) as place:
        place.generation = uuid.uuid4()
        place.save(update_fields=["generation"])
        journal.record("hall.addresses_renewed", subject=f"site:{place.site_id}", by=str(by.pk))
    return place


def send_home(*, hall: Hall, by: Account) -> int:
    """End the day for all who still wait: their page says that they cannot be served today, and how to go on.

    Who is called or at a counter stays. Returns how many. Raises NotAllowed. Journal: ``hall.sent_home``.
    """
    require_worker(by, hall.site)
    with held(hall.site_id) as place:
        waiting = queries.of_today(place.site_id).filter(state=TicketState.WAITING)
        told = waiting.update(state=TicketState.TOLD, ended_at=clock.now())
        if told:
            journal.record("hall.sent_home", subject=f"site:{place.site_id}", facts={"people": told}, by=str(by.pk))
    return told


def erase_past() -> int:
    """Erase the numbers of past days and keep their counts; counters that pause begin the day anew. Returns how many were erased.

    Who still waited when the day ended counts as not served.
    """
    today = clock.today()
    with transaction.atomic():
        past = list(Ticket.objects.select_for_update(of=("self",)).filter(day__lt=today).order_by("site", "day", "letter", "number"))
        for (site, day), group in groupby(past, key=lambda one: (one.site_id, one.day)):
            counts = queries.counts_of(group)
            kept = {
                "drawn": counts.drawn,
                "with_appointment": counts.with_appointment,
                "served": counts.served,
                "gone": counts.gone,
                "told": counts.told + counts.waiting,
                "median_minutes": counts.median_minutes,
            }
            DayCount.objects.update_or_create(site_id=site, day=day, defaults=kept)
        Ticket.objects.filter(pk__in=[one.pk for one in past]).delete()
        Pause.objects.filter(since__lt=wall_instant(today, time(0))).delete()
    return len(past)
