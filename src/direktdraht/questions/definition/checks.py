"""What the parts of a definition say about each other: keys, references, types, order.

A reference sees what stands around it: inside a group its own entry's questions, the questions outside all
groups, and groups as a whole; never a question inside another group.
"""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from math import prod
from typing import TYPE_CHECKING

from direktdraht.questions.conditions import Condition
from direktdraht.questions.definition.errors import DefinitionError, Finding
from direktdraht.questions.definition.outline import Outline, Place, places_of
from direktdraht.questions.definition.references import Reader, keys_in
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.elements.computed import Computed
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.payment import Payment

if TYPE_CHECKING:
    from direktdraht.questions.definition.model import FormDefinition


MOST_ANSWERS = 20_000
"""Groups inside groups multiply; above this no page could show and no server should check them."""


def outline_of(definition: "FormDefinition") -> Outline:
    """Check the whole and give its outline. Raises DefinitionError with all findings."""
    places, findings = _places(definition)
    findings += _bind_lists(definition, places.values())
    if findings:
        raise DefinitionError(findings)
    if _most_answers(places.values()) > MOST_ANSWERS:
        raise DefinitionError([Finding("pages", "too_many_answers", {"most": MOST_ANSWERS})])
    reader = Reader(places)
    needs: dict[str, set[str]] = {}
    for index, page in enumerate(definition.pages):
        reader.condition(page.show_if, (), f"pages.{index}.show_if")
    page_needs = {page.key: _needs(page.show_if) for page in definition.pages}
    for place in places.values():
        needs[place.element.key] = page_needs[place.page] | set(place.groups[-1:]) | _element_needs(place, reader)
    if definition.fee is not None and reader.expression(definition.fee, (), "fee") == "number":
        reader.findings.append(Finding("fee", "fee_no_money"))
    if definition.fee is not None:
        own = (place for place in places.values() if isinstance(place.element, Payment) and place.element.expression is not None)
        reader.findings += [Finding(f"{place.path}.expression", "fee_twice") for place in own]
    if reader.findings:
        raise DefinitionError(reader.findings)
    return Outline(places, _order(places, needs))


def _places(definition: "FormDefinition") -> tuple[dict[str, Place], list[Finding]]:
    places: dict[str, Place] = {}
    findings = []
    pages: set[str] = set()
    for index, page in enumerate(definition.pages):
        if page.key in pages:
            findings.append(Finding(f"pages.{index}.key", "key_twice", {"key": page.key}))
        pages.add(page.key)
        for place in places_of(page.elements, page.key, f"pages.{index}"):
            if place.element.key in places:
                findings.append(Finding(f"{place.path}.key", "key_twice", {"key": place.element.key}))
            places[place.element.key] = place
    return places, findings


def _bind_lists(definition: "FormDefinition", places: Iterable[Place]) -> Iterator[Finding]:
    """Give every codelist question its list, without copying it."""
    for place in places:
        if isinstance(place.element, CodeListChoice):
            found = definition.code_lists.get(place.element.list)
            if found is None:
                yield Finding(f"{place.path}.list", "unknown_list", {"name": place.element.list})
            else:
                place.element.bind(found)


def _most_answers(places: Iterable[Place]) -> int:
    """How many answers a person could give with every group filled to the last entry."""
    entries: dict[str, int] = {}
    most = 0
    for place in places:
        around = prod(entries[group] for group in place.groups)
        if isinstance(place.element, Group):
            entries[place.element.key] = place.element.max
        most += around
    return most


def _element_needs(place: Place, reader: Reader) -> set[str]:
    element = place.element
    reader.condition(element.show_if, place.groups, f"{place.path}.show_if")
    needs = _needs(element.show_if)
    if isinstance(element, Computed):
        result = reader.expression(element.expression, place.groups, f"{place.path}.expression")
        if result is not None and result != element.result:
            reader.findings.append(Finding(f"{place.path}.result", "result_unfit"))
        needs |= set(keys_in(element.expression))
    if isinstance(element, Payment) and element.expression is not None:
        if reader.expression(element.expression, place.groups, f"{place.path}.expression") == "number":
            reader.findings.append(Finding(f"{place.path}.expression", "fee_no_money"))
        needs |= set(keys_in(element.expression))
    return needs


def _needs(condition: Condition | None) -> set[str]:
    return set() if condition is None else set(keys_in(condition))


def _order(places: dict[str, Place], needs: dict[str, set[str]]) -> tuple[str, ...]:
    """A topological order that keeps document order where it can. Raises DefinitionError on a cycle."""
    sorter = TopologicalSorter({key: _in_document_order(needs[key], places) for key in places})
    try:
        return tuple(sorter.static_order())
    except CycleError as cycle:
        around: list[str] = cycle.args[1]
        raise DefinitionError([Finding(places[around[0]].path, "cycle", {"keys": ", ".join(around)})]) from cycle


def _in_document_order(keys: Iterable[str], places: dict[str, Place]) -> list[str]:
    rank = {key: index for index, key in enumerate(places)}
    return sorted(keys, key=rank.__getitem__)
