"""``info``: a text that tells something and takes no answer."""

from typing import Any, ClassVar, Literal

from direktdraht.foundation.texts import pick
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw
from direktdraht.questions.elements.choice import foreign_to
from direktdraht.questions.spec import LocalText
from direktdraht.questions.surroundings import Surroundings


class Info(Element):
    """A notice inside a form (Hinweistext): ``label`` is its heading, ``text`` what it says."""

    type: Literal["info"]
    required: Literal[False] = False
    text: LocalText

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
        text, spoken = pick(self.text, language)
        return {"text": text, "lang": foreign_to(spoken, language)}
