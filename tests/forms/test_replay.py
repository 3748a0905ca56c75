"""Replay: whatever versions a form goes through, each submission is shown and rendered again as it was sent."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from direktdraht.forms import actions, queries
from direktdraht.forms.editing import blank, fees
from direktdraht.forms.editing.document import spots
from direktdraht.forms.errors import CommandRefused
from direktdraht.forms.models import FormVersion, WorkingDraft
from direktdraht.questions.proof import prove
from direktdraht.submissions import actions as submissions
from direktdraht.submissions import kinds, replay
from direktdraht.submissions.models import Submission
from tests import cast
from tests.forms.editor import new_draft
from tests.pages.world import client_of
from tests.scale import examples

pytestmark = pytest.mark.django_db
VERSIONS = min(examples(20), 100)
ANSWERS: dict[str, Callable[[random.Random], Any]] = {
    "text": lambda chance: chance.choice(["Linde", "Öztürk & Söhne", "<b>fett</b>", "x" * 80]),
    "longtext": lambda chance: chance.choice(["Zeile eins\nZeile zwei", "Guten Tag", "„Anführung“ – Strich"]),
    "yesno": lambda chance: chance.random() < 0.5,
    "integer": lambda chance: chance.randrange(100),
    "choice": lambda chance: chance.choice(["eins", "zwei"]),
    "multichoice": lambda chance: chance.choice([["eins"], ["zwei"], ["eins", "zwei"]]),
    "date": lambda _chance: "2026-12-24",
    "email": lambda _chance: "robin@example.org",
    "consent": lambda _chance: True,
}


def test_every_submission_renders_the_same_after_many_versions() -> None:
    chance, toni, draft = random.Random(20261124), cast.toni(), new_draft()
    sent = []
    for number in range(1, VERSIONS + 1):
        edit_at_random(draft, chance)
        version = publish(draft)
        assert version.number == number
        sent.append(send(version, chance))

    reader = client_of("alex")
    for submission in Submission.objects.filter(pk__in=sent).select_related("case"):
        page = reader.get(f"/buero/vorgang/{submission.case.number}/antrag")

        assert replay.renders_the_same(submission), submission.ref
        assert page.status_code == 200
        shown = [row for section in kinds.registry.get("form").sections(submission) for row in section.rows]
        assert all(label in submission.text for label, _value in shown)
    assert replay.broken_among_newest() == []
    assert len({one.definition_digest for one in Submission.objects.filter(pk__in=sent)}) == VERSIONS
    assert draft.edits.latest("revision").by == toni


def edit_at_random(draft: WorkingDraft, chance: random.Random) -> None:
    """Some commands that change the form, until it may be published; those that do not fit are refused and leave it as it is."""
    before = draft.definition
    done = 0
    while done < 3 or draft.definition == before or refusing(draft):
        command, arguments = a_command(draft, chance)
        try:
            actions.do(draft, command, arguments, revision=draft.revision, by=cast.toni())
        except CommandRefused:
            continue
        done += 1


def a_command(draft: WorkingDraft, chance: random.Random) -> tuple[str, dict[str, Any]]:
    """One command of the editor with arguments that could be meant."""
    document = draft.definition
    nodes = [spot.node for spot in spots(document)]
    node, page = chance.choice(nodes), chance.choice(document["pages"])
    yes_or_no = [one["key"] for one in nodes if one["type"] == "yesno"]
    numbers = [one["key"] for one in nodes if one["type"] == "integer"]
    condition = {"field": chance.choice(yes_or_no), "op": "is", "value": True} if yes_or_no else None
    fee = fees.per_unit(chance.choice(numbers), "2.50") if numbers else blank.NEEDED["computed"]["expression"]
    return chance.choice(
        [
            *[("add_element", {"kind": chance.choice(sorted(ANSWERS)), "label": f"Frage {chance.randrange(10_000)}", "into": page["key"]})]
            * 3,
            ("add_page", {"title": f"Seite {chance.randrange(10_000)}"}),
            ("set_element", {"key": node["key"], "fields": {"label": {"de": f"Neu gefragt {chance.randrange(10_000)}"}}}),
            ("move_element", {"key": node["key"], "by": chance.choice([-1, 1])}),
            ("move_element_to", {"key": node["key"], "into": page["key"]}),
            ("copy_element", {"key": node["key"]}),
            ("delete_element", {"key": node["key"]}),
            ("delete_page", {"page": page["key"]}),
            ("set_condition", {"key": node["key"], "condition": condition}),
            ("set_fee", {"fee": fee, "basis": "Satzung"}),
        ]
    )


def refusing(draft: WorkingDraft) -> bool:
    """Whether the proof finds an error."""
    return any(one.severity == "error" for one in prove(queries.definition_of_draft(draft)))


def publish(draft: WorkingDraft) -> FormVersion:
    """Publish with every warning looked at."""
    definition = queries.definition_of_draft(draft)
    seen = [f"{one.code}:{one.path}" for one in prove(definition) if one.severity == "warning"]
    return actions.publish_draft(draft, revision=draft.revision, drafts_until=None, acknowledged=seen, by=cast.toni())


def send(version: FormVersion, chance: random.Random) -> Any:
    """Somebody answers everything and sends it; returns the submission's id."""
    places = queries.definition_of(version).outline.places
    answers = {key: ANSWERS[place.element.type](chance) for key, place in places.items()}
    draft = submissions.begin_draft(kind="form", ref=str(version.pk), language=chance.choice(["de", "en"]), account=None)
    submissions.keep_answers(draft, answers, language=draft.language)
    ready = kinds.registry.get("form").ready(draft)
    return submissions.submit(draft, seen_digest=submissions.frozen_digest(draft, ready)).pk
