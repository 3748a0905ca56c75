"""What this room tells the rooms below: who may read its files, how its content is read again, how a case shows it."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from direktdraht.cases import opened
from direktdraht.cases.access import get_case_for, working_units
from direktdraht.cases.registries import Matter, OriginSection, origins
from direktdraht.foundation import checks
from direktdraht.foundation.checks import Finding, Level
from direktdraht.foundation.documents import owners
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal.contents import Content as JournalContent
from direktdraht.foundation.journal.contents import contents
from direktdraht.foundation.journal.models import Entry
from direktdraht.foundation.web.tables import ShownFile
from direktdraht.payments.registry import owners as payments
from direktdraht.people.access import speaks_as_staff
from direktdraht.people.models import Account
from direktdraht.submissions import access, freezing, kinds, orders, replay
from direktdraht.submissions.demail import registration as demail
from direktdraht.submissions.models import Declaration, Draft, Submission, SubmissionFile


class DraftFiles:
    """Files in a draft: only who writes it."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the asker has the draft open or owns it."""
        draft = Draft.objects.filter(pk=document.owner_id).first()
        return draft is not None and access.may_open(request, draft.pk, draft.account_id)


class DeclarationFiles:
    """The PDF of a frozen declaration: who writes it, and the clerks who may take in its signature."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the asker has the draft open, or works in its unit."""
        declaration = Declaration.objects.select_related("draft").filter(document=document).first()
        if declaration is None:
            return False
        if access.may_open(request, declaration.draft_id, declaration.draft.account_id):
            return True
        return speaks_as_staff(request) and declaration.unit_id in {unit.pk for unit in working_units(request.user)}


class SubmissionFiles:
    """Files of a submission: who sent it, and staff who may see the case."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the asker sent it, has opened its case, or works on it."""
        submission = Submission.objects.select_related("case").filter(pk=document.owner_id).first()
        if submission is None:
            return False
        if access.may_open(request, submission.pk, submission.account_id):
            return True
        if opened.is_person_of(request, submission.case):
            return True
        return isinstance(request.user, Account) and speaks_as_staff(request) and works_on(request.user, submission.case.number)


def works_on(account: Account, number: str) -> bool:
    """Whether the account may see this case as staff."""
    try:
        get_case_for(account, number)
    except (Http404, PermissionDenied):
        return False
    return True


class SubmissionContent:
    """Reads a submission's content again for ``direktdraht verify``."""

    def read(self, entry: Entry) -> JournalContent | None:
        """The content and salt, or ``None`` when the record was erased."""
        submission = Submission.objects.filter(pk=UUID(entry.subject.partition(":")[2])).first()
        if submission is None or not submission.salt or entry.kind != "submission.received":
            return None
        return JournalContent(replay.stored_content(submission).canonical_bytes(), bytes(submission.salt))


class SubmissionOrigin:
    """Shows a submission inside its case."""

    def describe(self, ref: str) -> str:
        """Where the case comes from, in a few words."""
        submission = Submission.objects.filter(pk=ref).first()
        return "" if submission is None else submission.title

    def sections(self, ref: str) -> list[OriginSection]:
        """How it stands, and the stored answers, part by part."""
        submission = Submission.objects.filter(pk=ref).first()
        if submission is None or not submission.salt:
            return []
        kind = kinds.registry.get(submission.kind)
        parts = [*kind.standing(submission), *kind.sections(submission)]
        return [OriginSection(part.title, part.rows, part.places) for part in parts]

    def matter(self, ref: str) -> Matter:
        """What the kind says; the orders of a submission itself where it says nothing."""
        submission = Submission.objects.filter(pk=ref).first()
        found = Matter() if submission is None else kinds.registry.get(submission.kind).matter(submission)
        return found if found.orders[0] else replace(found, orders=(orders.OWNER, ref))

    def files(self, ref: str) -> list[ShownFile]:
        """The files that were sent along."""
        kept = SubmissionFile.objects.select_related("document").filter(submission_id=ref).order_by("position")
        documents = [one.document for one in kept]
        return [ShownFile(one.name, reverse("documents:download", args=[one.pk]), one.size) for one in documents]


def replay_problems() -> Iterator[Finding]:
    """Newest submissions whose text cannot be rendered the same any more."""
    broken = replay.broken_among_newest()
    if broken:
        yield Finding(Level.ERROR, f"{len(broken)} submissions no longer render to their stored text, first {broken[0]}.")


def register() -> None:
    """Fill the registries below."""
    owners.register("draft", DraftFiles())
    owners.register(freezing.OWNER, DeclarationFiles())
    owners.register("submission", SubmissionFiles())
    contents.register("submission", SubmissionContent())
    origins.register("submission", SubmissionOrigin())
    payments.register(orders.OWNER, orders.SubmissionOrders())
    checks.registry.register("replay", replay_problems)
    demail.register()
