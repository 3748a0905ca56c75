"""The large form of the measurements: an imported schema of 130 fields on one page, 40 of them under a condition.

Product and baseline take their fields from here; this module knows neither of them.
"""

from dataclasses import dataclass
from typing import Any

KEY = "bench_large"
FIELDS, CONDITIONS = 130, 40
KINDS = ("bool", "text", "text", "num_int", "text", "date", "select", "text", "bool", "text")
OPTIONS = {"a": "Erste Antwort", "b": "Zweite Antwort", "c": "Dritte Antwort"}


@dataclass(frozen=True)
class BigField:
    """One field: its id in the schema, its type there, what people read."""

    id: str
    kind: str
    label: str


def fields() -> list[BigField]:
    """All fields; the first is a question with yes or no, on which the conditions rest."""
    return [BigField(f"F{place:03}", KINDS[place % len(KINDS)], f"Angabe {place:03}") for place in range(FIELDS)]


def conditional() -> list[int]:
    """The places of the fields that are asked only if the first answer is yes."""
    return list(range(FIELDS - CONDITIONS, FIELDS))


def answer(field: BigField) -> Any:
    """An answer that is right."""
    return {"bool": True, "text": "Lange Straße 12", "num_int": 7, "date": "2026-12-24", "select": "a"}[field.kind]


def posted(key: str, field: BigField) -> dict[str, str]:
    """The same answer as the product's page posts it."""
    if field.kind == "date":
        return {f"{key}.day": "24", f"{key}.month": "12", f"{key}.year": "2026"}
    return {key: "true" if field.kind == "bool" else str(answer(field))}


def posted_bare(field: BigField) -> dict[str, str]:
    """The same answer as the bare form posts it."""
    return {field.id: "true" if field.kind == "bool" else str(answer(field))}
