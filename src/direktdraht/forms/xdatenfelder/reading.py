"""Reading XDatenfelder 2.0 and 3.0.0 into one model.

What breaks the schema but is clear in meaning gives a warning with its line; what is not clear is refused with
line and reason. Source: XDatenfelder 2.0 and 3.0.0, "Baukasten" and messages 0102, 0103, 0104.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from direktdraht.forms.remarks import Remark, UnreadableFile
from direktdraht.forms.safe_xml import read_xml
from direktdraht.forms.xdatenfelder.nodes import Node, text_of
from direktdraht.forms.xdatenfelder.precision import read_precision
from direktdraht.forms.xdatenfelder.source import (
    NAMESPACES,
    Document,
    Facts,
    Field,
    Group,
    Keyword,
    ListReference,
    Part,
    Relation,
    Rule,
    Schema,
    Value,
)
from direktdraht.foundation.marking import N_
from direktdraht.foundation.safe_xml import line_of, local_name, namespace_of

_FAMILY = "urn:xoev-de:fim:standard:xdatenfelder_"
_GENERICODE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
_MESSAGES = {
    "xdatenfelder.stammdatenschema.0102": "stammdatenschema",
    "xdatenfelder.datenfeldgruppe.0103": "datenfeldgruppe",
    "xdatenfelder.datenfeld.0104": "datenfeld",
}
_KEPT = {"beschreibung", "definition", "bezeichnungAusgabe", "hilfetextAusgabe"}
"""Texts that people never see; a form keeps them for those who write it."""

_TEXTS = {
    "versionshinweis": N_("Versionshinweis"),
    "fachlicherErsteller": N_("fachlicher Ersteller"),
    "statusGesetztDurch": N_("Status gesetzt durch"),
}
"""Texts for which a form has no place; the report names those that are filled."""

_COMMON = {
    "identifikation",
    "name",
    "bezug",
    "status",
    "freigabestatus",
    "statusGesetztAm",
    "gueltigAb",
    "gueltigBis",
    "freigabedatum",
    "veroeffentlichungsdatum",
    "letzteAenderung",
    "relation",
    "stichwort",
    "bezeichnungEingabe",
    "schemaelementart",
    "hilfetextEingabe",
    "regel",
    *_KEPT,
    *_TEXTS,
}
_OF_SCHEMA = {
    *_COMMON,
    "bezeichnung",
    "hilfetext",
    "ableitungsmodifikationenStruktur",
    "ableitungsmodifikationenRepraesentation",
    "dokumentsteckbrief",
    "struktur",
}
_OF_GROUP = {*_COMMON, "art", "struktur"}
_OF_FIELD = {
    *_COMMON,
    "feldart",
    "datentyp",
    "praezisierung",
    "inhalt",
    "vorbefuellung",
    "werte",
    "codelisteReferenz",
    "codeKey",
    "nameKey",
    "helpKey",
    "maxSize",
    "mediaType",
}
_OF_RULE = {*_COMMON, "freitextRegel", "typ", "param", "ziel", "skript", "script", "fehler"}

_CARDINALITY = re.compile(r"([0-9]{1,6}):(\*|[0-9]{1,6})\Z")
ARTS = {"input", "select", "label", "hidden", "locked"}
DATATYPES = {"text", "text_latin", "date", "time", "datetime", "bool", "num", "num_int", "num_currency", "file", "obj"}


@dataclass(frozen=True)
class Read:
    """A document and what was odd about it."""

    document: Document
    warnings: tuple[Remark, ...]


def read_document(data: bytes) -> Read:
    """Read a schema, a group or a field. Raises UnreadableFile with line and reason."""
    root = read_xml(data)
    namespace, message = namespace_of(root), local_name(root)
    if namespace not in NAMESPACES:
        raise _foreign(namespace, message)
    if message not in _MESSAGES:
        raise UnreadableFile(
            N_("Die Nachricht „%(name)s“ ist kein Datenschema, keine Gruppe und kein Datenfeld."), line_of(root), name=message
        )
    warnings: list[Remark] = []
    node = Node(root, {"header", *_MESSAGES.values()}, warnings)
    content = node.one(_MESSAGES[message])
    if content is None:
        raise UnreadableFile(N_("Der Knoten „%(name)s“ fehlt."), node.line, name=_MESSAGES[message])
    readers: dict[str, Callable[[etree._Element, list[Remark], tuple[str, ...]], Schema | Group | Field]] = {
        "stammdatenschema": _schema,
        "datenfeldgruppe": _group,
        "datenfeld": _field,
    }
    return Read(Document(NAMESPACES[namespace], readers[local_name(content)](content, warnings, ())), tuple(warnings))


def _foreign(namespace: str, name: str) -> UnreadableFile:
    if namespace.startswith(_FAMILY):
        version = namespace.removeprefix(_FAMILY)
        if version.split(".")[0] == "1":
            return UnreadableFile(N_("Das ist XDatenfelder 1. Dieses Format lesen wir nicht; nehmen Sie XDatenfelder 2.0 oder 3.0.0."), 1)
        return UnreadableFile(
            N_("Die Fassung „%(version)s“ von XDatenfelder kennen wir nicht; wir lesen 2.0 und 3.0.0."), 1, version=version
        )
    if namespace == _GENERICODE:
        return UnreadableFile(N_("Das ist eine Codeliste (Genericode), kein Datenschema."), 1)
    return UnreadableFile(N_("Das ist kein XDatenfelder, sondern „%(name)s“ aus „%(space)s“."), 1, name=name, space=namespace or "–")


def _facts(node: Node) -> Facts:
    identification = node.one("identifikation")
    if identification is None:
        raise UnreadableFile(N_("In „%(name)s“ fehlt die Identifikation."), node.line, name=node.name)
    own, version = _identification(identification, node.warnings)
    name = node.text("name")
    if not name:
        node.warn(N_("Zeile %(line)s: „%(id)s“ hat keinen Namen."), id=own)
    filled = [_TEXTS[part] for part in _TEXTS if node.text(part)]
    return Facts(
        id=own,
        version=version,
        name=name,
        label=node.text("bezeichnungEingabe") or node.text("bezeichnung"),
        hint=node.text("hilfetextEingabe") or node.text("hilfetext"),
        references=node.texts("bezug"),
        state=node.code("freigabestatus") or node.code("status"),
        kind=node.code("schemaelementart"),
        relations=tuple(_relation(child, node.warnings) for child in node.all("relation")),
        description=node.text("beschreibung"),
        definition=node.text("definition"),
        output_label=node.text("bezeichnungAusgabe"),
        output_help=node.text("hilfetextAusgabe"),
        keywords=tuple(Keyword(str(child.get("uri") or ""), text_of(child)) for child in node.all("stichwort")),
        rules=tuple(_rule(child, node.warnings) for child in node.all("regel")),
        unused=tuple(filled),
        line=node.line,
    )


def _identification(element: etree._Element, warnings: list[Remark]) -> tuple[str, str]:
    node = Node(element, {"id", "version"}, warnings)
    own = node.text("id")
    if not own:
        raise UnreadableFile(N_("Die Kennung (id) fehlt oder ist leer."), node.line)
    return own, node.text("version")


def _relation(element: etree._Element, warnings: list[Remark]) -> Relation:
    node = Node(element, {"praedikat", "objekt"}, warnings)
    target = node.one("objekt")
    if target is None:
        raise UnreadableFile(N_("Der Knoten „%(name)s“ fehlt."), node.line, name="objekt")
    return Relation(node.code("praedikat"), *_identification(target, warnings))


def _rule(element: etree._Element, warnings: list[Remark]) -> Rule:
    node = Node(element, _OF_RULE, warnings)
    facts = _facts(node)
    prose = node.text("freitextRegel") or node.text("definition") or node.text("beschreibung")
    script = node.text("skript") or node.text("script")
    # Editors write an empty function where there is no script.
    bare = "" if re.fullmatch(r"function\s+script\s*\(\s*\)\s*\{\s*\}", script) else script
    return Rule(facts.id, facts.name, facts.version, prose, bare, node.code("typ"), facts.keywords, node.line)


def _schema(element: etree._Element, warnings: list[Remark], above: tuple[str, ...]) -> Schema:
    node = Node(element, _OF_SCHEMA, warnings)
    facts = _facts(node)
    return Schema(**vars(facts), structure=_structure(node, above))


def _group(element: etree._Element, warnings: list[Remark], above: tuple[str, ...]) -> Group:
    node = Node(element, _OF_GROUP, warnings)
    facts = _facts(node)
    if facts.id in above:
        raise UnreadableFile(N_("Die Gruppe „%(id)s“ enthält sich selbst."), node.line, id=facts.id)
    return Group(**vars(facts), structure=_structure(node, (*above, facts.id)), alternatives=node.code("art") == "X")


def _structure(node: Node, above: tuple[str, ...]) -> tuple[Part, ...]:
    return tuple(_part(child, node.warnings, above) for child in node.all("struktur"))


def _part(element: etree._Element, warnings: list[Remark], above: tuple[str, ...]) -> Part:
    node = Node(element, {"anzahl", "bezug", "enthaelt"}, warnings)
    written = node.text("anzahl")
    if not written:
        node.warn(N_("Zeile %(line)s: Die Anzahl fehlt; angenommen ist „1:1“."))
    match = _CARDINALITY.match(written or "1:1")
    if match is None or (match[2] != "*" and int(match[2]) < int(match[1])):
        raise UnreadableFile(N_("„%(text)s“ ist keine Anzahl wie „0:1“ oder „1:*“."), node.line, text=written[:40])
    container = node.one("enthaelt")
    if container is None:
        raise UnreadableFile(N_("Der Knoten „%(name)s“ fehlt."), node.line, name="enthaelt")
    inner = Node(container, {"datenfeld", "datenfeldgruppe"}, warnings)
    contents = [*inner.all("datenfeld"), *inner.all("datenfeldgruppe")]
    if len(contents) != 1:
        raise UnreadableFile(N_("„enthaelt“ muss genau ein Datenfeld oder eine Gruppe enthalten."), inner.line)
    read = _field if local_name(contents[0]) == "datenfeld" else _group
    most = None if match[2] == "*" else int(match[2])
    return Part(int(match[1]), most, read(contents[0], warnings, above), node.texts("bezug"))


def _field(element: etree._Element, warnings: list[Remark], above: tuple[str, ...]) -> Field:
    node = Node(element, _OF_FIELD, warnings)
    facts = _facts(node)
    content = node.text("inhalt")
    size = node.text("maxSize")
    return Field(
        **vars(facts),
        art=_known(node, "feldart", ARTS, "input", facts.id),
        datatype=_known(node, "datentyp", DATATYPES, "text", facts.id),
        precision=read_precision(node, facts.id),
        content=content,
        values=_values(node),
        code_list=_list_reference(node),
        media_types=node.texts("mediaType"),
        max_bytes=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else None,
    )


def _known(node: Node, name: str, known: set[str], fallback: str, own: str) -> str:
    code = node.code(name)
    if code in known:
        return code
    node.warn(
        N_("Zeile %(line)s: „%(id)s“ nennt bei „%(name)s“ „%(code)s“; angenommen ist „%(fallback)s“."),
        id=own,
        name=name,
        code=code[:40],
        fallback=fallback,
    )
    return fallback


def _values(node: Node) -> tuple[Value, ...]:
    container = node.one("werte")
    if container is None:
        return ()
    values = []
    for child in Node(container, {"wert"}, node.warnings).all("wert"):
        value = Node(child, {"code", "name", "hilfe"}, node.warnings)
        code = value.text("code")
        if not code:
            raise UnreadableFile(N_("In der Werteliste fehlt ein Code."), value.line)
        values.append(Value(code, value.text("name"), value.text("hilfe")))
    return tuple(values)


def _list_reference(node: Node) -> ListReference | None:
    """2.0 puts the identification one level deeper and adds the list's own id."""
    found = node.one("codelisteReferenz")
    if found is None:
        return None
    names = {"canonicalIdentification", "version", "canonicalVersionUri"}
    reference = Node(found, {*names, "identifikation", "genericodeIdentification"}, node.warnings)
    identification, inner = reference.one("identifikation"), reference.one("genericodeIdentification")
    own = "" if identification is None else _identification(identification, node.warnings)[0]
    about = reference if inner is None else Node(inner, names, node.warnings)
    uri = about.text("canonicalIdentification") or about.text("canonicalVersionUri") or own
    if not uri:
        reference.warn(N_("Zeile %(line)s: Der Verweis auf eine Codeliste nennt keine Kennung."))
    return ListReference(uri, about.text("version"), about.text("canonicalVersionUri"), own, reference.line)
