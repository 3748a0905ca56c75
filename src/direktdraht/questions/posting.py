"""Reading a posted page: answers, added and removed entries, files.

A page names what it showed in hidden ``_shown`` fields, so that an unticked box and a question that was not
on the page are told apart. ``_add`` and ``_remove`` carry a group's path and an entry's path,
``_remove_file`` a path and a document id with a colon between them, ``_search`` the path of the question
that searches.
"""

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from direktdraht.questions.definition.model import FormDefinition, Page
from direktdraht.questions.elements.base import SEARCH, Element, Posted
from direktdraht.questions.elements.file import File
from direktdraht.questions.elements.group import Group
from direktdraht.questions.evaluation import Evaluation
from direktdraht.questions.faces import value_at

ADD, REMOVE, REMOVE_FILE, SHOWN = "_add", "_remove", "_remove_file", "_shown"

Answers = dict[str, Any]


def read_page(definition: FormDefinition, page: str | Page, post: Posted, answers: Mapping[str, Any]) -> Answers:
    """The raw answers so far with what this page posted: answers, then added or removed entries and files.

    Never raises for posted data. Raises KeyError for a page that the form does not have.
    """
    page = page if isinstance(page, Page) else definition.page(page)
    raw: Answers = copy.deepcopy(dict(answers))
    _read(page.elements, post, raw, frozenset(_texts(post, SHOWN)))
    _change_entries(page, post, raw)
    _drop_file(page, post, raw)
    return raw


def is_page_change(post: Posted) -> bool:
    """Whether the page was sent to search, or to add or remove an entry or a file.

    Then it is shown again, without going on.
    """
    return any(name in post for name in (ADD, REMOVE, REMOVE_FILE, SEARCH))


def newly_shown(definition: FormDefinition, page: str, post: Posted, evaluation: Evaluation) -> list[str]:
    """Paths on the page that the answers brought up and the posted page did not show yet.

    While there are any, the page is shown again before going on.
    """
    seen = set(_texts(post, SHOWN))
    asked = dict(paths_of(definition.page(page).elements, evaluation.kept))
    return [
        path for path in evaluation.shown if path in asked and wants_a_look(asked[path]) and not was_there(asked[path], path, post, seen)
    ]


def wants_a_look(element: Element) -> bool:
    """Whether a person must have seen the element before going on."""
    return element.asks or element.wants_a_look


def was_there(element: Element, path: str, post: Posted, seen: Collection[str]) -> bool:
    """Whether the posted page showed the element: it says so, or something was posted for it."""
    return path in seen or any(name in post for name in element.names(path))


def is_within(path: str, paths: Iterable[str]) -> bool:
    """Whether a path is one of these, or a part of one of them.

    >>> is_within("home.street", ["home"]), is_within("homes", ["home"])
    (True, False)
    """
    return any(path == one or path.startswith(f"{one}.") for one in paths)


def file_fields(definition: FormDefinition, page: str, answers: Mapping[str, Any]) -> dict[str, File]:
    """The file questions of a page by path, for each entry of a group: names of the page's file inputs."""
    paths = paths_of(definition.page(page).elements, answers)
    return {path: element for path, element in paths if isinstance(element, File)}


def add_files(answers: Mapping[str, Any], path: str, ids: Iterable[str]) -> Answers:
    """The answers with stored documents added at a path that ``file_fields`` named."""
    raw: Answers = copy.deepcopy(dict(answers))
    around, _, key = path.rpartition(".")
    scope = value_at(raw, around) if around else raw
    if isinstance(scope, dict):
        kept = scope.get(key)
        scope[key] = list(dict.fromkeys([*(kept if isinstance(kept, list) else []), *ids]))
    return raw


def paths_of(elements: Sequence[Element], answers: Any, around: str = "") -> Iterator[tuple[str, Element]]:
    """All elements with their paths, those of a group once for each entry."""
    for element in elements:
        path = f"{around}.{element.key}" if around else element.key
        yield path, element
        rows = answers.get(element.key) if isinstance(answers, Mapping) else None
        if isinstance(rows, list) and isinstance(element, Group):
            for index, row in enumerate(rows[: element.max]):
                yield from paths_of(element.elements, row, f"{path}.{index}")


def _read(elements: Sequence[Element], post: Posted, answers: Answers, shown: frozenset[str], around: str = "") -> None:
    for element in elements:
        path = f"{around}.{element.key}" if around else element.key
        if not element.asks or not was_there(element, path, post, shown):
            continue
        raw = element.from_post(post, path, answers.get(element.key))
        if element.kind == "rows" and isinstance(element, Group):
            raw = [dict(row) if isinstance(row, Mapping) else {} for row in raw]
            for index, row in enumerate(raw):
                _read(element.elements, post, row, shown, f"{path}.{index}")
        answers[element.key] = raw


def _change_entries(page: Page, post: Posted, raw: Answers) -> None:
    if ADD not in post and REMOVE not in post:
        return
    groups = {path: element for path, element in paths_of(page.elements, raw) if isinstance(element, Group)}
    for path in _texts(post, ADD):
        if path in groups:
            rows = _rows_at(raw, path)
            if len(rows) < groups[path].max:
                rows.append({})
    for entry in _texts(post, REMOVE):
        path, _, index = entry.rpartition(".")
        if path in groups and index.isascii() and index.isdigit() and len(index) <= 4:
            rows = _rows_at(raw, path)
            del rows[int(index) : int(index) + 1]


def _rows_at(raw: Answers, path: str) -> list[Any]:
    """The list of entries at a path that is known to exist, made if there is none yet."""
    around, _, key = path.rpartition(".")
    scope = value_at(raw, around) if around else raw
    rows = scope.get(key) if isinstance(scope, dict) else None
    if isinstance(rows, list):
        return rows
    fresh: list[Any] = []
    if isinstance(scope, dict):
        scope[key] = fresh
    return fresh


def _drop_file(page: Page, post: Posted, raw: Answers) -> None:
    if REMOVE_FILE not in post:
        return
    fields = {path for path, element in paths_of(page.elements, raw) if isinstance(element, File)}
    for named in _texts(post, REMOVE_FILE):
        path, _, document_id = named.partition(":")
        kept = value_at(raw, path) if path in fields else None
        if isinstance(kept, list):
            kept[:] = [one for one in kept if one != document_id]


def _texts(post: Posted, name: str) -> list[str]:
    return [value for value in post.getlist(name) if isinstance(value, str) and len(value) <= 1000]
