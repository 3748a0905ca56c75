"""Faces: what a page shows of an element, worked out before the template sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from direktdraht.foundation.money import Money
from direktdraht.foundation.texts import pick
from direktdraht.questions.display import size_in_words
from direktdraht.questions.elements.appointment import Appointment, FreeTime
from direktdraht.questions.elements.appointment import options_of as times_of
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.computed import Computed
from direktdraht.questions.elements.file import File
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.payment import Payment
from direktdraht.questions.elements.place import Place, Spot, options_of
from direktdraht.questions.evaluation import Evaluation
from direktdraht.questions.messages import Message
from direktdraht.questions.rendering import entry_name


class StoredFile(Protocol):
    """A stored file as the page lists it; the foundation's Document is one."""

    @property
    def id(self) -> Any:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name as uploaded."""

    @property
    def size(self) -> int:
        """Its size in bytes."""


Errors = Mapping[str, Sequence[Message]]


class PlaceIndex(Protocol):
    """Finds places by what a person typed; the foundation's ``geo.queries`` is one."""

    def search(self, text: str) -> Sequence[Spot]:
        """What the text may mean, the best first."""


class NoPlaces:
    """The index of a page that has none."""

    def search(self, text: str) -> Sequence[Spot]:
        """Nothing, whatever was typed."""
        del text
        return ()


NO_PLACES = NoPlaces()


class TimeIndex(Protocol):
    """Finds free times; the calendars of ``submissions`` are ones."""

    def free(self, occasions: Sequence[str], first_day: str) -> Sequence[FreeTime]:
        """The next free times for these occasions, from a day on (ISO 8601; empty: from today on)."""


class NoTimes:
    """The index of a page that has none."""

    def free(self, occasions: Sequence[str], first_day: str) -> Sequence[FreeTime]:
        """Nothing, whatever was asked for."""
        del occasions, first_day
        return ()


NO_TIMES = NoTimes()


@dataclass(frozen=True)
class Words:
    """A text and, where it is another language than the page's, that language."""

    text: str
    lang: str


@dataclass(frozen=True)
class Face:
    """One element as its template shows it. ``own`` holds what only its type has."""

    template: str
    type: str
    path: str
    id: str
    label: Words
    hint: Words
    optional: bool
    errors: list[str]
    described_by: str
    own: Mapping[str, Any]

    def context(self) -> dict[str, Any]:
        """The template's variables."""
        return {"face": self, **self.own}


@dataclass(frozen=True)
class Entry:
    """One entry of a group."""

    path: str
    id: str
    title: str
    errors: list[str]
    faces: list[Face]


@dataclass(frozen=True)
class Sight:
    """All that a page knows while it shows elements."""

    errors: Errors
    evaluation: Evaluation | None
    files: Sequence[StoredFile]
    language: str
    places: PlaceIndex = NO_PLACES
    times: TimeIndex = NO_TIMES

    def face(self, element: Element, answers: Mapping[str, Any], around: str = "") -> Face:
        """The face of an element; ``answers`` are the raw answers beside it, ``around`` its entry's path."""
        path = f"{around}.{element.key}" if around else element.key
        raw = answers.get(element.key)
        hint = self.words(element.hint or {})
        errors = self.sentences(path)
        described = [f"{target(path)}_helptext"] * bool(hint.text) + [f"{target(path)}_error"] * bool(errors)
        return Face(
            template=element.template,
            type=element.type,
            path=path,
            id=target(path),
            label=self.words(element.label),
            hint=hint,
            optional=element.asks and not element.required,
            errors=errors,
            described_by=" ".join(described),
            own=self._own(element, raw, path),
        )

    def words(self, text: Mapping[str, str]) -> Words:
        """A definition's text in the page's language, or in German with its language named."""
        chosen, language = pick(dict(text), self.language)
        spoken = language.partition("-")[0]
        return Words(chosen, "" if spoken == self.language.partition("-")[0] else spoken)

    def sentences(self, path: str) -> list[str]:
        """The messages at a path, in the page's language."""
        return [message.text(self.language) for message in self.errors.get(path, ())]

    def _own(self, element: Element, raw: Any, path: str) -> dict[str, Any]:
        if isinstance(element, Computed):
            raw = value_at(self.evaluation.answers, path) if self.evaluation is not None else None
        elif isinstance(element, Payment):
            raw = self._fee(element, path)
        own = element.face(raw, self.language)
        if isinstance(element, Group):
            own["entries"] = [self._entry(element, index, row, f"{path}.{index}") for index, row in enumerate(own["rows"])]
        elif isinstance(element, File):
            kept = set(own["ids"])
            own["stored"] = [self._stored(file) for file in self.files if str(file.id) in kept]
            own["may_add"] = len(own["ids"]) < element.max_count
        elif isinstance(element, Place):
            spots = self.places.search(own["search"]) if own["search"] else ()
            own["options"] = options_of(own["chosen"], spots)
            own |= {"found_nothing": bool(own["search"]) and not spots, "found_more": False}
        elif isinstance(element, Appointment):
            own["options"] = times_of(own["chosen"], self.times.free(element.occasions, own["first_day"]), self.language)
        named = {part: self.sentences(f"{path}.{part}") for part in element.parts()}
        return own | {"parts": named} if named else own

    def _fee(self, payment: Payment, path: str) -> Money | None:
        """The payment's own fee, or the form's; None while it is not known."""
        if self.evaluation is None:
            return None
        return self.evaluation.fee if payment.expression is None else self.evaluation.fees.get(path)

    def _stored(self, file: StoredFile) -> dict[str, str]:
        return {"id": str(file.id), "name": file.name, "size": size_in_words(file.size, self.language)}

    def _entry(self, group: Group, index: int, row: Mapping[str, Any], path: str) -> Entry:
        faces = [self.face(element, row, path) for element in group.elements if self._is_shown(element, f"{path}.{element.key}")]
        return Entry(path, target(path), entry_name(group, index, self.language), self.sentences(path), faces)

    def _is_shown(self, element: Element, path: str) -> bool:
        """Shown by the evaluation; an entry that the evaluation does not know yet shows what needs no condition."""
        if self.evaluation is None or path in self.evaluation.shown:
            return True
        entry = path.rpartition(".")[0]
        return element.show_if is None and not any(shown.startswith(f"{entry}.") for shown in self.evaluation.shown)


def target(path: str) -> str:
    """The id of the field at a path: what an error summary links to.

    >>> target("dogs.0.name")
    'id_dogs-0-name'
    """
    return "id_" + path.replace(".", "-")


def value_at(answers: Any, path: str) -> Any:
    """The answer at a path such as ``dogs.0.name``, None if there is none."""
    for step in path.split("."):
        if isinstance(answers, Mapping):
            answers = answers.get(step)
        elif isinstance(answers, list) and step.isascii() and step.isdigit() and int(step) < len(answers):
            answers = answers[int(step)]
        else:
            return None
    return answers
