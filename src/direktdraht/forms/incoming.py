"""A form from a file: XDatenfelder or this house's own format, told from the content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from direktdraht.forms.remarks import Remark, UnreadableFile, remark
from direktdraht.forms.xdatenfelder import Proposal, ReportRow, import_schema
from direktdraht.forms.xdatenfelder.result import Became
from direktdraht.foundation.marking import N_
from direktdraht.questions.definition import DefinitionError, FormDefinition, parse
from direktdraht.questions.definition.model import FORMAT

MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Incoming:
    """A readable form with the report of its import."""

    format: str
    definition: dict[str, Any]
    report: tuple[ReportRow, ...]
    warnings: tuple[Remark, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The answer of ``direktdraht forms import``."""
        return {
            "format": self.format,
            "definition": self.definition,
            "report": [row.as_json() for row in self.report],
            "warnings": [str(warning) for warning in self.warnings],
        }


def read_form(data: bytes, *, beside: Mapping[str, bytes]) -> Incoming:
    """Read a file whose form can be used. Raises UnreadableFile, also where the result is no form."""
    try:
        if _looks_like_json(data):
            return _own(data)
        imported = import_schema(data, beside=beside)
        parse(imported.definition)
    except DefinitionError as error:
        raise UnreadableFile(
            N_("Daraus wird kein Formular: %(reason)s (%(place)s)"), reason=error.sentence, place=error.path or "–"
        ) from error
    return Incoming(imported.format, imported.definition, imported.report, imported.warnings, imported.proposals)


def read_json(data: bytes) -> Any:
    """A JSON document. Raises UnreadableFile with the line."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile(N_("Die Datei ist größer als %(most)s MB."), most=MOST_BYTES // (1024 * 1024))
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UnreadableFile(N_("Das ist kein gültiges JSON (%(reason)s)."), error.lineno, reason=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(N_("Das ist kein gültiges JSON (%(reason)s)."), reason=type(error).__name__) from error


def read_definition(data: bytes, *, beside: Mapping[str, bytes]) -> Any:
    """The definition in a file, not yet parsed. Raises UnreadableFile."""
    return read_json(data) if _looks_like_json(data) else import_schema(data, beside=beside).definition


def _looks_like_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def _own(data: bytes) -> Incoming:
    document = read_json(data)
    definition = parse(document)
    return Incoming(FORMAT, document, tuple(_rows(definition)))


def _rows(definition: FormDefinition) -> list[ReportRow]:
    unchanged = remark(N_("Unverändert übernommen."))
    rows = [ReportRow(definition.key, definition.title["de"], "page", (unchanged,))]
    rows += [ReportRow(page.key, page.title["de"], "page", (unchanged,)) for page in definition.pages]
    for place in definition.outline.places.values():
        became: Became = "group" if place.element.kind == "rows" else "element"
        rows.append(ReportRow(place.element.key, place.element.label["de"], became, (unchanged,)))
    lists: Mapping[str, Any] = getattr(definition, "code_lists", {})
    rows += [ReportRow(uri, uri, "codelist", (unchanged,)) for uri in lists]
    return rows
