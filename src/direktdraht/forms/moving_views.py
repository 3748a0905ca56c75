"""The page on which a person's draft moves to a newer version of the form."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from direktdraht.forms import moving, queries
from direktdraht.forms.editor_desk import language_now
from direktdraht.forms.filling import facts_of, filling_of
from direktdraht.questions import rendering
from direktdraht.submissions import access, kinds
from direktdraht.submissions.models import Draft


@never_cache
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What changed in the form, which answers stay; then go on with the newest version."""
    draft = access.get_draft_for(request, draft_id)
    if elsewhere := access.elsewhere(draft):
        return redirect(elsewhere)
    version = queries.version_by_ref(draft.ref)
    way = moving.move_for(draft, version, language_now())
    if way is None and moving.is_over(version):
        return show_over(request, draft)
    page_url = kinds.registry.get(draft.kind).page_url(draft)
    if way is None:
        return redirect(page_url)
    if request.method == "POST":
        moving.carry_over(draft, way, language=language_now())
        draft.refresh_from_db()
        return redirect(kinds.registry.get(draft.kind).page_url(draft))
    context = {
        "draft": draft,
        "move": way,
        "title": queries.title_of(version, language_now()),
        "until": version.drafts_until,
        "page_url": page_url,
    }
    return render(request, "forms/move.html", context)


def show_over(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The form is offered no more: what was typed can still be read and saved (410)."""
    filling = filling_of(draft)
    facts = {key: facts_of(document) for key, document in filling.documents.items()}
    sections = rendering.sections(filling.definition, filling.evaluation.answers, language_now(), facts)
    context = {"draft": draft, "sections": sections, "title": queries.title_of(filling.version, language_now())}
    return render(request, "forms/over.html", context, status=410)
