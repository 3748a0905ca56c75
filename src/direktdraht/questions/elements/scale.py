"""``scale``: a number between two ends that have names."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.marking import N_
from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.elements.choice import foreign_to
from direktdraht.questions.files import Files
from direktdraht.questions.messages import say
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings

_OF = N_("%(value)s auf einer Skala von %(least)s bis %(most)s")


class Scale(Element):
    """A scale (Skala), such as 1 to 5; ``low`` and ``high`` say what its ends mean."""

    type: Literal["scale"]
    min: Annotated[int, Field(ge=0, le=1)] = 1
    max: Annotated[int, Field(ge=2, le=10)] = 5
    low: LocalText | None = None
    high: LocalText | None = None

    missing = "required_choice"

    @model_validator(mode="after")
    def _has_both_names(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("both_ends", "both_ends")
        return self

    @property
    def kind(self) -> Kind:
        return "number"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw == "":
            return Cleaned()
        if isinstance(raw, str) and raw in {str(number) for number in range(self.min, self.max + 1)}:
            raw = int(raw)
        if not isinstance(raw, int) or isinstance(raw, bool):
            return refused("wrong_type")
        return Cleaned(raw) if self.min <= raw <= self.max else refused("no_option")

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return post.get(path, "")

    def fragment(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.min, "maximum": self.max}

    def display(self, value: Any, language: str, files: Files) -> str:
        return say(_OF, language) % {"value": value, "least": self._named(self.min, language), "most": self._named(self.max, language)}

    def _named(self, number: int, language: str) -> str:
        name = self.low if number == self.min else self.high if number == self.max else None
        return f"{number} ({pick(name, language)[0]})" if name else str(number)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        chosen = str(raw) if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
        numbers = range(self.min, self.max + 1)
        options = [
            {"value": str(number), "label": self._named(number, language), "lang": "", "hint": "", "chosen": str(number) == chosen}
            for number in numbers
        ]
        for option, name in ((options[0], self.low), (options[-1], self.high)):
            option["lang"] = foreign_to(pick(name, language)[1], language) if name else ""
        return {"options": options}
