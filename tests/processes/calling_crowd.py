"""Counters of one hall that all call at once, while people draw numbers, as one of several processes. Prints what happened.

python -m tests.processes.calling_crowd 2
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402  # models need Django first

from direktdraht.bookings.appointments.models import Counter, Occasion  # noqa: E402  # models need Django first
from direktdraht.bookings.hall import actions  # noqa: E402  # models need Django first
from direktdraht.bookings.hall.models import Hall  # noqa: E402  # models need Django first
from direktdraht.people.models import Account  # noqa: E402  # models need Django first

DRAWN = 15
CALLS = 25


def main(process: int) -> None:
    """Draw and call at the same time."""
    hall, what = Hall.objects.select_related("site").get(), Occasion.objects.get()
    counters = list(Counter.objects.select_related("site").order_by("pk"))
    kim = Account.objects.get(email="kim@musterstadt.example")

    def draw(_number: int) -> str:
        return actions.draw(hall=hall, occasion=what, key=uuid4(), by_staff=True).name

    def call(number: int) -> str:
        found = actions.call_next(counter=counters[(process + number) % len(counters)], key=uuid4(), by=kim)
        return found.name if found else ""

    with ThreadPoolExecutor(6) as threads:
        drawn = [threads.submit(draw, number) for number in range(DRAWN)]
        called = [threads.submit(call, number) for number in range(CALLS)]
        result = {"drawn": [one.result() for one in drawn], "called": [name for one in called if (name := one.result())]}
        list(threads.map(lambda _number: connection.close(), range(18)))
    sys.stdout.write(f"{json.dumps(result)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
