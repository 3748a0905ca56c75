"""Proof before publishing: what a readable form still gets wrong, with the place and the mend.

Errors refuse publishing; warnings must be acknowledged. What cannot be read at all never gets here
(``definition.parse``).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from direktdraht.foundation.marking import N_
from direktdraht.questions.condition_analysis import verdict
from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.definition.outline import Place
from direktdraht.questions.definition.references import keys_in
from direktdraht.questions.definition_tests import run
from direktdraht.questions.elements.appointment import Appointment
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.payment import Payment
from direktdraht.questions.elements.signature import Signature
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
    "service_not_decided": (N_("Die Leistung ist noch offen."), N_("Wählen Sie die Leistung, zu der das Formular gehört.")),
    "unit_not_decided": (N_("Die zuständige Stelle ist noch offen."), N_("Wählen Sie die Stelle, die antwortet.")),
    "retention_not_decided": (N_("Die Aufbewahrung ist noch offen."), N_("Tragen Sie Monate und Grundlage ein.")),
    "law_not_decided": (N_("Das Verfahrensrecht ist nur angenommen."), N_("Prüfen Sie Verfahrensrecht und Antwortzeit.")),
    "unknown_rule": (N_("Die Regel „%(rule)s“ zur Schriftform kennen wir nicht."), N_("Wählen Sie eine bekannte Regel.")),
    "unknown_occasion": (
        N_("Den Anlass „%(occasion)s“ bei „%(key)s“ gibt es nicht, oder er ist knapp."),
        N_("Wählen Sie einen Anlass, für den man frei buchen kann."),
    ),
    "appointment_in_group": (N_("Ein Termin kann nicht in einer Gruppe stehen."), N_("Stellen Sie die Frage außerhalb der Gruppe.")),
    "appointment_twice": (
        N_("Ein Formular kann nur nach einem Termin fragen."),
        N_("Löschen Sie die zweite Frage. Eine Frage kann drei Anlässe für einen Besuch nennen."),
    ),
    "appointment_and_signature": (
        N_("Ein Formular mit Unterschrift kann keinen Termin halten: Es wartet vielleicht Tage."),
        N_("Lassen Sie den Termin nach dem Absenden buchen."),
    ),
    "page_unreachable": (N_("Die Seite „%(key)s“ ist nie zu sehen: Ihre Bedingung ist nie erfüllt."), N_("Ändern Sie die Bedingung.")),
    "condition_never": (N_("Die Bedingung bei „%(key)s“ ist nie erfüllt."), N_("Ändern Sie die Bedingung oder löschen Sie die Frage.")),
    "condition_always": (N_("Die Bedingung bei „%(key)s“ ist immer erfüllt."), N_("Löschen Sie die Bedingung.")),
    "never_shown": (
        N_("„%(key)s“ ist nie zu sehen: Die Bedingungen hier und darum herum schließen sich aus."),
        N_("Ändern Sie eine der Bedingungen."),
    ),
    "asked_twice": (N_("„%(label)s“ wird auf zwei Seiten gefragt."), N_("Fragen Sie nur einmal, oder unterscheiden Sie die Fragen.")),
    "long_way": (
        N_("Der längste Weg hat %(pages)s Seiten und %(questions)s Fragen; das dauert etwa %(minutes)s Minuten."),
        N_("Prüfen Sie, welche Angaben Sie wirklich brauchen."),
    ),
    "asked_again": (
        N_("„%(key)s“ fragt nach etwas, das die Anmeldung schon liefert."),
        N_("Übernehmen Sie die Angabe aus der Anmeldung."),
    ),
}
"""What is wrong and how to mend it."""

_SECONDS_PER_ANSWER = 20
_LONG_MINUTES = 20
_KINDS_OF_ATTRIBUTES = {"address": "address", "email": "email"}
_FILLED_BY_ATTRIBUTES = {"given-name": "name", "family-name": "name", "name": "name", "bday": "birth_date"}
"""What a browser fills in is what an identification gives as well."""

NOT_DECIDED = "offen"
"""What an import writes where only the city can say what holds."""

WRITTEN_FORM_RULES = frozenset({"none", "written"})
"""The rules on the written form that services know."""


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


def prove(
    definition: FormDefinition, *, rules: Collection[str] = WRITTEN_FORM_RULES, occasions: Collection[str] | None = None
) -> list[ProofFinding]:
    """All findings, errors first, each kind in the order of the form. ``rules`` are the known written-form rules,
    ``occasions`` the keys of what can be booked freely, None where no calendar is asked."""
    found = [
        *_about_the_form(definition),
        *_about_legal_facts(definition, rules),
        *_about_appointments(definition, occasions),
        *_about_the_way(definition),
        *_about_pages(definition),
        *_about_questions(definition),
        *_about_repetition(definition),
    ]
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


def _about_legal_facts(definition: FormDefinition, rules: Collection[str]) -> Iterator[ProofFinding]:
    """What an import could not know, and rules that nobody knows."""
    stated = {"service": definition.service, "unit": definition.unit, "retention": definition.retention.basis}
    undecided = [path for path, value in stated.items() if value == NOT_DECIDED]
    yield from (ProofFinding("error", path, f"{path}_not_decided") for path in undecided)
    if undecided:
        yield ProofFinding("warning", "law", "law_not_decided")
    if definition.written_form.rule not in rules:
        yield ProofFinding("error", "written_form.rule", "unknown_rule", {"rule": definition.written_form.rule})


def _about_appointments(definition: FormDefinition, occasions: Collection[str] | None) -> Iterator[ProofFinding]:
    """An appointment that nobody could get, or that nobody could hold for so long; one in a form becomes the case's."""
    places = definition.outline.places.values()
    signed = definition.written_form.rule != "none" or any(isinstance(one.element, Signature) for one in places)
    asked = [place for place in places if isinstance(place.element, Appointment)]
    yield from (ProofFinding("error", place.path, "appointment_in_group") for place in asked if place.groups)
    yield from (ProofFinding("error", place.path, "appointment_twice") for place in asked[1:])
    for place in asked:
        if signed:
            yield ProofFinding("error", place.path, "appointment_and_signature")
        for key in place.element.occasions if isinstance(place.element, Appointment) else ():
            if occasions is not None and key not in occasions:
                yield ProofFinding("error", f"{place.path}.occasions", "unknown_occasion", {"occasion": key, "key": place.element.key})


def _about_the_way(definition: FormDefinition) -> Iterator[ProofFinding]:
    """The way through the pages should not be too long. That it ends is sure: a form with a cycle cannot be read."""
    longest = longest_path(definition)
    if longest.minutes > _LONG_MINUTES:
        facts = {"pages": str(longest.pages), "questions": str(longest.questions), "minutes": str(longest.minutes)}
        yield ProofFinding("warning", "pages", "long_way", facts)


def _about_conditions(definition: FormDefinition, place: Place) -> Iterator[ProofFinding]:
    """A question whose condition says nothing, or that no one will ever see."""
    element, outline = place.element, definition.outline
    own = [] if element.show_if is None else [element.show_if]
    around = [definition.page(place.page).show_if, *(outline.element(group).show_if for group in place.groups)]
    above = [condition for condition in around if condition is not None]
    result = verdict(own, outline) if own else "depends"
    if result == "never":
        yield ProofFinding("error", f"{place.path}.show_if", "condition_never", {"key": element.key})
    elif own and above and verdict([*above, *own], outline) == "never" and verdict(above, outline) != "never":
        yield ProofFinding("error", place.path, "never_shown", {"key": element.key})
    elif result == "always":
        yield ProofFinding("warning", f"{place.path}.show_if", "condition_always", {"key": element.key})


def _about_repetition(definition: FormDefinition) -> Iterator[ProofFinding]:
    """The same question on two pages; inside groups the same words are often meant."""
    first: dict[tuple[str, str], str] = {}
    for place in definition.outline.places.values():
        element = place.element
        if place.groups or not element.asks or element.kind == "rows":
            continue
        page = first.setdefault((element.label["de"], element.type), place.page)
        if page != place.page:
            yield ProofFinding("warning", place.path, "asked_twice", {"label": element.label["de"]})


def _about_pages(definition: FormDefinition) -> Iterator[ProofFinding]:
    for index, page in enumerate(definition.pages):
        path = f"pages.{index}"
        if not any(element.asks for element in page.elements):
            yield ProofFinding("warning", path, "page_asks_nothing", {"key": page.key})
        labels = Counter(element.label["de"] for element in page.elements)
        yield from (ProofFinding("warning", path, "label_twice", {"label": label}) for label, count in labels.items() if count > 1)
        if page.show_if is None:
            continue
        yield from _waits_for_later(definition, page.key, page.key, f"{path}.show_if", keys_in(page.show_if))
        result = verdict([page.show_if], definition.outline)
        if result == "never":
            yield ProofFinding("error", path, "page_unreachable", {"key": page.key})
        elif result == "always":
            yield ProofFinding("warning", f"{path}.show_if", "condition_always", {"key": page.key})


def _about_questions(definition: FormDefinition) -> Iterator[ProofFinding]:
    for place in definition.outline.places.values():
        element = place.element
        if element.asks and not element.purpose:
            yield ProofFinding("warning", f"{place.path}.purpose", "no_purpose", {"key": element.key})
        if element.show_if is not None:
            yield from _waits_for_later(definition, element.key, place.page, f"{place.path}.show_if", keys_in(element.show_if))
        yield from _about_conditions(definition, place)
        yield from _about_entries(definition, place)
        asked = definition.identification.attributes if definition.identification.level != "none" else []
        filled = _FILLED_BY_ATTRIBUTES.get(getattr(element, "autocomplete", None) or "")
        if filled in asked or any(_KINDS_OF_ATTRIBUTES.get(attribute) == element.type for attribute in asked):
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
