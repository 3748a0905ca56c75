"""Two windows over one draft: put a posted page over what is stored, and name what the person has to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from direktdraht.forms.filling import Filling
from direktdraht.foundation.texts import pick
from direktdraht.questions import merging, posting, rendering
from direktdraht.questions.elements.base import Posted
from direktdraht.questions.faces import target
from direktdraht.questions.merging import Merged


@dataclass(frozen=True)
class Conflict:
    """A question that two windows answered differently, both answers in words."""

    key: str
    label: str
    stored: str
    mine: str

    @property
    def target(self) -> str:
        """The id of its first choice."""
        return f"{target(self.key)}_choice"


def read(filling: Filling, page_key: str, post: Posted) -> Merged:
    """What a posted page makes of the stored answers; an older page never overwrites what it did not show."""
    stored = filling.draft.answers
    posted = posting.read_page(filling.definition, page_key, post, stored)
    if merging.is_current(post, filling.draft.revision):
        return Merged(posted, {})
    page = filling.definition.page(page_key)
    return merging.merge(page, post, stored=stored, posted=posted, around=filling.around)


def conflicts(filling: Filling, mine: Mapping[str, Any], language: str) -> list[Conflict]:
    """The questions to decide, in the order of the form."""
    if not mine:
        return []
    stored = filling.draft.answers
    other = filling.with_answers({**stored, **mine})
    return [
        Conflict(key, pick(element.label, language)[0], words(filling, stored, key, language), words(other, mine, key, language))
        for page in filling.definition.pages
        for element in page.elements
        if (key := element.key) in mine
    ]


def words(filling: Filling, raw: Mapping[str, Any], key: str, language: str) -> str:
    """An answer in words; as it was typed if it cannot be read."""
    facts = filling.around.files
    sections = rendering.sections(filling.definition, filling.evaluation.answers, language, facts)
    rows = [row for part in sections for row in part.rows if posting.is_within(row.path, [key])]
    said = [f"{row.entry}: {row.label}: {row.value}" if row.entry else row.value for row in rows]
    return ", ".join(", ".join(text.splitlines()) for text in said or typed(raw.get(key))) or _("keine Angabe")


def typed(raw: Any) -> Iterator[str]:
    """All texts inside a raw answer."""
    if isinstance(raw, str | int) and raw != "":
        yield str(raw)
    elif isinstance(raw, Mapping):
        for part in raw.values():
            yield from typed(part)
    elif isinstance(raw, list):
        for part in raw:
            yield from typed(part)
