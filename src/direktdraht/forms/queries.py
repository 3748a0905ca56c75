"""What can be asked: published versions, parsed definitions, lists for staff."""

from functools import lru_cache

from direktdraht.forms.models import FormVersion, State
from direktdraht.questions.definition import FormDefinition, parse

MOST_PARSED = 64


@lru_cache(maxsize=MOST_PARSED)
def _parsed(version_id: int, digest: str) -> FormDefinition:
    """Parse a version once a process; its digest is part of the key, so a restored database cannot mix them."""
    version = FormVersion.objects.get(pk=version_id, digest=digest)
    return parse(version.definition)


def definition_of(version: FormVersion) -> FormDefinition:
    """The parsed definition of a version."""
    return _parsed(version.pk, version.digest)


def published_version(key: str) -> FormVersion | None:
    """The version people fill in now, or ``None``."""
    return FormVersion.objects.select_related("form").filter(form_id=key, state=State.PUBLISHED).first()


def version_by_ref(ref: str) -> FormVersion:
    """The version that a draft or submission points to. Raises FormVersion.DoesNotExist."""
    return FormVersion.objects.select_related("form").get(pk=int(ref))


def newest_versions() -> list[FormVersion]:
    """The newest version of every form, by key."""
    return list(FormVersion.objects.select_related("form").order_by("form_id", "-number").distinct("form_id"))
