"""``matrix``: several statements, each answered with one of the same options."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.choice import Offering, foreign_to
from direktdraht.questions.elements.parts import is_empty
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.spec import Key, LocalText, Spec
from direktdraht.questions.surroundings import Surroundings


class MatrixRow(Spec):
    """One statement of a matrix."""

    key: Key
    label: LocalText


class Matrix(Offering):
    """The same options for several rows (Matrix). Required means: every row is answered."""

    type: Literal["matrix"]
    rows: Annotated[list[MatrixRow], Field(min_length=1, max_length=40)]

    missing = "required_choice"

    @model_validator(mode="after")
    def _rows_differ(self) -> Self:
        if len({row.key for row in self.rows}) < len(self.rows):
            raise PydanticCustomError("row_twice", "row_twice")
        return self

    @property
    def kind(self) -> Kind:
        return "parts"

    def parts(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.rows)

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if is_empty(raw):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        offered = self.offered()
        value: dict[str, str] = {}
        problems = []
        for row in self.parts():
            answer = raw.get(row)
            if isinstance(answer, str) and answer in offered:
                value[row] = answer
            elif answer not in (None, "", {}):
                problems.append(Problem(Message("no_option" if isinstance(answer, str) else "wrong_type"), row))
            elif self.required:
                problems.append(Problem(Message("required_choice"), row))
        if problems and not (value or any(raw.get(row) for row in self.parts())):
            return Cleaned()
        return Cleaned(problems=tuple(problems)) if problems else Cleaned(value or None)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return {row: post.get(f"{path}.{row}", "") for row in self.parts() if f"{path}.{row}" in post}

    def names(self, path: str) -> tuple[str, ...]:
        return tuple(f"{path}.{row}" for row in self.parts())

    def fragment(self) -> dict[str, Any]:
        cell = {"type": "string", "enum": [option.value for option in self.options]}
        shape = {"type": "object", "properties": dict.fromkeys(self.parts(), cell), "additionalProperties": False}
        return {**shape, "required": list(self.parts())} if self.required else {**shape, "minProperties": 1}

    def display(self, value: Any, language: str, files: Files) -> str:
        offered = self.offered()
        lines = []
        for row in self.rows:
            if row.key in value:
                option = offered.get(value[row.key])
                chosen = pick(option.label, language)[0] if option else str(value[row.key])
                lines.append(f"{pick(row.label, language)[0]}: {chosen}")
        return "\n".join(lines)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        known = raw if isinstance(raw, dict) else {}
        rows = []
        for row in self.rows:
            label, spoken = pick(row.label, language)
            chosen = {known[row.key]} if isinstance(known.get(row.key), str) else set()
            lang = foreign_to(spoken, language)
            rows.append({"key": row.key, "label": label, "lang": lang, "options": self.option_faces(chosen, language)})
        return {"rows": rows, "head": self.option_faces(set(), language)}
