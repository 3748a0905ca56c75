"""Reading a code list from a CSV table: a header, then a code and a label in each line.

Spreadsheets write commas, semicolons or tabs, and UTF-8 or Windows-1252: both are told from the file.
"""

import csv
import io
from collections.abc import Sequence

from direktdraht.forms.genericode.code_list import CodeList, checked
from direktdraht.forms.remarks import UnreadableFile
from direktdraht.foundation.marking import N_

MOST_BYTES = 5 * 1024 * 1024
DELIMITERS = ";,\t|"

_CODE_HEADERS = {"code", "schluessel", "schlüssel", "key", "wert", "value", "id"}
_LABEL_HEADERS = {"label", "name", "bezeichnung", "text", "codename"}


def read_table(data: bytes, *, title: str = "") -> CodeList:
    """Read a table. Raises UnreadableFile with line and reason."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile(N_("Die Datei ist größer als %(most)s MB."), most=MOST_BYTES // (1024 * 1024))
    text = _decoded(data)
    if not text.strip():
        raise UnreadableFile(N_("Die Datei ist leer."))
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True)
    header: list[str] = []
    rows = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip().casefold() for cell in cells]
                code, label = _columns(header)
                continue
            if len(cells) <= max(code, label):
                raise UnreadableFile(N_("In dieser Zeile fehlt eine Spalte."), reader.line_num)
            rows.append((cells[code], cells[label], reader.line_num))
    except csv.Error as error:
        raise UnreadableFile(N_("Diese Zeile ist keine gültige CSV-Zeile (%(reason)s)."), reader.line_num, reason=str(error)) from error
    return CodeList(entries=checked(rows), title=title)


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise UnreadableFile(N_("Die Datei ist keine Textdatei."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(N_("Die Datei ist weder in UTF-8 noch in Windows-1252 geschrieben."), line) from error


def _dialect(text: str) -> type[csv.Dialect]:
    """The delimiter of the header; a header of one cell has none."""
    head = next(line for line in text.splitlines() if line.strip())
    try:
        return csv.Sniffer().sniff(head, DELIMITERS)
    except csv.Error as error:
        raise UnreadableFile(N_("Die Kopfzeile muss zwei Spalten haben, zum Beispiel „code;label“."), 1) from error


def _columns(header: Sequence[str]) -> tuple[int, int]:
    code = next((place for place, name in enumerate(header) if name in _CODE_HEADERS), None)
    label = next((place for place, name in enumerate(header) if name in _LABEL_HEADERS), None)
    if code is None or label is None:
        raise UnreadableFile(N_("Die Kopfzeile muss zwei Spalten haben, zum Beispiel „code;label“."), 1)
    return code, label
