"""Fifty people at once, as one of several processes: each wants the last places of every site. Prints what they got.

python -m tests.processes.crowd 2
"""

import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.db import connection  # noqa: E402  # models need Django first

from direktdraht.bookings.appointments import actions, queries  # noqa: E402  # models need Django first
from direktdraht.bookings.appointments.actions import Choice, Contact  # noqa: E402  # models need Django first
from direktdraht.bookings.appointments.errors import Taken  # noqa: E402  # models need Django first
from direktdraht.bookings.appointments.models import Occasion, Site  # noqa: E402  # models need Django first

PEOPLE = 50
THREADS = 10
MOST_TRIES = 80


def main(process: int) -> None:
    """Let the crowd into one site after the other."""
    occasion = Occasion.objects.get()
    got: dict[str, list[str]] = {}
    with ThreadPoolExecutor(THREADS) as threads:
        for site in Site.objects.order_by("pk"):
            names = [f"{process}-{number}" for number in range(PEOPLE)]
            jobs = [threads.submit(one, site, occasion, name) for name in names]
            got[str(site.pk)] = [key for job in jobs if (key := job.result())]
        list(threads.map(lambda _number: connection.close(), range(THREADS * 3)))
    sys.stdout.write(f"{json.dumps(got)}\n")


def one(site: Site, occasion: Occasion, name: str) -> str:
    """What one person does: look, take a time, look again when it is gone, give up when nothing is left; returns the appointment."""
    chance = random.Random(f"{site.pk} {name}")
    for choice in choices(site, occasion, chance):
        try:
            held = actions.hold(choice=choice, network=f"{site.pk}-{name}")
        except Taken:
            continue
        if chance.random() < 0.2:
            actions.let_go(appointment=held)
            continue
        actions.book(appointment=held, contact=Contact(name, f"{site.pk}-{name}@example.org"))
        return str(held.pk)
    return ""


def choices(site: Site, occasion: Occasion, chance: random.Random) -> Iterator[Choice]:
    """A free time, as often as there is one."""
    for _try in range(MOST_TRIES):
        known = queries.office([occasion], [site])
        free = queries.next_free(known, known.last_day(), a_site=PEOPLE)[site.pk]
        if not free:
            return
        yield Choice([occasion], site, chance.choice(free).starts_at)


if __name__ == "__main__":
    main(int(sys.argv[1]))
