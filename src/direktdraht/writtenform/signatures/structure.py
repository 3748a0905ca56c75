"""The two-parser check: what pyHanko reads in a PDF must be what qpdf reads, in every signed revision.

Attacks on PDF signatures live from readers that see different documents in the same bytes (shadow attacks, incremental saving,
signature wrapping). Both parsers follow every reference from the trailer; the first difference stops the check.
"""

import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from direktdraht.writtenform.signatures.faults import FOREIGN

MOST_OBJECTS = 200_000
MOST_DEPTH = 100
_END = re.compile(rb"startxref[\t\n\f\r ]+(\d{1,12})[\t\n\f\r ]+%%EOF[\0\t\n\f\r ]*\Z")


class Difference(ValueError):
    """The parsers disagree; the message is a German sentence."""


def structure_problem(data: bytes, ends: Iterable[int], strict_reader: PdfFileReader | None = None) -> str | None:
    """The first difference between the parsers in the whole file and in the revisions that end at ``ends``; None if they agree.

    ``strict_reader`` is pyHanko's reader of the whole file, if it was read before: then it is not read twice.
    """
    if not data.startswith(b"%PDF-"):
        return "Vor dem Anfang des PDFs stehen fremde Daten."
    if not _ends_once(data):
        return "Nach dem Ende des PDFs stehen fremde Daten."
    for end in sorted({len(data), *(end for end in ends if 0 < end <= len(data))}, reverse=True):
        problem = _difference(data[:end], strict_reader if end == len(data) else None)
        if problem:
            return problem
    return None


def _ends_once(data: bytes) -> bool:
    """Whether after the last directory of objects there is one end of the file and nothing more (ISO 32000-2, 7.5.5).

    Otherwise a whole second document may stand behind the signed one, with an end that leads back to the first.
    """
    found = _END.search(data[-1024:])
    if found is None:
        return False
    directory = data[int(found[1]) :]
    return directory.count(b"startxref") == 1 and directory.count(b"%%EOF") == 1


def _difference(data: bytes, reader: PdfFileReader | None) -> str | None:
    try:
        reader = reader or PdfFileReader(io.BytesIO(data), strict=True)
        if reader.xrefs.hybrid_xrefs_present:
            return "Das PDF hat zwei Verzeichnisse seiner Objekte (hybrid); Programme können es verschieden lesen."
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True, inherit_page_attributes=False) as other:
            _compare(reader, other)
    except Difference as difference:
        return str(difference)
    except FOREIGN:
        return "Das PDF ist nicht nach der Norm aufgebaut; Programme können es verschieden lesen."
    return None


def _compare(reader: PdfFileReader, other: pikepdf.Pdf) -> None:
    root = reader.trailer.raw_get("/Root")
    if not isinstance(root, generic.IndirectObject) or (root.idnum, root.generation) != other.Root.objgen:
        raise Difference("Zwei Programme lesen in diesem PDF verschiedene Dokumente.")
    seen: set[tuple[int, int]] = {other.Root.objgen}
    queue: list[tuple[Any, Any]] = [(root.get_object(), other.Root)]
    if "/Info" in reader.trailer and "/Info" in other.trailer:
        queue.append((reader.trailer.raw_get("/Info"), other.trailer.Info))
    while queue:
        mine, theirs = queue.pop()
        if len(seen) > MOST_OBJECTS:
            raise Difference("Das PDF hat mehr Objekte, als geprüft werden.")
        _same(mine, theirs, seen, queue, 0)


def _same(mine: Any, theirs: Any, seen: set[tuple[int, int]], queue: list[tuple[Any, Any]], depth: int) -> None:
    """Compare two values; what they refer to is put into the queue once."""
    if depth > MOST_DEPTH:
        raise Difference("Das PDF ist tiefer verschachtelt, als geprüft wird.")
    if isinstance(mine, generic.IndirectObject):
        key = (mine.idnum, mine.generation)
        if isinstance(theirs, pikepdf.Object) and theirs.is_indirect:
            _must(theirs.objgen == key)
        if key not in seen:
            seen.add(key)
            queue.append((_target(mine), theirs))
        return
    if isinstance(mine, generic.DictionaryObject):
        _same_dictionaries(mine, theirs, seen, queue, depth)
    elif isinstance(mine, generic.ArrayObject):
        _must(isinstance(theirs, pikepdf.Array) and len(mine) == len(theirs))
        for index in range(len(mine)):
            _same(mine.raw_get(index), theirs[index], seen, queue, depth + 1)
    else:
        _must(_scalar_same(mine, theirs))


def _target(reference: generic.IndirectObject) -> generic.PdfObject:
    """What a reference leads to; nothing at all counts as null (ISO 32000-2, 7.3.10)."""
    try:
        return reference.get_object()
    except FOREIGN:
        return generic.NullObject()


def _same_dictionaries(mine: generic.DictionaryObject, theirs: Any, seen: set[tuple[int, int]], queue: list[Any], depth: int) -> None:
    is_stream = isinstance(mine, generic.StreamObject)
    _must(isinstance(theirs, pikepdf.Stream if is_stream else pikepdf.Dictionary))
    entries = {str(key): mine.raw_get(key) for key in mine}
    keys = {key for key, value in entries.items() if not _is_null(value)}
    their_keys = set(theirs.keys())
    if is_stream:
        keys, their_keys = keys - {"/Length"}, their_keys - {"/Length"}
    _must(keys == {key for key in their_keys if theirs.get(key) is not None})
    for key in keys:
        _same(entries[key], theirs[key], seen, queue, depth + 1)
    if is_stream:
        _must(mine.encoded_data == theirs.read_raw_bytes())


def _is_null(value: Any) -> bool:
    if isinstance(value, generic.IndirectObject):
        value = _target(value)
    return isinstance(value, generic.NullObject)


def _scalar_same(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, generic.NullObject):
        return theirs is None
    if isinstance(mine, generic.NameObject):
        return isinstance(theirs, pikepdf.Name) and str(mine) == str(theirs)
    if isinstance(mine, generic.BooleanObject):
        return isinstance(theirs, bool) and bool(mine) == theirs
    if isinstance(mine, (generic.TextStringObject, generic.ByteStringObject)):
        return isinstance(theirs, pikepdf.String) and mine.original_bytes == bytes(theirs)
    if isinstance(mine, (generic.NumberObject, generic.FloatObject)):
        return isinstance(theirs, (int, Decimal)) and not isinstance(theirs, bool) and Decimal(str(mine)) == Decimal(theirs)
    return False


def _must(agreed: bool) -> None:
    if not agreed:
        raise Difference("Zwei Programme lesen in diesem PDF verschiedene Inhalte.")
