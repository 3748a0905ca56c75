"""Reading a definition: limits first, then the shape, then what the parts say about each other."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from direktdraht.questions.definition.canonical import canonical
from direktdraht.questions.definition.checks import outline_of
from direktdraht.questions.definition.errors import SENTENCES, DefinitionError, Finding
from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.elements.registry import ELEMENT_TYPES

MOST_BYTES = 1024 * 1024
MOST_LIST_BYTES = 4 * 1024 * 1024
MOST_ELEMENTS = 500
DEPTH_OF_GROUPS = 6
DEPTH_OF_JSON = 60
MOST_FINDINGS = 100

# Steps that name an alternative, not a key of the document.
_UNION = re.compile(r"<|function-|list\[|(?:Other|bool|int|str)\Z")

_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "model_type": "no_object",
    "model_attributes_type": "no_object",
    "dict_type": "no_object",
    "too_short": "list_too_short",
}

__all__ = ["ELEMENT_TYPES", "parse"]


def parse(data: Any) -> FormDefinition:
    """Read a definition. Raises DefinitionError with all findings, and nothing else, whatever comes."""
    _within_limits(data)
    try:
        definition = FormDefinition.model_validate(data)
    except ValidationError as refusal:
        raise DefinitionError(_findings(refusal)) from refusal
    except (RecursionError, OverflowError) as refusal:
        raise DefinitionError([Finding("", "too_deep")]) from refusal
    definition._outline = outline_of(definition)
    return definition


def _within_limits(data: Any) -> None:
    """Depth, number of elements and size, before anything recursive looks at the data."""
    if not isinstance(data, dict):
        raise DefinitionError([Finding("", "no_object")])
    elements = 0
    open_parts: list[tuple[Any, int, int]] = [(data, 0, 0)]
    while open_parts:
        part, depth, groups = open_parts.pop()
        if depth > DEPTH_OF_JSON or groups > DEPTH_OF_GROUPS:
            raise DefinitionError([Finding("", "too_deep")])
        if isinstance(part, dict):
            inner = part.get("elements")
            if isinstance(inner, list):
                elements += len(inner)
            open_parts += [(one, depth + 1, groups + (one is inner)) for one in part.values()]
        elif isinstance(part, list):
            open_parts += [(one, depth + 1, groups) for one in part]
    if elements > MOST_ELEMENTS:
        raise DefinitionError([Finding("pages", "too_many_elements", {"most": MOST_ELEMENTS})])
    lists = data.get("code_lists")
    if lists and len(canonical(lists)) > MOST_LIST_BYTES:
        raise DefinitionError([Finding("code_lists", "lists_too_big")])
    if len(canonical({key: part for key, part in data.items() if key != "code_lists"})) > MOST_BYTES:
        raise DefinitionError([Finding("", "too_big")])


def _findings(refusal: ValidationError) -> list[Finding]:
    findings = []
    for error in refusal.errors(include_url=False, include_input=False)[:MOST_FINDINGS]:
        path = ".".join(str(step) for step in error["loc"] if not _UNION.match(str(step)))
        code = error["type"] if error["type"] in SENTENCES else _CODES.get(error["type"], _by_family(error["type"]))
        findings.append(Finding(path, code, _facts(error.get("ctx", {})) if code == "unknown_type" else {}))
    return findings


def _by_family(error_type: str) -> str:
    return "wrong_type" if error_type.endswith("_type") else "wrong_value"


def _facts(context: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: str(value) for name, value in context.items()}
