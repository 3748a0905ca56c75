"""The base of everything that is written in a form definition."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from direktdraht.questions.plain import clean_line, clean_lines

MOST_TEXT_CHARACTERS = 4000


class Spec(BaseModel):
    """A part of a definition: frozen, strict about types, and refusing keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _known_languages(texts: dict[str, str]) -> dict[str, str]:
    """German must be there; the others are optional and fall back to it."""
    if "de" not in texts:
        raise PydanticCustomError("german_missing", "german_missing")
    for text in texts.values():
        if not text.strip() or len(text) > MOST_TEXT_CHARACTERS or clean_lines(text) != text:
            raise PydanticCustomError("text_unfit", "text_unfit")
    return texts


def _plain_line(text: str) -> str:
    if clean_line(text) != text:
        raise PydanticCustomError("text_unfit", "text_unfit")
    return text


Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]{1,8}){0,3}$")]
LocalText = Annotated[dict[Language, str], AfterValidator(_known_languages)]
"""A text by language: German required, other languages fall back to it."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""The stable name of a form, page or element."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
"""The name of something in another room: a service, a unit."""

Line = Annotated[str, Field(max_length=500), AfterValidator(_plain_line)]
"""One line of plain text, without invisible characters."""


InternalText = Annotated[str, Field(min_length=1, max_length=MOST_TEXT_CHARACTERS)]
"""A text that only those who write forms read; never shown to people."""


class SourceRelation(Spec):
    """A relation of a source element to another one."""

    predicate: Line
    id: Line
    version: Line = ""


class Source(Spec):
    """Where a part of a form comes from, such as an element of FIM; an export writes it back."""

    id: Line
    version: Line = ""
    state: Line = ""
    kind: Line = ""
    name: Line = ""
    """The name among specialists where people read another one."""
    references: Annotated[list[Line], Field(max_length=50)] = []
    """Legal references (Bezug)."""
    description: InternalText | None = None
    """What it is about, in the words of the source (Beschreibung)."""
    definition: InternalText | None = None
    """What its word means there (Definition)."""
    output_label: InternalText | None = None
    """What it is called where an answer is read (Bezeichnung der Ausgabe)."""
    output_help: InternalText | None = None
    """Help for those who read an answer (Hilfetext der Ausgabe)."""
    relations: Annotated[list[SourceRelation], Field(max_length=200)] = []
