"""The base of types that only tell something: they take no answer and leave none."""

from typing import Any, ClassVar, Literal

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw
from direktdraht.questions.elements.choice import foreign_to
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings


class Telling(Element):
    """Something that is said on a page; whatever a browser sends for it is never looked at."""

    required: Literal[False] = False
    text: LocalText | None = None
    """What it says."""

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
