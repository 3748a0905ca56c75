"""Countries of an address: ISO 3166-1 codes, names in German and English."""

from typing import Any

from direktdraht.questions.country_names import NAMES

CODES = frozenset(NAMES)
"""Codes an address may carry."""


def name(code: str, language: str) -> str:
    """The country's name, the code itself if it is not known."""
    german, english = NAMES.get(code, (code, code))
    return english if language.startswith("en") else german


def choices(chosen: str, language: str) -> list[dict[str, Any]]:
    """All countries by name, Germany first, as a select shows them."""
    codes = sorted(CODES - {"DE"}, key=lambda code: _sortable(name(code, language)))
    return [{"value": code, "label": name(code, language), "chosen": code == chosen} for code in ("DE", *codes)]


def _sortable(text: str) -> str:
    """Umlauts beside their vowels (DIN 5007-1)."""
    return text.casefold().translate(str.maketrans("äöüåéç", "aouaec"))
