"""Limits of an answer (Präzisierung): attributes in 3.0.0, a JSON object in a text in 2.0."""

import json
import re
from typing import Any

from direktdraht.forms.xdatenfelder.nodes import Node, text_of
from direktdraht.forms.xdatenfelder.source import Precision
from direktdraht.foundation.marking import N_

_RANGE = re.compile(r"(-?[0-9]{1,12})\s*\.\.\s*(-?[0-9]{1,12})\Z")
_WHOLE = re.compile(r"[0-9]{1,9}\Z")


def read_precision(node: Node, own: str) -> Precision:
    """The limits of a field; what cannot be told is a warning."""
    found = node.one("praezisierung")
    if found is None:
        return Precision()
    written = text_of(found)
    stated: dict[str, Any] = {str(name): value for name, value in found.attrib.items()}
    if written:
        stated |= _from_text(written, node, own)
    return Precision(
        min_length=_whole(stated, "minLength", node, own),
        max_length=_whole(stated, "maxLength", node, own),
        min_value=str(stated.get("minValue") or "").strip(),
        max_value=str(stated.get("maxValue") or "").strip(),
        pattern=str(stated.get("pattern") or "").strip(),
    )


def _from_text(written: str, node: Node, own: str) -> dict[str, Any]:
    between = _RANGE.match(written)
    if between is not None:
        return {"minValue": between[1], "maxValue": between[2]}
    try:
        stated = json.loads(written)
    except (ValueError, RecursionError):
        stated = None
    if isinstance(stated, dict):
        return stated
    node.warn(
        N_("Zeile %(line)s: Die Präzisierung „%(text)s“ von „%(id)s“ ist nicht eindeutig; sie gilt nicht."), id=own, text=written[:60]
    )
    return {}


def _whole(stated: dict[str, Any], name: str, node: Node, own: str) -> int | None:
    written = str(stated.get(name) or "").strip()
    if not written:
        return None
    if _WHOLE.match(written):
        return int(written)
    node.warn(
        N_("Zeile %(line)s: „%(text)s“ bei „%(name)s“ von „%(id)s“ ist keine Zahl; die Angabe gilt nicht."),
        id=own,
        name=name,
        text=written[:60],
    )
    return None
