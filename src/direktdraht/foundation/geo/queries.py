"""Searching the index: a street, with or without a house number; typing errors are forgiven."""

import re
from dataclasses import dataclass
from typing import Any

from direktdraht.foundation.geo.models import Street
from direktdraht.foundation.matching import Field, asked_words, grams, score, words_of

MOST_HITS = 20
MOST_CANDIDATES = 300

_NUMBER = re.compile(r"(?<!\S)([0-9]{1,4})\s?([a-zA-Z])?(?!\S)")


@dataclass(frozen=True)
class Hit:
    """A place that was found: what it is called and where it is (WGS 84, degrees)."""

    label: str
    lat: str
    lon: str


def search(text: str) -> list[Hit]:
    """The places that the text means best, at most 20: houses where it names a number that exists, else streets."""
    text = text[:200]
    number = _NUMBER.search(text)
    asked = asked_words(_NUMBER.sub(" ", text))
    wanted = sorted({gram for word in asked for gram in grams(word)})
    if not wanted:
        return []
    candidates = Street.objects.filter(grams__overlap=wanted).order_by("sort_key")[:MOST_CANDIDATES]
    found = [(score(asked, [Field(tuple(words_of(street.name)), 1.0)]), street) for street in candidates]
    best = sorted((hit for hit in found if hit[0] > 0), key=lambda hit: (-hit[0], hit[1].sort_key))
    house = f"{number[1]}{(number[2] or '').lower()}" if number else ""
    return [_hit(street, house) for _, street in best[:MOST_HITS]]


def streets_as_geojson() -> dict[str, Any]:
    """Every street for the map (RFC 7946): its course, or the points of its houses where the city has no course.

    GeoJSON writes longitude first (section 3.1.1).
    """
    rows = Street.objects.order_by("sort_key").only("name", "lat", "lon", "houses", "course")
    return {"type": "FeatureCollection", "features": [_feature(street) for street in rows]}


def _feature(street: Street) -> dict[str, Any]:
    geometry: dict[str, Any]
    if street.course:
        geometry = {"type": "MultiLineString", "coordinates": [[_position(point) for point in line] for line in street.course]}
    else:
        points = list(street.houses.values()) or [[street.lat, street.lon]]
        geometry = {"type": "MultiPoint", "coordinates": [_position(point) for point in points]}
    return {"type": "Feature", "properties": {"name": street.name}, "geometry": geometry}


def _position(point: list[str]) -> list[float]:
    return [float(point[1]), float(point[0])]


def _hit(street: Street, house: str) -> Hit:
    point = street.houses.get(house)
    return Hit(f"{street.name} {house}", point[0], point[1]) if point else Hit(street.name, street.lat, street.lon)
