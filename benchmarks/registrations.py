"""Registrations a second at the opening of a run, as ratio to plain inserts of as many rows on the same database in the same run."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.processes.house import ROOT, House

from benchmarks.memory import worker_rests

PEOPLE, PEOPLE_AN_OFFER = 20_000, 40
PROCESSES = 4
TWICE = "SELECT seat_id FROM bookings_booking WHERE seat_id IS NOT NULL GROUP BY seat_id HAVING count(*) > 1"
BOOKED = "SELECT count(*) FROM bookings_booking"


def measure_registrations(people: int = PEOPLE, offers: int = PEOPLE // PEOPLE_AN_OFFER) -> dict[str, Any]:
    """Start a house with an empty database and let the people in, while its worker rests."""
    folder = Path(tempfile.mkdtemp(prefix="dd-opening-"))
    house = House(folder)
    try:
        house.start()
        command = [sys.executable, "-m", "benchmarks.opening", str(people), str(offers)]
        subprocess.run(command, env=house.owner, cwd=ROOT, check=True)
        with worker_rests(house.process.pid if house.process else 0):
            brought = house.crowd("benchmarks.opening", processes=PROCESSES, seconds=people)
        if house.ask(TWICE) or house.ask(BOOKED) != [(people,)]:
            raise SystemExit("The opening lost or doubled a place.")
    finally:
        house.close()
        shutil.rmtree(folder, ignore_errors=True)
    sent, plain = per_second(brought, "sent"), per_second(brought, "plain")
    report = {"people": people, "offers": offers, "statements": brought[0]["statements"]}
    return {**report, "sent_per_second": sent, "plain_per_second": plain, "ratio": sent / plain}


def per_second(brought: list[dict[str, Any]], phase: str) -> float:
    """How many a second all processes did together, from the first one's begin to the last one's end."""
    begin, end = min(one[phase][0] for one in brought), max(one[phase][1] for one in brought)
    return float(sum(one["count"] for one in brought) / (end - begin))


def lines(report: dict[str, Any]) -> str:
    """The report as text."""
    return (
        f"registrations: {report['sent_per_second']:.0f} a second at the opening ({report['people']:,} people, {report['offers']} offers), "
        f"{report['statements']} statements each; plain inserts of as many rows {report['plain_per_second']:.0f} a second, "
        f"ratio {report['ratio']:.3f}"
    )


if __name__ == "__main__":
    print(lines(measure_registrations(*(int(word) for word in sys.argv[1:3]))))
