"""A clerk reads in words why a test inside a form fails: names of questions, no keys, no values of a program."""

import pytest

from direktdraht.forms import actions
from direktdraht.forms.outcomes import words_of
from direktdraht.questions.definition import parse
from direktdraht.questions.definition_tests import TestOutcome

DEFINITION = parse(actions.read_gallery("sperrmuell"))


@pytest.mark.parametrize(
    ("what", "wanted", "got", "words"),
    [
        ("valid", True, False, ["Man kann es jetzt nicht absenden. Erwartet war: doch."]),
        ("valid", False, True, ["Man kann es jetzt absenden. Erwartet war: nicht."]),
        ("fee", "0.00", "35.00", ["Die Gebühr ist jetzt 35,00 €. Erwartet war: 0,00 €."]),
        ("fee", "0.00", None, ["Die Gebühr ist jetzt –. Erwartet war: 0,00 €."]),
        ("shown", ["kind"], ["kind", "express"], ["Neue Frage: „Soll es eine Express-Abholung sein?“"]),
        ("shown", ["count", "kind"], ["kind"], ["Fehlende Frage: „Anzahl der großen Teile“"]),
        ("shown", ["kind", "count"], ["count", "kind"], ["Die Fragen haben eine andere Reihenfolge."]),
        ("pages", ["place", "items"], ["place"], ["Fehlende Seite: „Was sollen wir abholen?“"]),
        ("errors", [], ["place.street", "rows.0.kind"], ["Neuer Fehler bei: „Anschrift der Abholung“, „Art der Gegenstände“"]),
    ],
)
def test_each_difference_is_a_sentence(what: str, wanted: object, got: object, words: list[str]) -> None:
    assert words_of(TestOutcome("Probe", ("…",), {what: (wanted, got)}), DEFINITION, "de") == words
