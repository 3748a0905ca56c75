"""The opening of a run, inside a house's database: reviewed families all send at once, as ratio to plain inserts by the same threads.

``python -m benchmarks.opening PEOPLE OFFERS`` prints one JSON document. Each person wishes for one offer; two in three offers fill up.
Sending is the one way: draft, submission, case, places, receipt. ``statements`` is what one sending asks of the database.
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
from django.test.utils import CaptureQueriesContext  # noqa: E402  # models need Django first
from tests import cast  # noqa: E402  # models need Django first

from direktdraht.bookings.registrations import actions  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations import models as stored  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations.numbers import new_lot  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations.party import KIND  # noqa: E402  # models need Django first
from direktdraht.foundation import clock, codes  # noqa: E402  # models need Django first
from direktdraht.foundation.journal.digests import new_salt  # noqa: E402  # models need Django first
from direktdraht.submissions import actions as submissions  # noqa: E402  # models need Django first
from direktdraht.submissions import kinds  # noqa: E402  # models need Django first
from direktdraht.submissions.models import Draft  # noqa: E402  # models need Django first

THREADS = 4
PLAIN = "INSERT INTO bench_plain (person, offer, at) VALUES (%s, %s, now())"


def prepare(people: int, offers: int) -> list[UUID]:
    """Everything but the sending."""
    now = clock.now()
    words = actions.SeriesWords("Start", stored.Mode.FIRST, now - timedelta(hours=1), now + timedelta(days=1))
    series = actions.create_series(key="bench", unit=cast.abfall(), words=words, by=cast.kim())
    made = stored.Offer.objects.bulk_create(
        stored.Offer(series=series, number=number, title=f"Angebot {number}") for number in range(1, offers + 1)
    )
    places = max(1, people * 2 // (3 * offers))
    stored.Seat.objects.bulk_create(stored.Seat(offer=offer, number=number) for offer in made for number in range(1, places + 1))
    series = actions.publish_series(series=series, by=cast.kim())
    drafts = Draft.objects.bulk_create(
        Draft(kind=KIND, ref=series.pk, case_key=codes.new_key(), salt=new_salt()) for _number in range(people)
    )
    parties = stored.Registration.objects.bulk_create(
        stored.Registration(
            id=draft.pk, draft=draft, series=series, contact_name="P", contact_email=f"p{number}@example.org", lot=new_lot()
        )
        for number, draft in enumerate(drafts)
    )
    persons = stored.Participant.objects.bulk_create(
        stored.Participant(registration=one, series=series, position=1, name="P", born_on=date(1990, 1, 1), lot=new_lot())
        for one in parties
    )
    stored.OfferWish.objects.bulk_create(
        stored.OfferWish(participant=one, offer=made[number * 7919 % offers], rank=1) for number, one in enumerate(persons)
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


def review(key: UUID) -> str:
    """What the review page shows of a draft: the digest that its button sends."""
    draft = Draft.objects.get(pk=key)
    return submissions.frozen_digest(draft, kinds.registry.get(KIND).ready(draft))


def send(key: UUID, seen: str) -> None:
    """Press the button."""
    submissions.submit(Draft.objects.get(pk=key), seen_digest=seen)


def main(people: int, offers: int) -> None:
    """Prepare and review, measure both, check that nothing was given twice."""
    keys = prepare(people, offers)
    seen = {key: review(key) for key in keys}
    with CaptureQueriesContext(connection) as asked:
        send(keys[0], seen[keys[0]])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (id bigserial PRIMARY KEY, person text, offer int, at timestamptz)")
    plain = timed(keys, plainly)
    ours = timed(keys[1:], lambda key: send(key, seen[key]))
    held = stored.Booking.objects.filter(seat__isnull=False).count()
    if held > stored.Seat.objects.count() or stored.Booking.objects.count() != people:
        raise SystemExit("The opening lost or doubled a place.")
    report = {"people": people, "offers": offers, "statements": len(asked), "sent_per_second": ours, "plain_per_second": plain}
    print(json.dumps({**report, "ratio": plain / ours}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
