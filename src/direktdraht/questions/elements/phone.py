"""``phone``: a telephone number, German unless it names another country."""

from typing import Any, Literal

import phonenumbers

from direktdraht.questions.elements.base import Cleaned, Element, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings

FEWEST_DIGITS = 1000
"""Emergency and short numbers are no one's own."""


class Phone(Element):
    """A telephone number (Telefonnummer), kept as E.164 with an extension where given."""

    type: Literal["phone"]

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(raw, 40)
        if cleaned.value is None:
            return cleaned
        number = _read(cleaned.value)
        if number is None:
            return refused("no_phone")
        return Cleaned(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966).removeprefix("tel:"))

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\+[0-9-]{4,30}(;ext=[0-9]{1,7})?$"}

    def display(self, value: Any, language: str, files: Files) -> str:
        """As stored, with blanks: the library's own spelling may change, and old receipts must read the same."""
        return str(value).replace("-", " ").replace(";ext=", " – ")


def _read(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        return None
    long_enough = number.national_number is not None and number.national_number >= FEWEST_DIGITS
    return number if long_enough and phonenumbers.is_possible_number(number) else None
