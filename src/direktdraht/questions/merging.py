"""Two pages over the same answers: what an older page may change, and what a person has to decide.

A page carries a short mark of every answer that it showed, in hidden ``_was`` fields (``key:mark``). When the
stored answers changed meanwhile, the mark tells for each question who changed it: this page, the other one, or
both. Only the last needs a decision, which comes back as ``_choice.<key>``, ``mine`` or ``stored``.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from direktdraht.questions.definition.model import Page
from direktdraht.questions.elements.base import Element, Posted
from direktdraht.questions.elements.file import File
from direktdraht.questions.elements.group import Group
from direktdraht.questions.surroundings import Surroundings

REVISION, WAS, UNDECIDED, CHOICE = "_revision", "_was", "_undecided", "_choice"
MARK_LENGTH = 16

Answers = dict[str, Any]


@dataclass(frozen=True)
class Merged:
    """``answers`` is what may be stored; ``mine`` holds, by question, what this page says against the stored answer."""

    answers: Answers
    mine: Answers


def is_current(post: Posted, revision: int) -> bool:
    """Whether the page shows the stored answers as they are and nothing is to be decided; one that does not say is current."""
    shown = post.get(REVISION)
    return UNDECIDED not in post and (shown is None or shown == str(revision))


def marks(page: Page, answers: Mapping[str, Any], around: Surroundings) -> list[str]:
    """The marks of a page's questions, as its hidden fields carry them."""
    return [f"{element.key}:{mark(element, answers.get(element.key), around)}" for element in page.elements if element.asks]


def merge(page: Page, post: Posted, *, stored: Mapping[str, Any], posted: Mapping[str, Any], around: Surroundings) -> Merged:
    """Put what the page posted over the stored answers, question by question.

    ``posted`` are the stored answers with the page's own, as ``posting.read_page`` gives them.

    A question that only this page changed takes the page's answer, one that only the other page changed keeps the
    stored one. One that both changed differently keeps the stored one too, until the person has chosen.
    """
    was = dict(_pair(text) for text in _texts(post, WAS))
    undecided = set(_texts(post, UNDECIDED))
    answers, mine = dict(stored), {}
    for element in page.elements:
        key = element.key
        if not element.asks or key not in posted:
            continue
        if isinstance(element, File):  # a page only adds files to the stored ones, or takes away the one it names
            answers[key] = posted[key]
            continue
        here, there = mark(element, posted[key], around), mark(element, stored.get(key), around)
        untouched = there == was.get(key)
        choice = post.get(f"{CHOICE}.{key}") if untouched and key in undecided else None
        if here == there or choice == "mine" or (untouched and key not in undecided):
            answers[key] = posted[key]
        elif choice != "stored" and (key in undecided or here != was.get(key)):
            mine[key] = posted[key]
    return Merged(answers, mine)


def mark(element: Element, raw: Any, around: Surroundings) -> str:
    """A short digest of an answer; the same for two ways of writing the same answer."""
    text = json.dumps(normal(element, raw, around), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:MARK_LENGTH]


def normal(element: Element, raw: Any, around: Surroundings) -> Any:
    """An answer without what makes no difference: the clean value if there is one, else the raw one without empty parts."""
    if isinstance(element, Group) and isinstance(raw, list):
        rows = [_row(element.elements, row, around) for row in raw]
        while rows and not rows[-1]:
            rows.pop()
        return rows or None
    cleaned = element.clean(raw, around)
    return _filled(raw) if cleaned.problems else _filled(cleaned.value)


def _row(elements: Sequence[Element], row: Any, around: Surroundings) -> Answers:
    values = {one.key: normal(one, row.get(one.key), around) for one in elements if one.asks} if isinstance(row, Mapping) else {}
    return {key: value for key, value in values.items() if value is not None}


def _filled(value: Any) -> Any:
    """A value without empty texts, lists and objects; None if nothing is left."""
    if isinstance(value, Mapping):
        value = {key: part for key, one in value.items() if (part := _filled(one)) is not None}
    return None if value is None or value in ("", [], {}) else value


def _pair(text: str) -> tuple[str, str]:
    key, _, digest = text.partition(":")
    return key, digest


def _texts(post: Posted, name: str) -> list[str]:
    return [value for value in post.getlist(name) if isinstance(value, str)]
