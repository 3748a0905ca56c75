"""``name``: a name in the characters of DIN 91379, which registers and passports can hold."""

from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.questions import din91379
from direktdraht.questions.elements.base import Cleaned, Element, Raw, refused
from direktdraht.questions.elements.text import width_for
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.surroundings import Surroundings


class Name(Element):
    """A name (DIN 91379). Datatype A is for persons, B for streets and organisations, C for more signs."""

    type: Literal["name"]
    max_length: Annotated[int, Field(ge=1, le=1000)] = 120
    datatype: Literal["A", "B", "C"] = "A"
    autocomplete: Literal["name", "given-name", "family-name", "organization", "off"] = "name"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(raw, self.max_length)
        if cleaned.value is None:
            return cleaned
        strange = din91379.strangers(cleaned.value, self.datatype)
        if strange:
            return refused("characters", characters=" ".join(strange[:5]))
        return cleaned

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return super().face(raw, language) | {
            "autocomplete": self.autocomplete,
            "max_length": self.max_length,
            "width": width_for(self.max_length),
        }
