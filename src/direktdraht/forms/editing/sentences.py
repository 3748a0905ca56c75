"""What commands did and why they are refused, as sentences in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from direktdraht.foundation.marking import N_
from direktdraht.questions.messages import say

DONE: dict[str, str] = {
    "begun": N_("Neue Arbeitsfassung begonnen: %(from)s"),
    "page_added": N_("Seite „%(name)s“ hinzugefügt"),
    "page_changed": N_("Seite „%(name)s“ geändert"),
    "page_moved": N_("Seite „%(name)s“ verschoben"),
    "page_deleted": N_("Seite „%(name)s“ gelöscht"),
    "element_added": N_("Frage „%(name)s“ hinzugefügt"),
    "element_changed": N_("Frage „%(name)s“ geändert"),
    "element_moved": N_("Frage „%(name)s“ verschoben"),
    "element_moved_to": N_("Frage „%(name)s“ nach „%(place)s“ verschoben"),
    "element_copied": N_("Frage „%(name)s“ kopiert"),
    "element_deleted": N_("Frage „%(name)s“ gelöscht"),
    "condition_set": N_("Bedingung bei „%(name)s“ geändert"),
    "condition_cleared": N_("Bedingung bei „%(name)s“ entfernt"),
    "facts_changed": N_("Angaben zum Formular geändert"),
    "fee_changed": N_("Gebühr geändert"),
    "expression_changed": N_("Rechnung bei „%(name)s“ geändert"),
    "texts_changed": N_("Texte übersetzt"),
    "list_changed": N_("Werteliste „%(name)s“ übernommen"),
    "list_removed": N_("Werteliste „%(name)s“ entfernt"),
    "test_added": N_("Test „%(name)s“ gespeichert"),
    "test_deleted": N_("Test „%(name)s“ gelöscht"),
    "replaced": N_("Alles ersetzt durch: %(from)s"),
}
REFUSED: dict[str, str] = {
    "no_page": N_("Diese Seite gibt es nicht mehr."),
    "no_element": N_("Diese Frage gibt es nicht mehr."),
    "no_place": N_("Dorthin kann die Frage nicht. Den Platz gibt es nicht mehr."),
    "no_test": N_("Diesen Test gibt es nicht mehr."),
    "no_list": N_("Diese Werteliste gibt es nicht mehr."),
    "needs_list": N_("Nehmen Sie zuerst unter „Wertelisten“ eine Liste in das Formular."),
    "list_used": N_("Die Werteliste wird noch benutzt: %(name)s"),
    "last_page": N_("Ein Formular braucht mindestens eine Seite."),
    "last_element": N_("Eine Seite oder Gruppe braucht mindestens eine Frage. Löschen Sie die ganze Seite oder Gruppe."),
    "at_the_edge": N_("Weiter geht es in dieser Richtung nicht."),
    "into_itself": N_("Eine Gruppe kann nicht in sich selbst stehen."),
    "unknown_type": N_("Diese Frageart gibt es nicht."),
    "still_needed": N_("„%(name)s“ wird noch gebraucht: %(where)s. Ändern Sie zuerst diese Bedingung oder Rechnung."),
    "unfit": N_("So kann das Formular nicht gelesen werden: %(problem)s"),
}


@dataclass(frozen=True)
class Done:
    """What a command did; ``focus`` is the key of the page or element that the editor shows next."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""

    def sentence(self, language: str = "de") -> str:
        """The sentence for the history and the live message."""
        return done_sentence(self.code, self.facts, language)


def done_sentence(code: str, facts: Mapping[str, str], language: str) -> str:
    """What a stored command did."""
    return say(DONE[code], language) % dict(facts)


class Refused(Exception):  # read as a sentence: "raise Refused(...)"
    """A command that cannot be done on this document."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)

    def sentence(self, language: str = "de") -> str:
        """Why, and what to do."""
        return say(REFUSED[self.code], language) % self.facts
