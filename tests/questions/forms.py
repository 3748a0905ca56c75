"""Small form definitions that tests of this room build on."""

import json
from pathlib import Path
from typing import Any

import direktdraht
from direktdraht.questions.definition import FormDefinition, parse

GALLERY = Path(direktdraht.__file__).parent / "forms" / "gallery"

# One believable specification of each type, with answers that must be accepted and what they become.
SPECS: dict[str, dict[str, Any]] = {
    "text": {"max_length": 60},
    "name": {},
    "longtext": {"max_length": 300},
    "integer": {"min": 1, "max": 20},
    "decimal": {"max": "1000", "places": 2, "suffix": {"de": "m"}},
    "money": {"min": "0.00", "max": "5000.00"},
    "yesno": {},
    "date": {"max": "today"},
    "time": {"min": "06:00"},
    "datetime": {"max": "today+1y"},
    "codelist": {"list": "urn:de:obst"},
    "choice": {"options": [{"value": "a", "label": {"de": "Apfel", "en": "Apple"}}, {"value": "b", "label": {"de": "Birne"}}]},
    "multichoice": {"options": [{"value": "a", "label": {"de": "Apfel"}}, {"value": "b", "label": {"de": "Birne"}}]},
    "email": {},
    "phone": {},
    "iban": {},
    "address": {},
    "file": {"accept": ["image/jpeg"], "max_mb": 1, "max_count": 2},
    "consent": {},
    "info": {"text": {"de": "Nur zur Kenntnis."}},
    "group": {"elements": [{"type": "text", "key": "inner", "label": {"de": "Innen"}}]},
    "period": {"min": "today-1y", "max": "today+1y", "most_days": 14},
    "scale": {"low": {"de": "gar nicht", "en": "not at all"}, "high": {"de": "sehr", "en": "very"}},
    "matrix": {
        "rows": [{"key": "bus", "label": {"de": "Bus", "en": "Bus"}}, {"key": "bike", "label": {"de": "Rad", "en": "Bicycle"}}],
        "options": [{"value": "good", "label": {"de": "gut", "en": "good"}}, {"value": "bad", "label": {"de": "schlecht", "en": "bad"}}],
    },
    "ranking": {"options": [{"value": one, "label": {"de": one.upper()}} for one in ("a", "b", "c.1")]},
    "place": {},
    "appointment": {"occasions": ["ausweis"]},
    "person": {"salutation": True, "birth_date": "optional"},
    "organisation": {},
    "hidden": {"value": "aus dem Rathaus"},
    "signature": {"rule": "vwvfg_3a", "text": {"de": "Der Antrag braucht eine Unterschrift."}},
    "payment": {"text": {"de": "Sie zahlen nach der Bestätigung."}},
    "computed": {"expression": {"money": "12.00"}, "result": "money"},
}


FRUITS = {
    "version": "2026-01",
    "title": {"de": "Obst"},
    "entries": [
        {"code": "apfel", "label": {"de": "Apfel", "en": "Apple"}},
        {"code": "birne", "label": {"de": "Birne"}},
        {"code": "b", "label": {"de": "Brombeere, früh"}},
    ],
}


def many_entries(count: int) -> dict[str, Any]:
    """A code list of so many entries."""
    sorts = ("Äpfel", "Birnen", "Straßenobst", "Kirschen")
    return {"version": "1", "entries": [{"code": f"K {n:05}", "label": {"de": f"{sorts[n % 4]}, Sorte {n}"}} for n in range(count)]}


def form(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A definition with one page of these elements."""
    return {
        "format": "direktdraht-form/1",
        "key": "probe",
        "service": "probe",
        "title": {"de": "Probe", "en": "Trial"},
        "unit": "abfall",
        "answer_days": 5,
        "law": "vwvfg",
        "retention": {"months": 12, "basis": "Aktenordnung"},
        "pages": [{"key": "first", "title": {"de": "Erste Seite", "en": "First page"}, "elements": list(elements)}],
        **({"code_lists": {"urn:de:obst": FRUITS}} if any(one.get("type") == "codelist" for one in elements) else {}),
        **more,
    }


def element(kind: str, key: str = "it", **more: Any) -> dict[str, Any]:
    """An element of a type as a definition writes it."""
    return {"type": kind, "key": key, "label": {"de": f"Frage {key}", "en": f"Question {key}"}, **SPECS[kind], **more}


def parsed(*elements: dict[str, Any], **more: Any) -> FormDefinition:
    """A parsed definition with one page of these elements."""
    return parse(form(*elements, **more))


def gallery(key: str) -> dict[str, Any]:
    """A definition of the gallery as data."""
    data: dict[str, Any] = json.loads((GALLERY / f"{key}.json").read_text(encoding="utf-8"))
    return data
