"""The opening of a run, inside a house's database: reviewed families all send at once, beside plain inserts of as many rows.

``python -m benchmarks.opening PEOPLE OFFERS`` makes the drafts: each person wishes for one offer; two in three offers fill up.
``python -m benchmarks.opening NUMBER`` is one of ``PROCESSES`` processes: it reviews its share, waits for the others, inserts
plainly, waits again, sends, and prints one JSON document: instants in seconds, and what one sending asks of the database.
Sending is the one way: draft, submission, case, places, receipt.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # models need Django first
from django.test.utils import CaptureQueriesContext  # noqa: E402  # models need Django first
from tests import cast  # noqa: E402  # models need Django first

from benchmarks.registrations import PROCESSES  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations import actions  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations import models as stored  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations.numbers import new_lot  # noqa: E402  # models need Django first
from direktdraht.bookings.registrations.party import KIND  # noqa: E402  # models need Django first
from direktdraht.foundation import clock, codes  # noqa: E402  # models need Django first
from direktdraht.foundation.journal.digests import new_salt  # noqa: E402  # models need Django first
from direktdraht.submissions import actions as submissions  # noqa: E402  # models need Django first
from direktdraht.submissions import kinds  # noqa: E402  # models need Django first
from direktdraht.submissions.models import Draft  # noqa: E402  # models need Django first

# What one sending writes: draft, registration, participant, case, message, submission, booking, a job, five rows of the journal.
ROWS = 13
PLAIN = "INSERT INTO bench_plain (person, offer, text, at) VALUES (%s, %s, %s, now())"


def prepare(people: int, offers: int) -> None:
    """Everything but the review and the sending."""
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
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (id bigserial PRIMARY KEY, person text, offer int, text text, at timestamptz)")
        cursor.execute("CREATE TABLE bench_start (phase text, number int)")
        cursor.execute("ANALYZE")


def wait_for_all(phase: str, number: int) -> None:
    """Wait until all processes are here."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_start (phase, number) VALUES (%s, %s)", [phase, number])
        here = 0
        while here < PROCESSES:
            time.sleep(0.02)
            cursor.execute("SELECT count(*) FROM bench_start WHERE phase = %s", [phase])
            (here,) = cursor.fetchone()


def timed(phase: str, number: int, keys: Iterable[UUID], work: Callable[[UUID], object]) -> tuple[float, float]:
    """When one's share of some work began and ended, begun together with all."""
    wait_for_all(phase, number)
    begin = time.time()
    for key in keys:
        work(key)
    return begin, time.time()


def plainly(key: UUID) -> None:
    """As many rows in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(ROWS):
            cursor.execute(PLAIN, [str(key), number, "x" * 200])


def review(key: UUID) -> str:
    """What the review page shows of a draft: the digest that its button sends."""
    draft = Draft.objects.get(pk=key)
    return submissions.frozen_digest(draft, kinds.registry.get(KIND).ready(draft))


def send(key: UUID, seen: str) -> None:
    """Press the button."""
    submissions.submit(Draft.objects.get(pk=key), seen_digest=seen)


def main(number: int) -> None:
    """Review, insert plainly, send one's share of all."""
    seen = {key: review(key) for key in Draft.objects.order_by("pk").values_list("pk", flat=True)[number::PROCESSES]}
    first, *others = seen
    with CaptureQueriesContext(connection) as asked:
        send(first, seen[first])
    plain = timed("plain", number, others, plainly)
    sent = timed("send", number, others, lambda key: send(key, seen[key]))
    print(json.dumps({"count": len(others), "statements": len(asked), "plain": plain, "sent": sent}))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        prepare(int(sys.argv[1]), int(sys.argv[2]))
    else:
        main(int(sys.argv[1]))
