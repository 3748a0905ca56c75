"""Walking through an XDatenfelder document: each node once, nothing unknown overlooked."""

from collections.abc import Collection

from lxml import etree

from direktdraht.forms.remarks import Remark, UnreadableFile, remark
from direktdraht.foundation.marking import N_
from direktdraht.foundation.safe_xml import line_of, local_name, namespace_of
from direktdraht.questions.plain import clean_lines

MOST_WARNINGS = 500

_NAMING = {"id", "version", "name", "identifikation", "anzahl", "enthaelt", "datenfeld", "datenfeldgruppe", "stammdatenschema"}
"""Nodes that must never stand twice."""


class Node:
    """A node with its children by name. What the standard does not know is named in ``warnings``."""

    def __init__(self, element: etree._Element, known: Collection[str], warnings: list[Remark]) -> None:
        self.element = element
        self.name = local_name(element)
        self.line = line_of(element)
        self.warnings = warnings
        self.children: dict[str, list[etree._Element]] = {}
        namespace = namespace_of(element)
        for child in element:
            name = local_name(child)
            # The codes of the XÖV library stand in no namespace.
            if namespace_of(child) not in {namespace, ""} or name not in known:
                self.warn(N_("Zeile %(line)s: Den Knoten „%(name)s“ kennt der Standard hier nicht; er wurde übergangen."), child, name=name)
                continue
            self.children.setdefault(name, []).append(child)

    def warn(self, sentence: str, element: etree._Element | None = None, **facts: str | int) -> None:
        """Keep a warning with its line."""
        if len(self.warnings) < MOST_WARNINGS:
            line = self.line if element is None else line_of(element)
            self.warnings.append(remark(sentence, line=line, **facts))

    def all(self, name: str) -> list[etree._Element]:
        """The children with a name."""
        return self.children.get(name, [])

    def one(self, name: str) -> etree._Element | None:
        """The only child with a name, None if there is none.

        A node that stands twice is a warning where the meaning is clear: all but one are empty or say the same.
        Otherwise, and always for what names the thing itself, it raises UnreadableFile.
        """
        found = self.all(name)
        if len(found) < 2:
            return found[0] if found else None
        spoken = {etree.tostring(child, method="c14n", with_tail=False) for child in found if len(child) or (child.text or "").strip()}
        if name in _NAMING or len(spoken) > 1:
            raise UnreadableFile(N_("Der Knoten „%(name)s“ darf hier nur einmal stehen."), line_of(found[1]), name=name)
        self.warn(N_("Zeile %(line)s: Der Knoten „%(name)s“ steht zweimal; es gilt, was gefüllt ist."), found[1], name=name)
        filled = [child for child in found if len(child) or (child.text or "").strip()]
        self.children[name] = [filled[0] if filled else found[0]]
        return self.children[name][0]

    def text(self, name: str) -> str:
        """The text of the only child with a name, "" if there is none."""
        found = self.one(name)
        return "" if found is None else text_of(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of all children with a name, without empty ones."""
        return tuple(text for child in self.all(name) if (text := text_of(child)))

    def code(self, name: str) -> str:
        """The code in the only child with a name (XÖV code), "" if there is none."""
        found = self.one(name)
        if found is None:
            return ""
        return Node(found, {"code", "name"}, self.warnings).text("code")


def text_of(element: etree._Element) -> str:
    """The visible text of a node. Raises UnreadableFile if something other than text stands in it."""
    if len(element):
        inner = element[0]
        raise UnreadableFile(
            N_("In „%(name)s“ darf nur Text stehen, nicht „%(inner)s“."),
            line_of(inner),
            name=local_name(element),
            inner=local_name(inner),
        )
    return clean_lines(element.text or "")
