"""``yesno``: a question with the answers yes and no."""

from typing import Any, Literal

from direktdraht.questions.display import yes_or_no
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.files import Files
from direktdraht.questions.surroundings import Surroundings


class YesNo(Element):
    """Yes or no (Ja-Nein-Frage)."""

    type: Literal["yesno"]

    missing = "required_choice"

    @property
    def kind(self) -> Kind:
        return "bool"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw == "":
            return Cleaned()
        return Cleaned(raw) if isinstance(raw, bool) else refused("wrong_type")

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        posted = post.get(path, "")
        return {"true": True, "false": False}.get(posted, posted)

    def fragment(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def display(self, value: Any, language: str, files: Files) -> str:
        return yes_or_no(value, language)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return {
            "options": [
                {"value": str(answer).lower(), "label": yes_or_no(answer, language), "lang": "", "hint": "", "chosen": raw is answer}
                for answer in (True, False)
            ]
        }
