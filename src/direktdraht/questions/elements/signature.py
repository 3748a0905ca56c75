"""``signature``: says that the written form, or what replaces it, is needed. It takes no answer."""

from typing import Any, ClassVar, Literal

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw
from direktdraht.questions.elements.choice import foreign_to
from direktdraht.questions.spec import LocalText, Slug
from direktdraht.questions.surroundings import Surroundings


class Signature(Element):
    """The need of a proof (Schriftform) by a rule on the written form; with a condition it is needed only then."""

    type: Literal["signature"]
    required: Literal[False] = False
    rule: Slug
    """Key of the rule on the written form that applies."""
    text: LocalText | None = None
    """What the person should know beforehand."""

    asks: ClassVar[bool] = False

    @property
    def kind(self) -> Kind:
        return "none"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        return Cleaned()

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return None

    def fragment(self) -> dict[str, Any]:
        return {}

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        text, spoken = pick(self.text or {}, language)
        return {"text": text, "lang": foreign_to(spoken, language)}
