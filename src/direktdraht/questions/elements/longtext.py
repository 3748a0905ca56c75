"""``longtext``: several lines."""

from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.questions.elements.base import Cleaned, Element, Raw, refused
from direktdraht.questions.elements.written import written_lines
from direktdraht.questions.surroundings import Surroundings


class LongText(Element):
    """Text of several lines (mehrzeiliger Text)."""

    type: Literal["longtext"]
    min_length: Annotated[int, Field(ge=0, le=1000)] = 0
    max_length: Annotated[int, Field(ge=1, le=20_000)] = 5000
    rows: Annotated[int, Field(ge=2, le=20)] = 5

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_lines(raw, self.max_length)
        if cleaned.value is not None and len(cleaned.value) < self.min_length:
            return refused("too_short", least=self.min_length)
        return cleaned

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "minLength": max(1, self.min_length), "maxLength": self.max_length}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return super().face(raw, language) | {"max_length": self.max_length, "rows": self.rows}
