"""Finding one's way in a definition that is still being written: pages, elements, keys. It may be incomplete."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Node = dict[str, Any]

LONGEST_KEY = 40
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Spot:
    """Where an element stands: the list that holds it, its place there, its page and the groups around it."""

    siblings: list[Node]
    index: int
    page: Node
    groups: tuple[str, ...]

    @property
    def node(self) -> Node:
        """The element itself."""
        return self.siblings[self.index]


def pages(document: Document) -> list[Node]:
    """The pages, an empty list if there are none yet."""
    found: list[Node] = document.setdefault("pages", [])
    return found


def spots(document: Document) -> Iterator[Spot]:
    """Every element in the order of the form, each group before what is in it."""
    for page in pages(document):
        yield from _spots_in(page.setdefault("elements", []), page, ())


def _spots_in(siblings: list[Node], page: Node, groups: tuple[str, ...]) -> Iterator[Spot]:
    for index, node in enumerate(siblings):
        yield Spot(siblings, index, page, groups)
        if isinstance(node.get("elements"), list):
            yield from _spots_in(node["elements"], page, (*groups, node["key"]))


def spot_of(document: Document, key: str) -> Spot | None:
    """Where the element with the key stands, ``None`` if there is none."""
    return next((spot for spot in spots(document) if spot.node.get("key") == key), None)


def page_of(document: Document, key: str) -> Node | None:
    """The page with the key, ``None`` if there is none."""
    return next((page for page in pages(document) if page.get("key") == key), None)


def german(text: Any) -> str:
    """The German words of a text by language, "" if there are none."""
    return str(text.get("de", "")) if isinstance(text, dict) else ""


def name_of(node: Node) -> str:
    """What a page or an element is called, for sentences and lists."""
    return german(node.get("label") or node.get("title")) or str(node.get("key", ""))


def key_from(words: str) -> str:
    """A key made of words: a–z, 0–9, "_".

    >>> key_from("Straße und Hausnummer (freiwillig)")
    'strasse_und_hausnummer_freiwillig'
    """
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_KEY].strip("_")
    return key if key[:1].isalpha() else f"frage_{key}".strip("_")


def fresh_key(document: Document, words: str) -> str:
    """A key that nothing in the document has yet."""
    taken = {spot.node.get("key") for spot in spots(document)} | {page.get("key") for page in pages(document)}
    wanted = key_from(words)
    return next(key for key in (wanted, *(f"{wanted}_{number}" for number in range(2, 1000))) if key not in taken)
