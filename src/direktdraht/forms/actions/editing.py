"""Write a working draft: every command is checked against the revision it was made on, stored, and can be undone."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from direktdraht.forms.editing import changes, commands
from direktdraht.forms.editing.document import Document
from direktdraht.forms.editing.sentences import Done, Refused
from direktdraht.forms.errors import CommandRefused, FormExists, RevisionConflict
from direktdraht.forms.models import CodeList, Edit, EditState, Form, FormVersion, Proposal, ProposalState, WorkingDraft
from direktdraht.forms.xdatenfelder import Proposal as Rule
from direktdraht.foundation import clock
from direktdraht.people.models import Account


def begin_form(definition: Document, *, source: str, by: Account | None, proposals: Sequence[Rule] = ()) -> WorkingDraft:
    """Begin a new form from a definition that can be read.

    Raises FormExists if a form of that key has a version or a working draft already.
    """
    with transaction.atomic():
        form, made = Form.objects.get_or_create(key=definition["key"])
        if not made and (form.versions.exists() or WorkingDraft.objects.filter(pk=form.pk).exists()):
            raise FormExists(form.key)
        draft = start(form, definition, base=None, source=source, by=by)
        Proposal.objects.bulk_create(
            Proposal(draft=draft, source_id=rule.id, name=rule.name[:300], text=rule.text, script=rule.script, place=rule.place)
            for rule in proposals
        )
    return draft


def begin_from_version(version: FormVersion, *, by: Account) -> WorkingDraft:
    """The working draft of a form; if there is none it begins as a copy of the version.

    A draft that exists already is replaced by the version as one edit, so that nothing is lost.
    """
    with transaction.atomic():
        form = Form.objects.select_for_update().get(pk=version.form_id)
        draft = WorkingDraft.objects.filter(pk=form.pk).first()
        if draft is None:
            return start(form, version.definition, base=version, source=str(version), by=by)
    if draft.definition == version.definition:
        return draft
    do(draft, "replace", {"definition": version.definition, "source": str(version)}, revision=draft.revision, by=by)
    return draft


def start(form: Form, definition: Document, *, base: FormVersion | None, source: str, by: Account | None) -> WorkingDraft:
    """Store a working draft and its first edit, which cannot be undone."""
    draft = WorkingDraft.objects.create(form=form, definition=definition, base=base, changed_by=by)
    Edit.objects.create(draft=draft, revision=0, command="begin", code="begun", facts={"from": source}, by=by)
    return draft


def do(draft: WorkingDraft, command: str, arguments: dict[str, Any], *, revision: int, by: Account) -> Done:
    """Do a command on the draft as it was at ``revision``; ``draft`` is brought up to date.

    Raises:
        RevisionConflict: somebody changed the draft meanwhile.
        CommandRefused: it cannot be done, with the reason as a sentence.
    """
    with transaction.atomic():
        locked = lock(draft, revision)
        try:
            document, done = commands.apply(locked.definition, command, arguments)
        except Refused as refusal:
            raise CommandRefused(refusal.sentence()) from refusal
        made = list(changes.difference(locked.definition, document))
        if made:
            locked.edits.filter(state=EditState.UNDONE).update(state=EditState.DROPPED)
            advance(locked, document, by)
            Edit.objects.create(
                draft=locked,
                revision=locked.revision,
                command=command,
                code=done.code,
                facts=dict(done.facts),
                changes=[change.to_json() for change in made],
                by=by,
            )
    draft.definition, draft.revision = locked.definition, locked.revision
    return done


def undo(draft: WorkingDraft, *, revision: int, by: Account) -> Edit | None:
    """Take back the newest edit that is in force; ``None`` if there is none."""
    return turn(draft, EditState.DONE, revision=revision, by=by)


def redo(draft: WorkingDraft, *, revision: int, by: Account) -> Edit | None:
    """Do again what was taken back last; ``None`` if there is nothing."""
    return turn(draft, EditState.UNDONE, revision=revision, by=by)


def turn(draft: WorkingDraft, present: EditState, *, revision: int, by: Account) -> Edit | None:
    """Undo the newest edit in force, or redo the oldest one taken back."""
    back = present == EditState.DONE
    with transaction.atomic():
        locked = lock(draft, revision)
        edit = locked.edits.filter(state=present).exclude(command="begin").order_by("-revision" if back else "revision").first()
        if edit is None:
            return None
        made = [changes.Change.from_json(stored) for stored in edit.changes]
        document = changes.backward(locked.definition, made) if back else changes.forward(locked.definition, made)
        edit.state = EditState.UNDONE if back else EditState.DONE
        edit.save(update_fields=["state"])
        advance(locked, document, by)
    draft.definition, draft.revision = locked.definition, locked.revision
    return edit


def lock(draft: WorkingDraft, revision: int) -> WorkingDraft:
    """The draft for this transaction alone. Raises RevisionConflict."""
    locked = WorkingDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.revision != revision:
        raise RevisionConflict(revision)
    return locked


def advance(draft: WorkingDraft, document: Document, by: Account) -> None:
    """Store the next state of a locked draft."""
    draft.definition, draft.revision = document, draft.revision + 1
    draft.changed_at, draft.changed_by = clock.now(), by
    draft.save(update_fields=["definition", "revision", "changed_at", "changed_by"])


def settle(proposal: Proposal, *, state: ProposalState, reason: str, by: Account) -> None:
    """Say what became of a rule in prose. Raises CommandRefused for a dismissal without a reason."""
    if state == ProposalState.DISMISSED and not reason.strip():
        raise CommandRefused(_("Bitte schreiben Sie, warum die Regel nicht gebraucht wird."))
    proposal.state, proposal.reason = state, reason.strip()
    proposal.settled_at, proposal.settled_by = (None, None) if state == ProposalState.OPEN else (clock.now(), by)
    proposal.save(update_fields=["state", "reason", "settled_at", "settled_by"])


def keep_list(*, urn: str, version: str, title: dict[str, str], entries: list[dict[str, Any]], by: Account | None) -> CodeList:
    """Keep a version of a code list; one that forms may have copied already never changes.

    Raises CommandRefused if the same version has other entries.
    """
    kept, made = CodeList.objects.get_or_create(urn=urn, version=version, defaults={"title": title, "entries": entries, "created_by": by})
    if not made and kept.entries != entries:
        raise CommandRefused(_("Diese Fassung der Werteliste gibt es schon, mit anderem Inhalt. Bitte geben Sie eine neue Fassung an."))
    return kept
