"""The reasons of a date as whole sentences, German and English side by side."""

from datetime import date

from .calendar import WorkingDays
from .rows import DeadlineError, Row

WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
ORDINALS = {
    "de": {1: "ersten", 2: "zweiten", 3: "dritten", 4: "vierten"},
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth"},
}
EVENTS = {
    "posted": (
        "{day}: Der Bescheid wird zur Post gegeben; {counting} ({begins}).",
        "{day}: the decision is posted; {counting} ({begins}).",
    ),
    "sent": (
        "{day}: Der Bescheid wird elektronisch abgesendet; {counting} ({begins}).",
        "{day}: the decision is sent electronically; {counting} ({begins}).",
    ),
    "retrieved": ("{day}: Der Bescheid wird abgerufen; {counting} ({begins}).", "{day}: the decision is retrieved; {counting} ({begins})."),
    "noticed": (
        "{day}: Die Benachrichtigung über die Bereitstellung wird abgesendet; {counting} ({begins}).",
        "{day}: the notice that the decision is ready is sent; {counting} ({begins}).",
    ),
    "provided": (
        "{day}: Der Bescheid wird zum Abruf bereitgestellt; {counting} ({begins}).",
        "{day}: the decision is made available for retrieval; {counting} ({begins}).",
    ),
    "known": ("{day}: Der Bescheid ist bekannt gegeben; {counting} ({begins}).", "{day}: the decision is known; {counting} ({begins})."),
    "filed": ("{day}: Der Antrag ist eingegangen; {counting} ({begins}).", "{day}: the application has arrived; {counting} ({begins})."),
    "complete": (
        "{day}: Die vollständigen Unterlagen sind eingegangen; {counting} ({begins}).",
        "{day}: the complete documents have arrived; {counting} ({begins}).",
    ),
    "happened": ("{day}: Das Ereignis tritt ein; {counting} ({begins}).", "{day}: the event happens; {counting} ({begins})."),
    "day-begins": ("{day}: Die Frist beginnt mit diesem Tag; {counting} ({begins}).", "{day}: the period begins; {counting} ({begins})."),
    "ended": ("{day}: Die bisherige Frist läuft ab; {counting} ({begins}).", "{day}: the period so far runs out; {counting} ({begins})."),
}
COUNTING = {
    False: ("dieser Tag zählt nicht mit", "this day is not counted"),
    True: ("dieser Tag zählt mit", "this day is counted"),
}
SENTENCES = {
    "presumed": (
        "Er gilt am {nth} Tag danach als bekannt gegeben ({paragraph}): {day}.",
        "It counts as known on the {nth} day after ({paragraph}): {day}.",
    ),
    "presumed-next": (
        "Er gilt am Tag danach als bekannt gegeben ({paragraph}): {day}.",
        "It counts as known on the day after ({paragraph}): {day}.",
    ),
    "ends": (
        "Die Frist von {length} ({paragraph}) endet mit Ablauf dieses Tages ({ends}): {day}.",
        "The period of {length} ({paragraph}) ends with the end of this day ({ends}): {day}.",
    ),
    "missing-day": (
        "Einen {number}. gibt es in diesem Monat nicht; es zählt sein letzter Tag (§ 188 Abs. 3 BGB): {day}.",
        "This month has no day {number}; its last day counts (§ 188 (3) BGB): {day}.",
    ),
    "moves": (
        "Der {date} ist kein Werktag ({why}); es zählt der nächste Werktag ({moving}): {later}.",
        "{date} is not a working day ({why}); the next working day counts ({moving}): {later}.",
    ),
    "stays": (
        "Der {date} ist kein Werktag ({why}); der Tag verschiebt sich nicht ({moving}).",
        "{date} is not a working day ({why}); the day does not move ({moving}).",
    ),
}
_COLUMN = {"de": 0, "en": 1}


class Sentences:
    """The sentences of one computation in one language."""

    def __init__(self, language: str, row: Row, working_days: WorkingDays) -> None:
        """Raises DeadlineError for a language other than ``de`` and ``en``."""
        if language not in _COLUMN:
            raise DeadlineError(f"Die Sprache „{language}“ ist unbekannt; bekannt: de, en.")
        if row.event not in EVENTS:
            known = ", ".join(EVENTS)
            raise DeadlineError(f"Das Ereignis „{row.event}“ ist unbekannt; bekannt: {known}.")
        self._language = language
        self._row = row
        self._working_days = working_days

    def event(self, day: date, *, counted: bool = False) -> str:
        """What happened on the first day, and whether that day counts (§ 187 BGB)."""
        column = _COLUMN[self._language]
        return EVENTS[self._row.event][column].format(day=self._long(day), counting=COUNTING[counted][column], begins=self._row.begins)

    def presumed(self, days: int, day: date) -> str:
        """On which day after the event the decision counts as known."""
        key = "presumed-next" if days == 1 else "presumed"
        ordinal = ORDINALS[self._language].get(days, f"{days}." if self._german else f"{days}th")
        return self._say(key, nth=ordinal, day=self._long(day))

    def ends(self, days: int | None, months: int | None, day: date) -> str:
        """How long the period is and when it ends before any move (§ 188 BGB)."""
        ends = self._row.ends.replace("{absatz}", "1" if days is not None else "2")
        return self._say("ends", length=self._length(days, months), ends=ends, day=self._long(day))

    def missing_day(self, number: int, day: date) -> str:
        """That the last month is too short (§ 188 (3) BGB)."""
        return self._say("missing-day", number=str(number), day=self._long(day))

    def moves(self, day: date, later: date) -> str:
        """That the end moves to the next working day."""
        return self._say("moves", date=self._plain(day), why=self._why(day), later=self._long(later))

    def stays(self, day: date) -> str:
        """That the day stays although it is no working day."""
        return self._say("stays", date=self._plain(day), why=self._why(day))

    @property
    def _german(self) -> bool:
        return self._language == "de"

    def _say(self, key: str, **facts: str) -> str:
        row = self._row
        return SENTENCES[key][_COLUMN[self._language]].format(paragraph=row.paragraph, moving=row.moving, **facts)

    def _why(self, day: date) -> str:
        weekday = WEEKDAYS[self._language][day.weekday()]
        return self._working_days.holiday(day, self._language) or weekday

    def _long(self, day: date) -> str:
        return f"{WEEKDAYS[self._language][day.weekday()]}, {self._plain(day)}"

    def _plain(self, day: date) -> str:
        month = MONTHS[self._language][day.month - 1]
        return f"{day.day}{'.' if self._german else ''} {month} {day.year}"

    def _length(self, days: int | None, months: int | None) -> str:
        if months == 12:
            return "einem Jahr" if self._german else "one year"
        number, one, one_english, more, more_english = (
            (days, "einem Tag", "one day", "Tagen", "days")
            if days is not None
            else (months, "einem Monat", "one month", "Monaten", "months")
        )
        if number == 1:
            return one if self._german else one_english
        return f"{number} {more if self._german else more_english}"
