"""``time``: a time of day."""

import re
from typing import Any, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from direktdraht.questions.days import Clock, clock_time
from direktdraht.questions.display import time_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Problem, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings

_WRITTEN = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?: ?(?:Uhr|h))?\Z", re.IGNORECASE)


class Time(Element):
    """A time of day (Uhrzeit) in hours and minutes, kept as HH:MM."""

    type: Literal["time"]
    min: Clock = "00:00"
    max: Clock = "23:59"

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        if self.min > self.max:
            raise PydanticCustomError("min_above_max", "min_above_max")
        return self

    @property
    def kind(self) -> Kind:
        return "time"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        cleaned = written_line(raw, 40)
        if cleaned.value is None:
            return cleaned
        hour = read_time(cleaned.value)
        if hour is None:
            return refused("no_time")
        if hour < self.min:
            return _refused("too_early_time", self.min)
        if hour > self.max:
            return _refused("too_late_time", self.max)
        return Cleaned(hour)

    def typed(self, value: Any) -> Any:
        return clock_time(value)

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}

    def display(self, value: Any, language: str, files: Files) -> str:
        hour = clock_time(value)
        return str(value) if hour is None else time_in_words(hour, language)


def read_time(text: str) -> str | None:
    """A time of day as people write it, as HH:MM; None if there is no such time.

    >>> read_time("9 Uhr"), read_time("9.30"), read_time("1745"), read_time("25:00")
    ('09:00', '09:30', '17:45', None)
    """
    found = _WRITTEN.match(text)
    if found is None:
        return None
    written = f"{found[1].zfill(2)}:{found[2] or '00'}"
    return written if clock_time(written) is not None else None


def _refused(code: str, limit: str) -> Cleaned:
    hour = clock_time(limit)
    words = {language: time_in_words(hour, language) if hour is not None else limit for language in ("de", "en")}
    return Cleaned(problems=(Problem(Message(code, by_language={"time": words})),))
