"""``file``: documents and pictures. An answer is a list of document ids; their facts come from outside."""

from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.questions.display import size_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings

MEGABYTE = 1024 * 1024
MOST_ID_CHARACTERS = 64


class File(Element):
    """Uploaded files (Dateien). A definition must name accepted types, size and number."""

    type: Literal["file"]
    accept: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]{1,80}$")]], Field(min_length=1, max_length=20)]
    max_mb: Annotated[int, Field(ge=1, le=50)]
    max_count: Annotated[int, Field(ge=1, le=20)] = 1

    missing = "required_file"

    @property
    def kind(self) -> Kind:
        return "files"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw in ("", []):
            return Cleaned()
        if not isinstance(raw, list) or not all(isinstance(one, str) and len(one) <= MOST_ID_CHARACTERS for one in raw):
            return refused("wrong_type")
        ids = list(dict.fromkeys(raw))
        if len(ids) > self.max_count:
            return refused("too_many_files", most=self.max_count)
        problems = tuple(problem for one in ids if (problem := self._problem(one, around.files)))
        return Cleaned(problems=problems) if problems else Cleaned(ids)

    def _problem(self, document_id: str, files: Files) -> Problem | None:
        facts = files.get(document_id)
        if facts is None:
            return Problem(Message("unknown_file"))
        if facts.content_type not in self.accept:
            return Problem(Message("file_type", {"name": facts.name}))
        if facts.size > self.max_mb * MEGABYTE:
            return Problem(Message("file_too_large", {"name": facts.name, "most": self.max_mb}))
        return None

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        """The files kept so far: new ones are stored first and added by ``posting.add_files``."""
        return old if isinstance(old, list) else []

    def fragment(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": MOST_ID_CHARACTERS},
            "minItems": 1,
            "maxItems": self.max_count,
            "uniqueItems": True,
        }

    def display(self, value: Any, language: str, files: Files) -> str:
        known = [(one, files.get(one)) for one in value]
        return "\n".join(f"{facts.name}, {size_in_words(facts.size, language)}" if facts else one for one, facts in known)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        ids = [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []
        return {"ids": ids, "accept": ",".join(self.accept), "max_count": self.max_count, "multiple": self.max_count > 1}
