"""``multichoice``: any number of several answers."""

from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Kind, Posted, Raw, refused
from direktdraht.questions.elements.choice import Offering
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings


class MultiChoice(Offering):
    """Several answers (Mehrfachauswahl), kept in the order in which they are offered."""

    type: Literal["multichoice"]
    min: Annotated[int, Field(ge=1, le=500)] = 1
    max: Annotated[int, Field(ge=1, le=500)] = 500

    @property
    def kind(self) -> Kind:
        return "choices"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw in ("", []):
            return Cleaned()
        if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
            return refused("wrong_type")
        if not set(raw) <= set(self.offered()):
            return refused("no_option")
        chosen = [value for value in self.offered() if value in set(raw)]
        if len(chosen) < self.min:
            return refused("too_few_options", least=self.min)
        if len(chosen) > self.max:
            return refused("too_many_options", most=self.max)
        return Cleaned(chosen)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return list(post.getlist(path))

    def fragment(self) -> dict[str, Any]:
        values = [option.value for option in self.options]
        return {
            "type": "array",
            "items": {"type": "string", "enum": values},
            "uniqueItems": True,
            "minItems": self.min,
            "maxItems": min(self.max, len(values)),
        }

    def display(self, value: Any, language: str, files: Files) -> str:
        offered = self.offered()
        return "\n".join(pick(offered[one].label, language)[0] if one in offered else str(one) for one in value)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        chosen = {one for one in raw if isinstance(one, str)} if isinstance(raw, list) else set()
        return {"options": self.option_faces(chosen, language)}
