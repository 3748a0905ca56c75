"""Proof before publishing: what a readable form still gets wrong, with the place and the mend.

Errors refuse publishing; warnings must be acknowledged. What cannot be read at all never gets here
(``definition.parse``).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.definition.outline import Place
from direktdraht.questions.definition.references import keys_in
from direktdraht.questions.definition_tests import run
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.payment import Payment
from direktdraht.questions.marking import N_
from direktdraht.questions.messages import say

SENTENCES: dict[str, tuple[str, str]] = {
    "test_fails": (N_("Der Test „%(name)s“ schlägt fehl."), N_("Prüfen Sie Antworten und erwartetes Ergebnis.")),
    "no_tests": (N_("Das Formular enthält keinen Test."), N_("Legen Sie mindestens eine Beispielantwort an.")),
    "fee_without_basis": (N_("Die Gebühr nennt keine Rechtsgrundlage."), N_("Ergänzen Sie die Gebührenordnung.")),
    "no_legal_basis": (N_("Die Rechtsgrundlage fehlt."), N_("Nennen Sie das Gesetz oder die Satzung.")),
    "no_purpose": (N_("Der Zweck der Frage „%(key)s“ fehlt."), N_("Schreiben Sie, wozu Sie die Angabe brauchen.")),
    "label_twice": (N_("Zwei Fragen auf einer Seite heißen „%(label)s“."), N_("Geben Sie jeder Frage einen eigenen Namen.")),
    "later_page": (
        N_("Die Bedingung bei „%(key)s“ hängt von einer späteren Seite ab."),
        N_("Stellen Sie die Frage „%(needed)s“ vorher."),
    ),
    "page_asks_nothing": (N_("Die Seite „%(key)s“ stellt keine Frage."), N_("Fügen Sie eine Frage hinzu oder löschen Sie die Seite.")),
    "required_in_optional": (
        N_("In der freiwilligen Gruppe „%(group)s“ ist „%(key)s“ eine Pflichtangabe."),
        N_("Prüfen Sie, ob das gewollt ist."),
    ),
    "list_unused": (N_("Keine Frage nutzt die Codeliste „%(name)s“."), N_("Entfernen Sie die Codeliste.")),
    "asked_again": (
        N_("„%(key)s“ fragt nach etwas, das die Anmeldung schon liefert."),
        N_("Übernehmen Sie die Angabe aus der Anmeldung."),
    ),
}
"""What is wrong and how to mend it."""

_SECONDS_PER_ANSWER = 20
_KINDS_OF_ATTRIBUTES = {"address": "address", "email": "email"}


@dataclass(frozen=True)
class ProofFinding:
    """One finding: ``error`` refuses publishing, ``warning`` must be acknowledged."""

    severity: Literal["error", "warning"]
    path: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, language: str = "de") -> str:
        """What is wrong."""
        return say(SENTENCES[self.code][0], language) % dict(self.facts)

    def mend(self, language: str = "de") -> str:
        """What to do about it."""
        return say(SENTENCES[self.code][1], language) % dict(self.facts)


@dataclass(frozen=True)
class LongestPath:
    """The most a person can be asked, groups counted with one entry."""

    pages: int
    questions: int
    minutes: int


def prove(definition: FormDefinition) -> list[ProofFinding]:
    """All findings, errors first, each kind in the order of the form."""
    found = [*_about_the_form(definition), *_about_pages(definition), *_about_questions(definition)]
    return sorted(found, key=lambda finding: finding.severity == "warning")


def longest_path(definition: FormDefinition) -> LongestPath:
    """Pages, questions and minutes if every condition holds."""
    questions = sum(1 for place in definition.outline.places.values() if place.element.asks and place.element.kind != "rows")
    return LongestPath(len(definition.pages), questions, max(1, -(-questions * _SECONDS_PER_ANSWER // 60)))


def _about_the_form(definition: FormDefinition) -> Iterator[ProofFinding]:
    for index, outcome in enumerate(run(definition)):
        if not outcome.passed:
            yield ProofFinding("error", f"tests.{index}", "test_fails", {"name": outcome.name})
    if not definition.tests:
        yield ProofFinding("warning", "tests", "no_tests")
    charged = any(isinstance(place.element, Payment) and place.element.expression for place in definition.outline.places.values())
    if (definition.fee is not None or charged) and not definition.fee_basis:
        yield ProofFinding("error", "fee_basis", "fee_without_basis")
    if not definition.legal_basis:
        yield ProofFinding("warning", "legal_basis", "no_legal_basis")
    used = {place.element.list for place in definition.outline.places.values() if isinstance(place.element, CodeListChoice)}
    yield from (
        ProofFinding("warning", f"code_lists.{name}", "list_unused", {"name": name}) for name in definition.code_lists if name not in used
    )


def _about_pages(definition: FormDefinition) -> Iterator[ProofFinding]:
    for index, page in enumerate(definition.pages):
        path = f"pages.{index}"
        if not any(element.asks for element in page.elements):
            yield ProofFinding("warning", path, "page_asks_nothing", {"key": page.key})
        labels = Counter(element.label["de"] for element in page.elements)
        yield from (ProofFinding("warning", path, "label_twice", {"label": label}) for label, count in labels.items() if count > 1)
        needed = keys_in(page.show_if) if page.show_if is not None else iter(())
        yield from _waits_for_later(definition, page.key, page.key, f"{path}.show_if", needed)


def _about_questions(definition: FormDefinition) -> Iterator[ProofFinding]:
    for place in definition.outline.places.values():
        element = place.element
        if element.asks and not element.purpose:
            yield ProofFinding("warning", f"{place.path}.purpose", "no_purpose", {"key": element.key})
        if element.show_if is not None:
            yield from _waits_for_later(definition, element.key, place.page, f"{place.path}.show_if", keys_in(element.show_if))
        yield from _about_entries(definition, place)
        asked = definition.identification.attributes if definition.identification.level != "none" else []
        if any(_KINDS_OF_ATTRIBUTES.get(attribute) == element.type for attribute in asked):
            yield ProofFinding("warning", place.path, "asked_again", {"key": element.key})


def _about_entries(definition: FormDefinition, place: Place) -> Iterator[ProofFinding]:
    around = definition.outline.element(place.groups[-1]) if place.groups else None
    optional = isinstance(around, Group) and not around.required and around.min > 0
    if optional and around is not None and place.element.asks and place.element.required:
        yield ProofFinding("warning", place.path, "required_in_optional", {"group": around.key, "key": place.element.key})


def _waits_for_later(definition: FormDefinition, key: str, page: str, path: str, needed: Iterator[str]) -> Iterator[ProofFinding]:
    order = {one.key: index for index, one in enumerate(definition.pages)}
    for other in needed:
        if order[definition.outline.places[other].page] > order[page]:
            yield ProofFinding("warning", path, "later_page", {"key": key, "needed": other})
