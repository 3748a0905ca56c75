"""Code lists (Codelisten) inside a definition: a snapshot, so that one document is complete and stays as it was.

Searching needs no script and no database: upper and lower case, umlauts and the order of words do not matter.
"""

from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from direktdraht.foundation.matching import words_of
from direktdraht.questions.plain import clean_line
from direktdraht.questions.spec import Line, LocalText, Spec

MOST_ENTRIES = 10_000
MOST_LISTS = 20
MOST_WORDS = 8


def _printable(text: str) -> str:
    if clean_line(text) != text or not text:
        raise PydanticCustomError("text_unfit", "text_unfit")
    return text


Code = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
"""The code of an entry: any printable line up to 200 characters."""

Urn = Annotated[str, Field(pattern=r"^urn:[A-Za-z0-9][A-Za-z0-9:._/()+,=@;$!*'-]{0,290}$")]
"""The name of a code list, such as ``urn:de:bund:destatis:schluessel:staat``."""


class Entry(Spec):
    """One entry: its code, which is stored, and what people read."""

    code: Code
    label: LocalText


class CodeList(Spec):
    """One code list in one version, as it was when the form was made."""

    version: Line
    title: LocalText | None = None
    entries: Annotated[list[Entry], Field(min_length=1, max_length=MOST_ENTRIES)]

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        if len({entry.code for entry in self.entries}) < len(self.entries):
            raise PydanticCustomError("code_twice", "code_twice")
        return self

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """The entries by code."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _searched(self) -> list[tuple[str, Entry]]:
        """Code and labels of each entry as they are compared, made once."""
        return [(" ".join([folded(entry.code), *map(folded, entry.label.values())]), entry) for entry in self.entries]

    @cached_property
    def _by_words(self) -> dict[str, list[Entry]]:
        """Entries by a whole label or the whole code as it is compared."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in {folded(entry.code), *map(folded, entry.label.values())}:
                found.setdefault(name, []).append(entry)
        return found

    def exact(self, text: str) -> Entry | None:
        """The one entry whose code or label the text is, None if there is none or more than one."""
        if text in self.by_code:
            return self.by_code[text]
        found = self._by_words.get(folded(text), []) if text else []
        return found[0] if len(found) == 1 else None

    def search(self, text: str, most: int) -> list[Entry]:
        """The entries that contain every word of the text, at most ``most``, those that begin with it first."""
        asked = words_of(text[:400])[:MOST_WORDS]
        if not asked:
            return []
        whole = " ".join(asked)
        found = [(words, entry) for words, entry in self._searched if all(word in words for word in asked)]
        found.sort(key=lambda hit: (f" {whole}" not in f" {hit[0]}", asked[0] not in hit[0].split()))
        return [entry for _, entry in found[:most]]


def folded(text: str) -> str:
    """A text as it is compared: small letters without marks, ä like a and ae.

    >>> folded("Ärztin, Zahn-") == folded("aerztin zahn")
    True
    """
    return " ".join(words_of(text))


CodeLists = Annotated[dict[Urn, CodeList], Field(max_length=MOST_LISTS)]
"""The code lists of a definition by name."""
