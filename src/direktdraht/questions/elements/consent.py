"""``consent``: a statement that a person confirms."""

from typing import Any, Literal

from direktdraht.questions.display import yes_or_no
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings


class Consent(Element):
    """A box to tick (Einwilligung oder Bestätigung). Required means: only ticked is an answer."""

    type: Literal["consent"]

    missing = "required_consent"

    @property
    def kind(self) -> Kind:
        return "bool"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw is False or raw == "":
            return Cleaned()
        return Cleaned(True) if raw is True else refused("wrong_type")

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return post.get(path, "") == "true"

    def fragment(self) -> dict[str, Any]:
        return {"const": True}

    def display(self, value: Any, language: str, files: Files) -> str:
        return yes_or_no(bool(value), language)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return {"chosen": raw is True}
