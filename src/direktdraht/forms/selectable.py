"""The questions that a rule can refer to: one list for conditions, calculations and fees."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.foundation.texts import LocalText, pick
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.choice import Offering
from direktdraht.questions.elements.codelist import SHOWN_UP_TO, CodeListChoice


def in_words(text: LocalText) -> str:
    """A text of the form in the reader's language."""
    return pick(text, get_language() or "de")[0]


@dataclass(frozen=True)
class Selectable:
    """A question with the groups around it, from the outside in, and their names."""

    element: Element
    groups: tuple[str, ...]
    around: tuple[str, ...]

    @property
    def key(self) -> str:
        """The question's key."""
        return self.element.key

    @property
    def label(self) -> str:
        """How the question reads."""
        return in_words(self.element.label)

    @property
    def name(self) -> str:
        """How the question reads, after the groups around it."""
        return ": ".join([*self.around, self.label])

    def answers(self) -> list[tuple[str, str]]:
        """The values that one can choose from, in words: yes and no, options, the entries of a short code list; else none."""
        if self.element.kind == "bool":
            return [("true", _("Ja")), ("false", _("Nein"))]
        found = self._offered()
        return found if not isinstance(self.element, CodeListChoice) or len(found) <= SHOWN_UP_TO else []

    def value_named(self, words: str) -> str | None:
        """The value that is meant by its words or by itself; of a code list also where it is too long to choose from."""
        meant = words.strip().casefold()
        plain = {"ja": "true", "nein": "false"} if self.element.kind == "bool" else {}
        offered = self.answers() if self.element.kind == "bool" else self._offered()
        return next((value for value, name in offered if meant in {value.casefold(), name.casefold()}), plain.get(meant))

    def _offered(self) -> list[tuple[str, str]]:
        if isinstance(self.element, CodeListChoice | Offering):
            return [(value, in_words(one.label)) for value, one in self.element.offered().items()]
        return []


def selectable(definition: FormDefinition, *, without: str = "") -> dict[str, Selectable]:
    """Every question by key, in the order of the form, except one and what stands inside it."""
    places = definition.outline.places
    return {
        key: Selectable(place.element, place.groups, tuple(in_words(places[group].element.label) for group in place.groups))
        for key, place in places.items()
        if key != without and without not in place.groups
    }
