"""``payment``: says what the fee is and where the person reads it. It takes no answer and no money."""

from typing import Any, ClassVar, Literal

from direktdraht.foundation.texts import pick
from direktdraht.questions.display import money_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw
from direktdraht.questions.elements.choice import foreign_to
from direktdraht.questions.expressions import Expression
from direktdraht.questions.money import Money
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings


class Payment(Element):
    """The declaration of a fee (Gebühr): by its own ``expression``, else the fee of the form."""

    type: Literal["payment"]
    required: Literal[False] = False
    expression: Expression | None = None
    text: LocalText | None = None
    """What the person should know, such as when to pay."""

    asks: ClassVar[bool] = False

    @property
    def kind(self) -> Kind:
        return "none"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        return Cleaned()

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return None

    def fragment(self) -> dict[str, Any]:
        return {}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        """``raw`` is the amount if it is known already."""
        text, spoken = pick(self.text or {}, language)
        amount = money_in_words(raw.amount, language) if isinstance(raw, Money) else ""
        return {"text": text, "lang": foreign_to(spoken, language), "amount": amount}
