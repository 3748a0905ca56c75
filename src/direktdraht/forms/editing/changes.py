"""What a command changed in a document, small enough to keep for ever, and exact enough to undo and redo.

A change replaces the value at one path. Objects are compared key by key; lists of the same length item by item;
other lists are replaced whole.
"""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Step = str | int

ABSENT = {"__absent__": True}
"""Stands for "nothing was there": JSON's null is a value of its own."""


@dataclass(frozen=True)
class Change:
    """The value at a path before and after; ``ABSENT`` where there was none."""

    path: tuple[Step, ...]
    before: Any
    after: Any

    def to_json(self) -> list[Any]:
        """As it is stored."""
        return [list(self.path), self.before, self.after]

    @classmethod
    def from_json(cls, stored: list[Any]) -> "Change":
        """As it was stored."""
        path, before, after = stored
        return cls(tuple(path), before, after)


def difference(before: Any, after: Any, path: tuple[Step, ...] = ()) -> Iterator[Change]:
    """The changes that lead from one document to the other.

    >>> [change.to_json() for change in difference({"a": 1}, {"a": 1, "b": 2})]
    [[['b'], {'__absent__': True}, 2]]
    """
    if type(before) is type(after) and before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _in_object(before, after, path)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from difference(old, new, (*path, index))
    else:
        yield Change(path, before, after)


def _in_object(before: dict[str, Any], after: dict[str, Any], path: tuple[Step, ...]) -> Iterator[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield Change((*path, key), before[key], ABSENT)
        elif key not in before:
            yield Change((*path, key), ABSENT, after[key])
        else:
            yield from difference(before[key], after[key], (*path, key))


def forward(document: Any, changes: Iterable[Change]) -> Any:
    """The document with the changes made."""
    for change in changes:
        document = _put(document, change.path, change.after)
    return document


def backward(document: Any, changes: Iterable[Change]) -> Any:
    """The document with the changes taken back."""
    for change in reversed(list(changes)):
        document = _put(document, change.path, change.before)
    return document


def _put(document: Any, path: tuple[Step, ...], value: Any) -> Any:
    """A copy of the document with one value replaced; what is not on the path is shared."""
    if not path:
        return copy.deepcopy(value)
    step, rest = path[0], path[1:]
    changed = copy.copy(document)
    if not rest and value == ABSENT:
        changed.pop(step, None)
        return changed
    inner = changed.get(step) if isinstance(changed, dict) else changed[step]
    changed[step] = _put(inner, rest, value)
    return changed
