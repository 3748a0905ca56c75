"""``group``: the same questions for each of several things, such as dogs or children."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import AnyElement, Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings


class Group(Element):
    """A repeatable group (wiederholbare Gruppe). The evaluation checks its entries; ``clean`` only their number."""

    type: Literal["group"]
    elements: Annotated[list[AnyElement], Field(min_length=1, max_length=100)]
    min: Annotated[int, Field(ge=0, le=100)] = 1
    max: Annotated[int, Field(ge=1, le=100)] = 20
    item_label: LocalText | None = None
    """What one entry is called, such as "Hund"; without it the label serves."""

    asks: ClassVar[bool] = True

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        if self.min > self.max:
            raise PydanticCustomError("min_above_max", "min_above_max")
        return self

    @property
    def kind(self) -> Kind:
        return "rows"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        rows = [] if raw is None or raw == "" else raw
        if not isinstance(rows, list):
            return refused("wrong_type")
        if len(rows) > self.max:
            return refused("group_max", most=self.max)
        least = max(self.min, 1 if self.required else 0)
        if len(rows) < (least if self.required or rows else 0):
            return refused("group_min", least=least)
        return Cleaned([])

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        """As many empty entries as the page showed; ``posting`` fills them."""
        shown = post.get(path, "")
        if isinstance(shown, str) and shown.isascii() and shown.isdigit() and len(shown) <= 4:
            count = min(int(shown), self.max)
        else:
            count = min(len(old), self.max) if isinstance(old, list) else 0
        kept = old if isinstance(old, list) else []
        return [kept[index] if index < len(kept) else {} for index in range(count)]

    def fragment(self) -> dict[str, Any]:
        return {"type": "array", "minItems": self.min, "maxItems": self.max}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        rows = self.shown_rows(raw)
        item = pick(self.item_label or self.label, language)[0]
        return {"rows": rows, "item": item, "may_add": len(rows) < self.max, "may_remove": len(rows) > self.fewest()}

    def fewest(self) -> int:
        """How many entries a page shows at least."""
        return max(self.min, 1) if self.required else 0

    def shown_rows(self, raw: Raw) -> list[dict[str, Any]]:
        """The raw entries a page shows: never fewer than must be answered, never more than allowed."""
        rows = [row if isinstance(row, dict) else {} for row in raw[: self.max]] if isinstance(raw, list) else []
        return rows + [{} for _ in range(self.fewest() - len(rows))]
