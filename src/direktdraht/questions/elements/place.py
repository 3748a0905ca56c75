"""``place``: somewhere in the city: a point found in the local index, or a description in words, or both.

The page has a box for a street, a button that shows what the index knows, and always a box for words: nobody
needs a map or a script. The index is asked by whoever shows the page (``Sight.places``), never from here.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, Protocol

from direktdraht.questions.elements.base import SEARCH, Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.elements.parts import is_empty
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.plain import clean_line
from direktdraht.questions.surroundings import Surroundings

MOST = 300

_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,7})?\Z")
_TYPED = ("search", "searched", "chosen", "text")


class Spot(Protocol):
    """A place that an index knows (WGS 84, degrees as text); the foundation's geo.Hit is one."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def lat(self) -> str:
        """Latitude."""

    @property
    def lon(self) -> str:
        """Longitude."""


class Place(Element):
    """A place (Ort): ``lat``, ``lon`` and ``label``, or only a ``label`` in the person's own words."""

    type: Literal["place"]

    @property
    def kind(self) -> Kind:
        return "parts"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if is_empty(raw):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        return _checked(raw) if "label" in raw else self._from_page(raw)

    def _from_page(self, raw: dict[str, Any]) -> Cleaned:
        typed = {name: written_line(raw.get(name), 1000) for name in _TYPED}
        if any(one.problems for one in typed.values()):
            return refused("wrong_type")
        search, searched, chosen, text = (typed[name].value or "" for name in _TYPED)
        if not (search or chosen or text):
            return Cleaned()
        if not chosen or (search and search != searched):
            return _checked({"label": text}) if text else refused("no_spot")
        lat, _, rest = chosen.partition(" ")
        lon, _, label = rest.partition(" ")
        return _checked({"lat": lat, "lon": lon, "label": f"{label}, {text}" if text else label})

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        typed = {name: post.get(f"{path}.{name}", "") for name in ("search", "searched", "text")} | {"chosen": post.get(path, "")}
        return {**typed, "searched": typed["search"]} if path in post.getlist(SEARCH) else typed

    def names(self, path: str) -> tuple[str, ...]:
        return (path, f"{path}.search", f"{path}.text")

    def fragment(self) -> dict[str, Any]:
        degrees = {"type": "string", "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,7})?$"}
        return {
            "type": "object",
            "properties": {"lat": degrees, "lon": degrees, "label": {"type": "string", "minLength": 1, "maxLength": MOST}},
            "required": ["label"],
            "dependentRequired": {"lat": ["lon"], "lon": ["lat"]},
            "additionalProperties": False,
        }

    def display(self, value: Any, language: str, files: Files) -> str:
        return f"{value['label']}\n{value['lat']}, {value['lon']}" if "lat" in value else str(value["label"])

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        known = raw if isinstance(raw, dict) else {}
        typed = {name: text if isinstance(text := known.get(name), str) else "" for name in (*_TYPED, "lat", "lon", "label")}
        if typed["label"] and typed["lat"]:
            typed["chosen"] = f"{typed['lat']} {typed['lon']} {typed['label']}"
        elif typed["label"]:
            typed["text"] = typed["label"]
        return {"search": typed["search"], "text": typed["text"], "chosen": typed["chosen"]}


def options_of(chosen: str, spots: Iterable[Spot]) -> list[dict[str, Any]]:
    """The places to choose from: what was chosen before, then what was found."""
    found = {f"{spot.lat} {spot.lon} {spot.label}": spot.label for spot in spots}
    label = chosen.split(" ", 2)[2] if chosen.count(" ") >= 2 else ""
    kept = {chosen: label} if label and chosen not in found else {}
    return [{"value": value, "label": name, "lang": "", "chosen": value == chosen} for value, name in {**kept, **found}.items()]


def _checked(raw: dict[str, Any]) -> Cleaned:
    """A place in its stored form."""
    label = written_line(raw.get("label"), MOST)
    if label.problems or label.value is None:
        return label if label.problems else refused("no_spot")
    lat, lon = raw.get("lat"), raw.get("lon")
    if lat in (None, "") and lon in (None, ""):
        return Cleaned({"label": label.value})
    if not (_within(lat, 90) and _within(lon, 180)):
        return refused("no_spot")
    return Cleaned({"lat": lat, "lon": lon, "label": label.value})


def _within(degrees: Any, most: int) -> bool:
    if not isinstance(degrees, str) or not degrees.isascii() or not _DEGREES.match(degrees) or clean_line(degrees) != degrees:
        return False
    return abs(Decimal(degrees)) <= most
