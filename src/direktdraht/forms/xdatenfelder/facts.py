"""Facts of a source that a form keeps: where a part comes from, its texts in the form's limits."""

from typing import Any

from direktdraht.forms.xdatenfelder.source import Facts
from direktdraht.questions.plain import clean_line, clean_lines
from direktdraht.questions.spec import MOST_TEXT_CHARACTERS

NOT_DECIDED = "offen"
"""What FIM does not say and a clerk has to decide; the proof refuses it."""

INTERNAL = ("description", "definition", "output_label", "output_help")
"""Texts that only those who write forms read."""

MOST_LINE = 500
MOST_REFERENCES = 50
MOST_RELATIONS = 200


def text_from(text: str) -> str:
    """A text as a form can hold it."""
    return clean_lines(text)[:MOST_TEXT_CHARACTERS].rstrip()


def line_from(text: str) -> str:
    """A line as a form can hold it."""
    return clean_line(clean_line(text)[:MOST_LINE])


def hint_of(facts: Facts) -> dict[str, Any]:
    """The help text as a hint."""
    return {"hint": {"de": text_from(facts.hint)}} if facts.hint else {}


def own_source(facts: Facts) -> dict[str, Any]:
    """Where a part comes from, without what is empty."""
    relations = dict.fromkeys((relation.predicate, relation.id, relation.version) for relation in facts.relations)
    source: dict[str, Any] = {
        "id": line_from(facts.id),
        "version": line_from(facts.version),
        "state": line_from(facts.state),
        "kind": line_from(facts.kind),
        "name": line_from(facts.name) if facts.name != facts.title else "",
        **{name: text_from(getattr(facts, name)) for name in INTERNAL},
        "references": [line_from(reference) for reference in facts.references[:MOST_REFERENCES]],
        "relations": [
            {"predicate": line_from(predicate), "id": line_from(own), **({"version": line_from(version)} if version else {})}
            for predicate, own, version in list(relations)[:MOST_RELATIONS]
        ],
    }
    return {name: value for name, value in source.items() if value}
