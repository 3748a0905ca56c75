"""``text``: one line, with length and, where needed, a pattern."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.questions.elements.base import Cleaned, Element, Problem, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.messages import Message
from direktdraht.questions.patterns import Pattern, matches
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings

Autocomplete = Literal["given-name", "family-name", "organization", "bday", "off"]


class Text(Element):
    """One line of text (einzeiliger Text)."""

    type: Literal["text"]
    min_length: Annotated[int, Field(ge=0, le=1000)] = 0
    max_length: Annotated[int, Field(ge=1, le=1000)] = 200
    pattern: Pattern | None = None
    pattern_hint: LocalText | None = None
    """What to do when the pattern does not match."""
    autocomplete: Autocomplete | None = None

    @model_validator(mode="after")
    def _lengths_fit(self) -> Self:
        if self.min_length > self.max_length:
            raise PydanticCustomError("min_above_max", "min_above_max")
        return self

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(raw, self.max_length)
        if cleaned.value is None:
            return cleaned
        if len(cleaned.value) < self.min_length:
            return refused("too_short", least=self.min_length)
        if self.pattern is not None and not matches(self.pattern, cleaned.value):
            return Cleaned(problems=(Problem(self._pattern_message()),))
        return cleaned

    def _pattern_message(self) -> Message:
        if self.pattern_hint is None:
            return Message("pattern")
        return Message("own_sentence", by_language={"sentence": self.pattern_hint})

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "minLength": max(1, self.min_length), "maxLength": self.max_length}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return super().face(raw, language) | {
            "autocomplete": self.autocomplete or "",
            "max_length": self.max_length,
            "width": width_for(self.max_length),
        }


def width_for(characters: int) -> str:
    """How wide a box is for an expected length: "2", "4", "8", "20" or "" (full).

    >>> width_for(5), width_for(60)
    ('8', '')
    """
    return next((str(width) for width in (2, 4, 8, 20) if characters <= width), "")
