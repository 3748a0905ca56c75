"""Giving out cells: the one place that writes them. No two appointments get the same cell of the same place.

Three things hold that together. Whoever gives out time at a site first locks the rows of its counters, in one order, so
nobody waits in a circle. Then it reads what is taken and chooses. Then one statement gives each cell the lowest place that is
free, counted by the counter's own number of places; where none is free, or where somebody has it, the database refuses.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from direktdraht.bookings.appointments.errors import Taken
from direktdraht.bookings.appointments.free_times import Visit, instant_of
from direktdraht.bookings.appointments.models import Appointment, Cell, Counter, Part, Site

GIVE = """
    INSERT INTO bookings_cell (counter_id, at, seat, appointment_id)
    SELECT counter.id, wanted.at, (
        SELECT min(place) FROM generate_series(0, counter.seats - 1) AS place
        WHERE NOT EXISTS (
            SELECT 1 FROM bookings_cell AS given
            WHERE given.counter_id = counter.id AND given.at = wanted.at AND given.seat = place
        )
    ), %s
    FROM bookings_counter AS counter, unnest(%s::timestamptz[]) AS wanted (at)
    WHERE counter.id = %s AND counter.active
"""


def lock_counters(site: Site) -> list[Counter]:
    """The counters of a site, held until the transaction ends."""
    return list(Counter.objects.select_for_update(no_key=True).filter(site=site, active=True).order_by("pk"))


def give(appointment: Appointment, visit: Visit) -> None:
    """Give the cells of a visit to an appointment that has none; raises Taken. The caller holds the locks."""
    try:
        with transaction.atomic():
            for part in visit.parts:
                give_cells(appointment, part.counter, [instant_of(part.first + number) for number in range(part.blocked)])
    except IntegrityError as problem:
        raise Taken from problem
    Part.objects.bulk_create(
        Part(
            appointment=appointment,
            counter_id=part.counter,
            occasions=list(part.services),
            place=place,
            starts_at=instant_of(part.first),
            ends_at=instant_of(part.first + part.length),
            blocked_until=instant_of(part.first + part.blocked),
        )
        for place, part in enumerate(visit.parts)
    )


def give_cells(appointment: Appointment, counter: int, instants: Sequence[datetime]) -> None:
    """Give out cells of one counter; raises Taken for a counter that is not there any more."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE, [appointment.pk, list(instants), counter])
        if cursor.rowcount != len(instants):
            raise Taken


def take_back(appointments: Iterable[Appointment]) -> None:
    """Free the cells of appointments; their parts stay as a memory of when and where."""
    Cell.objects.filter(appointment__in=[one.pk for one in appointments]).delete()
