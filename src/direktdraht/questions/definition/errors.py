"""What can be wrong with a definition, with its place and a sentence for the person who wrote it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from direktdraht.foundation.marking import N_
from direktdraht.questions.messages import say

SENTENCES: dict[str, str] = {
    "unknown_key": N_("Diesen Schlüssel kennt das Format nicht."),
    "missing_key": N_("Hier fehlt eine Angabe."),
    "wrong_value": N_("Dieser Wert ist hier nicht erlaubt."),
    "wrong_type": N_("Dieser Wert hat die falsche Art."),
    "list_too_short": N_("Hier fehlen Einträge."),
    "no_object": N_("Hier muss ein Objekt stehen."),
    "unknown_type": N_("Die Frageart „%(name)s“ gibt es nicht."),
    "no_condition": N_("Diese Bedingung hat keine bekannte Form."),
    "no_expression": N_("Diese Rechnung hat keine bekannte Form."),
    "german_missing": N_("Der deutsche Text fehlt."),
    "text_unfit": N_("Der Text ist leer, zu lang oder enthält unsichtbare Zeichen."),
    "no_pattern": N_("Dieses Muster ist kein gültiger regulärer Ausdruck."),
    "no_day": N_("Bitte einen Tag wie „2026-12-24“ oder „today+14d“ angeben."),
    "min_above_max": N_("Der kleinste Wert liegt über dem größten."),
    "option_twice": N_("Eine Antwort steht zweimal in der Auswahl."),
    "code_twice": N_("Ein Code steht zweimal in der Codeliste."),
    "unknown_list": N_("Die Codeliste „%(name)s“ steht nicht im Formular."),
    "no_time": N_("Bitte eine Uhrzeit wie „09:30“ angeben."),
    "no_json": N_("Das ist kein gültiges JSON-Dokument."),
    "too_big": N_("Das Formular ist größer als 1 MB."),
    "lists_too_big": N_("Die Codelisten sind zusammen größer als 4 MB."),
    "too_deep": N_("Das Formular ist zu tief verschachtelt."),
    "too_many_elements": N_("Ein Formular hat höchstens %(most)s Fragen."),
    "too_many_answers": N_("Mit allen Einträgen der Gruppen wären es mehr als %(most)s Antworten."),
    "key_twice": N_("Der Schlüssel „%(key)s“ kommt zweimal vor."),
    "unknown_field": N_("Die Frage „%(key)s“ gibt es nicht oder sie ist von hier nicht sichtbar."),
    "unknown_group": N_("Die Gruppe „%(key)s“ gibt es nicht oder sie ist von hier nicht sichtbar."),
    "operator_unfit": N_("Dieser Vergleich passt nicht zur Frage „%(key)s“."),
    "value_unfit": N_("Dieser Vergleichswert passt nicht zur Frage „%(key)s“."),
    "kinds_differ": N_("Die Antworten auf „%(key)s“ und „%(other)s“ kann man nicht vergleichen."),
    "no_span": N_("Nur zu einem Datum kann man Tage, Monate oder Jahre zählen."),
    "steps_unordered": N_("Die Grenzen der Stufen müssen steigen."),
    "no_day_answer": N_("Die Antwort auf „%(key)s“ ist kein Datum."),
    "no_number": N_("Mit der Antwort auf „%(key)s“ kann man nicht rechnen."),
    "money_and_number": N_("Geld und Zahlen lassen sich so nicht verrechnen."),
    "fee_no_money": N_("Eine Gebühr muss ein Geldbetrag sein."),
    "fee_twice": N_("Das Formular nennt schon eine Gebühr. Bitte nur an einer Stelle rechnen."),
    "both_ends": N_("Bitte beide Enden der Skala benennen oder keines."),
    "row_twice": N_("Eine Zeile steht zweimal in der Tabelle."),
    "result_unfit": N_("Die Rechnung ergibt nicht die angegebene Art."),
    "position_outside": N_("Nach der Stelle geht nur innerhalb einer Summe über eine Gruppe."),
    "one_of_both": N_("Hier muss genau eines stehen: „of“ oder „table“."),
    "cycle": N_("Diese Fragen hängen im Kreis voneinander ab: %(keys)s"),
}


@dataclass(frozen=True)
class Finding:
    """One thing wrong: where (such as ``pages.0.elements.2.label``), its code and the facts of its sentence."""

    path: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def sentence(self, language: str = "de") -> str:
        """What is wrong, in one sentence."""
        return say(SENTENCES[self.code], language) % dict(self.facts)


class DefinitionError(ValueError):
    """A definition that cannot be used. It names every finding; the first one speaks for it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{one.path}: {one.code}" for one in self.findings[:5]))

    @property
    def path(self) -> str:
        """Place of the first finding."""
        return self.findings[0].path

    @property
    def sentence(self) -> str:
        """The first finding as a German sentence."""
        return self.findings[0].sentence("de")
