"""The outline of a page for the editor: its questions in order, what groups hold, and where a question may go."""

from dataclasses import dataclass

from direktdraht.forms.editing import blank
from direktdraht.forms.editing.document import Document, Node, Spot, name_of, pages, spots
from direktdraht.questions import sentences
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.messages import say


@dataclass(frozen=True)
class Line:
    """One question of the outline; ``depth`` counts the groups around it."""

    key: str
    name: str
    kind: str
    depth: int
    rule: str
    optional: bool
    first: bool
    last: bool


def lines_of_page(definition: FormDefinition, page: Node, language: str) -> list[Line]:
    """The questions of a page, those inside a group after it."""
    return [line_of(definition, spot, language) for spot in spots({"pages": [page]})]


def line_of(definition: FormDefinition, spot: Spot, language: str) -> Line:
    """One line of the outline."""
    element = definition.outline.element(spot.node["key"])
    return Line(
        key=element.key,
        name=name_of(spot.node),
        kind=say(blank.TYPES.get(element.type, element.type), language),
        depth=len(spot.groups),
        rule=sentences.sentence(element.show_if, definition, language) if element.show_if is not None else "",
        optional=element.asks and not element.required,
        first=spot.index == 0,
        last=spot.index == len(spot.siblings) - 1,
    )


def places_for(document: Document, key: str) -> list[tuple[str, str]]:
    """Pages and groups to which a question can be moved, with their names."""
    found = [(page["key"], name_of(page)) for page in pages(document)]
    groups = [spot for spot in spots(document) if "elements" in spot.node and spot.node["key"] != key and key not in spot.groups]
    return [*found, *((spot.node["key"], f"{name_of(spot.page)}: {name_of(spot.node)}") for spot in groups)]
