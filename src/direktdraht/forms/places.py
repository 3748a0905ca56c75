"""Places on maps: whether a page asks for one, and which ones an answer holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from direktdraht.foundation.texts import pick
from direktdraht.foundation.web.tables import ShownPlace
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.place import Place, written_on_map
from direktdraht.questions.rendering import entry_name


def is_asked(elements: Sequence[Element]) -> bool:
    """Whether there is a question for a place among them, also inside groups."""
    return any(isinstance(one, Place) or (isinstance(one, Group) and is_asked(one.elements)) for one in elements)


def places_in(elements: Sequence[Element], answers: Mapping[str, Any], language: str, entry: str = "") -> Iterator[ShownPlace]:
    """The places that lie somewhere on the map, each with its question; those in words only are left out."""
    for element in elements:
        value = answers.get(element.key)
        if isinstance(element, Place) and isinstance(value, dict) and (drawn := written_on_map(value)):
            label = pick(element.label, language)[0]
            yield ShownPlace(f"{entry}: {label}" if entry else label, drawn)
        elif isinstance(element, Group) and isinstance(value, list):
            for index, row in enumerate(value):
                name = entry_name(element, index, language)
                yield from places_in(element.elements, row, language, f"{entry}, {name}" if entry else name)
