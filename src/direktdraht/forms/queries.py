"""What can be asked: published versions, parsed definitions, lists for staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, OuterRef, QuerySet, Subquery

from direktdraht.forms.models import CodeList, Edit, EditState, Form, FormVersion, State, WorkingDraft
from direktdraht.foundation.texts import pick
from direktdraht.questions.definition import FormDefinition, parse
from direktdraht.submissions.models import Submission

MOST_PARSED = 64


@lru_cache(maxsize=MOST_PARSED)
def _parsed(version_id: int, digest: str) -> FormDefinition:
    """Parse a version once a process; its digest is part of the key, so a restored database cannot mix them."""
    version = FormVersion.objects.get(pk=version_id, digest=digest)
    return parse(version.definition)


def definition_of(version: FormVersion) -> FormDefinition:
    """The parsed definition of a version."""
    return _parsed(version.pk, version.digest)


def title_of(version: FormVersion, language: str) -> str:
    """The title of a version in a language, German if there is none, from the parsed definition."""
    return pick(definition_of(version).title, language)[0]


def published_version(key: str) -> FormVersion | None:
    """The version people fill in now, or ``None``; its definition is read only when ``definition_of`` must parse it."""
    return FormVersion.objects.select_related("form").defer("definition").filter(form_id=key, state=State.PUBLISHED).first()


def published_versions() -> list[FormVersion]:
    """The published version of every form, by key."""
    return list(FormVersion.objects.select_related("form").filter(state=State.PUBLISHED).order_by("form_id"))


def version_by_ref(ref: str) -> FormVersion:
    """The version that a draft or submission points to. Raises FormVersion.DoesNotExist."""
    return FormVersion.objects.select_related("form").defer("definition").get(pk=int(ref))


def versions_by_ref(refs: Iterable[str]) -> QuerySet[FormVersion]:
    """The versions that drafts or submissions point to, in one query."""
    return FormVersion.objects.filter(pk__in=[int(ref) for ref in refs]).order_by("pk")


def definition_of_draft(draft: WorkingDraft) -> FormDefinition:
    """The parsed definition of a working draft; every command keeps it readable."""
    return parse(draft.definition)


def versions_of(key: str) -> list[FormVersion]:
    """All versions of a form, the newest first."""
    return list(FormVersion.objects.select_related("published_by").defer("definition").filter(form_id=key).order_by("-number"))


def turning_points(draft: WorkingDraft) -> list[Edit]:
    """The edit that undo takes back, and the one that redo does again."""
    edits = draft.edits.exclude(command="begin").defer("changes")
    newest = edits.filter(state=EditState.DONE).order_by("-revision").first()
    oldest = edits.filter(state=EditState.UNDONE).order_by("revision").first()
    return [edit for edit in (newest, oldest) if edit is not None]


def history_of(draft: WorkingDraft, *, before: int | None = None, limit: int = 50) -> list[Edit]:
    """Who changed what when, the newest first, at most ``limit`` below a revision."""
    edits = draft.edits.select_related("by").defer("changes").order_by("-revision")
    return list((edits if before is None else edits.filter(revision__lt=before))[:limit])


def newest_lists() -> list[CodeList]:
    """The newest version of every code list."""
    return list(CodeList.objects.order_by("urn", "-created_at", "-pk").distinct("urn"))


@dataclass(frozen=True)
class ListedForm:
    """What a list knows of a form: its newest version, and its working draft where there is no version yet."""

    key: str
    title: dict[str, str]
    unit: str
    number: int | None
    state: str
    changed_at: datetime
    has_draft: bool


def forms_for_staff() -> list[ListedForm]:
    """Every form by key; two queries, of each definition only title and unit are read."""
    newest = FormVersion.objects.filter(form=OuterRef("pk")).order_by("-number").values("pk")[:1]
    facts = (
        "pk",
        "created_at",
        "newest",
        "working_draft__changed_at",
        "working_draft__definition__title",
        "working_draft__definition__unit",
    )
    forms = list(Form.objects.order_by("key").annotate(newest=Subquery(newest)).values_list(*facts))
    wanted = ("pk", "definition__title", "definition__unit", "number", "state", "published_at")
    versions = {row[0]: row[1:] for row in FormVersion.objects.filter(pk__in=[form[2] for form in forms if form[2]]).values_list(*wanted)}
    listed = []
    for key, created_at, newest_pk, drafted_at, draft_title, draft_unit in forms:
        title, unit, number, state, published_at = versions.get(newest_pk, (draft_title, draft_unit, None, "", None))
        changed_at = max((at for at in (drafted_at, published_at) if at), default=created_at)
        listed.append(ListedForm(key, title or {}, unit or "", number, state, changed_at, drafted_at is not None))
    return listed


def working_draft(key: str) -> WorkingDraft | None:
    """The working draft of a form, if there is one."""
    return WorkingDraft.objects.filter(pk=key).first()


def version_by_number(key: str, number: int) -> FormVersion | None:
    """A version by its number, also a retired one."""
    return FormVersion.objects.select_related("form").filter(form_id=key, number=number).first()


def version_before(version: FormVersion) -> FormVersion | None:
    """The version that a version replaced."""
    return FormVersion.objects.filter(form_id=version.form_id, number__lt=version.number).order_by("-number").first()


def submissions_by_version(versions: Sequence[int]) -> dict[int, int]:
    """How many submissions there are of each of these versions."""
    refs = [str(pk) for pk in versions]
    counted = Submission.objects.filter(kind="form", ref__in=refs).order_by().values("ref").annotate(count=Count("pk"))
    return {int(row["ref"]): row["count"] for row in counted}


def submissions_by_form() -> dict[str, int]:
    """How many submissions there are of each form, all versions together."""
    counted = dict(Submission.objects.filter(kind="form").order_by().values_list("ref").annotate(Count("pk")))
    forms: dict[str, int] = {}
    for pk, form in FormVersion.objects.filter(pk__in=[int(ref) for ref in counted]).values_list("pk", "form_id"):
        forms[form] = forms.get(form, 0) + counted[str(pk)]
    return forms
