"""Answers for people: sections with rows, and the plain text that a submission's digest covers.

Both are deterministic: the same definition, answers, files and language give the same text, in every release.
Changing the shape of ``plain_text`` breaks the replay of stored submissions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from direktdraht.foundation.texts import pick
from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.group import Group
from direktdraht.questions.files import FileFacts, Files


@dataclass(frozen=True)
class Row:
    """One answered question. ``entry`` names the entry of a group it belongs to, such as "Hund 2"."""

    path: str
    label: str
    value: str
    entry: str = ""


@dataclass(frozen=True)
class Section:
    """The answered questions of one page."""

    page_key: str
    title: str
    rows: list[Row]


def sections(
    definition: FormDefinition, answers: Mapping[str, Any], language: str, files: Mapping[str, FileFacts] | None = None
) -> list[Section]:
    """Clean answers (``Evaluation.answers``) page by page; pages without an answer are left out."""
    found = []
    for page in definition.pages:
        rows = list(_Reading(language, files or {}).rows(page.elements, answers))
        if rows:
            found.append(Section(page.key, pick(page.title, language)[0], rows))
    return found


@dataclass(frozen=True)
class _Reading:
    """In which language answers are put into words, and the files they may name."""

    language: str
    files: Files

    def rows(self, elements: Sequence[Element], answers: Mapping[str, Any], path: str = "", entry: str = "") -> Iterator[Row]:
        for element in elements:
            if element.key not in answers:
                continue
            here = f"{path}.{element.key}" if path else element.key
            value = answers[element.key]
            if isinstance(element, Group):
                yield from self._entries(element, value, here, entry)
                continue
            yield Row(here, pick(element.label, self.language)[0], element.display(value, self.language, self.files), entry)

    def _entries(self, group: Group, entries: Sequence[Mapping[str, Any]], path: str, around: str) -> Iterator[Row]:
        for index, answers in enumerate(entries):
            name = entry_name(group, index, self.language)
            yield from self.rows(group.elements, answers, f"{path}.{index}", f"{around}, {name}" if around else name)


def entry_name(group: Group, index: int, language: str) -> str:
    """What one entry of a group is called, such as "Hund 2"; the only one that there can be has no number."""
    name = pick(group.item_label or group.label, language)[0]
    return name if group.max == 1 else f"{name} {index + 1}"


def plain_text(definition: FormDefinition, answers: Mapping[str, Any], language: str, files: Mapping[str, FileFacts] | None = None) -> str:
    """Clean answers as plain text; see ``text_of``."""
    return text_of(definition, sections(definition, answers, language, files), language)


def text_of(definition: FormDefinition, parts: Sequence[Section], language: str) -> str:
    """The plain text of ``sections``: title, then each page with its questions and answers.

    Lines of a longer answer are indented below its question, so no answer can look like a question or a page.
    """
    lines = [pick(definition.title, language)[0]]
    for section in parts:
        lines += ["", f"== {section.title} =="]
        entry = ""
        for row in section.rows:
            if row.entry != entry:
                entry = row.entry
                lines += ["", f"-- {entry} --"] if entry else [""]
            lines.append(f"{row.label}:")
            lines += [f"    {line}" for line in row.value.split("\n")]
    return "\n".join(lines) + "\n"
