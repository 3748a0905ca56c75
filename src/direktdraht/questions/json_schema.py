"""JSON Schema 2020-12 of a form's clean answers, for those who send answers from their own programs.

The schema is a promise in one direction: clean answers are valid. What depends on other answers, on the day or
on uploaded files, only the server can tell.
"""

from collections.abc import Sequence
from typing import Any

from direktdraht.foundation.texts import pick
from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.group import Group

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(definition: FormDefinition, language: str = "de") -> dict[str, Any]:
    """The schema of ``Evaluation.answers`` with titles in the language."""
    always = [page.key for page in definition.pages if page.show_if is None]
    properties: dict[str, Any] = {}
    required: list[str] = []
    for page in definition.pages:
        inner = _object(page.elements, language)
        properties |= inner["properties"]
        if page.key in always:
            required += inner["required"]
    return {
        "$schema": DIALECT,
        "title": pick(definition.title, language)[0],
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _object(elements: Sequence[Element], language: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    for element in elements:
        fragment = element.fragment()
        if not fragment:
            continue
        if isinstance(element, Group):
            fragment["items"] = _object(element.elements, language)
        described = {"description": pick(element.hint, language)[0]} if element.hint else {}
        properties[element.key] = {"title": pick(element.label, language)[0], **described, **fragment}
        if element.required and element.show_if is None:
            required.append(element.key)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
