"""Orders made and paid in a second, as ratio to plain inserts of as many rows with as many commits.

``python -m benchmarks.orders`` measures in the database that ``DATABASE_URL`` names; ``make bench`` calls it in its house.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import django

ORDERS, ROUNDS = 300, 3
# An order: itself, a line, two postings of two lines each, two events, two rows of the journal.
ROWS = 12


def measure_orders(environment: Mapping[str, str], root: Path) -> dict[str, Any]:
    """Orders a second in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.orders"]
    done = subprocess.run(command, env=dict(environment), cwd=root, stdout=subprocess.PIPE, check=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def run() -> None:
    """Measure alternately and print the report."""
    django.setup()
    measured: dict[str, list[float]] = {"orders": [], "plain": []}
    for _ in range(ROUNDS):
        measured["orders"].append(seconds(make_and_pay))
        measured["plain"].append(seconds(insert_plainly))
    ours, plain = statistics.median(measured["orders"]), statistics.median(measured["plain"])
    print(json.dumps({"orders_per_second": ORDERS / ours, "plain_per_second": ORDERS / plain, "ratio": plain / ours}))


def make_and_pay(count: int = ORDERS) -> None:
    """Orders of one line, each made in one transaction and paid in another."""
    from direktdraht.foundation import clock
    from direktdraht.payments import actions
    from direktdraht.payments.by_hand import OWNER
    from direktdraht.payments.ledger import Source

    line = actions.WantedLine("Gebühr", 3050, "331100")
    for number in range(count):
        payer = actions.Payer("Robin Weber")
        order = actions.create_order(owner_kind=OWNER, owner_id=f"bench-{number}", title="Gebühr", payer=payer, lines=[line])
        actions.receive(order=order, cents=3050, value_date=clock.today(), source=Source("bench", str(order.pk)))


def insert_plainly(count: int = ORDERS) -> None:
    """The same number of rows of the same size into one table without constraints, two commits for each order."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_plain (id bigserial PRIMARY KEY, text text, cents bigint, at timestamptz)")
        for _ in range(count):
            for _half in range(2):
                with transaction.atomic():
                    for _row in range(ROWS // 2):
                        cursor.execute("INSERT INTO bench_plain (text, cents, at) VALUES (%s, %s, now())", ["x" * 200, 3050])
        cursor.execute("DROP TABLE bench_plain")


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def lines(report: dict[str, Any]) -> str:
    """The report as text."""
    return (
        f"orders: {report['orders_per_second']:.0f}/s made and paid; plain inserts of as many rows {report['plain_per_second']:.0f}/s, "
        f"ratio {report['ratio']:.2f}"
    )


if __name__ == "__main__":
    run()
