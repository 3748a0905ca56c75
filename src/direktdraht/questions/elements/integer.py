"""``integer``: a whole number."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.texts import pick
from direktdraht.questions.display import number_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Raw, refused
from direktdraht.questions.elements.text import width_for
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings

LIMIT = 10**12

_WRITTEN = re.compile(r"[+-]?[0-9]{1,13}\Z")
_GROUPED = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+\Z")


class Integer(Element):
    """A whole number (Ganzzahl)."""

    type: Literal["integer"]
    min: Annotated[int, Field(ge=-LIMIT, le=LIMIT)] = 0
    max: Annotated[int, Field(ge=-LIMIT, le=LIMIT)] = LIMIT
    suffix: LocalText | None = None
    """The unit behind the box, such as "m²"."""

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        if self.min > self.max:
            raise PydanticCustomError("min_above_max", "min_above_max")
        return self

    @property
    def kind(self) -> Kind:
        return "number"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return self._within(raw)
        cleaned = written_line(raw, 40)
        if cleaned.value is None:
            return cleaned
        text: str = cleaned.value.replace("−", "-")
        if _GROUPED.match(text):
            text = text.replace(".", "").replace(" ", "")
        return self._within(int(text)) if _WRITTEN.match(text) else refused("no_integer")

    def _within(self, number: int) -> Cleaned:
        if number < self.min:
            return refused("too_small", least=self.min)
        if number > self.max:
            return refused("too_large", most=self.max)
        return Cleaned(number)

    def fragment(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.min, "maximum": self.max}

    def display(self, value: Any, language: str, files: Files) -> str:
        return number_in_words(value, language, self.suffix)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return super().face(raw, language) | {"width": width_for(len(str(self.max))), "suffix": pick(self.suffix or {}, language)[0]}
