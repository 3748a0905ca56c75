"""A draft that a person began on an older version: how long it stays valid, and how it moves to the newest one."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from direktdraht.forms import comparing, queries
from direktdraht.forms.models import FormVersion, State
from direktdraht.foundation import clock
from direktdraht.questions.definition import FormDefinition
from direktdraht.submissions.models import Draft


@dataclass(frozen=True)
class Move:
    """What happens when a draft moves: the differences in words, and the answers that do not fit any more."""

    newest: FormVersion
    changes: list[str]
    answers: dict[str, Any]
    lost: list[str]
    must: bool


def is_over(version: FormVersion) -> bool:
    """Whether drafts of this version can no longer be sent."""
    return version.state == State.RETIRED and version.drafts_until is not None and clock.today() > version.drafts_until


def move_for(draft: Draft, version: FormVersion, language: str) -> Move | None:
    """The way of a draft to the published version; ``None`` if it is on it already or nothing is published."""
    newest = queries.published_version(version.form_id)
    if newest is None or newest.pk == version.pk:
        return None
    before, after = queries.definition_of(version), queries.definition_of(newest)
    answers = fitting(before, after, draft.answers)
    lost = [
        comparing.label_of(before, key, language)
        for key, value in draft.answers.items()
        if value not in (None, "", [], {}) and key not in answers and key in before.outline.places
    ]
    return Move(newest, comparing.for_people(before, after, language), answers, lost, is_over(version))


def fitting(before: FormDefinition, after: FormDefinition, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers whose question is still there and of the same kind; what is wrong by now is marked when it is shown."""
    old = before.outline.places
    kinds = {element.key: element.type for page in after.pages for element in page.elements}
    return {key: value for key, value in answers.items() if key in kinds and key in old and old[key].element.type == kinds[key]}


def carry_over(draft: Draft, move: Move, *, language: str) -> bool:
    """Put a draft on the newest version with the answers that fit; False if it was sent or changed meanwhile."""
    with transaction.atomic():
        changed = Draft.objects.filter(pk=draft.pk, sent_at=None, ref=draft.ref, revision=draft.revision).update(
            ref=str(move.newest.pk), answers=move.answers, language=language, revision=F("revision") + 1, changed_at=clock.now()
        )
    return bool(changed)
