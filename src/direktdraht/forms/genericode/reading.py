"""Reading Genericode: a simple code list with a column of codes and a column of names.

Source: OASIS Code List Representation (Genericode) 1.0, sections "ColumnSet" and "SimpleCodeList"; XÖV handbook,
"Codelisten": the key ``codeKey`` names the column of codes, ``codenameKey`` the column of names.
"""

from lxml import etree

from direktdraht.forms.genericode.code_list import CodeList, checked
from direktdraht.forms.remarks import UnreadableFile
from direktdraht.forms.safe_xml import read_xml
from direktdraht.foundation.marking import N_
from direktdraht.foundation.safe_xml import line_of, local_name, namespace_of
from direktdraht.questions.plain import clean_line

NAMESPACE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"

_NAME_KEYS = ("codenameKey", "nameKey")
_NAME_COLUMNS = ("name", "codename", "bezeichnung", "beschreibung", "value", "wert")


def read_genericode(data: bytes) -> CodeList:
    """Read a code list. Raises UnreadableFile with line and reason."""
    root = read_xml(data)
    if namespace_of(root) != NAMESPACE or local_name(root) != "CodeList":
        raise UnreadableFile(N_("Das ist keine Codeliste im Format Genericode, sondern „%(name)s“."), 1, name=local_name(root))
    columns = _children(_part(root, "ColumnSet"), "Column")
    ids = [str(column.get("Id") or "") for column in columns]
    code_column = _key_column(root, ("codeKey",)) or (ids[0] if ids else "")
    name_column = _key_column(root, _NAME_KEYS) or _likely_name(ids, code_column)
    if code_column not in ids or name_column not in ids:
        raise UnreadableFile(N_("Die Codeliste nennt nicht, in welcher Spalte Code und Name stehen."), line_of(root))
    rows = []
    for row in _children(_part(root, "SimpleCodeList"), "Row"):
        values = _values(row, ids)
        code = values.get(code_column, "")
        rows.append((code, values.get(name_column, "") or code, line_of(row)))
    about = _part(root, "Identification")
    return CodeList(
        entries=checked(rows),
        uri=_text(about, "CanonicalUri"),
        version=_text(about, "Version"),
        version_uri=_text(about, "CanonicalVersionUri"),
        title=_text(about, "LongName") or _text(about, "ShortName"),
    )


def _part(root: etree._Element, name: str) -> etree._Element:
    """A required part; the standard puts parts of a list into no namespace, XÖV tools into the list's own."""
    found = _children(root, name)
    if not found:
        raise UnreadableFile(N_("In der Codeliste fehlt der Knoten „%(name)s“."), line_of(root), name=name)
    return found[0]


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local_name(child) == name and namespace_of(child) in {"", NAMESPACE}]


def _text(element: etree._Element, name: str) -> str:
    return next((clean_line(child.text or "") for child in _children(element, name) if (child.text or "").strip()), "")


def _key_column(root: etree._Element, names: tuple[str, ...]) -> str:
    """The column that a key refers to."""
    for key in _children(_part(root, "ColumnSet"), "Key"):
        if str(key.get("Id") or "").casefold() in {name.casefold() for name in names}:
            return next((str(ref.get("Ref") or "") for ref in _children(key, "ColumnRef")), "")
    return ""


def _likely_name(ids: list[str], code_column: str) -> str:
    """The column of names where no key tells it: one that is called so, else the first after the codes."""
    others = [column for column in ids if column != code_column]
    named = [column for column in others if column.casefold() in _NAME_COLUMNS]
    return (named or others or [code_column])[0]


def _values(row: etree._Element, ids: list[str]) -> dict[str, str]:
    """The values of a row by column; a value without a column reference stands in the next column."""
    found: dict[str, str] = {}
    following = 0
    for value in _children(row, "Value"):
        column = str(value.get("ColumnRef") or "") or (ids[following] if following < len(ids) else "")
        if column not in ids:
            raise UnreadableFile(N_("Die Zeile der Codeliste nennt die unbekannte Spalte „%(name)s“."), line_of(value), name=column)
        following = ids.index(column) + 1
        found[column] = _text(value, "SimpleValue")
    return found
