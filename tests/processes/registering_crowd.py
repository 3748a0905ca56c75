"""One process of the registering crowd: its share of the families all send at once, half of them two children together.

Started by ``test_registering_crowds`` with the number of the process; prints how the bookings ended as one line of JSON.
"""

import json
import sys
from collections import Counter
from threading import Barrier, Thread
from uuid import UUID

import django

PROCESSES, THREADS, FAMILIES = 4, 10, 50


def main(number: int) -> None:
    """Send one's share for every offer, all threads at once for each."""
    from django.db import connection

    from direktdraht.bookings.registrations import actions
    from direktdraht.bookings.registrations.models import Booking, Offer, Registration

    ended: dict[str, Counter[str]] = {}
    for offer in Offer.objects.order_by("pk"):
        prepared = Registration.objects.filter(series=offer.series_id, pickup=f"{offer.pk}/{number}").order_by("pk")
        mine = list(prepared.values_list("pk", flat=True))
        start = Barrier(THREADS, timeout=60)

        def send(share: list[UUID], start: Barrier = start) -> None:
            start.wait()
            for key in share:
                actions.send(registration=Registration.objects.get(pk=key))
            connection.close()

        threads = [Thread(target=send, args=(mine[place::THREADS],)) for place in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        states = Booking.objects.filter(participant__registration__in=mine).order_by("pk").values_list("state", flat=True)
        ended[str(offer.pk)] = Counter(states)
    print(json.dumps(ended))  # noqa: T201  # read by the test


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
