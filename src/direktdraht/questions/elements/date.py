"""``date``: a day, in three boxes, so that no one has to guess the order."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.questions.days import Day, is_holiday, iso_day, resolve
from direktdraht.questions.display import day_in_figures, day_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.day_boxes import box_names, joined_day, posted_day, shown_boxes
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings

SUNDAY = 6
EARLIEST = date(1850, 1, 1)
LATEST = date(2199, 12, 31)


class Date(Element):
    """A day (Datum). ``not_on`` keeps days out on which nobody works."""

    type: Literal["date"]
    min: Day | None = None
    max: Day | None = None
    not_on: Annotated[list[Literal["sunday", "saturday", "holiday"]], Field(max_length=3)] = []
    autocomplete: Literal["bday"] | None = None

    @property
    def kind(self) -> Kind:
        return "date"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw == "":
            return Cleaned()
        if isinstance(raw, dict):
            raw = joined_day(raw)
            if raw is None:
                return refused("wrong_type")
            if raw == "":
                return Cleaned()
        if not isinstance(raw, str):
            return refused("wrong_type")
        day = iso_day(raw)
        if day is None or not EARLIEST <= day <= LATEST:
            return refused("no_date")
        problem = limit_broken(day, self.min, self.max, around) or self._closed(day, around)
        return Cleaned(problems=(problem,)) if problem else Cleaned(day.isoformat())

    def _closed(self, day: date, around: Surroundings) -> Problem | None:
        closed = (
            ("sunday" in self.not_on and day.weekday() == SUNDAY)
            or ("saturday" in self.not_on and day.weekday() == SUNDAY - 1)
            or ("holiday" in self.not_on and is_holiday(day, around.state))
        )
        return Problem(about_day("no_working_day", day)) if closed else None

    def typed(self, value: Any) -> Any:
        return date.fromisoformat(value)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return posted_day(post, path)

    def names(self, path: str) -> tuple[str, ...]:
        return box_names(path)

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def display(self, value: Any, language: str, files: Files) -> str:
        return day_in_words(date.fromisoformat(value), language)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return {**shown_boxes(raw), "birthday": self.autocomplete == "bday"}


def about_day(code: str, day: date) -> Message:
    """A message that names a day in words."""
    return Message(code, by_language={"day": {language: day_in_figures(day, language) for language in ("de", "en")}})


def limit_broken(day: date, least: str | None, most: str | None, around: Surroundings) -> Problem | None:
    """The problem of a day before the first or after the last allowed one, None if it lies between."""
    first = resolve(least, around.today) if least else None
    last = resolve(most, around.today) if most else None
    if first is not None and day < first:
        return Problem(about_day("too_early", first))
    if last is not None and day > last:
        return Problem(about_day("too_late", last))
    return None
