"""Loading the index of streets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from direktdraht.foundation.geo.models import Street
from direktdraht.foundation.matching import grams_of
from direktdraht.foundation.ordering import sort_key


@dataclass(frozen=True)
class StreetEntry:
    """A street as it is loaded: its middle, its houses by number and the lines of its course, WGS 84 in degrees."""

    name: str
    lat: str
    lon: str
    houses: Mapping[str, tuple[str, str]]
    course: Sequence[Sequence[tuple[str, str]]] = ()


def load_streets(entries: Iterable[StreetEntry]) -> int:
    """Write streets, those with a known name anew; how many were written."""
    rows = [
        Street(
            name=entry.name,
            sort_key=sort_key(entry.name)[:300],
            lat=entry.lat,
            lon=entry.lon,
            houses={number: list(point) for number, point in entry.houses.items()},
            course=[[list(point) for point in line] for line in entry.course],
            grams=grams_of([entry.name]),
        )
        for entry in entries
    ]
    columns = ["sort_key", "lat", "lon", "houses", "course", "grams"]
    return len(Street.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=columns))
