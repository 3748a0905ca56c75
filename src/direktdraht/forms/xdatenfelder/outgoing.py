"""A question of a form as a field (Datenfeld): the nearest that XDatenfelder 3.0.0 has."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from direktdraht.forms.xdatenfelder.fields import LONGEST_LINE, MEGABYTE
from direktdraht.forms.xdatenfelder.source import Field, ListReference, Precision, Value

Element = Mapping[str, Any]


def field_from(element: Element, field: Field, lists: Mapping[str, Any]) -> Field:
    """The field with the type, limits and values of the question. Types that are unknown here are texts."""
    if element["type"] == "codelist":
        return _listed(element, field, lists)
    return _TYPES.get(element["type"], _text)(element, field)


def _listed(element: Element, field: Field, lists: Mapping[str, Any]) -> Field:
    """A code list by reference, and its values beside: the file alone is enough to import it again."""
    content = lists[element["list"]]
    values = tuple(Value(entry["code"], entry["label"]["de"]) for entry in content["entries"])
    version = content.get("version", "")
    reference = ListReference(element["list"], version, f"{element['list']}_{version}" if version else "")
    return replace(field, art="select", values=values, code_list=reference)


def _text(element: Element, field: Field) -> Field:
    longest = element.get("max_length")
    return replace(
        field,
        precision=Precision(
            min_length=element.get("min_length"),
            max_length=None if element["type"] == "text" and longest == LONGEST_LINE else longest,
            pattern=element.get("pattern") or "",
        ),
    )


def _name(element: Element, field: Field) -> Field:
    return replace(_text(element, field), datatype="text_latin")


def _typed(datatype: str, art: str = "input") -> Callable[[Element, Field], Field]:
    return lambda element, field: replace(field, datatype=datatype, art=art)


def _limited(datatype: str) -> Callable[[Element, Field], Field]:
    def limited(element: Element, field: Field) -> Field:
        least, most = (str(element[name]) if element.get(name) is not None else "" for name in ("min", "max"))
        return replace(field, datatype=datatype, precision=Precision(min_value=least, max_value=most))

    return limited


def _options(element: Element, field: Field) -> Field:
    values = [Value(one["value"], one["label"]["de"], (one.get("hint") or {}).get("de", "")) for one in element["options"]]
    return replace(field, art="select", values=tuple(values))


def _file(element: Element, field: Field) -> Field:
    return replace(field, datatype="file", media_types=tuple(element["accept"]), max_bytes=element["max_mb"] * MEGABYTE)


def _info(element: Element, field: Field) -> Field:
    return replace(field, art="label", content=element["text"]["de"])


def _hidden(element: Element, field: Field) -> Field:
    value = element["value"]
    if isinstance(value, bool):
        return replace(field, art="hidden", datatype="bool", content=str(value).lower())
    return replace(field, art="hidden", datatype="num_int" if isinstance(value, int) else "text", content=str(value))


def _told(element: Element, field: Field) -> Field:
    """What asks nothing and has no counterpart: its label as a notice."""
    return replace(field, art="label", content=element["label"]["de"])


def _computed(element: Element, field: Field) -> Field:
    return replace(field, art="locked", datatype="num_currency" if element["result"] == "money" else "num")


_TYPES: dict[str, Callable[[Element, Field], Field]] = {
    "name": _name,
    "integer": _limited("num_int"),
    "decimal": _limited("num"),
    "money": _limited("num_currency"),
    "date": _limited("date"),
    "time": _limited("time"),
    "datetime": _limited("datetime"),
    "yesno": _typed("bool"),
    "consent": _typed("bool"),
    "choice": _options,
    "multichoice": _options,
    "file": _file,
    "info": _info,
    "hidden": _hidden,
    "scale": _typed("num_int"),
    "payment": _told,
    "signature": _told,
    "computed": _computed,
}
