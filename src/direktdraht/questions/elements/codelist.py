"""``codelist``: one entry of a code list that the definition carries.

Long lists are searched: the page has a box for a part of the word or the code, and a button that shows the
page again with the entries found. What was typed stays, and so does what was chosen.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import PrivateAttr

from direktdraht.foundation.texts import pick
from direktdraht.questions.code_lists import CodeList, Entry, Urn
from direktdraht.questions.conditions import Exactly
from direktdraht.questions.elements.base import SEARCH, Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.elements.choice import RADIO_UP_TO, foreign_to
from direktdraht.questions.files import Files
from direktdraht.questions.plain import clean_line
from direktdraht.questions.surroundings import Surroundings

SHOWN_UP_TO = 20
"""Longer lists are searched; as many entries are shown as found."""

MOST_LISTED = 500
"""Longer lists are not written out in the JSON Schema."""

_TYPED = ("search", "searched", "code")


class CodeListChoice(Element):
    """One entry of a code list (Auswahl aus einer Codeliste)."""

    type: Literal["codelist"]
    list: Urn

    missing = "required_choice"

    _list: CodeList | None = PrivateAttr(default=None)

    def bind(self, found: CodeList) -> None:
        """Give the element its list; done once, when the definition is read."""
        self._list = found

    @property
    def kind(self) -> Kind:
        return "choice"

    def offered(self) -> Mapping[str, Entry]:
        """The entries by code; none before the element has its list."""
        return {} if self._list is None else self._list.by_code

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw in ("", {}):
            return Cleaned()
        if isinstance(raw, str):
            return Cleaned(raw) if raw in self.offered() else refused("no_entry")
        typed = _typed(raw)
        if typed is None:
            return refused("wrong_type")
        if not any(typed.values()):
            return Cleaned()
        code = self._meant(typed)
        return Cleaned(code) if code else refused("no_entry")

    def _meant(self, typed: dict[str, str]) -> str:
        """The code that a page means: what was chosen, unless something else was typed after it."""
        typed_anew = typed["search"] and typed["search"] != typed["searched"]
        if typed["code"] in self.offered() and not typed_anew:
            return typed["code"]
        found = self._list.exact(typed["search"]) if self._list is not None else None
        return found.code if found else ""

    def typed(self, value: Any) -> Any:
        return Exactly(value)

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        typed = _typed({"search": post.get(f"{path}.search", ""), "searched": post.get(f"{path}.searched", ""), "code": post.get(path, "")})
        if typed is None:
            return ""
        if path in post.getlist(SEARCH):
            return {**typed, "searched": typed["search"]}
        meant = self._meant(typed)
        return typed if typed["search"] and not meant else meant or typed["code"]

    def names(self, path: str) -> tuple[str, ...]:
        return (path, f"{path}.search")

    def fragment(self) -> dict[str, Any]:
        codes = list(self.offered())
        if len(codes) <= MOST_LISTED:
            return {"type": "string", "enum": codes}
        return {"type": "string", "minLength": 1, "maxLength": 200}

    def display(self, value: Any, language: str, files: Files) -> str:
        entry = self.offered().get(value)
        return pick(entry.label, language)[0] if entry else str(value)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        typed = _typed(raw) if isinstance(raw, dict) else {"search": "", "searched": "", "code": raw if isinstance(raw, str) else ""}
        typed = typed or dict.fromkeys(_TYPED, "")
        chosen = typed["code"] if typed["code"] in self.offered() else ""
        entries = list(self.offered().values())
        if len(entries) <= SHOWN_UP_TO:
            options = [_option(entry, chosen, language) for entry in entries]
            return {"options": options, "as_list": len(entries) > RADIO_UP_TO, "searched": False}
        found = self._list.search(typed["search"], SHOWN_UP_TO + 1) if self._list is not None else []
        chosen = chosen or self._meant(typed)
        kept = [self.offered()[chosen]] if chosen and all(entry.code != chosen for entry in found[:SHOWN_UP_TO]) else []
        return {
            "as_list": False,
            "searched": True,
            "search": typed["search"],
            "options": [_option(entry, chosen, language) for entry in (kept + found)[:SHOWN_UP_TO]],
            "found_nothing": bool(typed["search"]) and not found,
            "found_more": len(found) > SHOWN_UP_TO,
        }


def _typed(raw: Any) -> dict[str, str] | None:
    """The parts of a searched answer as lines, None if they are no text of reasonable length."""
    parts = {name: raw.get(name, "") for name in _TYPED} if isinstance(raw, dict) else {}
    if not parts or not all(isinstance(text, str) and len(text) <= 1000 for text in parts.values()):
        return None
    return {name: clean_line(text) for name, text in parts.items()}


def _option(entry: Entry, chosen: str, language: str) -> dict[str, Any]:
    label, spoken = pick(entry.label, language)
    return {"value": entry.code, "label": label, "lang": foreign_to(spoken, language), "hint": "", "chosen": entry.code == chosen}
