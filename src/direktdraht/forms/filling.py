"""Filling in: the state of a draft against its definition."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from django.utils.functional import SimpleLazyObject

from direktdraht.forms import queries, times
from direktdraht.forms.models import FormVersion
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.texts import pick
from direktdraht.payments.rule_queries import is_ordered as ordered_by_rule
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.elements.payment import Payment
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.files import FileFacts
from direktdraht.questions.surroundings import Surroundings
from direktdraht.submissions.models import Draft

KIND = "form"


@dataclass(frozen=True)
class Filling:
    """A draft as it stands: version, definition, files, and what the answers amount to."""

    draft: Draft
    version: FormVersion
    definition: FormDefinition
    documents: Mapping[str, Document]
    answers: Mapping[str, Any]

    @cached_property
    def evaluation(self) -> Evaluation:
        """What the answers amount to today in the city's state; worked out once, when it is first asked for."""
        around = self.around
        return evaluate(
            self.definition,
            self.answers,
            today=around.today,
            files=around.files,
            state=around.state,
            appointments=around.appointments,
        )

    @property
    def pages(self) -> list[str]:
        """Keys of the pages that are shown now."""
        return self.evaluation.pages

    def next_page(self, key: str) -> str | None:
        """The page after ``key``, ``None`` when the review comes next."""
        later = self.pages[self.pages.index(key) + 1 :] if key in self.pages else self.pages[:1]
        return later[0] if later else None

    def page_before(self, key: str) -> str | None:
        """The page before ``key``, ``None`` for the first."""
        position = self.pages.index(key) if key in self.pages else 0
        return self.pages[position - 1] if position else None

    def first_page_with_errors(self) -> str | None:
        """The first page on which something is missing or wrong."""
        return next((page for page in self.pages if self.evaluation.errors_of(page)), None)

    @cached_property
    def around(self) -> Surroundings:
        """What the answers are checked against."""
        return replace(surroundings(self.documents, self.frozen_on), appointments=times.held(self.definition, self.draft))

    @property
    def frozen_on(self) -> date | None:
        """The day on which the draft was frozen for its signature: what was right then stays right."""
        at = self.draft.frozen_at
        return at.astimezone(clock.BERLIN).date() if at is not None else None

    def with_answers(self, answers: dict[str, Any]) -> "Filling":
        """The same with other answers, not stored."""
        return replace(self, answers=answers)

    def as_kept(self) -> "Filling":
        """The same after ``keep_answers``: the draft's answers, and its files read again when one is asked for."""
        return replace(self, answers=self.draft.answers, documents=documents_when_asked(self.draft))


def facts_of(document: Document) -> FileFacts:
    """What ``questions`` may know of a file."""
    return FileFacts(document.name, document.size, document.content_type)


def surroundings(documents: Mapping[str, Document], on: date | None = None) -> Surroundings:
    """Today (or the day ``on``), the files of a draft and the city's state."""
    facts = SimpleLazyObject(lambda: {key: facts_of(document) for key, document in documents.items()})
    return Surroundings(today=on or clock.today(), files=cast(Mapping[str, FileFacts], facts), state=city.current().state)


def documents_of(draft: Draft) -> dict[str, Document]:
    """The files of a draft by id, in the order in which they came."""
    owned = Document.objects.filter(owner_kind="draft", owner_id=str(draft.pk)).order_by("created_at", "pk")
    return {str(document.pk): document for document in owned}


def documents_when_asked(draft: Draft) -> Mapping[str, Document]:
    """The files of a draft, read from the database at the first look: most pages and most drafts have none."""
    return cast(Mapping[str, Document], SimpleLazyObject(lambda: documents_of(draft)))


def filling_of(draft: Draft) -> Filling:
    """Load everything about a draft; its documents only when something asks for one."""
    version = queries.version_by_ref(draft.ref)
    definition = queries.definition_of(version)
    return Filling(draft, version, definition, documents_when_asked(draft), draft.answers)


def fee_texts(filling: Filling, language: str) -> list[str]:
    """What the payment questions that are shown say about paying, such as "each month"."""
    shown = {path.rpartition(".")[2] for path in filling.evaluation.shown}
    payments = [one.element for one in filling.definition.outline.places.values() if isinstance(one.element, Payment)]
    return [pick(one.text, language)[0] for one in payments if one.text and one.key in shown]


def is_ordered(filling: Filling) -> bool:
    """Whether the fee is to be paid once the form was received.

    A rule says so for each law of procedure: a tax is set by a notice. Where a payment question says how to pay, that holds.
    """
    if fee_texts(filling, filling.draft.language):
        return False
    return ordered_by_rule(filling.definition.law, filling.around.today)
