"""The demo city's waiting hall: people with and without appointment, two calls, the counts of a week; always the same ones."""

import random
from datetime import timedelta

from django.db import transaction

from direktdraht.bookings.appointments.models import Counter, Occasion, Site
from direktdraht.bookings.hall.models import DayCount, Hall, Ticket, TicketState
from direktdraht.foundation import clock

SEED = 2026
PLACE = "Bürgerbüro Mitte"
SERVED, WAITING = 9, 6
DAYS = 7


class DemoHalls:
    """Registered with ``foundation.demo``; needs the demo city's sites."""

    def is_seeded(self) -> bool:
        """Whether any hall is there."""
        return Hall.objects.exists()

    def seed(self, scale: int) -> None:
        """Open one hall with a few numbers of today; their number does not grow with ``scale``."""
        del scale
        with transaction.atomic():
            site = Site.objects.filter(name=PLACE).first()
            if site is None:
                return
            hall = Hall.objects.create(site=site)
            counters = list(site.counters.filter(name__startswith="Schalter").order_by("pk"))
            occasions = list(Occasion.objects.filter(counters__in=counters).distinct().order_by("pk"))
            hall.occasions.set(occasions)
            seed_numbers(hall, counters, occasions)
            seed_counts(site)


def seed_numbers(hall: Hall, counters: list[Counter], occasions: list[Occasion]) -> None:
    """Who was served today, who is called, who waits."""
    chance, now = random.Random(SEED), clock.now()  # noqa: S311  # invented data, the same each time
    for number in range(1, SERVED + WAITING + 1):
        what = chance.choice(occasions)
        waited = timedelta(minutes=(SERVED + WAITING + 1 - number) * 4)
        desk = counters[number % len(counters)] if number <= SERVED else None
        called = now - waited + timedelta(minutes=chance.randrange(2, 4)) if desk else None
        is_last = SERVED - len(counters) < number <= SERVED
        Ticket.objects.create(
            site=hall.site,
            day=clock.today(),
            letter="A",
            number=number,
            occasions=[what.pk],
            minutes=what.minutes,
            state=TicketState.WAITING if desk is None else TicketState.CALLED if is_last else TicketState.DONE,
            since=now - waited,
            drawn_at=now - waited,
            called_at=called,
            first_called_at=called,
            counter=desk,
            calls=1 if desk else 0,
        )


def seed_counts(site: Site) -> None:
    """The counts of the last working days."""
    chance = random.Random(SEED)  # noqa: S311  # invented data, the same each time
    for back in range(1, DAYS + 1):
        day = clock.today() - timedelta(days=back)
        if day.weekday() < 5:
            drawn = chance.randrange(40, 90)
            gone, told = chance.randrange(0, 6), chance.randrange(0, 3)
            DayCount.objects.create(
                site=site,
                day=day,
                drawn=drawn,
                with_appointment=drawn // 3,
                served=drawn - gone - told,
                gone=gone,
                told=told,
                median_minutes=chance.randrange(8, 25),
            )
