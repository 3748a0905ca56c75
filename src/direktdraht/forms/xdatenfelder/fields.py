"""A field (Datenfeld) as an element of a form. Source: XDatenfelder 3.0.0, "Datenfeld", "Datentyp", "Feldart"."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import regex

from direktdraht.forms.remarks import Remark, remark
from direktdraht.forms.xdatenfelder.facts import line_from
from direktdraht.forms.xdatenfelder.lists import OPTION, Lists
from direktdraht.forms.xdatenfelder.source import Field, ListReference
from direktdraht.foundation.marking import N_
from direktdraht.questions.days import iso_day
from direktdraht.questions.patterns import harmless

MOST_PLACES = 6
LINE_UP_TO = 255
"""Longer texts get a box of several lines."""
LONGEST_LINE = 1000
LONGEST_PATTERN = 300
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 10**9
"""Below this all number types of a form agree."""
MEGABYTE = 1024 * 1024
MOST_MB = 50
USUAL_MB = 10
USUAL_TYPES = ["application/pdf", "image/jpeg", "image/png"]
MOST_OPTIONS = 500
_PROSE = regex.compile(r"[\p{L} ]+")
_CLOCK = regex.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::00)?")
_WHOLE = regex.compile(r"-?[0-9]{1,9}")
_MEDIA_TYPE = regex.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")


@dataclass
class Made:
    """What a field became: the keys of its type, what the report says, and whether its list was missing."""

    parts: dict[str, Any]
    why: list[Remark] = field(default_factory=list)
    list_missing: bool = False
    own_plural: bool = False
    """The type holds several answers itself (multichoice, file)."""


def made_from(source: Field, *, least: int, most: int | None, lists: Lists) -> Made:
    """The type and its keys for a field that stands ``least`` to ``most`` times."""
    if source.art == "label":
        text = source.content or source.hint or source.title
        return Made({"type": "info", "text": {"de": text}, "required": False}, [remark(N_("Hinweistext."))], own_plural=True)
    if source.art == "hidden" and source.content:
        return Made({"type": "hidden", "value": _fixed(source), "required": False}, [remark(N_("Feste Angabe."))], own_plural=True)
    made = _selected(source, least, most, lists) or _TYPES[source.datatype](source)
    if source.art == "hidden":
        made.why.append(remark(N_("Das Feld ist in FIM versteckt: Legen Sie fest, ob Menschen es sehen.")))
    if source.art == "locked":
        made.why.append(remark(N_("Das Feld ist in FIM gesperrt: Legen Sie fest, woher der Wert kommt.")))
    if made.parts["type"] == "file":
        made.own_plural = True
        made.parts["max_count"] = min(most or USUAL_MB, 20)
    if source.content:
        made.why.append(remark(N_("Der Inhalt „%(text)s“ ist keine Vorbelegung geworden."), text=source.content[:80]))
    return made


def _fixed(source: Field) -> bool | int | str:
    """The content of a hidden field in the type it states."""
    if source.datatype == "bool" and source.content in {"true", "false"}:
        return source.content == "true"
    if source.datatype == "num_int" and _WHOLE.fullmatch(source.content):
        return int(source.content)
    return line_from(source.content)


def _selected(source: Field, least: int, most: int | None, lists: Lists) -> Made | None:
    """A choice or a code list, None if the field offers nothing to choose from."""
    if source.code_list is not None:
        return _listed(source, source.code_list, lists)
    if source.values:
        return _offered(source, least, most, lists)
    if source.art == "select":
        made = _TYPES[source.datatype](source)
        made.why.append(remark(N_("Das Feld ist eine Auswahl ohne Werte; tragen Sie die Antworten ein.")))
        return made
    return None


def _listed(source: Field, reference: ListReference, lists: Lists) -> Made:
    uri = lists.for_field(source, reference)
    if uri is not None:
        return Made({"type": "codelist", "list": uri}, [remark(N_("Auswahl aus einer Codeliste."))])
    missing = reference.version_uri or reference.uri or reference.id or "–"
    made = _text(source)
    made.list_missing = True
    made.why.append(remark(N_("Die Codeliste „%(uri)s“ lag nicht bei; bis dahin ein Textfeld."), uri=missing))
    return made


def _offered(source: Field, least: int, most: int | None, lists: Lists) -> Made:
    codes = [value.code for value in source.values]
    if len(set(codes)) < len(codes):
        made = _text(source)
        made.why.append(remark(N_("Ein Code steht zweimal in der Werteliste; deshalb ein Textfeld.")))
        return made
    if len(codes) > MOST_OPTIONS or not all(OPTION.match(code) for code in codes):
        return Made({"type": "codelist", "list": lists.for_values(source)}, [remark(N_("Auswahl aus den Werten des Feldes."))])
    options = [_option(value.code, value.name, value.hint) for value in source.values]
    if most == 1:
        return Made({"type": "choice", "options": options}, [remark(N_("Auswahl."))])
    limits = {"min": max(least, 1), **({} if most is None else {"max": min(most, MOST_OPTIONS)})}
    return Made({"type": "multichoice", "options": options, **limits}, [remark(N_("Mehrfachauswahl."))], own_plural=True)


def _option(code: str, name: str, hint: str) -> dict[str, Any]:
    return {"value": code, "label": {"de": name or code}, **({"hint": {"de": hint}} if hint else {})}


def _text(source: Field) -> Made:
    limits = source.precision
    why: list[Remark] = []
    longest = limits.max_length or LONGEST_LINE
    pattern = _pattern(limits.pattern, why)
    several = limits.max_length is not None and limits.max_length > LINE_UP_TO and not pattern
    bound = LONGEST_TEXT if several else LONGEST_LINE
    if longest > bound:
        why.append(remark(N_("Höchstens %(most)s Zeichen statt %(asked)s."), most=bound, asked=longest))
    longest = min(longest, bound)
    parts: dict[str, Any] = {"type": "longtext" if several else "text", "max_length": longest}
    if limits.min_length is not None and 1 < limits.min_length <= longest:
        parts["min_length"] = limits.min_length
    if pattern:
        parts["pattern"] = pattern
    return Made(parts, [remark(N_("Mehrzeiliger Text.")) if several else remark(N_("Text.")), *why])


def _pattern(written: str, why: list[Remark]) -> str:
    """The pattern if it is one that may be run; what is only prose, or could run without end, is named."""
    if not written:
        return ""
    if _PROSE.fullmatch(written):
        why.append(remark(N_("„%(text)s“ ist kein Muster, sondern ein Hinweis; er gilt nicht."), text=written[:80]))
        return ""
    # Whether it is harmless comes first: compiling a hostile one can take all memory.
    fits = len(written) <= LONGEST_PATTERN and harmless(written)
    try:
        if fits:
            regex.compile(written)
    except (regex.error, RecursionError, OverflowError):
        fits = False
    if not fits:
        why.append(remark(N_("Das Muster „%(text)s“ können wir nicht sicher ausführen; es gilt nicht."), text=written[:80]))
        return ""
    return written


def _latin(source: Field) -> Made:
    """String.Latin (DIN 91379) without a pattern of its own is a name with all its characters."""
    made = _text(source)
    if made.parts["type"] != "text" or "pattern" in made.parts or "min_length" in made.parts:
        return made
    parts = {"type": "name", "datatype": "C", "autocomplete": "off", "max_length": made.parts["max_length"]}
    return Made(parts, [remark(N_("Text in den Zeichen der DIN 91379."))])


def _number(written: str, why: list[Remark]) -> Decimal | None:
    if not written:
        return None
    try:
        value = Decimal(written.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= LARGEST_NUMBER or -int(value.as_tuple().exponent) > MOST_PLACES:
        why.append(remark(N_("Die Grenze „%(text)s“ ist keine Zahl; sie gilt nicht."), text=written[:40]))
        return None
    return value


def _limits(source: Field) -> tuple[Decimal | None, Decimal | None, list[Remark]]:
    why: list[Remark] = []
    least, most = _number(source.precision.min_value, why), _number(source.precision.max_value, why)
    if least is not None and most is not None and least > most:
        why.append(remark(N_("Die untere Grenze liegt über der oberen; beide gelten nicht.")))
        least = most = None
    return least, most, why


def _integer(source: Field) -> Made:
    least, most, why = _limits(source)
    # Counts are hardly ever negative; a schema that means it says so.
    parts: dict[str, Any] = {"type": "integer", "min": min(0, int(most) if most is not None else 0) if least is None else int(least)}
    if most is not None:
        parts["max"] = int(most)
    return Made(parts, [remark(N_("Ganze Zahl.")), *why])


def _decimal(source: Field) -> Made:
    least, most, why = _limits(source)
    least = min(Decimal(0), most or Decimal(0)) if least is None else least
    limits = {name: format(value, "f") for name, value in (("min", least), ("max", most)) if value is not None}
    places = max([2, *(-int(value.as_tuple().exponent) for value in (least, most) if value is not None)])
    return Made({"type": "decimal", "places": places, **limits}, [remark(N_("Zahl mit Nachkommastellen.")), *why])


def _money(source: Field) -> Made:
    least, most, why = _limits(source)
    limits = {name: f"{value:.2f}" for name, value in (("min", least), ("max", most)) if value is not None}
    return Made({"type": "money", **limits}, [remark(N_("Geldbetrag in Euro.")), *why])


def _dated(kind: str, sentence: str, fits: Callable[[str], str]) -> Callable[[Field], Made]:
    """A type whose limits are days or times; ``fits`` gives a limit as the form writes it, "" if it is none."""

    def made(source: Field) -> Made:
        why = [remark(sentence)]
        limits: dict[str, str] = {}
        for name, stated in (("min", source.precision.min_value), ("max", source.precision.max_value)):
            if fits(stated):
                limits[name] = fits(stated)
            elif stated:
                why.append(remark(N_("Die Grenze „%(text)s“ passt nicht zur Frage; sie gilt nicht."), text=stated[:40]))
        if len(limits) == 2 and limits["min"] > limits["max"]:
            why.append(remark(N_("Die untere Grenze liegt über der oberen; beide gelten nicht.")))
            limits = {}
        return Made({"type": kind, **limits}, why)

    return made


def _day(written: str) -> str:
    return written if iso_day(written) else ""


def _time_of_day(written: str) -> str:
    match = _CLOCK.fullmatch(written)
    return match[1] if match else ""


def _file(source: Field) -> Made:
    accepted = list(dict.fromkeys(kind for one in source.media_types if _MEDIA_TYPE.fullmatch(kind := one.casefold())))[:20]
    why = [remark(N_("Datei."))]
    if len(accepted) < len(source.media_types):
        why.append(remark(N_("Nicht jeder Medientyp der Quelle ist gültig.")))
    if not accepted:
        accepted = USUAL_TYPES
        why.append(remark(N_("Die Quelle nennt keine Dateiarten: PDF, JPEG und PNG.")))
    megabytes = USUAL_MB
    if source.max_bytes is not None:
        megabytes = max(1, min(MOST_MB, source.max_bytes // MEGABYTE))
        if source.max_bytes != megabytes * MEGABYTE:
            why.append(remark(N_("Die Höchstgröße ist auf %(size)s MB gerundet."), size=megabytes))
    return Made({"type": "file", "accept": accepted, "max_mb": megabytes}, why)


def _yes_or_no(source: Field) -> Made:
    return Made({"type": "yesno"}, [remark(N_("Ja-Nein-Frage."))])


def _object(source: Field) -> Made:
    made = _file(source)
    made.why.append(remark(N_("Die Quelle verlangt ein Objekt (Blob); daraus ist eine Datei geworden.")))
    return made


_TYPES: dict[str, Callable[[Field], Made]] = {
    "text": _text,
    "text_latin": _latin,
    "date": _dated("date", N_("Datum."), _day),
    "time": _dated("time", N_("Uhrzeit."), _time_of_day),
    "datetime": _dated("datetime", N_("Datum und Uhrzeit."), _day),
    "bool": _yes_or_no,
    "num": _decimal,
    "num_int": _integer,
    "num_currency": _money,
    "file": _file,
    "obj": _object,
}
