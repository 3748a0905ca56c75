"""The panel of a question: every field of every type can be edited and has words for people."""

import pytest

from direktdraht.forms.editing import blank
from direktdraht.forms.panels import WORDS, WORDS_OF, ElementForm, fields_of, kind_of
from direktdraht.questions.elements.registry import ELEMENT_TYPES
from tests.questions.forms import element

TYPES = sorted(name for name, _ in ELEMENT_TYPES.items())


@pytest.mark.parametrize("kind", TYPES)
def test_every_field_has_a_way_to_edit_it_and_words(kind: str) -> None:
    for name, field in fields_of(kind):
        kind_of(field)
        assert name in WORDS or (kind, name) in WORDS_OF, f"{kind}.{name}"


@pytest.mark.parametrize("kind", TYPES)
def test_the_editor_offers_every_type_by_a_name(kind: str) -> None:
    assert kind in blank.TYPES


@pytest.mark.parametrize("kind", TYPES)
def test_saving_the_panel_unchanged_changes_nothing(kind: str) -> None:
    node = element(kind)
    lists = {"urn:de:obst": {"title": {"de": "Obst"}}}
    shown = ElementForm(node, lists=lists)

    posted = ElementForm(node, {name: value for name, value in shown.initial.items() if value not in (None, False)}, lists=lists)

    assert posted.is_valid(), posted.errors
    changed = {name: value for name, value in posted.changed().items() if value is not None}
    known = {name for name, _ in fields_of(kind)}
    kept = {name: value for name, value in node.items() if name in known}
    assert {**kept, **changed} == kept
