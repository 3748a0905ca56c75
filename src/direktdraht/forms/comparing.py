"""Two versions of a form compared in words. Pure: it reads two definitions and nothing else."""

from collections.abc import Iterator
from typing import Any

from direktdraht.foundation.marking import N_
from direktdraht.foundation.texts import pick
from direktdraht.questions import sentences
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.definition.outline import Place
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.choice import Offering
from direktdraht.questions.messages import say

_SAID: dict[str, str] = {
    "title": N_("Titel: jetzt „%(after)s“"),
    "page_new": N_("Neue Seite „%(name)s“"),
    "page_gone": N_("Seite „%(name)s“ entfällt"),
    "page_title": N_("Seite „%(before)s“ heißt jetzt „%(after)s“"),
    "page_rule": N_("Seite „%(name)s“ erscheint jetzt: %(after)s"),
    "pages_order": N_("Die Seiten stehen in anderer Reihenfolge"),
    "new": N_("Neue Frage „%(name)s“ auf der Seite „%(page)s“"),
    "gone": N_("Frage „%(name)s“ entfällt"),
    "label": N_("Frage „%(before)s“ heißt jetzt „%(after)s“"),
    "moved": N_("Frage „%(name)s“ steht jetzt auf der Seite „%(page)s“"),
    "order": N_("Die Fragen auf der Seite „%(page)s“ stehen in anderer Reihenfolge"),
    "type": N_("Frage „%(name)s“ hat jetzt eine andere Art"),
    "required": N_("Frage „%(name)s“: jetzt Pflichtangabe"),
    "optional": N_("Frage „%(name)s“: jetzt freiwillig"),
    "rule": N_("Frage „%(name)s“ erscheint jetzt: %(after)s"),
    "rule_gone": N_("Frage „%(name)s“ wird jetzt immer gestellt"),
    "option_new": N_("Frage „%(name)s“: neue Antwort „%(after)s“"),
    "option_gone": N_("Frage „%(name)s“: Antwort „%(before)s“ entfällt"),
    "hint": N_("Frage „%(name)s“: Hilfetext geändert"),
    "purpose": N_("Frage „%(name)s“: Zweck jetzt „%(after)s“"),
    "detail": N_("Frage „%(name)s“: Einstellungen geändert (%(what)s)"),
    "translation": N_("Frage „%(name)s“: Übersetzungen geändert"),
    "fee": N_("Gebühr: %(after)s"),
    "fee_gone": N_("Es kostet nichts mehr"),
    "fact": N_("%(what)s: jetzt „%(after)s“"),
    "tests": N_("Tests im Formular geändert"),
}
_FACTS: dict[str, str] = {
    "unit": N_("Zuständige Stelle"),
    "service": N_("Dienstleistung"),
    "answer_days": N_("Arbeitstage bis zur Antwort"),
    "law": N_("Verfahrensrecht"),
    "legal_basis": N_("Rechtsgrundlage"),
    "fee_basis": N_("Rechtsgrundlage der Gebühr"),
}
_HANDLED = {"type", "key", "label", "hint", "required", "purpose", "show_if", "options", "elements"}


def differences(before: FormDefinition, after: FormDefinition, language: str = "de") -> list[str]:
    """Every difference as a sentence, in the order of the newer form."""
    return list(_Comparison(before, after, language).all())


class _Comparison:
    def __init__(self, before: FormDefinition, after: FormDefinition, language: str) -> None:
        self.before, self.after, self.language = before, after, language

    def say(self, code: str, **words: str) -> str:
        return say(_SAID[code], self.language) % words

    def name(self, text: dict[str, str]) -> str:
        return pick(text, self.language)[0]

    def all(self) -> Iterator[str]:
        yield from self.facts()
        yield from self.for_people()
        for key, place in self.after.outline.places.items():
            if key in self.before.outline.places:
                yield from self.inner(self.before.outline.places[key].element, place.element)
        yield from self.order()
        if self.before.tests != self.after.tests:
            yield self.say("tests")

    def for_people(self) -> Iterator[str]:
        yield from self.pages()
        places = self.after.outline.places
        for key, place in places.items():
            old = self.before.outline.places.get(key)
            name = self.name(place.element.label)
            if old is None:
                yield self.say("new", name=name, page=self.page_name(self.after, place.page))
            else:
                yield from self.element(old, place, name)
        for key, place in self.before.outline.places.items():
            if key not in places:
                yield self.say("gone", name=self.name(place.element.label))
        yield from self.fee()

    def facts(self) -> Iterator[str]:
        if self.before.title != self.after.title:
            yield self.say("title", after=self.name(self.after.title))
        for field, what in _FACTS.items():
            old, new = getattr(self.before, field), getattr(self.after, field)
            if old != new:
                yield self.say("fact", what=say(what, self.language), after=str(new))
        for field, what in (
            ("written_form", N_("Schriftform")),
            ("retention", N_("Aufbewahrung")),
            ("identification", N_("Identifizierung")),
        ):
            old, new = getattr(self.before, field), getattr(self.after, field)
            if old != new:
                words = ", ".join(str(value) for value in new.model_dump().values() if value not in ([], ""))
                yield self.say("fact", what=say(what, self.language), after=words)

    def pages(self) -> Iterator[str]:
        old = {page.key: page for page in self.before.pages}
        new = {page.key: page for page in self.after.pages}
        for key, page in new.items():
            name = self.name(page.title)
            if key not in old:
                yield self.say("page_new", name=name)
                continue
            if old[key].title != page.title:
                yield self.say("page_title", before=self.name(old[key].title), after=name)
            if old[key].show_if != page.show_if:
                yield self.say("page_rule", name=name, after=self.rule(page.show_if))
        for key, page in old.items():
            if key not in new:
                yield self.say("page_gone", name=self.name(page.title))
        if [key for key in old if key in new] != [key for key in new if key in old]:
            yield self.say("pages_order")

    def element(self, old: Place, new: Place, name: str) -> Iterator[str]:
        before, after = old.element, new.element
        if before.type != after.type:
            yield self.say("type", name=name)
            return
        if before.label["de"] != after.label["de"]:
            yield self.say("label", before=self.name(before.label), after=name)
        if old.page != new.page:
            yield self.say("moved", name=name, page=self.page_name(self.after, new.page))
        if before.required != after.required:
            yield self.say("required" if after.required else "optional", name=name)
        if before.show_if != after.show_if:
            yield self.say("rule", name=name, after=self.rule(after.show_if)) if after.show_if else self.say("rule_gone", name=name)
        if isinstance(before, Offering) and isinstance(after, Offering):
            yield from self.options(before, after, name)

    def inner(self, before: Element, after: Element) -> Iterator[str]:
        if before.type != after.type:
            return
        name = self.name(after.label)
        if before.label["de"] == after.label["de"] and before.label != after.label:
            yield self.say("translation", name=name)
        if before.hint != after.hint:
            yield self.say("hint", name=name)
        if before.purpose != after.purpose:
            yield self.say("purpose", name=name, after=after.purpose)
        changed = [field for field in type(after).model_fields if field not in _HANDLED and getattr(before, field) != getattr(after, field)]
        if changed:
            yield self.say("detail", name=name, what=", ".join(changed))

    def options(self, before: Offering, after: Offering, name: str) -> Iterator[str]:
        old, new = before.offered(), after.offered()
        for value, option in new.items():
            if value not in old:
                yield self.say("option_new", name=name, after=self.name(option.label))
        for value, option in old.items():
            if value not in new:
                yield self.say("option_gone", name=name, before=self.name(option.label))

    def order(self) -> Iterator[str]:
        for page in self.after.pages:
            old = [key for key, place in self.before.outline.places.items() if place.page == page.key]
            new = [key for key, place in self.after.outline.places.items() if place.page == page.key]
            if [key for key in old if key in new] != [key for key in new if key in old]:
                yield self.say("order", page=self.name(page.title))

    def fee(self) -> Iterator[str]:
        if self.before.fee == self.after.fee:
            return
        if self.after.fee is None:
            yield self.say("fee_gone")
        else:
            yield self.say("fee", after=sentences.expression_sentence(self.after.fee, self.after, self.language))

    def rule(self, condition: Any) -> str:
        return sentences.sentence(condition, self.after, self.language) if condition is not None else "–"

    def page_name(self, definition: FormDefinition, key: str) -> str:
        return self.name(definition.page(key).title)


def label_of(definition: FormDefinition, key: str, language: str) -> str:
    """What a question is called."""
    return pick(definition.outline.element(key).label, language)[0]


def for_people(before: FormDefinition, after: FormDefinition, language: str) -> list[str]:
    """The differences that matter to whoever fills the form in: nothing about tests, purposes and offices."""
    comparison = _Comparison(before, after, language)
    return list(comparison.for_people())
