"""``iban``: an account number, checked by length and check digits."""

from typing import Any, Literal

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from direktdraht.questions.elements.base import Cleaned, Element, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings


class Iban(Element):
    """An IBAN (ISO 13616), kept without blanks."""

    type: Literal["iban"]

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(raw, 60)
        if cleaned.value is None:
            return cleaned
        if not cleaned.value.isascii():
            return refused("no_iban")
        try:
            return Cleaned(str(IBAN(cleaned.value).compact))
        except (SchwiftyException, ValueError):
            return refused("no_iban")

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"}

    def display(self, value: Any, language: str, files: Files) -> str:
        text = str(value)
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
