"""Publish a definition as a new version, retire the published one."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.forms import times
from direktdraht.forms.errors import CannotPublish, RevisionConflict, failed_test
from direktdraht.forms.models import Form, FormVersion, ProposalState, State, WorkingDraft
from direktdraht.forms.outcomes import words_of
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account, Unit
from direktdraht.questions import definition_tests
from direktdraht.questions.definition import DefinitionError, FormDefinition, digest, parse
from direktdraht.questions.proof import prove
from direktdraht.services.models import Service

GALLERY = Path(__file__).parents[1] / "gallery"


def publish(data: Any, *, by: Account | None, drafts_until: date | None = None, acknowledged: Sequence[str] = ()) -> FormVersion:
    """Publish a definition: checked, its tests run, frozen with its digest. The same definition twice is one version.

    ``drafts_until`` is the last day on which drafts begun on the version before can be sent (none: for ever),
    ``acknowledged`` the warnings that whoever publishes accepts.

    Raises:
        CannotPublish: it cannot be read, a test inside fails, its unit or service is unknown.
    """
    definition = checked(data)
    fingerprint = digest(data)
    with transaction.atomic():
        form, _new = Form.objects.get_or_create(key=definition.key)
        Form.objects.select_for_update().get(pk=form.pk)
        present = FormVersion.objects.filter(form=form, state=State.PUBLISHED).first()
        if present is not None and present.digest == fingerprint:
            return present
        newest = FormVersion.objects.filter(form=form).order_by("-number").first()
        FormVersion.objects.filter(form=form, state=State.PUBLISHED).update(state=State.RETIRED, drafts_until=drafts_until)
        version = FormVersion.objects.create(
            form=form,
            number=newest.number + 1 if newest else 1,
            definition=data,
            digest=fingerprint,
            published_at=clock.now(),
            published_by=by,
            acknowledged=list(acknowledged),
        )
        journal.record(
            "form.published",
            subject=f"form:{definition.key}",
            facts={"version": version.number, "definition": fingerprint, "acknowledged": len(acknowledged)},
            by=str(by.pk) if by else "",
        )
    return version


def publish_draft(
    draft: WorkingDraft, *, revision: int, drafts_until: date | None, acknowledged: Sequence[str], by: Account
) -> FormVersion:
    """Publish a working draft as it is at ``revision``. It stays as a draft, now resting on the new version.

    ``acknowledged`` names the warnings of the proof (``code:path``) that whoever publishes has looked at.

    Raises:
        RevisionConflict: somebody changed it meanwhile.
        CannotPublish: an error of the proof, a warning nobody has acknowledged, a rule in prose that is not settled.
    """
    with transaction.atomic():
        locked = WorkingDraft.objects.select_for_update().get(pk=draft.pk)
        if locked.revision != revision:
            raise RevisionConflict(revision)
        reasons = unsettled(locked, acknowledged)
        if drafts_until is not None and drafts_until < clock.today():
            reasons.append(_("Der Tag, bis zu dem begonnene Entwürfe gelten, ist schon vorbei."))
        if reasons:
            raise CannotPublish(reasons)
        version = publish(locked.definition, by=by, drafts_until=drafts_until, acknowledged=acknowledged)
        locked.base = version
        locked.save(update_fields=["base"])
    return version


def unsettled(draft: WorkingDraft, acknowledged: Sequence[str]) -> list[str]:
    """What stands against publishing a working draft, each as a sentence."""
    findings = prove(parse(draft.definition), occasions=times.occasions())
    reasons = [one.sentence() for one in findings if one.severity == "error"]
    open_warnings = [one for one in findings if one.severity == "warning" and f"{one.code}:{one.path}" not in acknowledged]
    reasons += [_("Noch nicht angesehen: %(what)s") % {"what": one.sentence()} for one in open_warnings]
    waiting = draft.proposals.filter(state=ProposalState.OPEN).count()
    if waiting:
        reasons.append(_("Regeln aus dem Import, über die noch niemand entschieden hat: %(count)s") % {"count": waiting})
    return reasons


def checked(data: Any) -> FormDefinition:
    """Parse a definition and hold its tests and its references. Raises CannotPublish."""
    try:
        definition = parse(data)
    except DefinitionError as problem:
        raise CannotPublish([f"{finding.path}: {finding.sentence()}" for finding in problem.findings]) from problem
    reasons = []
    for outcome in definition_tests.run(definition, state=city.current().state):
        reasons += [failed_test(outcome.name, words) for words in words_of(outcome, definition, get_language() or "de")]
    if not Unit.objects.filter(pk=definition.unit).exists():
        reasons.append(f"unit: {definition.unit}")
    if not Service.objects.filter(pk=definition.service).exists():
        reasons.append(f"service: {definition.service}")
    if reasons:
        raise CannotPublish(reasons)
    return definition


def retire(version: FormVersion, *, by: Account) -> None:
    """Take a version out of use: no new drafts; drafts that were begun can still be sent."""
    with transaction.atomic():
        changed = FormVersion.objects.filter(pk=version.pk, state=State.PUBLISHED).update(state=State.RETIRED)
        if changed:
            journal.record("form.retired", subject=f"form:{version.form_id}", facts={"version": version.number}, by=str(by.pk))


def read_gallery(key: str) -> dict[str, Any]:
    """A definition of the gallery that comes with the product; raises FileNotFoundError."""
    data: dict[str, Any] = json.loads((GALLERY / f"{key}.json").read_text(encoding="utf-8"))
    return data


def gallery_keys() -> list[str]:
    """The forms of the gallery."""
    return sorted(path.stem for path in GALLERY.glob("*.json"))
