"""A fee as a list of parts that are added up. Each part is one of a few shapes that people know from statutes."""

import copy
from typing import Any

from direktdraht.forms.editing.sentences import Refused

Tree = dict[str, Any]
NOTHING: Tree = {"money": "0.00"}


def parts(expression: Tree | None) -> list[Tree]:
    """The parts of a sum; anything else is one part."""
    if expression is None:
        return []
    inner = expression.get("add")
    return list(inner) if isinstance(inner, list) else [expression]


def joined(found: list[Tree]) -> Tree | None:
    """Parts as one expression."""
    if not found:
        return None
    return found[0] if len(found) == 1 else {"add": found}


def add(expression: Tree | None, part: Tree) -> Tree | None:
    """The expression with a part added."""
    return joined([*copy.deepcopy(parts(expression)), part])


def remove(expression: Tree | None, place: int) -> Tree | None:
    """The expression without the part at a place. Raises Refused."""
    found = copy.deepcopy(parts(expression))
    if not 0 <= place < len(found):
        raise Refused("no_element")
    del found[place]
    return joined(found)


def only_if(condition: Tree | None, part: Tree) -> Tree:
    """A part that counts only under a condition."""
    return part if condition is None else {"if": condition, "then": part, "else": NOTHING}


def per_unit(field: str, amount: str) -> Tree:
    """So much for each unit of a number that the person gives."""
    return {"mul": [{"field": field}, {"money": amount}]}


def by_answer(field: str, amounts: dict[str, str]) -> Tree:
    """So much for each answer to a question."""
    return {"table": {"field": field, "values": amounts}}


def per_entry(group: str, each: Tree) -> Tree:
    """The same for each entry of a group."""
    return {"sum": {"group": group, **({"table": each["table"]} if "table" in each else {"of": each})}}


def by_position(group: str, amounts: list[str]) -> Tree:
    """So much for the first entry, the second and so on; the last amount is for all others."""
    table = {str(place): amount for place, amount in enumerate(amounts[:-1], start=1)}
    return {"sum": {"group": group, "table": {"position": {**table, "default": amounts[-1]}}}}
