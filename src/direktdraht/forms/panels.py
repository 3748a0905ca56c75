"""The panel of one question: a Django form built from the fields of its element type, in words for people.

Every field of every type has its place here; a test holds that none is forgotten.
"""

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from direktdraht.forms.editing.document import Node, german, key_from
from direktdraht.questions.elements.choice import Option
from direktdraht.questions.elements.matrix import MatrixRow
from direktdraht.questions.elements.registry import ELEMENT_TYPES

# The end of a field's name for each language.
LANGUAGES = {"de": "de", "en": "en", "leicht": "de-x-leicht"}
IN_LANGUAGE = {"de": _("Deutsch"), "en": _("Englisch"), "leicht": _("Leichte Sprache")}

# Fields that have a page of their own, or none because they never change.
ELSEWHERE = {"type", "key", "show_if", "elements", "expression", "result", "source"}
SMALL = {"label", "suffix", "item_label", "low", "high"}
FIRST = ("label", "hint", "required", "purpose")

WORDS: dict[str, Any] = {
    "label": _("Frage"),
    "hint": _("Hilfe zur Frage"),
    "required": _("Pflichtangabe"),
    "purpose": _("Wozu brauchen Sie die Angabe?"),
    "text": _("Text"),
    "options": _("Antworten"),
    "item_label": _("Name eines Eintrags"),
    "pattern": _("Muster (regulärer Ausdruck)"),
    "pattern_hint": _("Hilfe, wenn das Muster nicht passt"),
    "suffix": _("Einheit"),
    "min": _("Mindestens"),
    "max": _("Höchstens"),
    "min_length": _("Mindestlänge in Zeichen"),
    "max_length": _("Höchstlänge in Zeichen"),
    "rows": _("Höhe in Zeilen"),
    "datatype": _("Erlaubte Zeichen (DIN 91379)"),
    "autocomplete": _("Der Browser darf ausfüllen"),
    "not_on": _("Nicht an diesen Tagen"),
    "foreign": _("Auch Anschriften im Ausland"),
    "own": _("Eigene Anschrift der Person"),
    "postal_codes": _("Nur diese Postleitzahlen"),
    "accept": _("Erlaubte Dateiarten"),
    "max_mb": _("Größte Datei in MB"),
    "max_count": _("Höchstzahl der Dateien"),
    "places": _("Nachkommastellen"),
    "list": _("Werteliste"),
    "most_days": _("Höchstens so viele Tage"),
    "low": _("Wort für den kleinsten Wert"),
    "high": _("Wort für den größten Wert"),
    "salutation": _("Anrede anbieten (freiwillig)"),
    "birth_date": _("Geburtsdatum"),
    "contact": _("Ansprechperson"),
    "register_number": _("Registernummer"),
    "rule": _("Regel der Schriftform"),
    "value": _("Fester Wert"),
    "occasions": _("Wofür ist der Termin?"),
    "shapes": _("Was kann man auf der Karte einzeichnen?"),
}
# Where the same name means something else in another type.
WORDS_OF: dict[tuple[str, str], Any] = {
    ("matrix", "rows"): _("Zeilen"),
    ("matrix", "options"): _("Spalten"),
    ("ranking", "places"): _("Wie viele Plätze?"),
}
LINES_HINT = _("Jede Zeile ist ein Eintrag.")
CHOICE_WORDS: dict[str, Any] = {
    "point": _("einen Punkt"),
    "line": _("eine Linie"),
    "area": _("eine Fläche"),
    "sunday": _("Sonntag"),
    "saturday": _("Samstag"),
    "holiday": _("Feiertag"),
    "A": _("Namen von Personen"),
    "B": _("Straßen und Organisationen"),
    "C": _("alle Zeichen der Norm"),
}


def fields_of(kind: str) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a type that the panel shows, those that all types have first."""
    known = ELEMENT_TYPES.get(kind).model_fields
    names = [*FIRST, *(name for name in known if name not in FIRST)]
    for name in names:
        field = known.get(name)
        if field is not None and name not in ELSEWHERE and not is_fixed(field):
            yield name, field


def is_fixed(field: FieldInfo) -> bool:
    """Whether a field allows one value only."""
    return get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1


def bare(annotation: Any) -> tuple[Any, bool]:
    """A type without ``Annotated`` and ``| None``, and whether it may be absent."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return bare(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        if len(inner) == 1:
            return bare(inner[0])[0], True
    return annotation, False


def kind_of(field: FieldInfo) -> str:
    """How a field is edited: text, number, yes or no, one of, several of, lines, words in languages, options.

    Raises TypeError for a field that the panel cannot edit; a test asks for each.
    """
    annotation, _absent = bare(field.annotation)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType) and all(bare(one)[0] in {bool, int, str} for one in inner):
        return "line"
    named = {bool: "yes", int: "number", str: "line"}.get(annotation) or {Literal: "one", dict: "words"}.get(origin)
    if named is None and origin is list:
        named = kind_of_list(bare(inner[0])[0])
    if named is None:
        raise TypeError(f"no way to edit {annotation}")
    return named


def kind_of_list(entry: Any) -> str | None:
    """How a list of such entries is edited."""
    if get_origin(entry) is Literal:
        return "several"
    return {Option: "options", MatrixRow: "options", str: "lines"}.get(entry)


def choices_of(annotation: Any) -> list[tuple[str, Any]]:
    """The values of a Literal with words for people."""
    return [(str(value), CHOICE_WORDS.get(str(value), str(value))) for value in get_args(annotation)]


class ElementForm(forms.Form):
    """Everything about one question except condition and calculation."""

    def __init__(
        self,
        node: Node,
        data: Mapping[str, Any] | None = None,
        *,
        lists: Mapping[str, Any] | None = None,
        occasions: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial_of(node)), auto_id="feld_%s")
        self.node = node
        self.known = dict(fields_of(str(node["type"])))
        for name, field in self.known.items():
            label = WORDS_OF.get((str(node["type"]), name)) or WORDS.get(name, name)
            for place, made in boxes(name, field, label):
                self.fields[place] = made
        if "list" in self.known:
            offered = [(urn, german(one.get("title")) or urn) for urn, one in (lists or {}).items()]
            self.fields["list"] = forms.ChoiceField(label=WORDS["list"], choices=offered)
        if "occasions" in self.known:
            self.fields["occasions"] = occasions_box(occasions or {}, list(node.get("occasions", ())))
            self.initial["occasions"] = list(node.get("occasions", ()))

    def changed(self) -> dict[str, Any]:
        """The fields as a definition writes them; what equals the default is left out (``None``)."""
        return {name: self.value_of(name, field) for name, field in self.known.items()}

    def value_of(self, name: str, field: FieldInfo) -> Any:
        """One field's value, ``None`` where the definition need not name it."""
        kind = kind_of(field)
        if kind == "words":
            words = {code: self.cleaned_data[f"{name}_{end}"] for end, code in LANGUAGES.items()}
            return {code: text for code, text in words.items() if text} or None
        if kind == "options":
            written = {end: lines_of(self.cleaned_data[f"{name}_{end}"]) for end in LANGUAGES}
            return options_from(written, self.node.get(name, []), "key" if name == "rows" else "value")
        value = self.cleaned_data[name]
        if kind == "lines" and isinstance(value, str):
            value = lines_of(value)
        if name in self.node and value == str(self.node[name]):
            value = self.node[name]
        if value in (None, "") or value == field.default:
            return None if field.default is not PydanticUndefined else value
        return value

    def clean(self) -> dict[str, Any]:
        """Options need as many lines in each language, or none."""
        for name, field in self.known.items():
            if kind_of(field) == "options":
                german_lines = len(lines_of(self.cleaned_data.get(f"{name}_de", "")))
                for end in LANGUAGES:
                    found = len(lines_of(self.cleaned_data.get(f"{name}_{end}", "")))
                    if end != "de" and found not in (0, german_lines):
                        self.add_error(f"{name}_{end}", _("Bitte schreiben Sie so viele Zeilen wie auf Deutsch, oder keine."))
        return self.cleaned_data


def boxes(name: str, field: FieldInfo, label: Any) -> Iterator[tuple[str, forms.Field]]:
    """The boxes of one field: one, or one for each language."""
    kind, needed = kind_of(field), field.is_required()
    annotation, _absent = bare(field.annotation)
    if kind in {"words", "options"}:
        for end, language in IN_LANGUAGE.items():
            yield (
                f"{name}_{end}",
                words_box(kind, label, language, needed=needed and end == "de", small=name in SMALL),
            )
    elif kind == "yes":
        yield name, forms.BooleanField(label=label, required=False)
    elif kind == "number":
        yield name, forms.IntegerField(label=label, required=needed)
    elif kind == "one":
        empty = [] if needed or field.default is not None else [("", _("nein"))]
        yield name, forms.ChoiceField(label=label, choices=[*empty, *choices_of(annotation)], required=needed)
    elif kind == "several":
        inner = bare(get_args(annotation)[0])[0]
        yield name, forms.MultipleChoiceField(label=label, choices=choices_of(inner), required=needed, widget=forms.CheckboxSelectMultiple)
    elif kind == "lines":
        area = forms.Textarea(attrs={"rows": 3})
        yield name, forms.CharField(label=label, max_length=20_000, required=needed, widget=area, help_text=LINES_HINT)
    else:
        yield name, forms.CharField(label=label, max_length=500, required=needed)


def occasions_box(offered: Mapping[str, str], chosen: list[str]) -> forms.MultipleChoiceField:
    """What can be booked freely, to tick; what the form names and the city does not offer stays to be seen."""
    choices = [*offered.items(), *((key, key) for key in chosen if key not in offered)]
    return forms.MultipleChoiceField(label=WORDS["occasions"], choices=choices, widget=forms.CheckboxSelectMultiple)


def words_box(kind: str, label: Any, language: Any, *, needed: bool, small: bool) -> forms.CharField:
    """A text in one language."""
    rows = 6 if kind == "options" else 2
    title = f"{label} ({language})"
    if small:
        return forms.CharField(label=title, max_length=500, required=needed)
    hint = LINES_HINT if kind == "options" else ""
    return forms.CharField(label=title, max_length=40_000, required=needed, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


def initial_of(node: Node) -> Iterator[tuple[str, Any]]:
    """What the boxes show at first: the element's own values, else the defaults."""
    for name, field in fields_of(str(node["type"])):
        kind = kind_of(field)
        default = None if field.default is PydanticUndefined else field.default
        value = node.get(name, default)
        if kind == "words":
            yield from ((f"{name}_{end}", (value or {}).get(code, "")) for end, code in LANGUAGES.items())
        elif kind == "options":
            for end, code in LANGUAGES.items():
                texts = [option["label"].get(code, "") for option in value or []]
                yield f"{name}_{end}", "\n".join(texts) if all(texts) else ""
        elif kind == "lines":
            yield name, "\n".join(value or [])
        else:
            yield name, value


def options_from(lines: Mapping[str, list[str]], old: list[Node], named: str = "value") -> list[Node]:
    """Options from lines in each language. An answer that keeps its German words, or its place, keeps its value.

    A language without lines keeps the translations that are there. ``named`` is what the value is called: rows of a matrix have a ``key``.
    """
    by_label = {german(option["label"]): option for option in old}
    found: list[Node] = []
    for place, words in enumerate(lines["de"]):
        same_place = (
            old[place] if place < len(old) and len(old) == len(lines["de"]) and german(old[place]["label"]) not in lines["de"] else None
        )
        before = by_label.get(words) or same_place or {}
        label = dict(before.get("label", {})) | {code: lines[end][place] for end, code in LANGUAGES.items() if place < len(lines[end])}
        taken = {option[named] for option in found}
        found.append({**before, named: before.get(named) or fresh_value(words, taken), "label": label})
    return found


def fresh_value(words: str, taken: set[str]) -> str:
    """A value made of words that no other option has."""
    wanted = key_from(words)
    return next(value for value in (wanted, *(f"{wanted}_{number}" for number in range(2, 1000))) if value not in taken)


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]
