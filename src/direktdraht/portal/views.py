"""Public pages: home, the catalogue, search. The same for every visitor, so they are kept and compressed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from direktdraht.forms import queries as forms
from direktdraht.foundation.web.public_pages import public_page
from direktdraht.portal import queries
from direktdraht.services import queries as services
from direktdraht.services.models import WrittenForm

LONGEST_SEARCH = 200
SUGGESTED = 4


def language_now() -> str:
    """The reader's language."""
    return get_language() or "de"


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search first, then what is needed often."""
    context = {
        "popular": services.popular(),
        "number_of_services": services.active().count(),
        "can_write": forms.published_version(queries.MESSAGE_FORM) is not None,
        "words": "",
    }
    return render(request, "portal/home.html", context)


@require_safe
@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """Services that answer the words; forgives typing errors."""
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_SEARCH]
    found = [hit.service for hit in services.search(words, language_now())]
    suggested = [] if found else services.popular(SUGGESTED)
    return render(request, "portal/search.html", {"words": words, "found": found, "suggested": suggested})


@require_safe
@public_page()
def services_az(request: HttpRequest) -> HttpResponse:
    """All services in German order, by first letter."""
    return render(request, "portal/services.html", {"letters": queries.by_letter(services.all_az(), language_now())})


@require_safe
@public_page()
def services_by_category(request: HttpRequest) -> HttpResponse:
    """All services by situation in life."""
    return render(request, "portal/categories.html", {"categories": services.by_category()})


@require_safe
@public_page()
def service_page(request: HttpRequest, key: str) -> HttpResponse:
    """One service: what it is, what one needs, what it costs, by when the city answers, and the way in."""
    service = services.get_active(key)
    if service is None:
        raise Http404
    version = forms.published_version(service.form_key) if service.form_key else None
    context = {
        "service": service,
        "form_key": version.form_id if version is not None else "",
        "needs_written_form": service.written_form == WrittenForm.WRITTEN,
    }
    return render(request, "portal/service.html", context)
