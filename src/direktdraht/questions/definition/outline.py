"""The outline of a definition: where each element stands, and the order of evaluation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.group import Group


@dataclass(frozen=True)
class Place:
    """An element, its page, the groups around it from the outside in, and its path in the document."""

    element: Element
    page: str
    groups: tuple[str, ...]
    path: str


@dataclass(frozen=True)
class Outline:
    """All elements by key in document order; ``order`` is a topological order of element keys."""

    places: Mapping[str, Place]
    order: tuple[str, ...]

    def element(self, key: str) -> Element:
        """The element with the key. Raises KeyError."""
        return self.places[key].element


def places_of(elements: list[Element], page: str, path: str, groups: tuple[str, ...] = ()) -> Iterator[Place]:
    """All elements, each group before what is in it."""
    for index, element in enumerate(elements):
        here = f"{path}.elements.{index}"
        yield Place(element, page, groups, here)
        if isinstance(element, Group):
            yield from places_of(element.elements, page, here, (*groups, element.key))
