"""``payment``: says what the fee is and where the person reads it. It takes no answer and no money."""

from typing import Any, Literal

from direktdraht.foundation.money import Money, money_in_words
from direktdraht.questions.elements.base import Raw
from direktdraht.questions.elements.telling import Telling
from direktdraht.questions.expressions import Expression


class Payment(Telling):
    """The declaration of a fee (Gebühr): by its own ``expression``, else the fee of the form.

    ``text`` is what the person should know, such as when to pay.
    """

    type: Literal["payment"]
    expression: Expression | None = None

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        """``raw`` is the amount if it is known already."""
        amount = money_in_words(raw.amount, language) if isinstance(raw, Money) else ""
        return super().face(raw, language) | {"amount": amount}
