"""Messages: a code with parameters, and the sentence a person reads, chosen when it is shown.

The pure core returns codes. The sentences are German; English stands in the catalogue.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext, override

from direktdraht.foundation.marking import N_

SENTENCES: dict[str, str] = {
    "required": N_("Bitte füllen Sie dieses Feld aus."),
    "required_choice": N_("Bitte wählen Sie eine Antwort aus."),
    "required_time": N_("Bitte wählen Sie eine Zeit aus."),
    "time_not_held": N_("Diese Zeit konnten wir nicht für Sie halten. Bitte wählen Sie eine andere."),
    "time_lost": N_("Wir halten diese Zeit nicht mehr für Sie. Bitte wählen Sie noch einmal."),
    "required_file": N_("Bitte fügen Sie eine Datei hinzu."),
    "required_consent": N_("Bitte bestätigen Sie, sonst können wir nicht weiterarbeiten."),
    "wrong_type": N_("Diese Angabe können wir nicht lesen. Bitte geben Sie sie neu ein."),
    "too_long": N_("Bitte kürzen Sie den Text auf höchstens %(most)s Zeichen."),
    "too_short": N_("Bitte geben Sie mindestens %(least)s Zeichen ein."),
    "pattern": N_("Bitte prüfen Sie die Schreibweise."),
    "own_sentence": "%(sentence)s",
    "characters": N_("Diese Zeichen können wir in Namen nicht verarbeiten: %(characters)s"),
    "no_integer": N_("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 3."),
    "no_decimal": N_("Bitte geben Sie eine Zahl ein, zum Beispiel 2,5."),
    "too_many_places": N_("Bitte geben Sie höchstens %(most)s Stellen nach dem Komma ein."),
    "no_money": N_("Bitte geben Sie einen Betrag ein, zum Beispiel 12,50."),
    "too_small": N_("Bitte geben Sie mindestens %(least)s ein."),
    "too_large": N_("Bitte geben Sie höchstens %(most)s ein."),
    "no_date": N_("Dieses Datum gibt es nicht. Bitte prüfen Sie Tag, Monat und Jahr."),
    "too_early": N_("Bitte wählen Sie einen Tag ab dem %(day)s."),
    "too_late": N_("Bitte wählen Sie einen Tag bis zum %(day)s."),
    "no_working_day": N_("Am %(day)s geht es leider nicht. Bitte wählen Sie einen Werktag."),
    "no_time": N_("Bitte geben Sie eine Uhrzeit ein, zum Beispiel 9:30."),
    "too_early_time": N_("Bitte wählen Sie eine Uhrzeit ab %(time)s."),
    "too_late_time": N_("Bitte wählen Sie eine Uhrzeit bis %(time)s."),
    "no_such_hour": N_("Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhr vorgestellt wird."),
    "no_entry": N_("Bitte suchen Sie und wählen Sie dann einen Eintrag aus."),
    "no_spot": N_("Bitte suchen und wählen Sie einen Ort, oder beschreiben Sie ihn."),
    "no_option": N_("Bitte wählen Sie eine der angebotenen Antworten."),
    "too_few_options": N_("Bitte wählen Sie mindestens %(least)s Antworten aus."),
    "too_many_options": N_("Bitte wählen Sie höchstens %(most)s Antworten aus."),
    "end_before_begin": N_("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."),
    "too_many_days": N_("Bitte wählen Sie höchstens %(most)s Tage."),
    "no_place": N_("Bitte wählen Sie einen Platz von 1 bis %(most)s."),
    "place_twice": N_("Platz %(place)s ist schon vergeben. Bitte wählen Sie einen anderen."),
    "places_incomplete": N_("Bitte vergeben Sie alle Plätze von 1 bis %(most)s."),
    "required_name": N_("Bitte geben Sie mindestens einen Namen an."),
    "no_email": N_("Bitte prüfen Sie die E-Mail-Adresse, zum Beispiel name@beispiel.de."),
    "no_phone": N_("Bitte prüfen Sie die Telefonnummer, zum Beispiel 0441 123456."),
    "no_iban": N_("Bitte prüfen Sie die IBAN. Sie steht auf Ihrem Kontoauszug."),
    "no_postal_code": N_("Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
    "postal_code_outside": N_("Diese Postleitzahl gehört nicht zu unserer Stadt."),
    "no_country": N_("Bitte wählen Sie ein Land aus."),
    "unknown_file": N_("Diese Datei liegt uns nicht vor. Bitte laden Sie sie neu hoch."),
    "file_type": N_("Die Datei %(name)s hat ein Format, das wir nicht annehmen."),
    "file_too_large": N_("Die Datei %(name)s ist größer als %(most)s MB."),
    "too_many_files": N_("Bitte senden Sie höchstens %(most)s Dateien."),
    "group_min": N_("Bitte machen Sie mindestens %(least)s Einträge."),
    "group_max": N_("Bitte machen Sie höchstens %(most)s Einträge."),
    "not_computable": N_("Diesen Wert können wir aus Ihren Angaben nicht berechnen."),
}


@dataclass(frozen=True)
class Message:
    """What is wrong with an answer: ``code`` names a sentence, ``facts`` fill it."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    by_language: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Facts that read differently in each language, such as a day in words."""

    def text(self, language: str = "") -> str:
        """The sentence in the language ("" is the one of the current request)."""
        language = language or get_language() or "de"
        sentence = say(SENTENCES[self.code], language)
        own = {name: texts.get(language) or texts["de"] for name, texts in self.by_language.items()}
        return sentence % {**self.facts, **own}

    def __str__(self) -> str:
        """The sentence in the language of the current request."""
        return self.text()


def say(sentence: str, language: str) -> str:
    """The translation of a German source text; Leichte Sprache uses the German one."""
    with speaking(language):
        return gettext(sentence)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Run the block with translations in the language."""
    with override("en" if language.startswith("en") else "de"):
        yield
