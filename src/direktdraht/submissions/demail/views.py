"""Pages on which a person signs by De-Mail: address, subject and document; reloading shows what became of the mail."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from direktdraht.submissions import freezing
from direktdraht.submissions.demail import signing
from direktdraht.submissions.models import Declaration
from direktdraht.submissions.signing_views import for_declaration
from direktdraht.writtenform import by_demail, demail_connection, registry

MOST_SHOWN = 5


@never_cache
@require_safe
@for_declaration
def sign_demail(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """Where to send what, and what came so far; once it is signed, the guard leads to the receipt."""
    if freezing.rule_of(declaration).way(by_demail.WAY) is None:
        raise Http404
    problems = list(registry.proofs.get(by_demail.WAY).problems())
    known = None if problems else demail_connection.connection()
    context = {
        "declaration": declaration,
        "problems": problems,
        "address": known.address if known is not None else "",
        "mails": list(declaration.demails.order_by("-arrived_at", "-pk")[:MOST_SHOWN]),
    }
    return render(request, "submissions/sign_demail.html", context)


@never_cache
@require_safe
@for_declaration
def declaration_text(request: HttpRequest, declaration: Declaration) -> HttpResponseBase:
    """The declaration as text, for the mail itself."""
    del request
    response = HttpResponse(signing.text_of(declaration), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="Erklaerung-{declaration.code}.txt"'
    return response
