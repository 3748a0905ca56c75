"""Pages of the one way that are the same for every kind: resume, send, receipt, check."""

import json
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.cases import opened
from direktdraht.foundation import codes
from direktdraht.foundation.documents.storage import open_content
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.people.methods import signed_in_elsewhere
from direktdraht.people.models import Account
from direktdraht.submissions import access, actions, checking, kinds, orders, paying_first, receipts
from direktdraht.submissions.errors import AlreadySent, ChangedMeanwhile
from direktdraht.submissions.inputs import CheckForm, ResumeForm
from direktdraht.submissions.models import Draft


def address_of(request: HttpRequest) -> str:
    """The asker's network address, used only inside digests of rate limits."""
    return str(request.META.get("REMOTE_ADDR", ""))


@require_POST
def send(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send what the review page showed, or go and pay for it first; repeating it leads to the same receipt."""
    seen = request.POST.get("seen", "")
    draft = access.get_draft_for_sent_page(request, draft_id)
    kind = kinds.registry.get(draft.kind)
    if not access.may_open(request, draft.pk, draft.account_id):
        return redirect_to_login(kind.review_url(draft))
    try:
        try:
            submission = actions.submit(draft, seen_digest=seen)
        except paying_first.NotPaid as unpaid:
            order = paying_first.begin(draft, seen_digest=seen)
            return redirect(unpaid.url) if order is None else redirect("payments:order", order.reference)
    except kinds.NotReady as missing:
        return redirect(missing.url)
    except ChangedMeanwhile:
        return redirect(f"{kind.review_url(draft)}?geaendert=1")
    opened.remember(request, submission.case)
    return redirect("submissions:receipt", submission_id=submission.pk)


@never_cache
@require_safe
def receipt(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The receipt: first that it worked, then number, what happens next, key, proof."""
    submission = access.get_submission_for(request, submission_id)
    draft = Draft.objects.filter(pk=submission_id).first()
    if not opened.is_person_of(request, submission.case):  # it was sent by itself, once it was paid
        opened.remember(request, submission.case)
    words = receipts.received(submission)
    context = {
        "submission": submission,
        "words": words,
        "matter": kinds.registry.get(submission.kind).matter(submission),
        "next_steps": receipts.next_steps(submission, words),
        "case_key": draft.case_key if draft is not None and not isinstance(request.user, Account) else "",
        "digest": receipts.digest_words(submission.digest),
        "signed_in": signed_in_elsewhere(request),
        "order": orders.fee_order(submission),
    }
    return render(request, "submissions/receipt.html", context)


@never_cache
@require_safe
def receipt_pdf(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The receipt's PDF, as an attachment."""
    submission = access.get_submission_for(request, submission_id)
    document = receipts.stored_pdf(submission)
    with open_content(document.sha256) as content:
        response = HttpResponse(content.read(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    return response


@never_cache
@require_safe
def receipt_json(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The receipt for machines: signed row and, once sealed, the proof of its place in the journal."""
    submission = access.get_submission_for(request, submission_id)
    text = json.dumps(receipts.machine_receipt(submission), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="quittung-{submission.case.number}.json"'
    return response


@never_cache
@require_POST
def save_for_later(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Draw a resume code for a draft and show it on a page of its own."""
    draft = access.get_draft_for(request, draft_id)
    try:
        code = actions.make_resume_code(draft)
    except AlreadySent:
        return redirect("submissions:receipt", submission_id=draft.pk)
    kind = kinds.registry.get(draft.kind)
    link = request.build_absolute_uri(reverse("submissions:resume"))
    return render(request, "submissions/saved.html", {"code": code, "back_url": kind.page_url(draft), "link": link, "draft": draft})


@never_cache
@require_POST
def leave(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Close a draft on this computer: nothing of it stays in this browser, and whoever owns it is signed out."""
    draft = access.get_draft_for(request, draft_id)
    actions.leave(draft)
    access.forget(request, draft.pk)
    if draft.account_id is not None:
        logout(request)
    response = redirect("/")
    response["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Continue a draft by its code, on any device."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draft = access.find_by_resume_code(form.cleaned_data["code"], address=address_of(request))
        if draft is not None:
            access.remember(request, draft)
            return redirect(kinds.registry.get(draft.kind).page_url(draft))
        form.add_error("code", _("Zu diesem Code gibt es keinen Entwurf. Bitte vergleichen Sie die Zeichen."))
    return render(request, "submissions/resume.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask first, then delete an unsent draft."""
    draft = access.get_draft_for(request, draft_id)
    kind = kinds.registry.get(draft.kind)
    if request.method == "POST":
        actions.discard(draft)
        access.forget(request, draft_id)
        return redirect("/")
    context = {"draft": draft, "title": kind.titles([draft.ref], draft.language)[draft.ref], "back_url": kind.page_url(draft)}
    return render(request, "submissions/discard.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: str = "") -> HttpResponse:
    """Anyone may check a receipt: by number and check code, or by the PDF, which is compared and dropped."""
    form = CheckForm(request.POST if request.method == "POST" else None, initial={"number": number})
    if request.method != "POST":
        return render(request, "submissions/check.html", {"form": form, "result": None, "asked": False, "problems": []})
    uploaded = request.FILES.get("pdf")
    problems: list[PageProblem] = []
    result = None
    if isinstance(uploaded, UploadedFile):
        result = checking.by_pdf(uploaded, address=address_of(request))
    elif form.is_valid():
        result = checking.by_code(form.cleaned_data["number"], form.cleaned_data["code"], address=address_of(request))
    else:
        problems = [PageProblem(str(text), form[name].auto_id) for name, texts in form.errors.items() for text in texts]
    context = {"form": form, "result": result, "asked": not problems, "problems": problems}
    return render(request, "submissions/check.html", context, status=422 if problems else 200)


def check_index(request: HttpRequest) -> HttpResponseBase:
    """The check page without a number."""
    number = request.GET.get("nummer", "")
    if number:
        try:
            return HttpResponseRedirect(reverse("submissions:check", args=[codes.check_case_number(number)]))
        except codes.WrongCaseNumber:
            return redirect("submissions:check_index")
    return check(request)
