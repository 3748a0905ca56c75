"""Two hundred people, four processes, fifty last places, again and again: every place is given once, and every place is given."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.house import House
from tests.scale import examples

pytestmark = pytest.mark.processes
PROCESSES = 4
PLACES = 50
ROUNDS = examples(100) // 40 or 1
PREPARE = f"""
from datetime import time, timedelta
from direktdraht.bookings.appointments.models import Counter, DayException, Occasion, Site
from direktdraht.foundation import clock
from tests import cast
what = Occasion.objects.create(title={{"de": "Andrang"}}, minutes=30, unit=cast.abfall(), days_ahead=3)
for number in range({ROUNDS}):
    place = Site.objects.create(name=f"Ort {{number}}", address="Markt 1", unit=cast.abfall())
    many = number % 2 == 0
    closes = time(8, 30) if many else time(20, 30)
    DayException.objects.create(site=place, day=clock.today() + timedelta(days=3), is_open=True, opens=time(8), closes=closes)
    for name, seats in ((("Saal", {PLACES}),) if many else (("Schalter 1", 1), ("Schalter 2", 1))):
        Counter.objects.create(site=place, name=name, seats=seats, raster_minutes=30).occasions.set([what])
"""
DOUBLED = """
    SELECT counter_id, at, count(*), count(DISTINCT seat) FROM bookings_cell
    GROUP BY counter_id, at HAVING count(*) > (SELECT seats FROM bookings_counter WHERE id = counter_id) OR count(*) <> count(DISTINCT seat)
"""
BOOKED = "SELECT site_id, count(*) FROM bookings_appointment WHERE state = 'booked' GROUP BY site_id ORDER BY site_id"
WITHOUT_CELLS = """
    SELECT id FROM bookings_appointment AS one
    WHERE (state = 'booked') <> EXISTS (SELECT 1 FROM bookings_cell WHERE appointment_id = one.id AND state = 'booked')
"""


@pytest.fixture
def house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="dd-crowd-"))
    running = House(folder)
    running.start()
    running.execute(PREPARE)
    yield running
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_crowd_gets_every_place_once(house: House) -> None:
    brought = house.crowd("tests.processes.crowd", processes=PROCESSES, seconds=60 + 60 * ROUNDS)

    assert house.ask(DOUBLED) == []
    assert house.ask(WITHOUT_CELLS) == []
    assert [count for _site, count in house.ask(BOOKED)] == [PLACES] * ROUNDS
    for site in brought[0]:
        mine = [key for one in brought for key in one[site]]
        assert len(mine) == len(set(mine)) == PLACES
