"""The one door for XML from outside: no DTD, no entities, no network, bounded in size and depth. Pure.

A document type is refused by name before anything is parsed, because entities (expansion bombs, files and
addresses of the server) can only be declared there. Source: OWASP, XML External Entity Prevention.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from lxml import etree

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 100
CHUNK_BYTES = 64 * 1024
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class UnsafeXml(ValueError):
    """XML that is not read. ``case`` says why: size, empty, doctype, malformed, depth, entity.

    ``reason`` holds the parser's words for "malformed"; ``line`` is ``None`` where no line is to blame.
    """

    def __init__(self, case: str, line: int | None = None, reason: str = "") -> None:
        super().__init__(case, line, reason)
        self.case, self.line, self.reason = case, line, reason


def read_xml(data: bytes, *, most_bytes: int = MOST_BYTES) -> etree._Element:
    """The root of a document without comments and processing instructions. Raises UnsafeXml."""
    if len(data) > most_bytes:
        raise UnsafeXml("size")
    if not data.strip():
        raise UnsafeXml("empty")
    # Without the zero bytes of UTF-16 and UTF-32 the name is found in these encodings, too.
    declared = _DOCTYPE.search(data.replace(b"\0", b""))
    if declared:
        raise UnsafeXml("doctype", data.replace(b"\0", b"").count(b"\n", 0, declared.start()) + 1)
    root = _parsed(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("doctype", 1)
    _bounded(root)
    return root


def _parsed(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(**SAFE))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _malformed(error) from error


def _malformed(error: Exception) -> UnsafeXml:
    if isinstance(error, etree.XMLSyntaxError):
        return UnsafeXml("malformed", error.lineno or 1, (error.msg or "").split(", line ")[0])
    return UnsafeXml("malformed", 1, str(error))


def stream_xml(file: BinaryIO, tags: Collection[str], *, most_bytes: int, most_held: int) -> Iterator[tuple[str, etree._Element]]:
    """The events "start" and "end" of the named elements while a large file is read in pieces. Raises UnsafeXml.

    ``tags`` may hold ``{*}Name``. Whoever reads calls ``forget`` on each element that is done with, so that memory stays flat;
    more than ``most_held`` bytes between the ends of two named elements are refused as "piece".
    Depth is bounded by the parser itself (256 levels).
    """
    parser = etree.XMLPullParser(events=("start", "end"), tag=tuple(tags), **SAFE)
    read = held = 0
    seen = False
    while chunk := file.read(CHUNK_BYTES):
        declared = None if read else _DOCTYPE.search(chunk.replace(b"\0", b""))
        if declared:
            raise UnsafeXml("doctype", chunk.replace(b"\0", b"").count(b"\n", 0, declared.start()) + 1)
        read, held = read + len(chunk), held + len(chunk)
        if read > most_bytes:
            raise UnsafeXml("size")
        for event, node in _fed(parser, chunk):
            if not seen and node.getroottree().docinfo.internalDTD is not None:
                raise UnsafeXml("doctype", 1)
            seen = True
            held = 0 if event == "end" else held
            yield event, node
        if held > most_held:
            raise UnsafeXml("piece")
    if not read:
        raise UnsafeXml("empty")
    try:
        root = parser.close()
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _malformed(error) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("doctype", 1)


def _fed(parser: Any, chunk: bytes) -> Iterator[tuple[str, etree._Element]]:
    try:
        parser.feed(chunk)
        yield from parser.read_events()
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _malformed(error) from error


def forget(node: etree._Element) -> None:
    """Drop what an element holds and every sibling before it, so that a streamed tree stays small."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _bounded(root: etree._Element) -> None:
    """Refuse what is nested deeper than any real file, before anything recursive looks at it."""
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise UnsafeXml("depth", line_of(node))
        if not isinstance(node.tag, str):
            raise UnsafeXml("entity", line_of(node))


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
