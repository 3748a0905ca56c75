"""Whatever commands come in whatever order: the form stays readable, undo leads back to the start, redo to the end."""

import copy
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from direktdraht.forms.editing import blank, changes, commands
from direktdraht.forms.editing.document import spots
from direktdraht.forms.editing.sentences import Refused
from direktdraht.questions.definition import parse
from tests.scale import examples

KINDS = st.sampled_from(sorted(blank.TYPES))
LABELS = st.text(alphabet="abcÄß 1“<", min_size=1, max_size=12).map(lambda words: words.strip() or "Frage")
PLACE = st.integers(min_value=0, max_value=30)
BY = st.sampled_from([-1, 1])


class Editing(RuleBasedStateMachine):
    """A form on the desk with its history."""

    def __init__(self) -> None:
        super().__init__()
        self.first = blank.new_form(key="probe", title="Probe", unit="abfall", service="probe")
        self.document = copy.deepcopy(self.first)
        self.done: list[list[Any]] = []
        self.undone: list[list[Any]] = []

    def do(self, command: str, **arguments: Any) -> None:
        """Do a command as the editor does, keeping what it changed as it is stored."""
        before, refused = copy.deepcopy(self.document), ""
        try:
            document, done = commands.apply(self.document, command, arguments)
            words = done.sentence()
        except Refused as refusal:
            document, words, refused = before, refusal.sentence(), refusal.code
        assert words
        assert self.document == before, refused
        made = [change.to_json() for change in changes.difference(before, document)]
        self.document = document
        if made:
            self.done.append(made)
            self.undone.clear()

    def an_element(self, place: int) -> str:
        """The key of some question."""
        keys = [str(spot.node["key"]) for spot in spots(self.document)]
        return keys[place % len(keys)]

    def a_place(self, place: int) -> str:
        """The key of some page or group."""
        keys = [page["key"] for page in self.document["pages"]]
        keys += [spot.node["key"] for spot in spots(self.document) if "elements" in spot.node]
        return str(keys[place % len(keys)])

    @rule(title=LABELS)
    def add_page(self, title: str) -> None:
        self.do("add_page", title=title)

    @rule(place=PLACE, by=BY)
    def move_page(self, place: int, by: int) -> None:
        self.do("move_page", page=self.a_place(place), by=by)

    @rule(place=PLACE)
    def delete_page(self, place: int) -> None:
        self.do("delete_page", page=self.a_place(place))

    @rule(place=PLACE, title=LABELS, english=LABELS)
    def set_page(self, place: int, title: str, english: str) -> None:
        self.do("set_page", page=self.a_place(place), title={"de": title, "en": english}, intro={})

    @rule(kind=KINDS, label=LABELS, place=PLACE)
    def add_element(self, kind: str, label: str, place: int) -> None:
        self.do("add_element", kind=kind, label=label, into=self.a_place(place))

    @rule(place=PLACE, label=LABELS, required=st.sampled_from([None, False]))
    def set_element(self, place: int, label: str, required: bool | None) -> None:
        self.do("set_element", key=self.an_element(place), fields={"label": {"de": label}, "required": required})

    @rule(place=PLACE, by=BY)
    def move_element(self, place: int, by: int) -> None:
        self.do("move_element", key=self.an_element(place), by=by)

    @rule(place=PLACE, into=PLACE)
    def move_element_to(self, place: int, into: int) -> None:
        self.do("move_element_to", key=self.an_element(place), into=self.a_place(into))

    @rule(place=PLACE)
    def copy_element(self, place: int) -> None:
        self.do("copy_element", key=self.an_element(place))

    @rule(place=PLACE)
    def delete_element(self, place: int) -> None:
        self.do("delete_element", key=self.an_element(place))

    @rule(place=PLACE, asked=PLACE, operator=st.sampled_from(["empty", "not_empty"]))
    def set_condition(self, place: int, asked: int, operator: str) -> None:
        self.do("set_condition", key=self.an_element(place), condition={"field": self.an_element(asked), "op": operator})

    @rule(asked=PLACE)
    def set_fee(self, asked: int) -> None:
        self.do("set_fee", fee={"mul": [{"field": self.an_element(asked)}, {"money": "1.50"}]}, basis="Satzung")

    @rule(words=LABELS)
    def set_texts(self, words: str) -> None:
        self.do("set_texts", texts={"pages.0.title": {"en": words}, "title": {"de": words}})

    @rule()
    def set_list(self) -> None:
        entries = {"version": "1", "entries": [{"code": "a", "label": {"de": "Apfel"}}]}
        self.do("set_list", urn="urn:de:obst", entries=entries)

    @rule()
    def remove_list(self) -> None:
        self.do("remove_list", urn="urn:de:obst")

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        made = self.done.pop()
        self.document = changes.backward(self.document, [changes.Change.from_json(stored) for stored in made])
        self.undone.append(made)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        made = self.undone.pop()
        self.document = changes.forward(self.document, [changes.Change.from_json(stored) for stored in made])
        self.done.append(made)

    @invariant()
    def it_can_be_read(self) -> None:
        parse(self.document)

    def teardown(self) -> None:
        """From wherever it ended back to the very start, then forward to where it was."""
        last, count = copy.deepcopy(self.document), len(self.done)
        for _ in range(count):
            self.undo()
        assert self.document == self.first
        for _ in range(count):
            self.redo()
        assert self.document == last


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=examples(25), stateful_step_count=30, deadline=None)
