"""``place``: somewhere in the city: a point, a line or an area, or a description in words, or both.

The page has a box for a street, a button that shows what the index knows, and always a box for words: nobody
needs a map or a script. The index is asked by whoever shows the page (``Sight.places``), never from here.
A map, where a page has one, writes its choice as the index would: a place to choose, with a name.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from direktdraht.foundation.marking import N_
from direktdraht.questions.elements.base import SEARCH, Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.elements.drawing import LEAST_CORNERS, MOST_CORNERS, is_on_earth, read_answer, read_page
from direktdraht.questions.elements.parts import is_empty
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.messages import say
from direktdraht.questions.surroundings import Surroundings

MOST = 300
MOST_CHOSEN = 2000

_TYPED = ("search", "searched", "chosen", "text")
_DRAWN = {"line": N_("Linie: %(corners)s"), "area": N_("Fläche: %(corners)s")}


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
    """A place (Ort): ``lat``, ``lon`` and ``label``; ``shape``, ``points`` and ``label``; or only a ``label`` in own words.

    ``shapes`` are what may be drawn on the map. A point from the index is always welcome: it is the way without a map.
    """

    type: Literal["place"]
    shapes: Annotated[list[Literal["point", "line", "area"]], Field(min_length=1, max_length=3)] = ["point"]

    @property
    def kind(self) -> Kind:
        return "parts"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if is_empty(raw):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        return self._checked(raw) if "label" in raw else self._from_page(raw)

    def _from_page(self, raw: dict[str, Any]) -> Cleaned:
        typed = {name: written_line(raw.get(name), MOST_CHOSEN if name == "chosen" else 1000) for name in _TYPED}
        if any(one.problems for one in typed.values()):
            return refused("wrong_type")
        search, searched, chosen, text = (typed[name].value or "" for name in _TYPED)
        if not (search or chosen or text):
            return Cleaned()
        if not chosen or (search and search != searched):
            return self._checked({"label": text}) if text else refused("no_spot")
        where, label = _read_choice(chosen)
        return self._checked({**where, "label": f"{label}, {text}" if text else label})

    def _checked(self, raw: dict[str, Any]) -> Cleaned:
        """A place in its stored form."""
        label = written_line(raw.get("label"), MOST)
        if label.problems or label.value is None:
            return label if label.problems else refused("no_spot")
        if raw.get("shape") or raw.get("points"):
            drawn = read_answer(raw.get("shape"), raw.get("points"))
            if drawn is None or drawn.shape not in self.shapes:
                return refused("no_spot")
            return Cleaned({"shape": drawn.shape, "points": [list(corner) for corner in drawn.corners], "label": label.value})
        lat, lon = raw.get("lat"), raw.get("lon")
        if lat in (None, "") and lon in (None, ""):
            return Cleaned({"label": label.value})
        return Cleaned({"lat": lat, "lon": lon, "label": label.value}) if is_on_earth(lat, lon) else refused("no_spot")

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        typed = {name: post.get(f"{path}.{name}", "") for name in ("search", "searched", "text")} | {"chosen": post.get(path, "")}
        return {**typed, "searched": typed["search"]} if path in post.getlist(SEARCH) else typed

    def names(self, path: str) -> tuple[str, ...]:
        return (path, f"{path}.search", f"{path}.text")

    def fragment(self) -> dict[str, Any]:
        degrees = {"type": "string", "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,7})?$"}
        properties: dict[str, Any] = {"lat": degrees, "lon": degrees, "label": {"type": "string", "minLength": 1, "maxLength": MOST}}
        together = {"lat": ["lon"], "lon": ["lat"]}
        drawn = [shape for shape in self.shapes if shape in LEAST_CORNERS]
        if drawn:
            corner = {"type": "array", "items": degrees, "minItems": 2, "maxItems": 2}
            least = min(LEAST_CORNERS[shape] for shape in drawn)
            properties |= {
                "shape": {"enum": drawn},
                "points": {"type": "array", "items": corner, "minItems": least, "maxItems": MOST_CORNERS},
            }
            together |= {"shape": ["points"], "points": ["shape"]}
        return {
            "type": "object",
            "properties": properties,
            "required": ["label"],
            "dependentRequired": together,
            "additionalProperties": False,
        }

    def display(self, value: Any, language: str, files: Files) -> str:
        if "points" in value:
            corners = " – ".join(f"{lat}, {lon}" for lat, lon in value["points"])
            return f"{value['label']}\n{say(_DRAWN[value['shape']], language) % {'corners': corners}}"
        return f"{value['label']}\n{value['lat']}, {value['lon']}" if "lat" in value else str(value["label"])

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        known = raw if isinstance(raw, dict) else {}
        typed = {name: text if isinstance(text := known.get(name), str) else "" for name in (*_TYPED, "label")}
        drawn = written_on_map(known)
        if typed["label"] and drawn:
            where = drawn if ":" in drawn else drawn.replace(",", " ")
            typed["chosen"] = f"{where} {typed['label']}"
        elif typed["label"]:
            typed["text"] = typed["label"]
        return {"search": typed["search"], "text": typed["text"], "chosen": typed["chosen"], "shapes": " ".join(self.shapes)}


def written_on_map(value: dict[str, Any]) -> str:
    """An answer as the map reads it: ``53.1,8.2``, ``line:53.1,8.2;53.2,8.3``, or nothing where it is only words."""
    drawn = read_answer(value.get("shape"), value.get("points"))
    if drawn is not None:
        return drawn.written()
    lat, lon = value.get("lat"), value.get("lon")
    return f"{lat},{lon}" if is_on_earth(lat, lon) else ""


def options_of(chosen: str, spots: Iterable[Spot]) -> list[dict[str, Any]]:
    """The places to choose from: what was chosen before, then what was found."""
    found = {f"{spot.lat} {spot.lon} {spot.label}": spot.label for spot in spots}
    label = _read_choice(chosen)[1]
    kept = {chosen: label} if label and chosen not in found else {}
    return [{"value": value, "label": name, "lang": "", "chosen": value == chosen} for value, name in {**kept, **found}.items()]


def _read_choice(chosen: str) -> tuple[dict[str, Any], str]:
    """Where a choice lies and what it is called: ``53.1 8.2 Weg 1`` or ``line:53.1,8.2;53.2,8.3 am Weg``."""
    first, _, rest = chosen.partition(" ")
    if ":" not in first:
        lon, _, label = rest.partition(" ")
        return {"lat": first, "lon": lon}, label
    drawn = read_page(first)
    corners = [] if drawn is None else [list(corner) for corner in drawn.corners]
    return {"shape": first.partition(":")[0] or "none", "points": corners}, rest
