"""The page between a form's beginning and its first question: what may be filled in from the account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from direktdraht.forms import prefill, queries
from direktdraht.forms.filling import filling_of
from direktdraht.people.models import Account
from direktdraht.submissions import access
from direktdraht.submissions.errors import AlreadySent


@never_cache
@require_http_methods(["GET", "POST"])
def prefill_page(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Offer known answers, each with a tick of its own; without anything to offer the form goes on."""
    draft = access.get_draft_for(request, draft_id)
    if elsewhere := access.elsewhere(draft):
        return redirect(elsewhere)
    filling, language = filling_of(draft), get_language() or "de"
    first = redirect("forms:page", draft_id=draft.pk, page_key=filling.pages[0])
    if not isinstance(request.user, Account):
        return first
    if request.method == "POST":
        try:
            prefill.fill_in(draft, request.user, request.POST.getlist("take"), language)
        except AlreadySent:
            return redirect("submissions:receipt", submission_id=draft.pk)
        return first
    offers = prefill.offers(filling, request.user, language)
    context = {"filling": filling, "offers": offers, "title": queries.title_of(filling.version, language), "first_page": first.url}
    return render(request, "forms/prefill.html", context) if offers else first
