"""What can be done with forms: publish a definition as a new version, retire the published one."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from direktdraht.forms.errors import CannotPublish, failed_test
from direktdraht.forms.models import Form, FormVersion, State
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account, Unit
from direktdraht.questions import definition_tests
from direktdraht.questions.definition import DefinitionError, FormDefinition, digest, parse
from direktdraht.services.models import Service

GALLERY = Path(__file__).parent / "gallery"


def publish(data: Any, *, by: Account | None) -> FormVersion:
    """Publish a definition: checked, its tests run, frozen with its digest. The same definition twice is one version.

    Raises:
        CannotPublish: it cannot be read, a test inside fails, its unit or service is unknown.
    """
    definition = checked(data)
    fingerprint = digest(data)
    with transaction.atomic():
        form, _made = Form.objects.get_or_create(key=definition.key)
        Form.objects.select_for_update().get(pk=form.pk)
        present = FormVersion.objects.filter(form=form, state=State.PUBLISHED).first()
        if present is not None and present.digest == fingerprint:
            return present
        newest = FormVersion.objects.filter(form=form).order_by("-number").first()
        FormVersion.objects.filter(form=form, state=State.PUBLISHED).update(state=State.RETIRED)
        version = FormVersion.objects.create(
            form=form,
            number=newest.number + 1 if newest else 1,
            definition=data,
            digest=fingerprint,
            published_at=clock.now(),
            published_by=by,
        )
        journal.record(
            "form.published",
            subject=f"form:{definition.key}",
            facts={"version": version.number, "definition": fingerprint},
            by=str(by.pk) if by else "",
        )
    return version


def checked(data: Any) -> FormDefinition:
    """Parse a definition and hold its tests and its references. Raises CannotPublish."""
    try:
        definition = parse(data)
    except DefinitionError as problem:
        raise CannotPublish([f"{finding.path}: {finding.sentence()}" for finding in problem.findings]) from problem
    reasons = []
    for outcome in definition_tests.run(definition, state=city.current().state):
        reasons += [failed_test(outcome.name, difference) for difference in outcome.differences]
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
