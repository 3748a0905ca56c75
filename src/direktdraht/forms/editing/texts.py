"""All texts of a definition by their place, so that gaps in a language can be seen and filled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from direktdraht.forms.editing.document import Document, german, name_of, pages

WANTED = ("de", "en", "de-x-leicht")


@dataclass(frozen=True)
class Line:
    """One text: its path in the document, such as ``pages.0.title``, and its words by language."""

    path: str
    text: dict[str, str]

    @property
    def gaps(self) -> list[str]:
        """The languages that are missing."""
        return [language for language in WANTED if not self.text.get(language)]


@dataclass(frozen=True)
class Section:
    """The texts of one page, or of the form itself (key "form")."""

    key: str
    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def gaps(self) -> int:
        """How many texts lack a language."""
        return sum(1 for line in self.lines if line.gaps)


def sections(document: Document) -> list[Section]:
    """The form's own texts, then those of each page."""
    own = [Line(name, document[name]) for name in ("title", "intro") if isinstance(document.get(name), dict)]
    found = [Section("form", german(document.get("title")), own)]
    for index, page in enumerate(pages(document)):
        path = f"pages.{index}"
        lines = [Line(f"{path}.{name}", page[name]) for name in ("title", "intro") if isinstance(page.get(name), dict)]
        found.append(Section(page["key"], name_of(page), [*lines, *_of_elements(page.get("elements", []), path)]))
    return found


def _of_elements(elements: list[dict[str, Any]], path: str) -> Iterator[Line]:
    for index, node in enumerate(elements):
        here = f"{path}.elements.{index}"
        yield from _of_node(node, here)
        yield from _of_elements(node.get("elements", []), here)


def _of_node(node: dict[str, Any], path: str) -> Iterator[Line]:
    """Every text by language in an element, also those of its options."""
    for name, value in node.items():
        if is_text(value):
            yield Line(f"{path}.{name}", value)
        elif isinstance(value, list) and name != "elements":
            for index, part in enumerate(value):
                if isinstance(part, dict):
                    yield from _of_node(part, f"{path}.{name}.{index}")


def is_text(value: Any) -> bool:
    """Whether a value is a text by language: German is there, and everything in it is words."""
    return isinstance(value, dict) and isinstance(value.get("de"), str) and all(isinstance(words, str) for words in value.values())
