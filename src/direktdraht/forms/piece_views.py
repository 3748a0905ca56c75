"""Files in pieces: tus 1.0.0, core protocol with the extensions creation, termination and expiration (tus.io/protocols).

The last step is our own: ``finish`` checks the whole file like any other and puts it into the answer.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from direktdraht.forms import uploading
from direktdraht.forms.filling import filling_of
from direktdraht.forms.upload_views import answer_of, refusal
from direktdraht.foundation.documents import pieces
from direktdraht.foundation.documents.models import Upload
from direktdraht.foundation.documents.types import DocumentRefused
from direktdraht.submissions import access
from direktdraht.submissions.errors import SubmissionsError

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
EXTENSIONS = "creation,termination,expiration"
LONGEST_NUMBER = 12
READ_BYTES = 64 * 1024

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def speaks_tus(view: View[Rest]) -> View[Rest]:
    """Answer with the protocol's version; another version than ours is 412 (section "Tus-Resumable")."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS})
        elif request.headers.get("Tus-Resumable") != VERSION:
            draft, page = access.get_draft_for(request, UUID(str(kwargs["draft_id"]))), kwargs.get("page_key")  # strangers learn nothing
            known = page is None or page in filling_of(draft).pages
            response = HttpResponse(status=412 if known else 404, headers={"Tus-Version": VERSION})
        else:
            response = view(request, *args, **kwargs)
        response.headers["Tus-Resumable"] = VERSION
        return response

    return answered


@never_cache
@require_http_methods(["POST", "OPTIONS"])
@speaks_tus
def announce(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponse:
    """Announce a file (extension "Creation"): 201 with its address."""
    draft = access.get_draft_for(request, draft_id)
    told = metadata(request.headers.get("Upload-Metadata", ""))
    size = number(request.headers.get("Upload-Length", ""))
    if size is None:
        return HttpResponse(status=400)
    try:
        upload = uploading.begin(draft, page_key, told.get("path", ""), told.get("filename", ""), size)
    except uploading.NoSuchQuestion:
        return HttpResponse(status=404)
    except DocumentRefused as problem:
        return refusal(told.get("filename", ""), problem)
    address = reverse("forms:upload_piece", args=[draft.pk, upload.pk])
    return HttpResponse(status=201, headers={"Location": address, "Upload-Expires": expires(upload)})


@never_cache
@require_http_methods(["HEAD", "PATCH", "DELETE", "OPTIONS"])
@speaks_tus
def piece(request: HttpRequest, draft_id: UUID, upload_id: UUID) -> HttpResponse:
    """Say how far an upload is (HEAD), append a piece (PATCH), or forget it (DELETE)."""
    draft = access.get_draft_for(request, draft_id)
    try:
        upload = pieces.get(upload_id, owner_kind=uploading.OWNER, owner_id=str(draft.pk))
        if request.method == "HEAD":
            told = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size), "Upload-Expires": expires(upload)}
            return HttpResponse(headers=told)
        if request.method == "DELETE":
            pieces.give_up(upload)
            return HttpResponse(status=204)
        return append(request, upload)
    except pieces.NoSuchUpload:
        return HttpResponse(status=404)


def append(request: HttpRequest, upload: Upload) -> HttpResponse:
    """One piece (section "PATCH"): 415 another type, 409 another place, 413 too long, 204 with the new place."""
    at = number(request.headers.get("Upload-Offset", ""))
    if request.content_type != PIECE_TYPE:
        return HttpResponse(status=415)
    if at is None:
        return HttpResponse(status=400)
    try:
        kept = pieces.add(upload, at=at, piece=body_of(request))
    except pieces.WrongPlace as problem:
        return HttpResponse(status=409, headers={"Upload-Offset": str(problem.received)})
    except pieces.TooLong:
        return HttpResponse(status=413)
    return HttpResponse(status=204, headers={"Upload-Offset": str(kept), "Upload-Expires": expires(upload)})


@never_cache
@require_POST
def finish(request: HttpRequest, draft_id: UUID, upload_id: UUID) -> JsonResponse | HttpResponse:
    """Put a whole file into the answer: the same answers as for a file that came at once."""
    draft = access.get_draft_for(request, draft_id)
    try:
        upload = pieces.get(upload_id, owner_kind=uploading.OWNER, owner_id=str(draft.pk))
        return answer_of(uploading.finish(draft, upload))
    except (pieces.NoSuchUpload, uploading.NoSuchQuestion):
        return HttpResponse(status=404)
    except pieces.WrongPlace as problem:
        return HttpResponse(status=409, headers={"Upload-Offset": str(problem.received)})
    except DocumentRefused as problem:
        return refusal(upload.name, problem)
    except SubmissionsError as problem:
        return JsonResponse({"error": str(problem)}, status=409)


def body_of(request: HttpRequest) -> bytes:
    """The bytes of a piece; what came before a broken connection is kept too. One byte over the limit is enough to refuse it."""
    body = bytearray()
    try:
        while len(body) <= pieces.MOST_PIECE_BYTES and (chunk := request.read(READ_BYTES)):
            body += chunk
    except UnreadablePostError:
        pass
    return bytes(body)


def number(text: str) -> int | None:
    """A number of bytes as a header writes it.

    >>> number("1024"), number("-1"), number("1e9"), number("٣")
    (1024, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def metadata(header: str) -> dict[str, str]:
    """What a header tells about the file: pairs of a name and a text in Base64, apart by commas (section "Upload-Metadata").

    >>> metadata("path cGhvdG9z,filename c29mYS5qcGc=")
    {'path': 'photos', 'filename': 'sofa.jpg'}
    """
    found: dict[str, Any] = {}
    for pair in header.split(","):
        name, _blank, coded = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(coded, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            found[name] = ""
    return found


def expires(upload: Upload) -> str:
    """When an upload will be forgotten if nothing more comes (extension "Expiration")."""
    return http_date((upload.touched_at + timedelta(hours=pieces.HOURS_KEPT)).timestamp())
