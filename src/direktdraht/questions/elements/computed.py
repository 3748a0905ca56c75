"""``computed``: a value that the city computes from other answers and shows."""

from decimal import Decimal
from typing import Any, ClassVar, Literal

from direktdraht.foundation.money import Money, money_in_words
from direktdraht.questions.display import number_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw
from direktdraht.questions.expressions import Expression, Result
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings


class Computed(Element):
    """A computed value (berechneter Wert). What a browser sends for it is never looked at."""

    type: Literal["computed"]
    required: Literal[False] = False
    expression: Expression
    result: Result

    asks: ClassVar[bool] = False
    whole: ClassVar[bool] = False

    @property
    def kind(self) -> Kind:
        return self.result

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        return Cleaned()

    def stored(self, value: Decimal) -> str:
        """An exact result as it is stored: money with two places, numbers without idle zeros.

        Raises ValueError if it is out of range.
        """
        if self.result == "money":
            return str(Money.of(value))
        text = format(value.quantize(Decimal("0.000001")), "f")
        return text.rstrip("0").rstrip(".") or "0"

    def typed(self, value: Any) -> Any:
        return Decimal(value)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return None

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,6})?$", "readOnly": True}

    def display(self, value: Any, language: str, files: Files) -> str:
        if self.result == "money":
            return money_in_words(value, language)
        return number_in_words(Decimal(value), language, None)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        known = isinstance(raw, str) and raw.replace(".", "").removeprefix("-").isdigit() and len(raw) < 30
        return {"value": self.display(raw, language, {}) if known else ""}
