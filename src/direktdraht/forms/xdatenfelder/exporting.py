"""A form as XDatenfelder 3.0.0, such that importing it again gives the same form.

Pages and groups become groups, questions become fields, conditions rules in words. The written file is read
back at once; where the form says more than that, the difference goes into one keyword of the schema.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from direktdraht.forms.xdatenfelder import keyword
from direktdraht.forms.xdatenfelder.facts import INTERNAL
from direktdraht.forms.xdatenfelder.importing import import_schema
from direktdraht.forms.xdatenfelder.outgoing import field_from
from direktdraht.forms.xdatenfelder.source import (
    OWN_KEYWORD,
    Field,
    Group,
    Keyword,
    Part,
    Relation,
    Rule,
    Schema,
)
from direktdraht.forms.xdatenfelder.writing import Writer

_HOLDS_SEVERAL = {"choice", "multichoice", "file", "info", "hidden", "payment", "signature"}
"""Types that a repeated field does not become a group for."""


def export_schema(definition: Mapping[str, Any], *, at: datetime, conditions: Mapping[str, str]) -> bytes:
    """The form as an XML document. ``conditions`` are the conditions in German words, by key of page or element."""
    schema = _Outgoing(definition, conditions).schema()
    writer = Writer(at)
    plain = import_schema(writer.document(schema), beside={})
    identities = {key: identity for identity, key in plain.keys.items()}
    differences: keyword.Differences = {}
    _compare(definition, plain.definition, "", differences)
    for wanted, given in zip(definition["pages"], plain.definition["pages"], strict=True):
        _compare_part(wanted, given, identities, differences)
    given_lists = plain.definition.get("code_lists", {})
    for uri, content in definition.get("code_lists", {}).items():
        _compare(content, given_lists.get(uri, {}), keyword.of_list(uri), differences)
    own = keyword.written(differences)
    return writer.document(schema if own is None else replace(schema, keywords=(own,)))


def _compare(wanted: Mapping[str, Any], given: Mapping[str, Any], identity: str, differences: keyword.Differences) -> None:
    changes = keyword.difference(wanted, given)
    if changes:
        differences[identity] = changes


def _compare_part(
    wanted: Mapping[str, Any], given: Mapping[str, Any], identities: Mapping[str, str], differences: keyword.Differences
) -> None:
    _compare(wanted, given, identities[given["key"]], differences)
    for inner, other in zip(wanted.get("elements", ()), given.get("elements", ()), strict=True):
        _compare_part(inner, other, identities, differences)


class _Outgoing:
    """Builds the source model of one form."""

    def __init__(self, definition: Mapping[str, Any], conditions: Mapping[str, str]) -> None:
        self.definition = definition
        self.conditions = conditions
        self.numbers = dict.fromkeys("SGFR", 0)

    def schema(self) -> Schema:
        """The whole form."""
        form = self.definition
        parts: list[Part] = []
        rules: list[Rule] = []
        facts = self._facts(form, "S", form["title"]["de"], form.get("intro"), ())
        for page in form["pages"]:
            if "source" in form and page.get("source", {}).get("id") == form["source"]["id"]:
                rules += self._rules(page)
                parts += [self._part(element, ()) for element in page["elements"]]
            else:
                parts.append(self._page(page))
        basis = form.get("legal_basis", "")
        return Schema(**{**facts, "references": (basis,) if basis else facts["references"]}, rules=tuple(rules), structure=tuple(parts))

    def _page(self, page: Mapping[str, Any]) -> Part:
        elements = page["elements"]
        own = page.get("source", {}).get("id")
        if own and len(elements) == 1 and elements[0]["type"] == "group" and elements[0].get("source", {}).get("id") == own:
            group = elements[0]
            facts = self._facts(page, "G", page["title"]["de"], group.get("hint"), ())
            least = group["min"] if group.get("required", True) else 0
            part = (least, group["max"])
            if part != (1, 1):
                rules = (*self._rules(page), *self._rules(group))
                return Part(*part, Group(**facts, rules=rules, structure=self._parts(group["elements"], (facts["id"],))))
        facts = self._facts(page, "G", page["title"]["de"], page.get("intro"), ())
        return Part(1, 1, Group(**facts, rules=self._rules(page), structure=self._parts(elements, (facts["id"],))))

    def _parts(self, elements: Sequence[Mapping[str, Any]], above: tuple[str, ...]) -> tuple[Part, ...]:
        return tuple(self._part(element, above) for element in elements)

    def _part(self, element: Mapping[str, Any], above: tuple[str, ...]) -> Part:
        if element["type"] != "group":
            return self._field_part(element)
        least = element.get("min", 1) if element.get("required", True) else 0
        most = element.get("max", 20)
        inner = element["elements"]
        own = element.get("source", {}).get("id")
        alone = len(inner) == 1 and inner[0]["type"] not in {*_HOLDS_SEVERAL, "group"}
        if own and most != 1 and alone and inner[0].get("source", {}).get("id") == own:
            part = self._field_part(inner[0])
            return Part(least, most, replace(part.content, rules=(*part.content.rules, *self._rules(element))))
        facts = self._facts(element, "G", element["label"]["de"], element.get("hint"), above)
        return Part(least, most, Group(**facts, rules=self._rules(element), structure=self._parts(inner, (*above, facts["id"]))))

    def _field_part(self, element: Mapping[str, Any]) -> Part:
        facts = self._facts(element, "F", element["label"]["de"], element.get("hint"), ())
        least, most = 1 if element.get("required", True) else 0, 1
        unbounded = False
        if element["type"] == "multichoice":
            least, most = least and element.get("min", 1), element.get("max", 500)
            unbounded = most >= 500
        elif element["type"] == "file":
            most = element.get("max_count", 1)
        field = field_from(element, Field(**facts, rules=self._rules(element)), self.definition.get("code_lists", {}))
        return Part(least, None if unbounded else most, field)

    def _rules(self, part: Mapping[str, Any]) -> tuple[Rule, ...]:
        if "show_if" not in part:
            return ()
        name = part.get("label", part.get("title", {})).get("de", part["key"])
        text = self.conditions.get(part["key"], "")
        return (Rule(self._number("R"), name, "1.0.0", text, "", "K", (Keyword(OWN_KEYWORD, keyword.SHOWN_IF),)),)

    def _facts(
        self, part: Mapping[str, Any], letter: str, title: str, hint: Mapping[str, str] | None, above: tuple[str, ...]
    ) -> dict[str, Any]:
        """What all nodes have; a node without a source, or inside one with the same id, gets an id of its own."""
        source = part.get("source", {})
        own = source.get("id", "")
        if not own or own in above:
            own = self._number(letter)
        return {
            "id": own,
            "name": source.get("name") or title,
            "version": source.get("version", "") or ("" if source else "1.0.0"),
            "label": title,
            "hint": (hint or {}).get("de", ""),
            "references": tuple(source.get("references", ())),
            "state": source.get("state", ""),
            "kind": source.get("kind", ""),
            **{name: source.get(name, "") for name in INTERNAL},
            "relations": tuple(Relation(one["predicate"], one["id"], one.get("version", "")) for one in source.get("relations", ())),
        }

    def _number(self, letter: str) -> str:
        """An id in the range that no editor of FIM gives out."""
        self.numbers[letter] += 1
        return f"{letter}99{self.numbers[letter]:09d}"
