"""What an XDatenfelder document says, in one model for versions 2.0 and 3.0.0.

Names follow the standard (XDatenfelder 3.0.0, section "Baukasten"); the German node is named where it differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Version = Literal["xdf2", "xdf3"]

NAMESPACES: dict[str, Version] = {
    "urn:xoev-de:fim:standard:xdatenfelder_2": "xdf2",
    "urn:xoev-de:fim:standard:xdatenfelder_3.0.0": "xdf3",
}
NAMESPACE_3 = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"

OWN_KEYWORD = "urn:direktdraht:form:1"
"""Address of the keyword (Stichwort) in which a form takes along what XDatenfelder has no place for."""


@dataclass(frozen=True)
class Relation:
    """A relation to another element (Relation), such as ERS for "replaces"."""

    predicate: str
    id: str
    version: str = ""


@dataclass(frozen=True)
class Keyword:
    """A keyword (Stichwort) with the address of its vocabulary."""

    uri: str
    text: str


@dataclass(frozen=True)
class Rule:
    """A rule (Regel) in prose or script."""

    id: str
    name: str
    version: str = ""
    text: str = ""
    script: str = ""
    kind: str = ""
    keywords: tuple[Keyword, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Facts:
    """What schemas, groups and fields have in common (AllgemeineAngaben, Schemaelementangaben)."""

    id: str
    name: str
    version: str = ""
    label: str = ""
    """bezeichnungEingabe, of a schema bezeichnung."""
    hint: str = ""
    """hilfetextEingabe, of a schema hilfetext."""
    references: tuple[str, ...] = ()
    """bezug."""
    state: str = ""
    """freigabestatus (3.0.0) or status (2.0)."""
    kind: str = ""
    """schemaelementart: ABS, HAR or RNG."""
    relations: tuple[Relation, ...] = ()
    description: str = ""
    """beschreibung."""
    definition: str = ""
    """definition."""
    output_label: str = ""
    """bezeichnungAusgabe."""
    output_help: str = ""
    """hilfetextAusgabe."""
    keywords: tuple[Keyword, ...] = ()
    rules: tuple[Rule, ...] = ()
    unused: tuple[str, ...] = field(default=(), compare=False)
    """Filled nodes for which a form has no place, by their names."""
    line: int = field(default=0, compare=False)

    @property
    def title(self) -> str:
        """How people read it: the label, else the name, else the id."""
        return self.label or self.name or self.id


@dataclass(frozen=True)
class Precision:
    """Limits of an answer (Präzisierung)."""

    min_length: int | None = None
    max_length: int | None = None
    min_value: str = ""
    max_value: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class ListReference:
    """A code list by reference (codelisteReferenz, genericodeIdentification)."""

    uri: str
    """canonicalIdentification."""
    version: str = ""
    version_uri: str = ""
    """canonicalVersionUri."""
    id: str = ""
    """Only in 2.0: the list's own id, such as C05000073."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Value:
    """A value of a list inside the document (Wert)."""

    code: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Field(Facts):
    """A field (Datenfeld)."""

    art: str = "input"
    """feldart: input, select, label, hidden or locked."""
    datatype: str = "text"
    precision: Precision = Precision()
    content: str = ""
    """inhalt."""
    values: tuple[Value, ...] = ()
    code_list: ListReference | None = None
    media_types: tuple[str, ...] = ()
    max_bytes: int | None = None


@dataclass(frozen=True)
class Part:
    """A place in a structure (Struktur): how often something stands there; ``most`` None is without bound."""

    least: int
    most: int | None
    content: "Field | Group"
    references: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Group(Facts):
    """A group of fields (Datenfeldgruppe)."""

    structure: tuple[Part, ...] = ()
    alternatives: bool = False
    """art X: only one of the parts is filled (Auswahlgruppe)."""


@dataclass(frozen=True)
class Schema(Facts):
    """A data schema (Stammdatenschema)."""

    structure: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole file."""

    format: Version
    root: Schema | Group | Field

    def nodes(self) -> Iterator[Schema | Group | Field]:
        """Schema, groups and fields in the order of the file."""
        yield from _below(self.root)


def _below(node: Schema | Group | Field) -> Iterator[Schema | Group | Field]:
    yield node
    if not isinstance(node, Field):
        for part in node.structure:
            yield from _below(part.content)
