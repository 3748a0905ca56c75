"""``datetime``: a day and a time of day, as the clock on the wall shows it."""

from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from direktdraht.questions.days import Day, iso_day, local_moment
from direktdraht.questions.display import day_in_words, time_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw, as_typed_text, refused
from direktdraht.questions.elements.date import EARLIEST, LATEST, limit_broken
from direktdraht.questions.elements.day_boxes import box_names, joined_day, posted_day, shown_boxes
from direktdraht.questions.elements.time import read_time
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings

_BERLIN = ZoneInfo("Europe/Berlin")


class DateTime(Element):
    """A moment (Zeitpunkt) in local time of Berlin, kept as YYYY-MM-DDTHH:MM. ``min`` and ``max`` are days."""

    type: Literal["datetime"]
    min: Day | None = None
    max: Day | None = None

    @property
    def kind(self) -> Kind:
        return "datetime"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw in ("", {}):
            return Cleaned()
        if isinstance(raw, dict):
            return self._from_parts(raw, around)
        if not isinstance(raw, str):
            return refused("wrong_type")
        moment = local_moment(raw)
        return refused("no_date") if moment is None else self._checked(moment, around)

    def _from_parts(self, raw: dict[str, Any], around: Surroundings) -> Cleaned:
        day = raw.get("date", "")
        day = joined_day(day) if isinstance(day, dict) else day
        typed = written_line(raw.get("time"), 40)
        if not isinstance(day, str) or typed.problems:
            return refused("wrong_type")
        if not day and typed.value is None:
            return Cleaned()
        if iso_day(day) is None:
            return refused("no_date")
        hour = read_time(typed.value or "")
        moment = None if hour is None else local_moment(f"{day}T{hour}")
        return refused("no_time") if moment is None else self._checked(moment, around)

    def _checked(self, moment: datetime, around: Surroundings) -> Cleaned:
        if not EARLIEST <= moment.date() <= LATEST:
            return refused("no_date")
        if not _exists(moment):
            return refused("no_such_hour")
        problem = limit_broken(moment.date(), self.min, self.max, around)
        return Cleaned(problems=(problem,)) if problem else Cleaned(moment.isoformat(timespec="minutes"))

    def typed(self, value: Any) -> Any:
        return local_moment(value)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        day, hour = posted_day(post, path), post.get(f"{path}.time", "")
        if not day and not (isinstance(hour, str) and hour.strip()):
            return ""
        return {"date": day, "time": hour}

    def names(self, path: str) -> tuple[str, ...]:
        return (*box_names(path), f"{path}.time")

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$"}

    def display(self, value: Any, language: str, files: Files) -> str:
        moment = local_moment(value)
        return str(value) if moment is None else f"{day_in_words(moment.date(), language)}, {time_in_words(moment.time(), language)}"

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        if isinstance(raw, dict):
            return {**shown_boxes(raw.get("date")), "time": as_typed_text(raw.get("time"))}
        day, _, hour = raw.partition("T") if isinstance(raw, str) else ("", "", "")
        return {**shown_boxes(day), "time": hour}


def _exists(moment: datetime) -> bool:
    """False in the hour that is left out when the clock is put forward."""
    there_and_back = moment.replace(tzinfo=_BERLIN).astimezone(UTC).astimezone(_BERLIN)
    return there_and_back.replace(tzinfo=None) == moment
