"""``ranking``: options put in order, with a select of places for each, so that no script is needed."""

from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.choice import Offering, Option
from direktdraht.questions.elements.parts import is_empty
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings


class Ranking(Offering):
    """Options in an order of preference (Rangfolge), the first is the best. ``places``: how many are placed."""

    type: Literal["ranking"]
    options: Annotated[list[Option], Field(min_length=2, max_length=30)]
    places: Annotated[int, Field(ge=1, le=30)] | None = None

    missing = "required_choice"

    @property
    def kind(self) -> Kind:
        return "parts"

    def parts(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    def count(self) -> int:
        """How many places there are."""
        return min(self.places or len(self.options), len(self.options))

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw == [] or is_empty(raw):
            return Cleaned()
        if isinstance(raw, dict):
            return self._from_places(raw)
        if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
            return refused("wrong_type")
        if not set(raw) <= set(self.parts()):
            return refused("no_option")
        if len(set(raw)) < len(raw) or len(raw) != self.count():
            return refused("places_incomplete", most=self.count())
        return Cleaned(raw)

    def _from_places(self, raw: dict[str, Any]) -> Cleaned:
        allowed = {str(place): place for place in range(1, self.count() + 1)}
        placed: dict[int, str] = {}
        problems = []
        for value in self.parts():
            written = raw.get(value, "")
            place = allowed.get(written) if isinstance(written, str) else None
            if place is None and written not in ("", None):
                problems.append(Problem(Message("no_place", {"most": self.count()}), value))
            elif place in placed:
                problems.append(Problem(Message("place_twice", {"place": place or 0}), value))
            elif place is not None:
                placed[place] = value
        if not problems and not placed:
            return Cleaned()
        if not problems and len(placed) < self.count():
            problems.append(Problem(Message("places_incomplete", {"most": self.count()})))
        return Cleaned(problems=tuple(problems)) if problems else Cleaned([placed[place] for place in sorted(placed)])

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return {value: post.get(f"{path}.{value}", "") for value in self.parts()}

    def names(self, path: str) -> tuple[str, ...]:
        return tuple(f"{path}.{value}" for value in self.parts())

    def fragment(self) -> dict[str, Any]:
        items = {"type": "string", "enum": list(self.parts())}
        return {"type": "array", "items": items, "uniqueItems": True, "minItems": self.count(), "maxItems": self.count()}

    def display(self, value: Any, language: str, files: Files) -> str:
        offered = self.offered()
        named = [pick(offered[one].label, language)[0] if one in offered else str(one) for one in value]
        return "\n".join(f"{place}. {name}" for place, name in enumerate(named, start=1))

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        places = {one: str(place) for place, one in enumerate(raw, start=1) if isinstance(one, str)} if isinstance(raw, list) else {}
        if isinstance(raw, dict):
            places = {value: written for value in self.parts() if isinstance(written := raw.get(value), str)}
        numbers = [str(place) for place in range(1, self.count() + 1)]
        rows = []
        for option in self.option_faces(set(), language):
            value = option["value"]
            chosen = [{"value": number, "chosen": number == places.get(value)} for number in numbers]
            rows.append({**option, "part_id": value.replace(".", "-"), "places": chosen})
        return {"rows": rows}
