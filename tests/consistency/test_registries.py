"""Every entry of every registry keeps the contract of that registry."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from direktdraht.cases import registries as cases
from direktdraht.foundation import checks, demo
from direktdraht.foundation.documents import owners
from direktdraht.foundation.journal.contents import ContentReader, contents
from direktdraht.foundation.registry import DuplicateEntry, Registry
from direktdraht.payments import registry as payments
from direktdraht.people import methods, personal_data
from direktdraht.questions.elements import base
from direktdraht.questions.elements.base import Element
from direktdraht.submissions import calendars, kinds
from direktdraht.writtenform import registry as writtenform
from tests.consistency.tree import product_files

# Registry and the protocol of its entries.
PROTOCOLS: dict[str, tuple[Registry[Any], type]] = {
    "cases.channels": (cases.channels, cases.Channel),
    "cases.origins": (cases.origins, cases.Origin),
    "submissions.calendars": (calendars.registry, calendars.Calendar),
    "submissions.kinds": (kinds.registry, kinds.Kind),
    "journal.contents": (contents, ContentReader),
    "demo": (demo.registry, demo.DemoEntry),
    "documents.owners": (owners.registry, owners.Owner),
    "payments.owners": (payments.owners, payments.OrderOwner),
    "payments.providers": (payments.providers, payments.Provider),
    "people.methods": (methods.METHODS, methods.Method),
    "people.remote_methods": (methods.REMOTE, methods.RemoteMethod),
    "people.personal_data": (personal_data.PERSONAL_DATA, personal_data.PersonalData),
    "writtenform.proofs": (writtenform.proofs, writtenform.ProofWay),
}
ENTRIES = [(name, key) for name, (registry, _) in PROTOCOLS.items() for key, _ in registry.items()]


def methods_of(protocol: type) -> dict[str, Callable[..., Any]]:
    """The methods that a protocol asks for."""
    return {name: method for name, method in vars(protocol).items() if inspect.isfunction(method) and not name.startswith("_")}


def arguments_of(method: Callable[..., Any]) -> list[tuple[str, Any]]:
    """Names and kinds of a method's arguments, without ``self``."""
    return [(name, given.kind) for name, given in inspect.signature(method).parameters.items() if name != "self"]


def test_every_registry_of_the_house_is_tested_here() -> None:
    declared = [line for path in product_files() for line in path.read_text(encoding="utf-8").splitlines() if "] = Registry(" in line]
    outside = {"checks", "questions.elements", "shapes"}  # below; the last is an example in a docstring

    assert {line.split('Registry("')[1].split('"')[0] for line in declared} == set(PROTOCOLS) | outside


@pytest.mark.parametrize("name", [name for name, (registry, _) in PROTOCOLS.items() if registry.items()])
def test_a_registry_has_entries_and_refuses_duplicates(name: str) -> None:
    registry = PROTOCOLS[name][0]
    key, entry = next(iter(registry.items()))

    with pytest.raises(DuplicateEntry, match=key):
        registry.register(key, entry)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_protocol_says_what_each_method_must_do(name: str) -> None:
    protocol = PROTOCOLS[name][1]

    assert inspect.getdoc(protocol)
    assert [method for method, function in methods_of(protocol).items() if not inspect.getdoc(function)] == []


@pytest.mark.parametrize(("name", "key"), ENTRIES)
def test_an_entry_has_the_methods_of_its_protocol(name: str, key: str) -> None:
    registry, protocol = PROTOCOLS[name]
    entry = registry.get(key)
    expected = {method: arguments_of(function) for method, function in methods_of(protocol).items()}

    assert {method: arguments_of(getattr(type(entry), method)) for method in expected} == expected
    assert [attribute for attribute in protocol.__annotations__ if not hasattr(entry, attribute)] == []


@pytest.mark.parametrize(("name", "key"), ENTRIES)
def test_an_entry_says_what_it_does(name: str, key: str) -> None:
    registry, protocol = PROTOCOLS[name]
    entry = registry.get(key)

    assert type(entry).__doc__
    assert [method for method in methods_of(protocol) if not inspect.getdoc(getattr(type(entry), method))] == []


@pytest.mark.parametrize("key", [key for key, _ in checks.registry.items()])
def test_a_check_takes_nothing_and_says_what_it_looks_at(key: str) -> None:
    check = checks.registry.get(key)

    assert inspect.getdoc(check)
    assert list(inspect.signature(check).parameters) == []


@pytest.mark.parametrize("key", [key for key, _ in base.ELEMENT_TYPES.items()])
def test_an_element_type_is_named_as_it_is_registered(key: str) -> None:
    element = base.ELEMENT_TYPES.get(key)

    assert issubclass(element, Element)
    assert element.__doc__
    assert element.model_fields["type"].annotation.__args__ == (key,)  # type: ignore[union-attr]  # a Literal
