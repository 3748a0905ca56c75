"""A source model as an XDatenfelder 3.0.0 document. Source: XDatenfelder 3.0.0, message 0102 and "Baukasten"."""

import re
from datetime import datetime

from lxml import etree

from direktdraht.forms.xdatenfelder.source import (
    NAMESPACE_3,
    Facts,
    Field,
    Group,
    Keyword,
    ListReference,
    Part,
    Rule,
    Schema,
)

_LISTS = {
    "freigabestatus": ("urn:xoev-de:xprozess:codeliste:status", "2020-03-19"),
    "praedikat": ("urn:xoev-de:fim-datenfelder:codeliste:relation", "1.2"),
    "schemaelementart": ("urn:xoev-de:fim:codeliste:xdatenfelder.schemaelementart", "1.0"),
    "feldart": ("urn:xoev-de:fim:codeliste:xdatenfelder.feldart", "2.0"),
    "datentyp": ("urn:xoev-de:fim:codeliste:xdatenfelder.datentyp", "2.0"),
    "vorbefuellung": ("urn:xoev-de:fim:codeliste:xdatenfelder.vorbefuellung", "1.0"),
    "typ": ("urn:xoev-de:fim:codeliste:xdatenfelder.regeltyp", "1.0"),
    "art": ("urn:xoev-de:fim:codeliste:datenfelder.gruppenart", "1.0"),
    "ableitungsmodifikationenStruktur": ("urn:xoev-de:fim:codeliste:xdatenfelder.ableitungsmodifikationenStruktur", "1.0"),
    "ableitungsmodifikationenRepraesentation": ("urn:xoev-de:fim:codeliste:xdatenfelder.ableitungsmodifikationenRepraesentation", "1.0"),
}
_NO_BRIEF = "D99000000001"
"""The document brief (Dokumentsteckbrief) that FIM names where there is none."""

_TYPOGRAPHIC = str.maketrans(
    {
        **dict.fromkeys("„“”‟", '"'),
        **dict.fromkeys("‚‘’‛", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f", " "),
        "…": "...",
        "•": "-",
        "≥": ">=",
        "≤": "<=",
    }
)
"""Signs that String.Latin does not hold, and what stands for them; the form's own text goes into the keyword."""

_STATES = {"aktiv": "5", "inaktiv": "7", "inVorbereitung": "2"}
_IN_WORK = "2"


class Writer:
    """Writes one schema; ``at`` is the instant of writing."""

    def __init__(self, at: datetime) -> None:
        self.at = at.isoformat(timespec="seconds")

    def document(self, schema: Schema) -> bytes:
        """The whole message "Stammdatenschema übertragen"."""
        root = etree.Element(f"{{{NAMESPACE_3}}}xdatenfelder.stammdatenschema.0102", nsmap={"xdf": NAMESPACE_3})
        header = _node(root, "header")
        _text(header, "nachrichtID", f"direktdraht-{schema.id}")
        _text(header, "erstellungszeitpunkt", self.at)
        node = _node(root, "stammdatenschema")
        self._facts(node, schema)
        _text(node, "bezeichnung", schema.title)
        _filled(node, "hilfetext", schema.hint)
        _code(node, "ableitungsmodifikationenStruktur", "3")
        _code(node, "ableitungsmodifikationenRepraesentation", "1")
        _text(_node(node, "dokumentsteckbrief"), "id", _NO_BRIEF)
        self._rules(node, schema.rules)
        self._structure(node, schema.structure)
        written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        return written

    def _facts(self, node: etree._Element, facts: Facts) -> None:
        _identification(node, facts.id, facts.version)
        _text(node, "name", facts.name or facts.title)
        _filled(node, "beschreibung", facts.description)
        _filled(node, "definition", facts.definition)
        for reference in facts.references:
            _text(node, "bezug", reference)
        _code(node, "freigabestatus", facts.state if facts.state.isdigit() else _STATES.get(facts.state, _IN_WORK))
        _text(node, "letzteAenderung", self.at)
        for relation in facts.relations:
            related = _node(node, "relation")
            _code(related, "praedikat", relation.predicate)
            _identified(_node(related, "objekt"), relation.id, relation.version)
        self._keywords(node, facts.keywords)

    def _keywords(self, node: etree._Element, keywords: tuple[Keyword, ...]) -> None:
        for keyword in keywords:
            written = _node(node, "stichwort")
            written.text = keyword.text
            written.set("uri", keyword.uri)

    def _element_facts(self, node: etree._Element, facts: Facts) -> None:
        self._facts(node, facts)
        _text(node, "bezeichnungEingabe", facts.title)
        _filled(node, "bezeichnungAusgabe", facts.output_label)
        _code(node, "schemaelementart", facts.kind if facts.kind in {"ABS", "HAR", "RNG"} else "RNG")
        _filled(node, "hilfetextEingabe", facts.hint)
        _filled(node, "hilfetextAusgabe", facts.output_help)

    def _structure(self, node: etree._Element, structure: tuple[Part, ...]) -> None:
        for part in structure:
            place = _node(node, "struktur")
            _text(place, "anzahl", f"{part.least}:{'*' if part.most is None else part.most}")
            container = _node(place, "enthaelt")
            if isinstance(part.content, Field):
                self._field(_node(container, "datenfeld"), part.content)
            else:
                self._group(_node(container, "datenfeldgruppe"), part.content)

    def _group(self, node: etree._Element, group: Group) -> None:
        self._element_facts(node, group)
        if group.alternatives:
            _code(node, "art", "X")
        self._rules(node, group.rules)
        self._structure(node, group.structure)

    def _field(self, node: etree._Element, field: Field) -> None:
        self._element_facts(node, field)
        _code(node, "feldart", field.art)
        _code(node, "datentyp", field.datatype)
        limits = field.precision
        stated = {
            "minLength": limits.min_length,
            "maxLength": limits.max_length,
            "minValue": limits.min_value,
            "maxValue": limits.max_value,
            "pattern": limits.pattern,
        }
        if any(value not in {None, ""} for value in stated.values()):
            precision = _node(node, "praezisierung")
            for name, limit in stated.items():
                if limit not in {None, ""}:
                    precision.set(name, str(limit))
        _filled(node, "inhalt", field.content)
        _code(node, "vorbefuellung", "keine")
        if field.values:
            values = _node(node, "werte")
            for value in field.values:
                entry = _node(values, "wert")
                _text(entry, "code", value.code)
                _text(entry, "name", value.name)
                _filled(entry, "hilfe", value.hint)
        if field.code_list is not None:
            self._list(_node(node, "codelisteReferenz"), field.code_list)
        self._rules(node, field.rules)
        if field.max_bytes is not None:
            _text(node, "maxSize", str(field.max_bytes))
        for media_type in field.media_types:
            _text(node, "mediaType", media_type)

    def _list(self, node: etree._Element, reference: ListReference) -> None:
        _filled(node, "canonicalIdentification", reference.uri)
        _filled(node, "version", reference.version)
        _filled(node, "canonicalVersionUri", reference.version_uri)

    def _rules(self, node: etree._Element, rules: tuple[Rule, ...]) -> None:
        for rule in rules:
            written = _node(node, "regel")
            _identification(written, rule.id, rule.version)
            _text(written, "name", rule.name)
            _filled(written, "freitextRegel", rule.text)
            self._keywords(written, rule.keywords)
            _text(written, "letzteAenderung", self.at)
            _code(written, "typ", rule.kind if rule.kind in {"B", "K", "M", "V"} else "K")
            _filled(written, "skript", rule.script)


def version_in_three(version: str) -> str:
    """A version as 3.0.0 wants it, "" if it cannot be.

    >>> version_in_three("1.2"), version_in_three("1.2.3"), version_in_three("neu")
    ('1.2.0', '1.2.3', '')
    """
    if re.fullmatch(r"[0-9]+\.[0-9]+", version):
        return f"{version}.0"
    return version if re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version) else ""


def _node(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE_3}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    """A node with text in the characters of String.Latin."""
    node = _node(parent, name)
    node.text = text.translate(_TYPOGRAPHIC)
    return node


def _filled(parent: etree._Element, name: str, text: str) -> None:
    if text:
        _text(parent, name, text)


def _code(parent: etree._Element, name: str, code: str) -> None:
    """A code of the XÖV library: the inner node stands in no namespace."""
    node = _node(parent, name)
    uri, version = _LISTS[name]
    node.set("listURI", uri)
    node.set("listVersionID", version)
    etree.SubElement(node, "code").text = code


def _identification(parent: etree._Element, own: str, version: str) -> None:
    _identified(_node(parent, "identifikation"), own, version)


def _identified(node: etree._Element, own: str, version: str) -> None:
    _text(node, "id", own)
    _filled(node, "version", version_in_three(version))
