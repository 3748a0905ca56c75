"""Pages of staff who hold a signed letter in hand, or have the person before them: found by the code."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.foundation import clock
from direktdraht.people.access import account_of, staff_required
from direktdraht.submissions import access, actions, freezing
from direktdraht.submissions.errors import NotFrozen
from direktdraht.submissions.inputs import CodeForm, CounterForm, LetterForm
from direktdraht.submissions.models import Declaration, Submission
from direktdraht.writtenform.by_hand import at_the_counter, signed_letter
from direktdraht.writtenform.errors import WrittenFormError

private = cache_control(private=True, no_store=True)


@private
@require_http_methods(["GET", "POST"])
@staff_required("clerk", "lead")
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the letter or of the person."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        declaration = access.find_declaration_for(account_of(request), form.cleaned_data["code"])
        if declaration is not None:
            return redirect("submissions:inbound", code=declaration.code)
        form.add_error("code", _("Zu diesem Code wartet in Ihren Stellen keine Erklärung. Vielleicht ist sie schon eingegangen."))
    return render(request, "submissions/staff/find.html", {"form": form}, status=422 if form.errors else 200)


@private
@require_GET
@staff_required("clerk", "lead")
def inbound(request: HttpRequest, code: str) -> HttpResponse:
    """The declaration as it was frozen, and the two ways to take it in."""
    declaration = access.get_declaration_by_code(account_of(request), code)
    return page(request, declaration)


@private
@require_POST
@staff_required("clerk", "lead")
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Take in the signed letter; with it the declaration is sent."""
    by = account_of(request)
    declaration = access.get_declaration_by_code(by, code)
    form = LetterForm(request.POST, request.FILES, auto_id="brief-%s")
    if not form.is_valid():
        return page(request, declaration, letter=form)
    given = form.cleaned_data
    outcome = signed_letter(signer=signer_of(declaration), received_on=given["received_on"], at=clock.now(), by=by, scan=given["scan"])
    return taken_in(request, declaration, outcome, letter=form)


@private
@require_POST
@staff_required("clerk", "lead")
def counter(request: HttpRequest, code: str) -> HttpResponse:
    """Take in the declaration of a person who is here."""
    by = account_of(request)
    declaration = access.get_declaration_by_code(by, code)
    form = CounterForm(request.POST, auto_id="ort-%s")
    if not form.is_valid():
        return page(request, declaration, counter=form)
    outcome = at_the_counter(signer=signer_of(declaration), document_kind=form.cleaned_data["document"], at=clock.now(), by=by)
    return taken_in(request, declaration, outcome, counter=form)


def taken_in(request: HttpRequest, declaration: Declaration, outcome: Any, **forms: Any) -> HttpResponse:
    """Keep the proof, send the declaration, go to its case; a refusal comes back to the page."""
    try:
        freezing.sign(declaration, outcome)
        submission: Submission = actions.submit(declaration.draft, seen_digest=declaration.digest)
    except (WrittenFormError, NotFrozen) as refused:
        next(iter(forms.values())).add_error(None, str(refused))
        return page(request, declaration, **forms)
    return redirect("cases:staff_case", submission.case.number)


def page(request: HttpRequest, declaration: Declaration, *, letter: Any = None, counter: Any = None) -> HttpResponse:
    """The page of one declaration, with the mistakes of the form that was sent."""
    context = {
        "declaration": declaration,
        "names": signer_of(declaration),
        "letter": letter or LetterForm(auto_id="brief-%s", initial={"received_on": date.isoformat(clock.today())}),
        "counter": counter or CounterForm(auto_id="ort-%s"),
        "sent_form": letter or counter,
    }
    return render(request, "submissions/staff/inbound.html", context, status=422 if letter or counter else 200)


def signer_of(declaration: Declaration) -> str:
    """The person as the declaration names them."""
    told = declaration.declared
    return told.get("name") or " ".join(told[part] for part in ("given_name", "family_name") if told.get(part))
