"""``make bench``: measures, prints a table, writes ``build/bench.json``."""

import argparse
import json
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import appointments, bank_booking, bank_files, demails, orders, registrations, signatures, table
from benchmarks.house import GENERATOR_CORE, ROOT, House
from benchmarks.memory import by_part, worker_rests
from benchmarks.targets import Prepared, Target, baseline_requests, targets

CONCURRENCY = 8
WARM_SECONDS = 1.0
USUAL_BYTES = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything; the exit status says only whether it could be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="measured seconds for each target and round (default 5)")
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds (default 3)")
    parser.add_argument("--cases", type=int, default=100_000, help="rows behind the desk list (default 100000)")
    parser.add_argument("--drafts", type=int, default=1_500, help="ready drafts for each measurement of the submission (default 1500)")
    parser.add_argument("--people", type=int, default=registrations.PEOPLE, help="people at the opening of registration (default 20000)")
    parser.add_argument("--movements", type=int, default=bank_booking.MOVEMENTS, help="bank movements that are booked (default 10000)")
    parser.add_argument("--only", default="", help="measure only the targets whose name or note contains this")
    options = parser.parse_args(arguments)
    house = House()
    try:
        report = measure_house(house, options)
        with worker_rests(house.process.pid if house.process else 0):
            report["orders"] = orders.measure_orders(house.owner(), ROOT)
            report["bank_booking"] = bank_booking.measure_bank_booking(house.owner(), ROOT, options.movements)
    finally:
        house.close()
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    report["signatures"] = signatures.measure_signatures()
    report["demails"] = demails.measure_demails()
    report["bank_files"] = bank_files.measure_bank_files()
    report["appointments"] = appointments.measure_appointments()
    report["registrations"] = registrations.measure_registrations(options.people, max(1, options.people // registrations.PEOPLE_AN_OFFER))
    (build / "bench.json").write_text(json.dumps(report, indent=2), encoding="utf-8")
    print(table.text(report))
    print(signatures.lines(report["signatures"]))
    print(demails.lines(report["demails"]))
    print(bank_files.lines(report["bank_files"]))
    print(bank_booking.lines(report["bank_booking"]))
    print(appointments.lines(report["appointments"]))
    print(registrations.lines(report["registrations"]))
    print(orders.lines(report["orders"]))
    return 0


def measure_house(house: House, options: argparse.Namespace) -> dict[str, Any]:
    """Start twice with a watch, fill, start once more on one core, measure."""
    first = house.start()
    house.stop()
    second = house.start()
    at_rest = by_part(house.process.pid) if house.process else {}
    prepared = Prepared(**house.prepare(options.cases, options.drafts * options.rounds * 2))
    house.stop()
    house.start(pinned=True)
    wanted = [one for one in targets(house.port, prepared) if options.only in f"{one.name} ({one.note})"]
    results = measure_targets(house, options, wanted)
    house.worker().send_signal(signal.SIGCONT)
    house.stop_baselines()  # else the memory of their connections would count as the product's
    after_load = by_part(house.process.pid) if house.process else {}
    return {
        "rows": options.cases,
        "concurrency": CONCURRENCY,
        "rounds": options.rounds,
        "seconds": options.seconds,
        "targets": results,
        "ready_seconds": {"first": first, "second": second},
        "pss_mb": {"at_rest": at_rest, "after_load": after_load},
    }


@dataclass
class Rounds:
    """What the rounds of one target measured."""

    target: Target
    product: list[dict[str, Any]] = field(default_factory=list)
    baseline: list[dict[str, Any]] = field(default_factory=list)


def measure_targets(house: House, options: argparse.Namespace, wanted: list[Target]) -> list[dict[str, Any]]:
    """Alternate product and baseline; the worker rests except where a target measures beside it."""
    house.worker().send_signal(signal.SIGSTOP)
    sizes = {
        target.name: load(target.port, target.requests[:1], 1.0, 2.0, once=False)["body_bytes"] for target in wanted if not target.posts
    }
    bare = house.start_baseline("bare", {"BENCH_BARE_BYTES": str(sizes.get("home page", USUAL_BYTES))})
    plain = house.start_baseline("plain", {"BENCH_PLAIN_BYTES": str(sizes.get("desk list", USUAL_BYTES))})
    against = baseline_requests(bare, plain, house.start_baseline("bare_form", {}))
    measured = [Rounds(target) for target in wanted]
    for number in range(options.rounds):
        for rounds in measured:
            target = rounds.target
            requests = target.requests[number * options.drafts : (number + 1) * options.drafts] if target.once else target.requests
            if target.beside_worker:
                house.worker().send_signal(signal.SIGCONT)
                time.sleep(0.5)
            rounds.product.append(load(target.port, requests, options.seconds, WARM_SECONDS, once=target.once))
            house.worker().send_signal(signal.SIGSTOP)
            port, plain_requests = against[target.baseline]
            rounds.baseline.append(load(port, plain_requests, options.seconds, WARM_SECONDS, once=False))
            check_statuses(target, rounds.product[-1], rounds.baseline[-1])
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return [table.summary(rounds.target, rounds.product, rounds.baseline) for rounds in measured]


def check_statuses(target: Target, product: dict[str, Any], baseline: dict[str, Any]) -> None:
    """A measurement with any other answer than the expected one is none."""
    expected = {"302"} if target.posts else {"200"}
    if set(product["statuses"]) != expected or set(baseline["statuses"]) != expected:
        raise SystemExit(f"{target.name}: answers were {product['statuses']} and {baseline['statuses']}, expected {expected}")


def load(port: int, requests: list[bytes], seconds: float, warm_seconds: float, *, once: bool) -> dict[str, Any]:
    """Run the load generator in a process of its own on its core."""
    plan = {
        "host": "127.0.0.1",
        "port": port,
        "core": GENERATOR_CORE,
        "concurrency": CONCURRENCY,
        "warm_seconds": warm_seconds,
        "seconds": seconds,
        "once": once,
        "requests": [b64encode(request).decode() for request in requests],
    }
    command = [sys.executable, str(Path(__file__).with_name("load.py"))]
    done = subprocess.run(command, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    sys.exit(main())
