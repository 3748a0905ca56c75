"""The door for schemas: bytes in, a definition with its report out."""

from collections.abc import Mapping

from direktdraht.forms.xdatenfelder.mapping import Mapper
from direktdraht.forms.xdatenfelder.reading import read_document
from direktdraht.forms.xdatenfelder.result import Imported


def import_schema(data: bytes, *, beside: Mapping[str, bytes], keys: Mapping[str, str] | None = None) -> Imported:
    """Read XDatenfelder 2.0 or 3.0.0. Raises UnreadableFile with line and reason.

    ``beside`` are the files that lie beside the schema, by name: Genericode lists are taken from there.
    ``keys`` are the keys of an earlier import (``Imported.keys``), so that questions keep theirs.
    """
    read = read_document(data)
    return Mapper(read.document, beside, keys or {}, read.warnings).imported()
