"""Try a working draft: fill it in as people will, see what comes out, keep the answers as a test inside the form.

Answers lie in the clerk's own session and are never sent. Files are not stored: only their name, size and type are.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from direktdraht.forms import outcomes, times
from direktdraht.forms.editor_desk import Desk, carry_out, designs_forms, desk_of, language_now, refused, show
from direktdraht.forms.errors import CommandRefused
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.documents.types import safe_name
from direktdraht.foundation.texts import pick
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.questions import posting, rendering
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.faces import target
from direktdraht.questions.files import FileFacts

SESSION = "forms_try"
MOST_FILES = 20


def kept(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What this session has typed into this form so far: answers, and facts of pretended files."""
    state = request.session.get(SESSION, {})
    if state.get("form") != desk.key:
        return {"form": desk.key, "answers": {}, "files": {}}
    return dict(state)


def evaluated(desk: Desk, state: dict[str, Any]) -> Evaluation:
    """What the answers amount to today."""
    files = {key: FileFacts(**facts) for key, facts in state["files"].items()}
    return evaluate(desk.definition, state["answers"], today=clock.today(), files=files, state=city.current().state)


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def try_form(request: HttpRequest, key: str) -> HttpResponse:
    """One page of the draft to fill in, or the result after the last one."""
    desk = desk_of(request, key)
    state = kept(request, desk)
    evaluation = evaluated(desk, state)
    page_key = request.GET.get("seite", evaluation.pages[0])
    if request.method != "POST":
        return show_try(request, desk, state, page_key, asked="pruefen" in request.GET)
    if page_key not in evaluation.pages:
        return redirect(address(key, evaluation.pages[0]))
    answers = posting.read_page(desk.definition, page_key, request.POST, state["answers"])
    answers = times.pretended(desk.definition.page(page_key), take_files(request, desk, page_key, answers, state))
    state = {**state, "answers": answers}
    request.session[SESSION] = state
    after = evaluated(desk, state)
    grown = posting.newly_shown(desk.definition, page_key, request.POST, after)
    if posting.is_page_change(request.POST):
        return show_try(request, desk, state, page_key, asked=False)
    if after.errors_of(page_key) or grown:
        return show_try(request, desk, state, page_key, asked=True)
    later = after.pages[after.pages.index(page_key) + 1 :]
    return redirect(address(key, later[0] if later else "ergebnis"))


def address(key: str, page: str) -> str:
    """The address of a page of the trial."""
    return reverse("forms:try", args=[key], query={"seite": page})


def take_files(request: HttpRequest, desk: Desk, page_key: str, answers: posting.Answers, state: dict[str, Any]) -> posting.Answers:
    """Note the facts of chosen files; their content is dropped."""
    for path, element in posting.file_fields(desk.definition, page_key, answers).items():
        for upload in request.FILES.getlist(path)[: element.max_count]:
            if len(state["files"]) < MOST_FILES:
                number = f"datei-{len(state['files']) + 1}"
                state["files"][number] = {
                    "name": safe_name(upload.name or ""),
                    "size": upload.size or 0,
                    "content_type": upload.content_type or "",
                }
                answers = posting.add_files(answers, path, [number])
    return answers


def show_try(request: HttpRequest, desk: Desk, state: dict[str, Any], page_key: str, *, asked: bool) -> HttpResponse:
    """A page with what is wrong on it if it was asked for, or the result."""
    evaluation, language = evaluated(desk, state), language_now()
    done = page_key == "ergebnis" or page_key not in evaluation.pages
    errors = {} if done or not asked else evaluation.errors_of(page_key)
    files = {key: FileFacts(**facts) for key, facts in state["files"].items()}
    page = None if done else desk.definition.page(page_key)
    context = {
        "page": page,
        "elements": [one for one in page.elements if one.key in set(evaluation.shown)] if page else [],
        "answers": state["answers"],
        "errors": errors,
        "times": times.calendar(),
        "evaluation": evaluation,
        "try_pages": [
            (one.title["de"], address(desk.key, one.key), one.key == page_key)
            for one in desk.definition.pages
            if one.key in evaluation.pages
        ],
        "result_url": address(desk.key, "ergebnis"),
        "sections": rendering.sections(desk.definition, evaluation.answers, language, files) if done else [],
        "wrong": wrong_of(desk, evaluation, language) if done else [],
        "tests": outcomes.with_words(desk.definition, language) if done else [],
        "back": address(desk.key, "ergebnis"),
    }
    problems = [PageProblem(message.text(language), target(path)) for path, messages in errors.items() for message in messages]
    return show(request, desk, "forms/editor/try.html", context, problems=problems, part="try")


def wrong_of(desk: Desk, evaluation: Evaluation, language: str) -> list[tuple[str, str]]:
    """What is wrong with the answers: the name of each question and the sentence."""
    elements = [element for page in desk.definition.pages for element in page.elements]
    names = {path: pick(element.label, language)[0] for path, element in posting.paths_of(elements, evaluation.kept)}
    return [(names.get(path, path), message.text(language)) for path, messages in evaluation.errors.items() for message in messages]


@require_POST
@designs_forms
def keep_test(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the answers of the trial with their present result as a test inside the form."""
    desk = desk_of(request, key)
    state = kept(request, desk)
    evaluation = evaluated(desk, state)
    name = " ".join(request.POST.get("name", "").split())[:200] or _("Test vom %(day)s") % {"day": clock.today().isoformat()}
    test = {
        "name": name,
        "today": clock.today().isoformat(),
        "answers": evaluation.kept,
        "expect": {
            "valid": evaluation.valid,
            "errors": sorted(evaluation.errors),
            "shown": evaluation.shown,
            "pages": evaluation.pages,
            **({"fee": str(evaluation.fee)} if evaluation.fee is not None else {}),
        },
    }
    if state["files"]:
        test["files"] = state["files"]
    try:
        return carry_out(request, desk, "add_test", {"test": test}, back=address(key, "ergebnis"))
    except CommandRefused as refusal:
        return show(request, desk, "forms/editor/refused.html", {}, problems=refused(refusal), part="try")


@require_POST
@designs_forms
def clear(request: HttpRequest, key: str) -> HttpResponse:
    """Forget what was typed and begin anew."""
    request.session.pop(SESSION, None)
    return redirect("forms:try", key=desk_of(request, key).key)
