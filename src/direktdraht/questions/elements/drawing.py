"""What a person draws on a map: a line or an area, as a page sends it and as an answer keeps it.

A page writes ``line:53.1,8.2;53.2,8.3``; an answer keeps the corners. Degrees are WGS 84 as text, so that they stay exact.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LEAST_CORNERS = {"line": 2, "area": 3}
MOST_CORNERS = 50
MOST_LATITUDE, MOST_LONGITUDE = 90, 180

_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,7})?")


@dataclass(frozen=True)
class Drawing:
    """A line or an area by its corners: pairs of latitude and longitude. An area closes itself."""

    shape: str
    corners: tuple[tuple[str, str], ...]

    def written(self) -> str:
        """As a page sends it.

        >>> Drawing("line", (("53.1", "8.2"), ("53.2", "8.3"))).written()
        'line:53.1,8.2;53.2,8.3'
        """
        return f"{self.shape}:" + ";".join(f"{lat},{lon}" for lat, lon in self.corners)


def read_page(written: str) -> Drawing | None:
    """What a page sent; None if it is no line and no area.

    >>> read_page("area:53.1,8.2;53.2,8.3")
    """
    shape, _, corners = written.partition(":")
    return read_answer(shape, [corner.split(",") for corner in corners.split(";")])


def read_answer(shape: Any, corners: Any) -> Drawing | None:
    """What an answer holds; None if the shape is unknown, or corners are too few, too many or nowhere on earth."""
    least = LEAST_CORNERS.get(shape) if isinstance(shape, str) else None
    if least is None or not isinstance(corners, list) or not least <= len(corners) <= MOST_CORNERS:
        return None
    if not all(isinstance(corner, list) and len(corner) == len(("lat", "lon")) and is_on_earth(*corner) for corner in corners):
        return None
    return Drawing(shape, tuple((lat, lon) for lat, lon in corners))


def is_on_earth(lat: Any, lon: Any) -> bool:
    """Whether both are degrees, written plainly with at most seven decimals."""
    return _within(lat, MOST_LATITUDE) and _within(lon, MOST_LONGITUDE)


def _within(degrees: Any, most: int) -> bool:
    if not isinstance(degrees, str) or not degrees.isascii() or not _DEGREES.fullmatch(degrees):
        return False
    return abs(Decimal(degrees)) <= most
