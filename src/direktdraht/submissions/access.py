"""How drafts and submissions are fetched: by the session that began them, by the account, by a resume code.

A page of a draft carries a pass. With it the page can still be sent when the session ended meanwhile, so that nothing
typed is lost. It opens no page, holds for a day, and ends when the person leaves the device.
"""

from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest
from django.urls import reverse

from direktdraht.cases.access import working_units
from direktdraht.foundation import codes
from direktdraht.foundation.limits import counting as limits
from direktdraht.people.models import Account
from direktdraht.submissions import queries
from direktdraht.submissions.models import Declaration, Draft, Submission

SESSION_DRAFTS = "drafts"
MOST_DRAFTS_IN_SESSION = 20
TRIES_PER_HOUR = 20
CODE_TRIES_PER_HOUR = 200  # a mail room opens many letters
FIELD_ON_PAGES = "_pass"
PASS_SECONDS = 24 * 3600


def remember(request: HttpRequest, draft: Draft) -> None:
    """Let this browser session open the draft, and later its receipt."""
    let_open(request, draft.pk)


def let_open(request: HttpRequest, key: UUID) -> None:
    """Let this browser session open the draft or submission of this id; the caller has made sure that it may."""
    known = [one for one in request.session.get(SESSION_DRAFTS, []) if one != str(key)]
    request.session[SESSION_DRAFTS] = [*known, str(key)][-MOST_DRAFTS_IN_SESSION:]


def forget(request: HttpRequest, draft_id: UUID) -> None:
    """Take the draft, or the receipt that it became, out of this browser session."""
    request.session[SESSION_DRAFTS] = [key for key in request.session.get(SESSION_DRAFTS, []) if key != str(draft_id)]


def may_open(request: HttpRequest, draft_id: UUID, account_id: UUID | None) -> bool:
    """Whether this session began it, or the signed-in account owns it."""
    if str(draft_id) in request.session.get(SESSION_DRAFTS, []):
        return True
    return account_id is not None and isinstance(request.user, Account) and request.user.pk == account_id


def get_draft_for(request: HttpRequest, draft_id: UUID) -> Draft:
    """The draft; for anybody else it does not exist (404)."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None or not may_open(request, draft.pk, draft.account_id):
        raise Http404
    return draft


def elsewhere(draft: Draft) -> str:
    """Where a draft is that cannot be changed any more: its receipt, or the ways to sign it; else empty."""
    if draft.sent_at is not None:
        return reverse("submissions:receipt", args=[draft.pk])
    return reverse("submissions:sign", args=[draft.pk]) if draft.frozen_at is not None else ""


def pass_for(draft: Draft) -> str:
    """The pass that the draft's pages carry; bound to a secret that ``actions.leave`` draws anew."""
    return pass_signer(draft).sign(str(draft.pk))


def pass_signer(draft: Draft) -> TimestampSigner:
    """What signs the passes of one draft."""
    return TimestampSigner(salt=f"submissions.page:{bytes(draft.page_secret).hex()}")


def get_draft_for_sent_page(request: HttpRequest, draft_id: UUID) -> Draft:
    """The draft that a sent page belongs to, also when its session ended; for anybody else it does not exist (404).

    A draft without account is opened again for this browser. One of an account is not: ask ``may_open`` before
    showing anything of it.
    """
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is not None and not may_open(request, draft.pk, draft.account_id):
        try:
            signed = pass_signer(draft).unsign(request.POST.get(FIELD_ON_PAGES, ""), max_age=PASS_SECONDS)
        except BadSignature as problem:
            raise Http404 from problem
        if signed != str(draft_id):
            raise Http404
        if draft.account_id is None:
            remember(request, draft)
    if draft is None:
        raise Http404
    return draft


def get_submission_for(request: HttpRequest, submission_id: UUID) -> Submission:
    """The submission with its case; for anybody else it does not exist (404)."""
    submission = Submission.objects.select_related("case", "case__unit", "service", "receipt_pdf").filter(pk=submission_id).first()
    if submission is None or not may_open(request, submission.pk, submission.account_id):
        raise Http404
    return submission


def find_declaration_for(account: Account, code: str) -> Declaration | None:
    """The declaration whose code a clerk typed: of their own units only; ``None`` also after too many tries."""
    if not limits.hit("submissions.code", str(account.pk), limit=CODE_TRIES_PER_HOUR, seconds=3600):
        return None
    return queries.live_declarations().filter(code=codes.normalise_key(code), unit__in=working_units(account)).first()


def get_declaration_by_code(account: Account, code: str) -> Declaration:
    """As ``find_declaration_for`` for the pages that follow; raises Http404."""
    declaration = queries.live_declarations().filter(code=code, unit__in=working_units(account)).first()
    if declaration is None:
        raise Http404
    return declaration


def find_by_resume_code(code: str, *, address: str) -> Draft | None:
    """The unsent draft of a resume code; ``None`` also after too many tries from one address."""
    if not limits.hit("submissions.resume", address, limit=TRIES_PER_HOUR, seconds=3600):
        return None
    return Draft.objects.filter(resume_digest=codes.key_digest(code), sent_at=None).first()


def find_by_check_code(number: str, code: str, *, address: str) -> Submission | None:
    """The submission behind a receipt's number and check code; ``None`` also after too many tries."""
    if not limits.hit("submissions.check", address, limit=TRIES_PER_HOUR, seconds=3600):
        return None
    return Submission.objects.filter(case__number=number, check_code=codes.normalise_key(code)).first()
