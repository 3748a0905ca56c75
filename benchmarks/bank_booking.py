"""Bank movements taken into the database and booked, as ratio to plain inserts of as many rows with as many commits.

``python -m benchmarks.bank_booking [COUNT]`` measures in the database that ``DATABASE_URL`` names, which is the demo city's or
an empty one; ``make bench`` calls it in its house with a tenth of the 100,000 movements that a large city has in a month.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django
import psutil

MOVEMENTS = 10_000
CENTS = 3000
A_BATCH = 1000
# What is written for a movement: itself when it is taken; order and movement changed, a posting of two lines, an event, a
# row of the journal when it is booked.
ROWS_TAKEN, ROWS_BOOKED = 1, 7
WIDTH = 300


def measure_bank_booking(environment: Mapping[str, str], root: Path, count: int = MOVEMENTS) -> dict[str, Any]:
    """Movements a second in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bank_booking", str(count)]
    done = subprocess.run(command, env=dict(environment), cwd=root, stdout=subprocess.PIPE, check=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def run(count: int) -> None:
    """Make orders, take one file that pays them all, book its movements, insert as much plainly; print the report."""
    django.setup()
    from direktdraht.payments import setup

    references = list(orders(count))
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder), references, setup.current().iban)
        take = measured(lambda: taken(file, count))
        book = measured(lambda: booked(count))
    plain_take = measured(lambda: insert_plainly(count, ROWS_TAKEN, A_BATCH))
    plain_book = measured(lambda: insert_plainly(count, ROWS_BOOKED, 1))
    report = {
        "movements": count,
        "taken_per_second": count / take[0],
        "booked_per_second": count / book[0],
        "taken_ratio": plain_take[0] / take[0],
        "booked_ratio": plain_book[0] / book[0],
        "taken_grown_mb": take[1],
        "booked_grown_mb": book[1],
    }
    print(json.dumps(report))


def orders(count: int) -> Iterator[str]:
    """As many open orders, written in bulk as ``create_order`` writes them one by one; gives their references."""
    from django.db import transaction

    from direktdraht.foundation import clock
    from direktdraht.payments import ledger, setup
    from direktdraht.payments.actions.orders import next_counter
    from direktdraht.payments.by_hand import OWNER
    from direktdraht.payments.models import Order, OrderLine, Posting, PostingKind, PostingLine, Side

    pattern, today = setup.current().pattern, clock.today()
    for start in range(0, count, A_BATCH):
        with transaction.atomic():
            ledger.ensure_accounts({"receivables", "revenue:331100"})
            facts = {"owner_kind": OWNER, "title": "Gebühr", "total_cents": CENTS, "open_cents": CENTS, "due_on": today + timedelta(30)}
            made = [
                Order(reference=pattern.write(today.year, next_counter()), owner_id=f"bank-{number}", **facts)
                for number in range(start, min(start + A_BATCH, count))
            ]
            Order.objects.bulk_create(made)
            OrderLine.objects.bulk_create(
                OrderLine(order=one, position=0, text="Gebühr", cents=CENTS, revenue_account="331100", law="public") for one in made
            )
            charge = {"kind": PostingKind.CHARGE, "day": ledger.open_day(), "value_date": today}
            postings = Posting.objects.bulk_create(Posting(order=one, **charge) for one in made)
            sides = (("receivables", Side.DEBIT), ("revenue:331100", Side.CREDIT))
            PostingLine.objects.bulk_create(
                PostingLine(posting=posting, account_id=account, side=side, cents=CENTS) for posting in postings for account, side in sides
            )
        yield from (one.reference for one in made)


def written(folder: Path, references: list[str], account: str) -> Path:
    """A statement that pays every order."""
    from direktdraht.payments.camt.writing import Movement, statement

    rows = (Movement(CENTS, "Robin Weber", f"Kz {reference} Danke", f"B{reference}") for reference in references)
    file = folder / "statement.xml"
    with file.open("wb") as writing:
        end = CENTS * len(references)
        writing.writelines(statement(rows, number=1, day=date(2026, 11, 2), opening=0, closing=end, account=account))
    return file


def taken(file: Path, count: int) -> None:
    """Take the file in."""
    from direktdraht.payments import actions

    with file.open("rb") as content:
        kept = actions.take_bank_file(file=content, name=file.name)
    if kept.state != "read" or kept.counts["all"] != count:
        raise SystemExit(f"bank booking: the file was not taken: {kept.findings}")


def booked(count: int) -> None:
    """Settle everything, a batch after the other, as the job does."""
    from direktdraht.payments import actions
    from direktdraht.payments.models import BankEntry

    while actions.settle_new(most=A_BATCH):
        continue
    done = BankEntry.objects.filter(file__name="statement.xml", state="matched").count()
    if done < count:
        raise SystemExit(f"bank booking: {done} of {count} movements were booked")


def insert_plainly(count: int, rows: int, commits_after: int) -> None:
    """As many rows of the same width into one table without constraints, a commit after so many movements."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_plain (id bigserial PRIMARY KEY, text text, cents bigint, at timestamptz)")
        one = "('" + "x" * WIDTH + "', 3000, now())"
        together = f"INSERT INTO bench_plain (text, cents, at) VALUES {', '.join([one] * min(commits_after, count))}"
        for _ in range(0, count, commits_after):
            with transaction.atomic():
                for _row in range(rows):
                    cursor.execute(together)
        cursor.execute("DROP TABLE bench_plain")


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """How long some work takes, and by how many MB the process grew meanwhile at most."""
    process, done, peak = psutil.Process(), threading.Event(), 0

    def look() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, process.memory_info().rss)

    before, watcher, begin = process.memory_info().rss, threading.Thread(target=look), time.perf_counter()
    watcher.start()
    try:
        work()
        took = time.perf_counter() - begin
    finally:
        done.set()
        watcher.join()
    return took, max(0, peak - before) / 1e6


def lines(report: dict[str, Any]) -> str:
    """The report as text."""
    return (
        f"Bank booking: {report['movements']:,} movements "
        f"taken at {report['taken_per_second']:,.0f}/s (ratio {report['taken_ratio']:.2f}), "
        f"booked at {report['booked_per_second']:,.0f}/s (ratio {report['booked_ratio']:.2f}); "
        f"memory grew by {report['taken_grown_mb']:.0f} and {report['booked_grown_mb']:.0f} MB"
    )


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else MOVEMENTS)
