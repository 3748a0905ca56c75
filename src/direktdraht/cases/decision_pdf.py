"""The letter that a decision becomes when it is released."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.cases.models import Decision
from direktdraht.foundation import clock, pdf
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.web.dates import day_words

TEMPLATE = Path(__file__).parent / "typst" / "decision.typ"


def decision_pdf(decision: Decision) -> bytes:
    """Set the decision as a letter, dated today, in German: the language of the office (§ 23 (1) VwVfG)."""
    with translation.override("de"):
        return pdf.render(TEMPLATE, letter(decision))


def letter(decision: Decision) -> dict[str, object]:
    """The letter's words."""
    case, city = decision.case, city_settings.current()
    address = city.address.splitlines()
    return {
        "lang": "de",
        "title": decision.title,
        "city": city.name,
        "unit": case.unit.name,
        "number": case.number,
        "sender_line": " · ".join([city.name, *address]),
        "address": [*address, city.phone, str(city.email)],
        "addressee": [line for line in [case.person_name, *case.person_address.splitlines()] if line],
        "facts": [
            [_("Vorgang"), case.number],
            [_("Datum"), day_words(clock.today())],
            [_("Bearbeitet von"), str(decision.author) if decision.author else "–"],
        ],
        "text": paragraphs(decision.text),
        "signed": _("Dieser Bescheid wurde elektronisch erstellt und ist ohne Unterschrift gültig."),
        "remedy_title": _("Rechtsbehelfsbelehrung"),
        "remedy": paragraphs(decision.remedy_text),
    }


def paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of a text, each a list of its lines."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip("\n").split("\n") for part in parts if part.strip()]
