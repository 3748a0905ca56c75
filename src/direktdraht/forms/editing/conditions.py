"""Changing a condition part by part. A place in the tree is written as a path such as ``all.0.not``."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from direktdraht.forms.editing.sentences import Refused

Tree = dict[str, Any]
JOINED = ("all", "any")
EVERY_OR_ONE = ("all", "any")
OVER_ENTRIES = (*EVERY_OR_ONE, "count", "sum")


@dataclass(frozen=True)
class Part:
    """One part of a condition: where it stands, how deep, and whether it joins others (``all`` or ``any``)."""

    path: str
    depth: int
    node: Tree
    joins: str = ""


def parts(tree: Tree | None, path: str = "", depth: int = 0) -> Iterator[Part]:
    """All parts, those that join others before what they join."""
    if tree is None:
        return
    joins = joined_by(tree)
    yield Part(path, depth, tree, joins)
    if joins:
        for index, inner in enumerate(tree[joins]):
            yield from parts(inner, f"{path}.{joins}.{index}".lstrip("."), depth + 1)


def joined_by(tree: Tree) -> str:
    """``all`` or ``any`` if the node joins parts, else ""."""
    return next((word for word in JOINED if word in tree and "group" not in tree), "")


def add(tree: Tree | None, path: str, part: Tree) -> Tree:
    """The tree with a part added beside or inside the node at the path.

    A path that ends inside a test over the entries of a group, such as ``all.1.any``, adds the part's own test to that one:
    both then have to hold for the same entry; a count or a sum only takes entries for which it holds. Raises Refused.
    """
    if tree is None:
        return part
    changed = copy.deepcopy(tree)
    around, _dot, last = path.rpartition(".")
    if last in OVER_ENTRIES and "group" in (over := node_at(changed, around)):
        return put_at(changed, around, with_test(over, last, part))
    node = node_at(changed, path)
    joins = joined_by(node)
    if joins:
        node[joins].append(part)
        return changed
    return put_at(changed, path, both(node, part))


def with_test(over: Tree, how: str, part: Tree) -> Tree:
    """A test over the entries of a group with one more test of the same entry. Raises Refused if the part is none."""
    inner = part.get("any", part.get("all"))
    if part.get("group") != over["group"] or not isinstance(inner, dict) or how not in over:
        raise Refused("no_element")
    if how in EVERY_OR_ONE:
        return {**over, how: both(over[how], inner)}
    where = over[how].get("where")
    return {**over, how: {**over[how], "where": inner if where is None else both(where, inner)}}


def both(one: Tree, other: Tree) -> Tree:
    """Two conditions that must hold together."""
    return {"all": [*one["all"], other]} if joined_by(one) == "all" else {"all": [one, other]}


def entries_of(tree: Tree | None, group: str) -> Iterator[Part]:
    """The tests over the entries of a group into which a test of the same entry can be put."""
    for part in parts(tree):
        how = next((word for word in OVER_ENTRIES if word in part.node), "")
        if part.node.get("group") == group and how:
            yield Part(f"{part.path}.{how}".lstrip("."), part.depth, part.node)


def remove(tree: Tree, path: str) -> Tree | None:
    """The tree without a part; a join of one part becomes that part, ``None`` if nothing is left."""
    if not path:
        return None
    changed = copy.deepcopy(tree)
    around, joins, index = split(path)
    node = node_at(changed, around)
    rest = [part for place, part in enumerate(node.get(joins, [])) if place != index]
    if len(rest) == len(node.get(joins, [])):
        raise Refused("no_element")
    if not rest:
        return remove(changed, around)
    return put_at(changed, around, rest[0] if len(rest) == 1 else {joins: rest})


def switch(tree: Tree, path: str) -> Tree:
    """The tree with "all" and "one of" changed at one place."""
    node = node_at(tree, path)
    joins = joined_by(node)
    if not joins:
        raise Refused("no_element")
    return put_at(copy.deepcopy(tree), path, {"any" if joins == "all" else "all": copy.deepcopy(node[joins])})


def negate(tree: Tree, path: str) -> Tree:
    """The tree with one part turned round; doing it twice gives the first one."""
    node = copy.deepcopy(node_at(tree, path))
    return put_at(copy.deepcopy(tree), path, node.get("not", {"not": node}))


def nest(tree: Tree, path: str) -> Tree:
    """The tree with one part put into a join of its own, into which more can be added."""
    node = copy.deepcopy(node_at(tree, path))
    return put_at(copy.deepcopy(tree), path, {"any": [node]})


def node_at(tree: Tree, path: str) -> Tree:
    """The node at a path. Raises Refused."""
    node: Any = tree
    for step in steps(path):
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError) as gone:
            raise Refused("no_element") from gone
    if not isinstance(node, dict):
        raise Refused("no_element")
    return node


def put_at(tree: Tree, path: str, node: Tree) -> Tree:
    """The tree with another node at a path; changes the tree that it is given."""
    if not path:
        return node
    where: Any = tree
    *before, last = steps(path)
    for step in before:
        where = where[step]
    where[last] = node
    return tree


def steps(path: str) -> list[str | int]:
    """A path as keys and places."""
    return [int(step) if step.isdigit() else step for step in path.split(".") if step]


def split(path: str) -> tuple[str, str, int]:
    """A part's path as the path of its join, the word of the join, and its place there. Raises Refused."""
    around, _dot, index = path.rpartition(".")
    before, _dot, joins = around.rpartition(".")
    if joins not in JOINED or not index.isdigit():
        raise Refused("no_element")
    return before, joins, int(index)
