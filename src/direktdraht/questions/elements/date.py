"""``date``: a day, in three boxes, so that no one has to guess the order."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.questions.days import Day, is_holiday, iso_day, resolve
from direktdraht.questions.display import day_in_figures, day_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.plain import clean_line
from direktdraht.questions.surroundings import Surroundings

BOXES = ("day", "month", "year")

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
            raw = _joined(raw)
            if raw is None:
                return refused("wrong_type")
            if raw == "":
                return Cleaned()
        if not isinstance(raw, str):
            return refused("wrong_type")
        day = iso_day(raw)
        if day is None or not EARLIEST <= day <= LATEST:
            return refused("no_date")
        problem = self._limit_broken(day, around) or self._closed(day, around)
        return Cleaned(problems=(problem,)) if problem else Cleaned(day.isoformat())

    def _limit_broken(self, day: date, around: Surroundings) -> Problem | None:
        first = resolve(self.min, around.today) if self.min else None
        last = resolve(self.max, around.today) if self.max else None
        if first is not None and day < first:
            return Problem(_about_day("too_early", first))
        if last is not None and day > last:
            return Problem(_about_day("too_late", last))
        return None

    def _closed(self, day: date, around: Surroundings) -> Problem | None:
        closed = (
            ("sunday" in self.not_on and day.weekday() == SUNDAY)
            or ("saturday" in self.not_on and day.weekday() == SUNDAY - 1)
            or ("holiday" in self.not_on and is_holiday(day, around.state))
        )
        return Problem(_about_day("no_working_day", day)) if closed else None

    def typed(self, value: Any) -> Any:
        return date.fromisoformat(value)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        boxes = {box: post.get(f"{path}.{box}", "") for box in BOXES}
        if not any(isinstance(text, str) and text.strip() for text in boxes.values()):
            return ""
        joined = _joined(boxes)
        return joined if joined is not None and iso_day(joined) else boxes

    def names(self, path: str) -> list[str]:
        return [f"{path}.{box}" for box in BOXES]

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def display(self, value: Any, language: str, files: Files) -> str:
        return day_in_words(date.fromisoformat(value), language)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        typed = dict.fromkeys(BOXES, "")
        if isinstance(raw, dict):
            typed = {box: text if isinstance(text := raw.get(box), str) else "" for box in BOXES}
        elif isinstance(raw, str) and (day := iso_day(raw)):
            typed = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
        return {box: typed[box] for box in BOXES} | {"birthday": self.autocomplete == "bday"}


def _about_day(code: str, day: date) -> Message:
    return Message(code, by_language={"day": {language: day_in_figures(day, language) for language in ("de", "en")}})


def _joined(boxes: dict[str, Any]) -> str | None:
    """Three boxes as YYYY-MM-DD, "" if all are empty, None if they hold no text."""
    texts = [boxes.get(box, "") for box in BOXES]
    if not all(isinstance(text, str) and len(text) <= 40 for text in texts):
        return None
    day, month, year = (clean_line(text).rstrip(".") for text in texts)
    if not (day or month or year):
        return ""
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
