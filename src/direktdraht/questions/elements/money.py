"""``money``: an amount in euros, written the German or the plain way."""

import re
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.money import Money, money_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Problem, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.expressions import Amount
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings

_PLAIN = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,2})?\Z")
_GERMAN = re.compile(r"-?[0-9]{1,3}([. ][0-9]{3}){1,2}(,[0-9]{1,2})?\Z")
_ENGLISH = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,2}\.[0-9]{1,2}\Z")


class MoneyElement(Element):
    """An amount of money (Geldbetrag). "1.234" means one thousand two hundred and thirty-four."""

    type: Literal["money"]
    min: Amount = "0.00"
    max: Amount = "999999999.00"

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        if Decimal(self.min) > Decimal(self.max):
            raise PydanticCustomError("min_above_max", "min_above_max")
        return self

    @property
    def kind(self) -> Kind:
        return "money"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**9:
            raw = str(raw)
        cleaned = written_line(raw, 40)
        if cleaned.value is None:
            return cleaned
        amount = read_amount(cleaned.value)
        if amount is None:
            return refused("no_money")
        if amount.amount < Decimal(self.min):
            return self._refused("too_small", "least", self.min)
        if amount.amount > Decimal(self.max):
            return self._refused("too_large", "most", self.max)
        return Cleaned(str(amount))

    def _refused(self, code: str, fact: str, limit: str) -> Cleaned:
        words = {language: money_in_words(limit, language) for language in ("de", "en")}
        return Cleaned(problems=(Problem(Message(code, by_language={fact: words})),))

    def typed(self, value: Any) -> Any:
        return Decimal(value)

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}

    def display(self, value: Any, language: str, files: Files) -> str:
        return money_in_words(value, language)


def read_amount(text: str) -> Money | None:
    """An amount as people write it, None if it cannot be told.

    >>> str(read_amount("1.234,5 €")), str(read_amount("12.50")), str(read_amount("1.234"))
    ('1234.50', '12.50', '1234.00')
    """
    bare = text.replace("−", "-").removesuffix("€").removesuffix("EUR").strip()
    if _GERMAN.match(bare):
        bare = bare.replace(".", "").replace(" ", "").replace(",", ".")
    elif _ENGLISH.match(bare):
        bare = bare.replace(",", "")
    elif _PLAIN.match(bare):
        bare = bare.replace(",", ".")
    else:
        return None
    return Money.of(bare)
