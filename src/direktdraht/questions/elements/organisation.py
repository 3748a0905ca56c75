"""``organisation``: a company, an association, an authority."""

from typing import Any, Literal

from direktdraht.foundation.marking import N_
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.parts import Need, Written, clean_parts, is_empty, posted_parts, shown_parts
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message, say
from direktdraht.questions.surroundings import Surroundings

WRITTEN = {"name": Written(200, "C"), "register_number": Written(60, "C"), "contact": Written(120, "A")}

_CONTACT = N_("Kontakt: %(name)s")


class Organisation(Element):
    """An organisation (juristische Person): its name, its number in a register, who speaks for it."""

    type: Literal["organisation"]
    register_number: Need = "optional"
    contact: Need = "optional"

    @property
    def kind(self) -> Kind:
        return "parts"

    def parts(self) -> tuple[str, ...]:
        return tuple(name for name, need in self._needs().items() if need != "none")

    def _needs(self) -> dict[str, Need]:
        return {"name": "required", "register_number": self.register_number, "contact": self.contact}

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if is_empty(raw):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        value, problems = clean_parts(raw, {name: WRITTEN[name] for name in self.parts()})
        if not value and not problems:
            return Cleaned()
        wrong = {problem.part for problem in problems}
        needed = [name for name, need in self._needs().items() if need == "required" and name not in value and name not in wrong]
        problems += [Problem(Message("required"), name) for name in needed]
        return Cleaned(problems=tuple(problems)) if problems else Cleaned(value)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return posted_parts(post, path, self.parts())

    def names(self, path: str) -> tuple[str, ...]:
        return tuple(f"{path}.{name}" for name in self.parts())

    def fragment(self) -> dict[str, Any]:
        parts = {name: {"type": "string", "minLength": 1, "maxLength": WRITTEN[name].most} for name in self.parts()}
        needed = [name for name, need in self._needs().items() if need == "required"]
        return {"type": "object", "properties": parts, "required": needed, "additionalProperties": False}

    def display(self, value: Any, language: str, files: Files) -> str:
        lines = [value[part] for part in ("name", "register_number") if part in value]
        if "contact" in value:
            lines.append(say(_CONTACT, language) % {"name": value["contact"]})
        return "\n".join(lines)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        needs = {f"{name}_asked": need != "none" for name, need in self._needs().items()}
        optional = {f"{name}_optional": need == "optional" for name, need in self._needs().items()}
        return {**shown_parts(raw, tuple(WRITTEN)), **needs, **optional}
