"""A form as a file for others: its conditions in German words beside them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from direktdraht.forms.xdatenfelder import export_schema
from direktdraht.questions.definition import parse
from direktdraht.questions.sentences import sentence


def as_xdatenfelder(definition: Mapping[str, Any], *, at: datetime) -> bytes:
    """A definition as XDatenfelder 3.0.0. Raises DefinitionError if it is none."""
    form = parse(definition)
    shown = {page.key: page.show_if for page in form.pages}
    shown |= {key: place.element.show_if for key, place in form.outline.places.items()}
    conditions = {key: sentence(condition, form, "de") for key, condition in shown.items() if condition is not None}
    return export_schema(definition, at=at, conditions=conditions)
