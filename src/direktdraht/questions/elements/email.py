"""``email``: an e-mail address. Only its form is checked, no question goes out to the network."""

from typing import Any, Literal

from email_validator import EmailNotValidError, validate_email

from direktdraht.questions.elements.base import Cleaned, Element, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.surroundings import Surroundings

MOST = 254
"""Octets of an address, RFC 5321 4.5.3.1."""


class Email(Element):
    """An e-mail address (E-Mail-Adresse)."""

    type: Literal["email"]

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(raw, MOST)
        if cleaned.value is None:
            return cleaned
        try:
            checked = validate_email(cleaned.value, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return refused("no_email")
        return Cleaned(checked.normalized)

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": MOST, "format": "idn-email"}
