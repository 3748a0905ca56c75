"""The address to which a page sends chosen files one by one; without JavaScript they come with the page."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from direktdraht.forms import uploading
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.types import DocumentRefused, safe_name
from direktdraht.questions.display import size_in_words
from direktdraht.submissions import access
from direktdraht.submissions.errors import AlreadySent, ChangedMeanwhile


@never_cache
@require_POST
def upload(request: HttpRequest, draft_id: UUID, page_key: str) -> JsonResponse:
    """Take one file in for the question at ``path``: its id, name and size, or a sentence why not."""
    draft = access.get_draft_for(request, draft_id)
    path, chosen = request.POST.get("path", ""), request.FILES.get("file")
    name = chosen.name or "" if isinstance(chosen, UploadedFile) else ""
    try:
        uploading.question_at(draft, page_key, path)
        if not isinstance(chosen, UploadedFile):
            return JsonResponse({"error": _("Bitte wählen Sie eine Datei aus.")}, status=422)
        stored = uploading.add(draft, page_key, path, chosen, name)
    except uploading.NoSuchQuestion as problem:
        raise Http404 from problem
    except DocumentRefused as problem:
        return refusal(name, problem)
    except (AlreadySent, ChangedMeanwhile) as problem:
        return JsonResponse({"error": str(problem)}, status=409)
    return answer_of(stored)


def answer_of(stored: Document) -> JsonResponse:
    """What the page lists of a file that is kept."""
    return JsonResponse({"id": str(stored.pk), "name": stored.name, "size": size_in_words(stored.size, get_language() or "de")})


def refusal(name: str, problem: DocumentRefused) -> JsonResponse:
    """Why a file is not kept."""
    return JsonResponse({"error": f"{safe_name(name)}: {problem}"}, status=422)
