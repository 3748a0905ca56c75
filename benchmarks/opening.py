"""The opening of a run, inside a house's database: prepared families all send at once, as ratio to plain inserts by the same threads.

``python -m benchmarks.opening PEOPLE OFFERS`` prints one JSON document. Each person wishes for one offer; two in three offers fill up.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402  # models need Django first
from tests import cast  # noqa: E402  # models need Django first

from direktdraht.bookings.registrations import actions  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations.models import Booking, Mode, Offer, OfferWish, Participant, Registration, Seat  # noqa: E402
from direktdraht.bookings.registrations.numbers import new_lot  # noqa: E402  # models need Django first
from direktdraht.foundation import clock  # noqa: E402  # models need Django first

THREADS = 4
PLAIN = "INSERT INTO bench_plain (person, offer, at) VALUES (%s, %s, now())"


def prepare(people: int, offers: int) -> list[UUID]:
    """Everything but the sending."""
    now = clock.now()
    words = actions.SeriesWords("Start", Mode.FIRST, now - timedelta(hours=1), now + timedelta(days=1))
    series = actions.create_series(key="bench", unit=cast.abfall(), words=words, by=cast.kim())
    made = Offer.objects.bulk_create(Offer(series=series, number=number, title=f"Angebot {number}") for number in range(1, offers + 1))
    places = max(1, people * 2 // (3 * offers))
    Seat.objects.bulk_create(Seat(offer=offer, number=number) for offer in made for number in range(1, places + 1))
    series = actions.publish_series(series=series, by=cast.kim())
    parties = Registration.objects.bulk_create(
        Registration(series=series, contact_name="P", contact_email=f"p{number}@example.org", lot=new_lot()) for number in range(people)
    )
    persons = Participant.objects.bulk_create(
        Participant(registration=one, series=series, position=1, name="P", born_on=date(1990, 1, 1), lot=new_lot()) for one in parties
    )
    OfferWish.objects.bulk_create(
        OfferWish(participant=one, offer=made[number * 7919 % offers], rank=1) for number, one in enumerate(persons)
    )
    return [one.pk for one in parties]


def timed(keys: Sequence[UUID], work: Callable[[UUID], object]) -> float:
    """How many a second, with all threads at once."""

    def run(share: Sequence[UUID]) -> None:
        for key in share:
            work(key)
        connection.close()

    threads = [threading.Thread(target=run, args=(keys[place::THREADS],)) for place in range(THREADS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(keys) / (time.perf_counter() - begin)


def plainly(key: UUID) -> None:
    """One row, one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [str(key), 1])


def main(people: int, offers: int) -> None:
    """Prepare, measure both, check that nothing was given twice."""
    keys = prepare(people, offers)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (id bigserial PRIMARY KEY, person text, offer int, at timestamptz)")
    plain = timed(keys, plainly)
    ours = timed(keys, lambda key: actions.send(registration=Registration.objects.get(pk=key)))
    held = Booking.objects.filter(seat__isnull=False).count()
    if held > Seat.objects.count() or Booking.objects.count() != people:
        raise SystemExit("The opening lost or doubled a place.")
    print(json.dumps({"people": people, "offers": offers, "sent_per_second": ours, "plain_per_second": plain, "ratio": plain / ours}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
