"""``period``: from one day to another."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.foundation.marking import N_
from direktdraht.questions.days import Day, iso_day
from direktdraht.questions.display import day_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.date import EARLIEST, LATEST, limit_broken
from direktdraht.questions.elements.day_boxes import box_names, joined_day, posted_day, shown_boxes
from direktdraht.questions.elements.parts import is_empty
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message, say
from direktdraht.questions.surroundings import Surroundings

ENDS = ("begin", "end")

_FROM_TO = N_("%(begin)s bis %(end)s")


class Period(Element):
    """A period (Zeitraum) from a first to a last day, both counted."""

    type: Literal["period"]
    min: Day | None = None
    max: Day | None = None
    most_days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    """The longest period, first and last day counted."""

    @property
    def kind(self) -> Kind:
        return "parts"

    def parts(self) -> tuple[str, ...]:
        return ENDS

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if is_empty(raw):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        days: dict[str, date] = {}
        problems = []
        for end in ENDS:
            day, problem = self._day(raw.get(end), around)
            if problem is not None:
                problems.append(Problem(problem.message, end))
            elif day is not None:
                days[end] = day
        if len(days) == len(ENDS):
            problems += self._span_problems(days["begin"], days["end"])
        elif not problems and not days:
            return Cleaned()
        problems += [Problem(Message("required"), end) for end in ENDS if end not in days and end not in {one.part for one in problems}]
        return Cleaned(problems=tuple(problems)) if problems else Cleaned({end: days[end].isoformat() for end in ENDS})

    def _day(self, raw: Raw, around: Surroundings) -> tuple[date | None, Problem | None]:
        written = joined_day(raw) if isinstance(raw, dict) else "" if raw is None else raw
        if not isinstance(written, str):
            return None, Problem(Message("wrong_type"))
        if not written:
            return None, None
        day = iso_day(written)
        if day is None or not EARLIEST <= day <= LATEST:
            return None, Problem(Message("no_date"))
        return day, limit_broken(day, self.min, self.max, around)

    def _span_problems(self, begin: date, end: date) -> list[Problem]:
        if end < begin:
            return [Problem(Message("end_before_begin"), "end")]
        if self.most_days is not None and (end - begin).days >= self.most_days:
            return [Problem(Message("too_many_days", {"most": self.most_days}), "end")]
        return []

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        ends = {end: posted_day(post, f"{path}.{end}") for end in ENDS}
        return ends if any(ends.values()) else ""

    def names(self, path: str) -> tuple[str, ...]:
        return tuple(name for end in ENDS for name in box_names(f"{path}.{end}"))

    def fragment(self) -> dict[str, Any]:
        day = {"type": "string", "format": "date"}
        return {"type": "object", "properties": dict.fromkeys(ENDS, day), "required": list(ENDS), "additionalProperties": False}

    def display(self, value: Any, language: str, files: Files) -> str:
        return say(_FROM_TO, language) % {end: day_in_words(date.fromisoformat(value[end]), language) for end in ENDS}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        known = raw if isinstance(raw, dict) else {}
        return {end: shown_boxes(known.get(end)) for end in ENDS}
