"""Pages of filling in: begin, one page after the other, review. Thin: parse, one action or query, render."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from direktdraht.cases.access import network_of
from direktdraht.forms import filling as fillings
from direktdraht.forms import moving, places, queries, times, two_tabs, uploading
from direktdraht.forms.filling import Filling, fee_texts
from direktdraht.forms.models import State
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.types import DocumentRefused, safe_name
from direktdraht.foundation.geo import queries as geo
from direktdraht.foundation.texts import pick
from direktdraht.foundation.web.maps import with_map
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.people.models import Account
from direktdraht.questions import json_schema, merging, posting, rendering
from direktdraht.questions.faces import target
from direktdraht.questions.merging import Merged
from direktdraht.questions.messages import Message
from direktdraht.services.models import Service
from direktdraht.submissions import access, actions, kinds, paying_first
from direktdraht.submissions.errors import AlreadySent, ChangedMeanwhile

Problems = dict[str, list[Message]]
Fresh = dict[str, list[Document]]
"""Files that came with a page, by the path of their question."""

MOST_TRIES = 5
UNDECIDED = 409
"""Status of a page on which two windows stand against each other."""


def language_now() -> str:
    """The reader's language."""
    return get_language() or "de"


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """What the form is about and what one needs; then a draft is begun."""
    version = queries.published_version(key)
    if version is None:
        raise Http404
    if request.method == "POST":
        account = request.user if isinstance(request.user, Account) else None
        draft = actions.begin_draft(kind=fillings.KIND, ref=str(version.pk), language=language_now(), account=account)
        access.remember(request, draft)
        if account is not None:
            return redirect("forms:prefill", draft_id=draft.pk)
        return redirect("forms:page", draft_id=draft.pk, page_key=queries.definition_of(version).pages[0].key)
    definition = queries.definition_of(version)
    service = Service.objects.select_related("unit").filter(pk=definition.service).first()
    return render(request, "forms/begin.html", {"version": version, "definition": definition, "service": service})


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponse:
    """One page of the form. Whatever was typed is kept, also when it is wrong."""
    get_draft = access.get_draft_for_sent_page if request.method == "POST" else access.get_draft_for
    draft = get_draft(request, draft_id)
    if elsewhere := access.elsewhere(draft):
        return redirect(elsewhere)
    filling = fillings.filling_of(draft)
    if request.method == "POST" and page_key in {one.key for one in filling.definition.pages}:
        return sent_page(request, filling, page_key)
    if moving.is_over(filling.version):
        return redirect("forms:move", draft_id=draft.pk)
    if page_key not in filling.pages:
        return redirect("forms:page", draft_id=draft.pk, page_key=filling.pages[0])
    problems = filling.evaluation.errors_of(page_key) if "pruefen" in request.GET else {}
    return show_page(request, filling, page_key, problems)


def sent_page(request: HttpRequest, filling: Filling, page_key: str) -> HttpResponse:
    """Keep what was typed first, also where the session, the page or the form's version ended meanwhile."""
    draft = filling.draft
    answer = take_page(request, filling, page_key)
    if not access.may_open(request, draft.pk, draft.account_id):
        return signed_out(request, filling, page_key)
    if moving.is_over(filling.version) and answer.status_code != UNDECIDED:
        return redirect("forms:move", draft_id=draft.pk)
    return answer


def signed_out(request: HttpRequest, filling: Filling, page_key: str) -> HttpResponse:
    """What was typed is kept, but its owner is not signed in any more: nothing of it is shown."""
    sign_in = redirect_to_login(reverse("forms:page", args=[filling.draft.pk, page_key])).url
    return render(request, "forms/signed_out.html", {"sign_in": sign_in})


def take_page(request: HttpRequest, filling: Filling, page_key: str) -> HttpResponse:
    """Keep what was posted, then go where the button says if the page is in order."""
    fresh, refused = take_files(request, filling, page_key)
    for _try in range(MOST_TRIES):
        merged = two_tabs.read(filling, page_key, request.POST)
        answers, homeless = with_files(merged, fresh)
        answers = times.with_held(filling.definition.page(page_key), filling.draft, answers, network=address_of(request))
        try:
            actions.keep_answers(filling.draft, answers, language=language_now())
        except AlreadySent:
            return redirect("submissions:receipt", submission_id=filling.draft.pk)
        except ChangedMeanwhile:
            filling.draft.refresh_from_db()
            filling = fillings.filling_of(filling.draft)
            continue
        times.keep(filling.definition, filling.draft)
        filling = filling.as_kept()
        if merged.mine:
            return show_page(request, filling, page_key, refused | homeless, mine=merged.mine)
        return go_on(request, filling, page_key, refused)
    return redirect("forms:page", filling.draft.pk, page_key)


def address_of(request: HttpRequest) -> str:
    """From where somebody asks, as limits count it."""
    return network_of(request.META.get("REMOTE_ADDR", ""))


def go_on(request: HttpRequest, filling: Filling, page_key: str, refused: Problems) -> HttpResponse:
    """After the answers are kept: the page that the button asks for, or this page again with what is wrong."""
    if "_later" in request.POST:
        return redirect("forms:later", draft_id=filling.draft.pk)
    if "_back" in request.POST and not refused:
        before = filling.page_before(page_key)
        return redirect("forms:page", filling.draft.pk, before) if before else redirect("forms:begin", filling.definition.key)
    if posting.is_page_change(request.POST):
        return show_page(request, filling, page_key, refused)
    new = posting.newly_shown(filling.definition, page_key, request.POST, filling.evaluation)
    problems = {path: found for path, found in filling.evaluation.errors_of(page_key).items() if not posting.is_within(path, new)} | refused
    grown = bool(new)
    if problems or grown:
        return show_page(request, filling, page_key, problems, grown=grown and not problems)
    following = filling.next_page(page_key)
    return redirect("forms:page", filling.draft.pk, following) if following else redirect("forms:review", filling.draft.pk)


def take_files(request: HttpRequest, filling: Filling, page_key: str) -> tuple[Fresh, Problems]:
    """Store the files that came with the page, by question; a refused one is named at its question."""
    fresh: Fresh = {}
    refused: Problems = {}
    if not request.FILES:
        return fresh, refused
    posted = posting.read_page(filling.definition, page_key, request.POST, filling.draft.answers)
    for path, element in posting.file_fields(filling.definition, page_key, posted).items():
        for upload in request.FILES.getlist(path)[: element.max_count]:
            if not isinstance(upload, UploadedFile):
                continue
            try:
                fresh.setdefault(path, []).append(uploading.store(filling.draft, element, upload, upload.name or ""))
            except DocumentRefused as problem:
                sentence = f"{safe_name(upload.name or '')}: {problem}"
                refused.setdefault(path, []).append(Message("own_sentence", {"sentence": sentence}))
    return fresh, refused


def with_files(merged: Merged, fresh: Fresh) -> tuple[dict[str, Any], Problems]:
    """The answers with the new files. One whose entry is still to be decided has no place yet and must be chosen again."""
    answers, homeless = merged.answers, Problems()
    for path, stored in fresh.items():
        if path.partition(".")[0] in merged.mine:
            sentences = [_("Bitte wählen Sie diese Datei noch einmal aus: %(name)s") % {"name": one.name} for one in stored]
            homeless[path] = [Message("own_sentence", {"sentence": sentence}) for sentence in sentences]
        else:
            answers = posting.add_files(answers, path, [str(one.pk) for one in stored])
    return answers, homeless


def show_page(
    request: HttpRequest,
    filling: Filling,
    page_key: str,
    problems: Problems,
    *,
    grown: bool = False,
    mine: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render one page with its problems; ``mine`` are answers to decide against the stored ones."""
    language = language_now()
    stored = filling.draft.answers
    conflicts = two_tabs.conflicts(filling, mine or {}, language)
    definition_page = filling.definition.page(page_key)
    marks = merging.marks(definition_page, stored, filling.around)
    if mine:
        filling = filling.with_answers({**stored, **mine})
    names = labels_of(filling, page_key, language)
    listed = [PageProblem(f"{one.label}: " + _("Hier steht inzwischen etwas anderes."), one.target) for one in conflicts]
    listed += [
        PageProblem(f"{names[path]}: {message.text(language)}" if path in names else message.text(language), target(path))
        for path, messages in problems.items()
        for message in messages
    ]
    shown = set(filling.evaluation.shown)
    context = {
        "filling": filling,
        "answers": {**stored, **(mine or {})},
        "page": definition_page,
        "elements": [element for element in definition_page.elements if element.key in shown],
        "problems": listed,
        "errors": problems,
        "conflicts": conflicts,
        "marks": marks,
        "pass": access.pass_for(filling.draft),
        "grown": grown,
        "files": list(filling.documents.values()),
        "places": geo,
        "times": times.calendar(),
        "has_map": places.is_asked(definition_page.elements),
        "position": filling.pages.index(page_key) + 1 if page_key in filling.pages else len(filling.pages),
        "total": len(filling.pages) + 1,
        "before": filling.page_before(page_key),
        "title": queries.title_of(filling.version, language),
        "newer": filling.version.state == State.RETIRED and queries.published_version(filling.version.form_id) is not None,
    }
    response = render(request, "forms/page.html", context, status=UNDECIDED if conflicts else 422 if listed else 200)
    return with_map(response, needed=bool(context["has_map"]))


def labels_of(filling: Filling, page_key: str, language: str) -> dict[str, str]:
    """The questions of a page by path, for the lines of the error summary."""
    paths = posting.paths_of(filling.definition.page(page_key).elements, filling.draft.answers)
    return {path: pick(element.label, language)[0] for path, element in paths}


@never_cache
@require_safe
def review(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Everything once more, each part with a way to change it (§ 9a (2) OZG), and the warning (§ 9a (3) OZG)."""
    draft = access.get_draft_for(request, draft_id)
    if elsewhere := access.elsewhere(draft):
        return redirect(elsewhere)
    if draft.language != language_now():
        actions.set_language(draft, language_now())
    try:
        ready = kinds.registry.get(draft.kind).ready(draft)
    except kinds.NotReady as missing:
        return redirect(missing.url)
    filling = fillings.filling_of(draft)
    facts = {key: fillings.facts_of(document) for key, document in filling.documents.items()}
    sections = rendering.sections(filling.definition, filling.evaluation.answers, draft.language, facts)
    context = {
        "filling": filling,
        "ready": ready,
        "pass": access.pass_for(draft),
        "seen": actions.frozen_digest(draft, ready),
        "pay_first": paying_first.rule_for(ready),
        "fee_texts": fee_texts(filling, draft.language),
        "sections": [(part, reverse("forms:page", args=[draft.pk, part.page_key])) for part in sections],
        "changed": "geaendert" in request.GET,
        "total": len(filling.pages) + 1,
        "title": queries.title_of(filling.version, draft.language),
        "last_page": filling.pages[-1],
    }
    return render(request, "forms/review.html", context)


@never_cache
@require_safe
def later(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Offer to keep the draft for another day or device."""
    draft = access.get_draft_for(request, draft_id)
    return render(request, "forms/later.html", {"draft": draft, "back_url": kinds.registry.get(draft.kind).page_url(draft)})


@require_safe
@cache_control(public=True, max_age=300)
def schema(request: HttpRequest, key: str) -> JsonResponse:
    """JSON Schema 2020-12 of a published form's answers."""
    version = queries.published_version(key)
    if version is None:
        raise Http404(_("Dieses Formular gibt es nicht."))
    return JsonResponse(json_schema.schema(queries.definition_of(version)), json_dumps_params={"ensure_ascii": False})
