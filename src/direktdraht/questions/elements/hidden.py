"""``hidden``: a fixed value that the definition gives; a page neither shows nor takes it."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from direktdraht.questions.display import number_in_words, yes_or_no
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw
from direktdraht.questions.files import Files
from direktdraht.questions.spec import Line
from direktdraht.questions.surroundings import Surroundings


class Hidden(Element):
    """A fixed value (feste Angabe), stored with the answers and shown at the review. What a browser sends is never looked at."""

    type: Literal["hidden"]
    required: Literal[False] = False
    value: bool | int | Annotated[Line, Field(min_length=1)]

    asks: ClassVar[bool] = False

    @property
    def kind(self) -> Kind:
        return "bool" if isinstance(self.value, bool) else "number" if isinstance(self.value, int) else "text"

    def given(self) -> Any:
        return self.value

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        return Cleaned()

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return None

    def names(self, path: str) -> tuple[str, ...]:
        return ()

    def fragment(self) -> dict[str, Any]:
        return {"const": self.value}

    def display(self, value: Any, language: str, files: Files) -> str:
        if isinstance(value, bool):
            return yes_or_no(value, language)
        return number_in_words(value, language, None) if isinstance(value, int) else str(value)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        return {}
