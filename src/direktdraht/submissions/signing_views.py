"""Pages on which a person signs: freeze, choose a way, go it, come back. No failure loses anything: every page leads to the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.cases import opened
from direktdraht.foundation import clock
from direktdraht.foundation.documents.storage import open_content
from direktdraht.people import identifying, methods
from direktdraht.people.models import RequestState
from direktdraht.submissions import access, actions, freezing, kinds, queries
from direktdraht.submissions.errors import AlreadySent, ChangedMeanwhile, NotFrozen
from direktdraht.submissions.inputs import SignedFileForm
from direktdraht.submissions.models import Declaration
from direktdraht.writtenform import queries as proofs
from direktdraht.writtenform import registry, trusting
from direktdraht.writtenform.errors import WrittenFormError
from direktdraht.writtenform.identified import PERSON, outcome_of
from direktdraht.writtenform.qes import signed_document
from direktdraht.writtenform.rules import Rule

# Pages of the ways that do not lead through another house.
PAGES = {
    "qes": "submissions:sign_qes",
    "demail": "submissions:sign_demail",
    "paper": "submissions:sign_paper",
    "counter": "submissions:sign_counter",
}
FASTEST = "eid"


@dataclass(frozen=True)
class ShownWay:
    """One way as the chooser shows it; ``problems`` say why it is not open now."""

    label: str
    hint: str
    url: str
    fastest: bool
    problems: tuple[str, ...]


def for_declaration(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the frozen declaration of the draft in its address.

    Without one, or when it was sent or let go while the view worked (a second window, a double click), the person is
    led where the draft is now: its receipt, the ways to sign, or the review page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, draft_id: UUID, **more: str) -> HttpResponseBase:
        draft = access.get_draft_for(request, draft_id)
        declaration = queries.declaration_of(draft)
        if declaration is not None:
            try:
                return view(request, declaration, **more)
            except NotFrozen:
                draft.refresh_from_db()
        return redirect(access.elsewhere(draft) or kinds.registry.get(draft.kind).review_url(draft))

    return guarded


@require_POST
def freeze(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Freeze what the review page showed; the ways to sign come next."""
    draft = access.get_draft_for_sent_page(request, draft_id)
    try:
        freezing.freeze(draft, seen_digest=request.POST.get("seen", ""))
    except AlreadySent:
        return redirect("submissions:receipt", submission_id=draft.pk)
    except kinds.NotReady as missing:
        return redirect(missing.url)
    except ChangedMeanwhile:
        return redirect(f"{kinds.registry.get(draft.kind).review_url(draft)}?geaendert=1")
    return redirect("submissions:sign", draft_id=draft.pk)


@never_cache
@require_safe
@for_declaration
def sign(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """The ways that the law opens, each in a line; the quickest first."""
    return chooser(request, declaration)


def chooser(request: HttpRequest, declaration: Declaration, *, said: str = "", status: int = 200) -> HttpResponse:
    """The page with all ways; ``said`` is why the last one did not work. With a signature only sending is left."""
    rule = freezing.rule_of(declaration)
    context = {
        "declaration": declaration,
        "ways": shown_ways(declaration, rule),
        "paragraph": rule.paragraph,
        "said": said,
        "signed": proofs.proof_of(declaration.digest) is not None,
    }
    return render(request, "submissions/sign.html", context, status=status)


def shown_ways(declaration: Declaration, rule: Rule) -> list[ShownWay]:
    """The ways of the rule with the pages on which each begins."""
    return [
        ShownWay(str(entry.label), str(entry.hint), way_url(declaration, way.way), way.way == FASTEST and not problems, tuple(problems))
        for way, entry, problems in proofs.open_ways(rule)
    ]


def way_url(declaration: Declaration, way: str) -> str:
    """The page on which a way begins."""
    if way in PAGES:
        return reverse(PAGES[way], args=[declaration.draft_id])
    return reverse("submissions:sign_remote", args=[declaration.draft_id, way])


@never_cache
@require_safe
@for_declaration
def declaration_pdf(request: HttpRequest, declaration: Declaration) -> HttpResponseBase:
    """The exact PDF: to print, or to sign electronically."""
    with open_content(declaration.document.sha256) as content:
        response = HttpResponse(content.read(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="Erklaerung-{declaration.code}.pdf"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@for_declaration
def change(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """Ask first, then open the draft again: a printed letter counts no more."""
    if request.method == "POST":
        freezing.let_go(declaration)
        return redirect(kinds.registry.get(declaration.draft.kind).review_url(declaration.draft))
    return render(request, "submissions/sign_change.html", {"declaration": declaration})


@never_cache
@require_http_methods(["GET", "POST"])
@for_declaration
def signature(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """The very PDF goes down, comes back signed, is checked and sent at once."""
    form = SignedFileForm(request.POST, request.FILES) if request.method == "POST" else SignedFileForm()
    if request.method == "POST" and form.is_valid():
        try:
            with open_content(declaration.document.sha256) as content:
                outcome = signed_document(form.cleaned_data["file"], original=content.read(), at=clock.now())
            freezing.sign(declaration, outcome)
        except WrittenFormError as refused:
            form.add_error("file", _(str(refused)))
        else:
            return send_signed(request, declaration)
    problems = list(registry.proofs.get("qes").problems())
    context = {"declaration": declaration, "form": form, "problems": problems, "lists": trusting.age(trusting.state())}
    return render(request, "submissions/sign_qes.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@for_declaration
def paper(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """How to sign on paper."""
    return by_hand(request, declaration, "submissions/sign_paper.html")


@never_cache
@require_safe
@for_declaration
def counter(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """How to sign in person."""
    return by_hand(request, declaration, "submissions/sign_counter.html")


def by_hand(request: HttpRequest, declaration: Declaration, template: str) -> HttpResponse:
    """A page with the code and the city's address."""
    return render(request, template, {"declaration": declaration, "address": freezing.post_address()})


@never_cache
@require_http_methods(["GET", "POST"])
@for_declaration
def remote(request: HttpRequest, declaration: Declaration, way: str) -> HttpResponse:
    """What will be asked and whether everything is ready, before any PIN; then away to the other house."""
    opened_way = freezing.rule_of(declaration).way(way)
    if opened_way is None or way not in methods.REMOTE:
        raise Http404
    method = methods.REMOTE.get(way)
    problems = list(method.obstacles(asked_of(declaration)))
    if request.method == "POST" and not problems:
        wanted = identifying.begin(
            request,
            method=way,
            asked=asked_of(declaration),
            level=opened_way.level,
            binding=declaration.digest,
            text=_("%(title)s, Code %(code)s") % {"title": declaration.title, "code": declaration.code},
            return_to=reverse("submissions:sign_back", args=[declaration.draft_id]),
        )
        return method.start(request, wanted)
    asked = [*asked_words(declaration), *method.told_besides]
    context = {"declaration": declaration, "way": way, "method": method, "problems": problems, "asked": asked}
    return render(request, "submissions/sign_remote.html", context)


def asked_of(declaration: Declaration) -> list[str]:
    """Only what is needed to know who signs: the name, and the date of birth where the declaration names one."""
    return [part for part in PERSON if part != "birth_date" or declaration.declared.get(part)]


def asked_words(declaration: Declaration) -> list[str]:
    """The same in words."""
    words = {"given_name": _("Vornamen"), "family_name": _("Familienname"), "birth_date": _("Geburtsdatum")}
    return [words[part] for part in asked_of(declaration)]


@never_cache
@require_safe
@for_declaration
def back(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """The way back from another house: with a proof it is sent at once, without one the other ways stay open."""
    try:
        wanted = identifying.answered(request, request.GET.get("anfrage", ""), binding=declaration.digest)
    except identifying.NotAnswerable:
        return chooser(
            request, declaration, said=_("Diese Anmeldung gehört nicht zu dieser Erklärung. Bitte beginnen Sie neu."), status=409
        )
    if wanted.state == RequestState.FAILED:
        return chooser(request, declaration, said=methods.REMOTE.get(wanted.method).failure_words(wanted.failure))
    if wanted.identification is None:
        return chooser(request, declaration, said=_("Die Anmeldung ist noch nicht abgeschlossen. Bitte beginnen Sie neu."))
    try:
        freezing.sign(declaration, outcome_of(wanted.identification, binding=wanted.binding, digest=declaration.digest))
    except WrittenFormError as refused:
        return chooser(request, declaration, said=str(refused), status=409)
    return send_signed(request, declaration)


def send_signed(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """Send a declaration that is signed; the receipt comes next."""
    submission = actions.submit(declaration.draft, seen_digest=declaration.digest)
    opened.remember(request, submission.case)
    return redirect("submissions:receipt", submission_id=submission.pk)
