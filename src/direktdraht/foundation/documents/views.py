"""Handing files out: only to whom the owner's rule allows, never as a page of ours."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from direktdraht.foundation.documents.models import Document, State
from direktdraht.foundation.documents.owners import registry
from direktdraht.foundation.documents.previews import make_preview
from direktdraht.foundation.documents.storage import open_content

SANDBOX = "default-src 'none'; sandbox"


def readable_document(request: HttpRequest, document_id: UUID) -> Document:
    """Return the document if the asker may read it; otherwise it does not exist for them (404)."""
    document = Document.objects.filter(pk=document_id, state=State.CLEAN).first()
    if document is None or document.owner_kind not in registry or not registry.get(document.owner_kind).may_read(request, document):
        raise Http404
    return document


@require_safe
@cache_control(private=True, no_store=True)
def download(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The original, as an attachment."""
    document = readable_document(request, document_id)
    try:
        content = open_content(document.sha256)
    except FileNotFoundError as problem:
        raise Http404 from problem
    response = FileResponse(content, as_attachment=True, filename=document.name, content_type=document.content_type)
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_safe
@cache_control(private=True, max_age=300)
def preview(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """A small picture of the file, freshly drawn, without position or device data."""
    path = make_preview(readable_document(request, document_id))
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Content-Security-Policy"] = SANDBOX
    return response
