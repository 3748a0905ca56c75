"""Registrations a second at the opening of a run, as ratio to plain inserts on the same database in the same run."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.processes.house import ROOT
from tests.processes.house import House as TestHouse

PEOPLE, OFFERS = 2_000, 50
LARGE_PEOPLE, LARGE_OFFERS = 20_000, 500


def measure_registrations(*, large: bool = False) -> dict[str, Any]:
    """Start a house with an empty database and let the people in; 20,000 people and 500 offers when ``large``."""
    folder = Path(tempfile.mkdtemp(prefix="dd-opening-"))
    house = TestHouse(folder)
    try:
        house.start()
        people, offers = (LARGE_PEOPLE, LARGE_OFFERS) if large else (PEOPLE, OFFERS)
        command = [sys.executable, "-m", "benchmarks.opening", str(people), str(offers)]
        done = subprocess.run(command, env=house.owner, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    finally:
        house.close()
        shutil.rmtree(folder, ignore_errors=True)
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def lines(report: dict[str, Any]) -> str:
    """The report as text."""
    return (
        f"registrations: {report['sent_per_second']:.0f} a second at the opening ({report['people']} people, {report['offers']} offers), "
        f"{report['statements']} statements each, plain inserts {report['plain_per_second']:.0f} a second, ratio {report['ratio']:.1f}"
    )


if __name__ == "__main__":
    print(lines(measure_registrations(large="--large" in sys.argv)))
