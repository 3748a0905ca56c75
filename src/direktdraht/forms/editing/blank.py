"""What a new form, page or element looks like before anyone has written in it. Each can be read at once."""

from typing import Any

from direktdraht.foundation.marking import N_
from direktdraht.questions.definition.model import FORMAT

# What a new element of a type needs beside label and key, so that the form stays readable.
_TWO_OPTIONS: list[dict[str, Any]] = [{"value": "eins", "label": {"de": "Antwort 1"}}, {"value": "zwei", "label": {"de": "Antwort 2"}}]
NEEDED: dict[str, dict[str, Any]] = {
    "choice": {"options": _TWO_OPTIONS},
    "multichoice": {"options": _TWO_OPTIONS},
    "ranking": {"options": _TWO_OPTIONS},
    "matrix": {"rows": [{"key": "zeile_1", "label": {"de": "Zeile 1"}}], "options": _TWO_OPTIONS},
    "hidden": {"value": "–", "required": False},
    "signature": {"rule": "written", "required": False},
    "payment": {"required": False},
    "appointment": {"occasions": ["anlass"]},
    "file": {"accept": ["application/pdf", "image/jpeg", "image/png"], "max_mb": 10},
    "info": {"text": {"de": "Ihr Hinweis"}, "required": False},
    "computed": {"expression": {"money": "0.00"}, "result": "money", "required": False},
}

# Names of the element types for people, in the order in which the editor offers them.
TYPES: dict[str, str] = {
    "text": N_("Kurzer Text"),
    "longtext": N_("Langer Text"),
    "name": N_("Name"),
    "yesno": N_("Ja oder Nein"),
    "choice": N_("Eine Antwort auswählen"),
    "multichoice": N_("Mehrere Antworten auswählen"),
    "date": N_("Tag (Datum)"),
    "time": N_("Uhrzeit"),
    "datetime": N_("Tag und Uhrzeit"),
    "period": N_("Zeitraum von bis"),
    "integer": N_("Ganze Zahl"),
    "decimal": N_("Kommazahl"),
    "money": N_("Geldbetrag"),
    "codelist": N_("Aus einer Werteliste auswählen"),
    "ranking": N_("In eine Reihenfolge bringen"),
    "scale": N_("Auf einer Skala bewerten"),
    "matrix": N_("Mehrere Zeilen gleich bewerten"),
    "person": N_("Person"),
    "organisation": N_("Organisation"),
    "email": N_("E-Mail-Adresse"),
    "phone": N_("Telefonnummer"),
    "address": N_("Anschrift"),
    "place": N_("Ort in der Stadt"),
    "appointment": N_("Termin in der Stadtverwaltung"),
    "iban": N_("Kontonummer (IBAN)"),
    "file": N_("Dateien hochladen"),
    "consent": N_("Bestätigung"),
    "group": N_("Gruppe, die man wiederholen kann"),
    "info": N_("Hinweis ohne Frage"),
    "computed": N_("Berechneter Wert"),
    "hidden": N_("Fester Wert, der nicht gefragt wird"),
    "signature": N_("Unterschrift nötig"),
    "payment": N_("Gebühr zeigen"),
}


def new_form(*, key: str, title: str, unit: str, service: str) -> dict[str, Any]:
    """A form with one page and one question; it can be read and filled in at once."""
    return {
        "format": FORMAT,
        "key": key,
        "service": service,
        "title": {"de": title},
        "unit": unit,
        "answer_days": 10,
        "law": "vwvfg",
        "legal_basis": "",
        "retention": {"months": 24, "basis": "Aktenordnung der Stadt"},
        "pages": [new_page(key="seite_1", title="Ihr Anliegen", first="anliegen")],
        "tests": [],
    }


def new_page(*, key: str, title: str, first: str) -> dict[str, Any]:
    """A page; it holds one question, because a page without any cannot be read."""
    return {"key": key, "title": {"de": title}, "elements": [new_element("longtext", key=first, label="Was möchten Sie uns sagen?")]}


def new_element(kind: str, *, key: str, label: str) -> dict[str, Any]:
    """An element of a type."""
    node: dict[str, Any] = {"type": kind, "key": key, "label": {"de": label}, **NEEDED.get(kind, {})}
    if kind == "group":
        node["elements"] = [new_element("text", key=f"{key}_angabe", label="Angabe")]
    return node
