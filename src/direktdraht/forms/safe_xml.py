"""The one door for XML from outside: no DTD, no entities, no network, bounded in size and depth.

A document type is refused by name before anything is parsed, because entities (expansion bombs, files and
addresses of the server) can only be declared there. Source: OWASP, XML External Entity Prevention.
"""

import re

from lxml import etree

from direktdraht.forms.remarks import UnreadableFile
from direktdraht.questions.marking import N_

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 100

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def read_xml(data: bytes, *, most_bytes: int = MOST_BYTES) -> etree._Element:
    """The root of a document without comments and processing instructions. Raises UnreadableFile."""
    if len(data) > most_bytes:
        raise UnreadableFile(N_("Die Datei ist größer als %(most)s MB."), most=most_bytes // (1024 * 1024))
    if not data.strip():
        raise UnreadableFile(N_("Die Datei ist leer."))
    # Without the zero bytes of UTF-16 and UTF-32 the name is found in these encodings, too.
    declared = _DOCTYPE.search(data.replace(b"\0", b""))
    if declared:
        raise _document_type(data.replace(b"\0", b"").count(b"\n", 0, declared.start()) + 1)
    root = _parsed(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _document_type(1)
    _bounded(root)
    return root


def _document_type(line: int) -> UnreadableFile:
    return UnreadableFile(N_("Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien lesen wir aus Sicherheit nicht."), line)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "").split(", line ")[0]
        raise UnreadableFile(N_("Das ist kein wohlgeformtes XML (%(reason)s)."), error.lineno or 1, reason=reason) from error
    except (ValueError, LookupError) as error:
        raise UnreadableFile(N_("Das ist kein wohlgeformtes XML (%(reason)s)."), 1, reason=str(error)) from error


def _bounded(root: etree._Element) -> None:
    """Refuse what is nested deeper than any real file, before anything recursive looks at it."""
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise UnreadableFile(N_("Die Datei ist tiefer als %(most)s Ebenen verschachtelt."), line_of(node), most=DEEPEST)
        if not isinstance(node.tag, str):
            raise UnreadableFile(N_("Die Datei enthält einen Verweis auf eine nicht erlaubte Entität."), line_of(node))


def line_of(node: etree._Element) -> int:
    """The line of a node in its file."""
    line: int | None = getattr(node, "sourceline", None)
    return line or 1


def local_name(node: etree._Element) -> str:
    """The name of a node without its namespace."""
    return str(etree.QName(node).localname)


def namespace_of(node: etree._Element) -> str:
    """The namespace of a node, "" if it has none."""
    return str(etree.QName(node).namespace or "")
