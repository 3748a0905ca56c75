"""``decimal``: a number with places after the comma."""

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.texts import pick
from direktdraht.questions.display import number_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Problem, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.expressions import Numeral
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings

_PLAIN = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,9})?\Z")
_GROUPED = re.compile(r"-?[0-9]{1,3}(([. ])[0-9]{3}(\2[0-9]{3})?)(,[0-9]{1,9})?\Z")
_ENGLISH = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,2}\.[0-9]{1,9}\Z")


class DecimalElement(Element):
    """A decimal number (Dezimalzahl), kept exactly, as text with a point and without idle zeros.

    "1.234" means one thousand two hundred and thirty-four where fewer than three places are asked for.
    """

    type: Literal["decimal"]
    min: Numeral = "0"
    max: Numeral = "999999999"
    places: Annotated[int, Field(ge=0, le=6)] = 2
    """The most digits after the comma."""
    suffix: LocalText | None = None
    """The unit behind the box, such as "m²"."""

    whole: ClassVar[bool] = False

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        if Decimal(self.min) > Decimal(self.max):
            raise PydanticCustomError("min_above_max", "min_above_max")
        return self

    @property
    def kind(self) -> Kind:
        return "number"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(repr(raw) if isinstance(raw, int | float) and _is_number(raw) else raw, 40)
        if cleaned.value is None:
            return cleaned
        number = read_decimal(cleaned.value, self.places)
        if number is None:
            return refused("no_decimal")
        if number != round(number, self.places):
            return refused("too_many_places", most=self.places)
        if number < Decimal(self.min):
            return self._refused("too_small", "least", self.min)
        if number > Decimal(self.max):
            return self._refused("too_large", "most", self.max)
        return Cleaned(as_stored(number))

    def _refused(self, code: str, fact: str, limit: str) -> Cleaned:
        words = {language: number_in_words(Decimal(limit), language, self.suffix) for language in ("de", "en")}
        return Cleaned(problems=(Problem(Message(code, by_language={fact: words})),))

    def typed(self, value: Any) -> Any:
        return Decimal(value)

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": rf"^-?[0-9]{{1,9}}(\.[0-9]{{1,{max(1, self.places)}}})?$"}

    def display(self, value: Any, language: str, files: Files) -> str:
        return number_in_words(Decimal(value), language, self.suffix)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        shown = {"value": repr(raw)} if isinstance(raw, float) and _is_number(raw) else super().face(raw, language)
        return shown | {"suffix": pick(self.suffix or {}, language)[0]}


def _is_number(raw: float) -> bool:
    return not isinstance(raw, bool) and abs(raw) < 10**9


def as_stored(number: Decimal) -> str:
    """A number as it is stored: plain digits, no idle zeros.

    >>> as_stored(Decimal("2.50")), as_stored(Decimal("-0")), as_stored(Decimal("1E+3"))
    ('2.5', '0', '1000')
    """
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def read_decimal(text: str, places: int) -> Decimal | None:
    """A number as people write it, None if it cannot be told.

    >>> read_decimal("1.234,5", 2), read_decimal("1.234", 2), read_decimal("1.234", 3), read_decimal("viel", 2)
    (Decimal('1234.5'), Decimal('1234'), Decimal('1.234'), None)
    """
    bare = text.replace("−", "-")
    grouped = _GROUPED.match(bare)
    # With three places and more a single point is a decimal point: "1.234" was perhaps stored by ourselves.
    ambiguous = places >= 3 and bare.count(".") == 1 and "," not in bare
    if grouped and not ambiguous:
        bare = bare.replace(".", "").replace(" ", "").replace(",", ".")
    elif _ENGLISH.match(bare):
        bare = bare.replace(",", "")
    elif _PLAIN.match(bare):
        bare = bare.replace(",", ".")
    else:
        return None
    return Decimal(bare)
