"""Four processes call and draw in one hall at once: no number is given twice, nobody is called by two counters."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.house import House

pytestmark = pytest.mark.processes
PROCESSES = 4
WAITING = 60
PREPARE = f"""
from datetime import timedelta
from direktdraht.bookings.appointments.models import Counter, DayException, Occasion, Site
from direktdraht.bookings.hall.models import Hall, Ticket
from direktdraht.foundation import clock
from tests import cast
cast.kim()
what = Occasion.objects.create(title={{"de": "Andrang"}}, minutes=10, unit=cast.abfall())
place = Site.objects.create(name="Halle", address="Markt 1", unit=cast.abfall())
for days in (0, 1):
    DayException.objects.create(site=place, day=clock.today() + timedelta(days=days), is_open=True)
for number in range(3):
    Counter.objects.create(site=place, name=f"Schalter {{number}}", seats=50).occasions.set([what])
Hall.objects.create(site=place, stop_minutes=0).occasions.set([what])
for number in range(1, {WAITING} + 1):
    Ticket.objects.create(site=place, day=clock.today(), letter="A", number=number, occasions=[what.pk], minutes=10)
"""


@pytest.fixture
def house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="dd-hall-"))
    running = House(folder)
    running.start()
    running.execute(PREPARE)
    yield running
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_crowd_of_counters_calls_everybody_once(house: House) -> None:
    brought = house.crowd("tests.processes.calling_crowd", processes=PROCESSES, seconds=120)

    drawn, called = ([name for one in brought for name in one[what]] for what in ("drawn", "called"))
    assert len(drawn) == len(set(drawn)) == PROCESSES * 15
    assert len(called) == len(set(called)) == PROCESSES * 25
    assert house.ask("SELECT count(*) FROM bookings_ticket WHERE state = 'called' AND calls = 1")[0][0] == len(called)
