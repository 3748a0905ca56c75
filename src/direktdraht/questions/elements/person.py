"""``person``: a human being: names, and only if needed the birth date and how to be addressed."""

from datetime import date
from typing import Any, Literal

from direktdraht.foundation.marking import N_
from direktdraht.questions.days import iso_day
from direktdraht.questions.display import day_in_figures
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.date import EARLIEST, limit_broken
from direktdraht.questions.elements.day_boxes import box_names, joined_day, posted_day, shown_boxes
from direktdraht.questions.elements.parts import Need, Written, clean_parts, is_empty, posted_parts, shown_parts
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message, say
from direktdraht.questions.surroundings import Surroundings

WRITTEN = {"salutation": Written(60, "C"), "given_name": Written(80, "A"), "family_name": Written(120, "A")}

_BORN = N_("geboren am %(day)s")


class Person(Element):
    """A person (natürliche Person). One name is enough; the salutation is free and never needed."""

    type: Literal["person"]
    salutation: bool = False
    birth_date: Need = "none"
    own: bool = True
    """The person who fills in, whose names a browser may know."""

    @property
    def kind(self) -> Kind:
        return "parts"

    def parts(self) -> tuple[str, ...]:
        return (*self._written(), *(("birth_date",) if self.birth_date != "none" else ()))

    def _written(self) -> dict[str, Written]:
        return {name: part for name, part in WRITTEN.items() if self.salutation or name != "salutation"}

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if is_empty(raw):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        value, problems = clean_parts(raw, self._written())
        born, problem = self._birth_date(raw.get("birth_date"), around)
        if not problems and problem is None and not value and born is None:
            return Cleaned()
        named = {"given_name", "family_name"}
        if not named & set(value) and not named & {one.part for one in problems}:
            problems.append(Problem(Message("required_name"), "family_name"))
        if problem is None and born is None and self.birth_date == "required":
            problem = Problem(Message("required"), "birth_date")
        if problem is not None:
            problems.append(problem)
        if born is not None:
            value["birth_date"] = born.isoformat()
        return Cleaned(problems=tuple(problems)) if problems else Cleaned(value)

    def _birth_date(self, raw: Raw, around: Surroundings) -> tuple[date | None, Problem | None]:
        if self.birth_date == "none" or raw is None or raw == "":
            return None, None
        written = joined_day(raw) if isinstance(raw, dict) else raw
        if written == "":
            return None, None
        day = iso_day(written) if isinstance(written, str) else None
        if day is None or day < EARLIEST:
            return None, Problem(Message("no_date"), "birth_date")
        late = limit_broken(day, None, "today", around)
        return (day, None) if late is None else (None, Problem(late.message, "birth_date"))

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        typed = posted_parts(post, path, tuple(self._written()))
        return typed if self.birth_date == "none" else {**typed, "birth_date": posted_day(post, f"{path}.birth_date")}

    def names(self, path: str) -> tuple[str, ...]:
        return (*(f"{path}.{name}" for name in self._written()), *box_names(f"{path}.birth_date"))

    def fragment(self) -> dict[str, Any]:
        parts: dict[str, Any] = {name: {"type": "string", "minLength": 1, "maxLength": one.most} for name, one in self._written().items()}
        if self.birth_date != "none":
            parts["birth_date"] = {"type": "string", "format": "date"}
        needed = ["birth_date"] if self.birth_date == "required" else []
        either = [{"required": ["given_name"]}, {"required": ["family_name"]}]
        return {"type": "object", "properties": parts, "required": needed, "anyOf": either, "additionalProperties": False}

    def display(self, value: Any, language: str, files: Files) -> str:
        name = " ".join(value[part] for part in WRITTEN if part in value)
        if "birth_date" not in value:
            return name
        day = day_in_figures(date.fromisoformat(value["birth_date"]), language)
        return f"{name}\n{say(_BORN, language) % {'day': day}}"

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        born = raw.get("birth_date") if isinstance(raw, dict) else None
        return {
            **shown_parts(raw, tuple(WRITTEN)),
            "asks_salutation": self.salutation,
            "asks_birth_date": self.birth_date != "none",
            "birth_date_optional": self.birth_date == "optional",
            "birth_date": shown_boxes(born),
            "own": self.own,
        }
