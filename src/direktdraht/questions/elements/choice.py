"""``choice``: one of several answers."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Raw, refused
from direktdraht.questions.files import Files
from direktdraht.questions.spec import LocalText, Spec
from direktdraht.questions.surroundings import Surroundings

RADIO_UP_TO = 7
"""Longer lists are shown as a select."""


class Option(Spec):
    """One answer that can be chosen."""

    value: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$")]
    label: LocalText
    hint: LocalText | None = None


Options = Annotated[list[Option], Field(min_length=1, max_length=500)]


class Offering(Element):
    """The base of types that offer options."""

    options: Options

    missing = "required_choice"

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        if len({option.value for option in self.options}) < len(self.options):
            raise PydanticCustomError("option_twice", "option_twice")
        return self

    def offered(self) -> dict[str, Option]:
        """The options by value."""
        return {option.value: option for option in self.options}

    def option_faces(self, chosen: set[str], language: str) -> list[dict[str, Any]]:
        """The options as a template shows them."""
        faces = []
        for option in self.options:
            label, spoken = pick(option.label, language)
            hint, _ = pick(option.hint or {}, language)
            lang = foreign_to(spoken, language)
            faces.append({"value": option.value, "label": label, "lang": lang, "hint": hint, "chosen": option.value in chosen})
        return faces


def foreign_to(spoken: str, language: str) -> str:
    """The language of a text if it is another one than the page's, else ""."""
    spoken = spoken.partition("-")[0]
    return "" if spoken == language.partition("-")[0] else spoken


class Choice(Offering):
    """One of several answers (Auswahl)."""

    type: Literal["choice"]

    @property
    def kind(self) -> Kind:
        return "choice"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw == "":
            return Cleaned()
        if not isinstance(raw, str):
            return refused("wrong_type")
        return Cleaned(raw) if raw in self.offered() else refused("no_option")

    def fragment(self) -> dict[str, Any]:
        return {"type": "string", "enum": [option.value for option in self.options]}

    def display(self, value: Any, language: str, files: Files) -> str:
        option = self.offered().get(value)
        return pick(option.label, language)[0] if option else str(value)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        chosen = {raw} if isinstance(raw, str) else set()
        return {"options": self.option_faces(chosen, language), "as_list": len(self.options) > RADIO_UP_TO}
