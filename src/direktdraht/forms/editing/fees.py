"""A fee as a list of parts that are added up. Each part is one of a few shapes that people know from statutes."""

import copy
from collections.abc import Callable
from typing import Any

from direktdraht.forms.editing.sentences import Refused

Tree = dict[str, Any]
NOTHING: Tree = {"money": "0.00"}
SPANS = {"days", "months", "years"}


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


def change(expression: Tree | None, place: int | None, to: Callable[[Tree], Tree]) -> Tree:
    """The expression with one part changed, or the whole of it where no place is named. Raises Refused."""
    if place is None and expression is not None:
        return to(copy.deepcopy(expression))
    found = copy.deepcopy(parts(expression))
    if place is None or not 0 <= place < len(found):
        raise Refused("no_element")
    changed = [*found[:place], to(found[place]), *found[place + 1 :]]
    return changed[0] if len(changed) == 1 else {"add": changed}


def at_most(amount: str) -> Callable[[Tree], Tree]:
    """Never more than an amount."""
    return lambda part: {"min": [part, {"money": amount}]}


def at_least(amount: str) -> Callable[[Tree], Tree]:
    """Never less than an amount."""
    return lambda part: {"max": [part, {"money": amount}]}


def rounded(places: int, mode: str) -> Callable[[Tree], Tree]:
    """Rounded to so many places."""
    return lambda part: {"round": {"of": part, "places": places, "mode": mode}}


def instead(condition: Tree, other: Tree) -> Callable[[Tree], Tree]:
    """Something else under a condition; done again and again it makes as many cases as one needs."""
    return lambda part: {"if": condition, "then": other, "else": part}


def between(unit: str, begin: Any, end: Any) -> Tree:
    """How many days, full months or full years lie between two days; ``unit`` is days, months or years."""
    return {unit: {"from": begin, "to": end}}


def is_count(expression: Tree) -> bool:
    """Whether the expression comes to a plain number: what is counted between days, also limited, rounded or by cases."""
    if expression.keys() & SPANS:
        return True
    inner = [expression.get("then"), expression.get("round", {}).get("of"), *expression.get("add", ())]
    return any(is_count(part) for part in inner if isinstance(part, dict))


def only_if(condition: Tree | None, part: Tree) -> Tree:
    """A part that counts only under a condition."""
    if condition is None:
        return part
    return {"if": condition, "then": part, "else": {"number": "0"} if is_count(part) else NOTHING}


def per_unit(field: str, amount: str) -> Tree:
    """So much for each unit of a number that the person gives."""
    return {"mul": [{"field": field}, {"money": amount}]}


def by_answer(field: str, amounts: dict[str, str], otherwise: str = "") -> Tree:
    """So much for each answer to a question; ``otherwise`` is for all that are not listed."""
    return {"table": {"field": field, "values": amounts, **({"default": otherwise} if otherwise else {})}}


def per_entry(group: str, each: Tree) -> Tree:
    """The same for each entry of a group."""
    return {"sum": {"group": group, **({"table": each["table"]} if "table" in each else {"of": each})}}


def by_position(group: str, amounts: list[str]) -> Tree:
    """So much for the first entry, the second and so on; the last amount is for all others."""
    table = {str(place): amount for place, amount in enumerate(amounts[:-1], start=1)}
    return {"sum": {"group": group, "table": {"position": {**table, "default": amounts[-1]}}}}
