"""Commands on a definition. Each takes a document and plain arguments, changes the document and says what it did.

The caller hands in a copy. A command checks what it needs and raises Refused; whether the whole can still be read
is checked afterwards by ``apply``.
"""

import copy
from collections.abc import Callable
from typing import Any

from direktdraht.forms.editing import blank, fees
from direktdraht.forms.editing.document import Document, Node, Spot, fresh_key, german, name_of, page_of, pages, spot_of, spots
from direktdraht.forms.editing.sentences import Done, Refused
from direktdraht.questions.definition import DefinitionError, parse
from direktdraht.questions.elements.registry import ELEMENT_TYPES

Command = Callable[..., Done]
COPY = {"de": "Kopie von {}", "en": "Copy of {}"}


def add_page(document: Document, *, title: str) -> Done:
    """Add a page at the end, with one question."""
    key = fresh_key(document, title)
    first = fresh_key({"pages": [*pages(document), {"key": key, "elements": []}]}, f"{key}_angabe")
    pages(document).append(blank.new_page(key=key, title=title, first=first))
    return Done("page_added", {"name": title}, key)


def set_page(document: Document, *, page: str, title: dict[str, str], intro: dict[str, str]) -> Done:
    """Change a page's texts."""
    node = the_page(document, page)
    put(node, {"title": title, "intro": intro or None})
    return Done("page_changed", {"name": name_of(node)}, page)


def move_page(document: Document, *, page: str, by: int) -> Done:
    """Move a page up (-1) or down (1)."""
    node = the_page(document, page)
    shift(pages(document), pages(document).index(node), by)
    return Done("page_moved", {"name": name_of(node)}, page)


def delete_page(document: Document, *, page: str) -> Done:
    """Delete a page with all of its questions, unless something outside still needs them."""
    node = the_page(document, page)
    if len(pages(document)) == 1:
        raise Refused("last_page")
    inside = [spot.node for spot in spots(document) if spot.page is node]
    refuse_if_needed(document, inside, node)
    pages(document).remove(node)
    return Done("page_deleted", {"name": name_of(node)}, str(pages(document)[0]["key"]))


def add_element(document: Document, *, kind: str, label: str, into: str, after: str = "") -> Done:
    """Add a question to a page or group, at its end or after another question."""
    if kind not in ELEMENT_TYPES:
        raise Refused("unknown_type")
    siblings = the_list(document, into)
    place = next((index + 1 for index, node in enumerate(siblings) if node["key"] == after), len(siblings))
    node = blank.new_element(kind, key=fresh_key(document, label), label=label)
    if kind == "codelist":
        node["list"] = first_list(document)
    siblings.insert(place, node)
    return Done("element_added", {"name": label}, str(node["key"]))


def first_list(document: Document) -> str:
    """The code list that a new question begins with. Raises Refused if the form carries none."""
    urn = next(iter(document.get("code_lists", {})), "")
    if not urn:
        raise Refused("needs_list")
    return str(urn)


def set_element(document: Document, *, key: str, fields: dict[str, Any]) -> Done:
    """Change fields of a question; ``None`` takes a field away."""
    node = the_spot(document, key).node
    put(node, fields)
    return Done("element_changed", {"name": name_of(node)}, key)


def move_element(document: Document, *, key: str, by: int) -> Done:
    """Move a question up (negative) or down by so many places among those beside it."""
    spot = the_spot(document, key)
    name = name_of(spot.node)
    shift(spot.siblings, spot.index, by)
    return Done("element_moved", {"name": name}, key)


def move_element_to(document: Document, *, key: str, into: str) -> Done:
    """Move a question to the end of another page or group."""
    spot = the_spot(document, key)
    if into == key or any(inner.node["key"] == into for inner in spots(document) if key in inner.groups):
        raise Refused("into_itself")
    target = the_list(document, into)
    if len(spot.siblings) == 1:
        raise Refused("last_element")
    node = spot.siblings.pop(spot.index)
    target.append(node)
    place = page_of(document, into) or the_spot(document, into).node
    return Done("element_moved_to", {"name": name_of(node), "place": name_of(place)}, key)


def copy_element(document: Document, *, key: str) -> Done:
    """Put a copy right after a question; everything inside gets keys of its own."""
    spot = the_spot(document, key)
    twin = copy.deepcopy(spot.node)
    twin["label"] = {language: COPY.get(language, "{}").format(words) for language, words in twin["label"].items()}
    spot.siblings.insert(spot.index + 1, twin)
    renew_keys(document, twin)
    return Done("element_copied", {"name": name_of(spot.node)}, str(twin["key"]))


def renew_keys(document: Document, node: Node) -> None:
    """Fresh keys for a copied tree; conditions among its own questions follow."""
    names: dict[str, str] = {}
    open_nodes = [node]
    while open_nodes:
        one = open_nodes.pop(0)
        old, one["key"] = str(one["key"]), ""
        one["key"] = fresh_key(document, old)
        names[old] = one["key"]
        open_nodes += one.get("elements", [])
    point_to(node, names)


def point_to(tree: Any, names: dict[str, str]) -> None:
    """Let references inside a copied tree point to the copies."""
    if isinstance(tree, list):
        for part in tree:
            point_to(part, names)
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if name in {"field", "group"} and isinstance(value, str):
                tree[name] = names.get(value, value)
            else:
                point_to(value, names)


def delete_element(document: Document, *, key: str) -> Done:
    """Delete a question, unless a condition or a calculation still needs it."""
    spot = the_spot(document, key)
    if len(spot.siblings) == 1:
        raise Refused("last_element")
    inside = [spot.node, *(inner.node for inner in spots(document) if key in inner.groups)]
    refuse_if_needed(document, inside, spot.node)
    before = spot.siblings[spot.index - 1] if spot.index else spot.siblings[1]
    del spot.siblings[spot.index]
    return Done("element_deleted", {"name": name_of(inside[0])}, str(before["key"]))


def set_condition(document: Document, *, key: str, condition: Any) -> Done:
    """Set when a page or question is shown; ``None``: always."""
    node = page_of(document, key) or the_spot(document, key).node
    put(node, {"show_if": condition})
    return Done("condition_set" if condition is not None else "condition_cleared", {"name": name_of(node)}, key)


def set_facts(document: Document, *, fields: dict[str, Any]) -> Done:
    """Change the legal facts of the whole form."""
    put(document, fields)
    return Done("facts_changed")


def set_fee(document: Document, *, fee: Any, basis: str) -> Done:
    """Set what it costs, and on what basis; ``None``: nothing."""
    put(document, {"fee": fee, "fee_basis": basis})
    return Done("fee_changed")


def set_expression(document: Document, *, key: str, expression: Any) -> Done:
    """Set what a computed value is computed from, or what a payment asks for: an amount of money, or a count of days."""
    node = the_spot(document, key).node
    result = "number" if isinstance(expression, dict) and fees.is_count(expression) else "money"
    put(node, {"expression": expression, **({"result": result} if node["type"] == "computed" else {})})
    return Done("expression_changed", {"name": name_of(node)}, key)


def set_texts(document: Document, *, texts: dict[str, dict[str, str]]) -> Done:
    """Change texts by their path, such as ``pages.0.title``, language by language; an empty one is removed."""
    for path, by_language in texts.items():
        text = at(document, path)
        for language, words in by_language.items():
            if words:
                text[language] = words
            elif language != "de":
                text.pop(language, None)
    return Done("texts_changed")


def set_list(document: Document, *, urn: str, entries: dict[str, Any]) -> Done:
    """Take a code list (Werteliste) into the form, as it is now."""
    document.setdefault("code_lists", {})[urn] = entries
    return Done("list_changed", {"name": german(entries.get("title")) or urn})


def remove_list(document: Document, *, urn: str) -> Done:
    """Take a code list out of the form."""
    lists = document.get("code_lists", {})
    if urn not in lists:
        raise Refused("no_list")
    users = [name_of(spot.node) for spot in spots(document) if spot.node.get("list") == urn]
    if users:
        raise Refused("list_used", name=users[0])
    del lists[urn]
    if not lists:
        del document["code_lists"]
    return Done("list_removed", {"name": urn})


def add_test(document: Document, *, test: dict[str, Any]) -> Done:
    """Keep example answers with their result as a test; one of the same name is replaced."""
    tests = [one for one in document.get("tests", []) if one.get("name") != test["name"]]
    document["tests"] = [*tests, test]
    return Done("test_added", {"name": str(test["name"])})


def delete_test(document: Document, *, name: str) -> Done:
    """Delete a test."""
    tests = document.get("tests", [])
    if not any(one.get("name") == name for one in tests):
        raise Refused("no_test")
    document["tests"] = [one for one in tests if one.get("name") != name]
    return Done("test_deleted", {"name": name})


def replace(document: Document, *, definition: Document, source: str) -> Done:
    """Put another definition in place of everything; the form's key stays."""
    key = document.get("key", definition.get("key"))
    document.clear()
    document.update(copy.deepcopy(definition))
    document["key"] = key
    return Done("replaced", {"from": source})


COMMANDS: dict[str, Command] = {
    command.__name__: command
    for command in (
        *(add_page, set_page, move_page, delete_page),
        *(add_element, set_element, move_element, move_element_to, copy_element, delete_element),
        *(set_condition, set_facts, set_fee, set_expression, set_texts, set_list, remove_list),
        *(add_test, delete_test, replace),
    )
}


def apply(document: Document, name: str, arguments: dict[str, Any]) -> tuple[Document, Done]:
    """The document after a command. Raises Refused, also when the result cannot be read as a form."""
    changed = copy.deepcopy(document)
    done = COMMANDS[name](changed, **arguments)
    try:
        parse(changed)
    except DefinitionError as problem:
        raise Refused("unfit", problem=problem.sentence) from problem
    return changed, done


def the_page(document: Document, key: str) -> Node:
    """The page. Raises Refused."""
    node = page_of(document, key)
    if node is None:
        raise Refused("no_page")
    return node


def the_spot(document: Document, key: str) -> Spot:
    """The place of an element. Raises Refused."""
    spot = spot_of(document, key)
    if spot is None:
        raise Refused("no_element")
    return spot


def the_list(document: Document, key: str) -> list[Node]:
    """The elements of a page or group. Raises Refused."""
    node = page_of(document, key)
    if node is None:
        spot = spot_of(document, key)
        node = spot.node if spot is not None and "elements" in spot.node else None
    if node is None:
        raise Refused("no_place")
    elements: list[Node] = node["elements"]
    return elements


def put(node: Node, fields: dict[str, Any]) -> None:
    """Set fields; ``None`` and nothing at all are the same."""
    for name, value in fields.items():
        if value is None:
            node.pop(name, None)
        else:
            node[name] = value


def shift(siblings: list[Node], index: int, by: int) -> None:
    """Move one of a list by so many places, back if negative. Raises Refused at the edge."""
    target = index + by
    if not 0 <= target < len(siblings):
        raise Refused("at_the_edge")
    siblings.insert(target, siblings.pop(index))


def refuse_if_needed(document: Document, gone: list[Node], whole: Node) -> None:
    """Raise Refused if a condition, calculation or fee outside ``whole`` refers to something that goes."""
    keys = {str(node["key"]) for node in gone}
    outside: list[tuple[str, Any]] = [("fee", document.get("fee"))]
    outside += [(name_of(page), page.get("show_if")) for page in pages(document) if page is not whole]
    for spot in spots(document):
        if not any(spot.node is node for node in gone):
            outside.append((name_of(spot.node), [spot.node.get("show_if"), spot.node.get("expression")]))
    for where, tree in outside:
        needed = keys & set(references(tree))
        if needed:
            name = next(name_of(node) for node in gone if node["key"] in needed)
            raise Refused("still_needed", name=name, where="Gebühr" if where == "fee" else where)


def references(tree: Any) -> list[str]:
    """Keys that a condition or expression refers to."""
    if isinstance(tree, list):
        return [key for part in tree for key in references(part)]
    if not isinstance(tree, dict):
        return []
    own = [value for name, value in tree.items() if name in {"field", "group"} and isinstance(value, str)]
    return own + [key for value in tree.values() for key in references(value)]


def at(document: Document, path: str) -> dict[str, str]:
    """The text at a path. Raises Refused."""
    node: Any = document
    for step in path.split("."):
        try:
            node = node[int(step)] if isinstance(node, list) else node[step]
        except (KeyError, IndexError, ValueError, TypeError) as gone:
            raise Refused("no_element") from gone
    if not isinstance(node, dict):
        raise Refused("no_element")
    return node
