"""The streets of the demo city: about two hundred on a plausible grid, the same on every machine."""

import random
from collections.abc import Iterator

from direktdraht.foundation.geo import actions
from direktdraht.foundation.geo.actions import StreetEntry
from direktdraht.foundation.geo.models import Street

SEED = 20261124
SOUTH, WEST = 53.12, 8.17
ACROSS = 10
STEP_LAT, STEP_LON = 0.0022, 0.0085
HOUSE_STEP = 0.00018
BEND = 0.0006

# Beginnings and ends of names of streets.
FIRST = (
    "Linden Kastanien Ahorn Birken Eichen Buchen Erlen Ulmen Weiden Rosen Garten Wiesen Feld Mühlen Kirch Schul Bahnhof Hafen Markt Brücken"
)
SECOND = ("straße", "weg", "allee", "ring", "platz", "gasse", "ufer", "damm", "stieg", "hof")
# Names that every visitor of the demo city meets.
KNOWN = ("Lange Straße", "Am Alten Rathaus", "An der Überwasserkirche", "Groß-Büttel-Weg")


class DemoStreets:
    """Registered with ``foundation.demo``."""

    def is_seeded(self) -> bool:
        """Whether any street is there."""
        return Street.objects.exists()

    def seed(self, scale: int) -> None:
        """Load the streets; a city does not grow with ``scale``."""
        del scale
        actions.load_streets(streets())


def streets() -> Iterator[StreetEntry]:
    """Every street of the demo city with its houses: even numbers on one side, odd ones on the other."""
    dice = random.Random(SEED)  # noqa: S311  # invented data, no secret
    names = [*KNOWN, *(f"{first}{second}" for first in FIRST.split() for second in SECOND)]
    for place, name in enumerate(names):
        lat = SOUTH + (place // ACROSS) * STEP_LAT
        lon = WEST + (place % ACROSS) * STEP_LON
        count = dice.randrange(8, 44)
        houses = {str(number): point(lat, lon, number) for number in range(1, count + 1)}
        extra = dice.randrange(1, count + 1)
        houses[f"{extra}a"] = point(lat, lon, extra + 0.5)
        yield StreetEntry(name, *point(lat, lon, count / 2), houses, course(lat, lon, place))


def course(lat: float, lon: float, place: int) -> list[list[tuple[str, str]]]:
    """How a street runs: past its houses to the next corner, and from its beginning up to the street north of it.

    The bend depends on the place only, so that corners meet and the houses stay where they are.
    """
    bend = BEND * ((place * 7) % 5 - 2) / 2
    along = [(lat, lon), (lat, lon + STEP_LON)]
    up = [(lat, lon), (lat + STEP_LAT / 2, lon + bend), (lat + STEP_LAT, lon)]
    return [[(f"{north:.5f}", f"{east:.5f}") for north, east in line] for line in (along, up)]


def point(lat: float, lon: float, number: float) -> tuple[str, str]:
    """Where a house stands: the higher the number, the farther east."""
    side = 0.00012 if int(number) % 2 else -0.00012
    return f"{lat + side:.5f}", f"{lon + number * HOUSE_STEP:.5f}"
