"""What all pages of the editor share: the working draft, where one can go, what was done last, undo and redo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.forms import access, actions, queries
from direktdraht.forms.editing.document import name_of
from direktdraht.forms.editing.sentences import done_sentence
from direktdraht.forms.errors import CommandRefused, RevisionConflict
from direktdraht.forms.models import Edit, EditState, WorkingDraft
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.people.access import account_of, staff_required
from direktdraht.questions.definition import FormDefinition

designs_forms = staff_required(*sorted(access.EDITORS))


@dataclass(frozen=True)
class Desk:
    """A working draft on the desk of a clerk."""

    draft: WorkingDraft
    definition: FormDefinition

    @property
    def key(self) -> str:
        """The form's key."""
        return str(self.draft.pk)

    @property
    def title(self) -> str:
        """The form's title in German."""
        return self.draft.title("de")


def language_now() -> str:
    """The reader's language."""
    return get_language() or "de"


def desk_of(request: HttpRequest, key: str) -> Desk:
    """The desk for a form's working draft; 404 or 403 as ``access`` says."""
    draft = access.get_working_draft_for(account_of(request), key)
    return Desk(draft, queries.definition_of_draft(draft))


def show(
    request: HttpRequest, desk: Desk, template: str, context: Mapping[str, Any], *, problems: Sequence[PageProblem] = (), part: str = ""
) -> HttpResponse:
    """A page of the editor with everything around it; with problems its status is 422."""
    edits = {edit.state: edit for edit in queries.turning_points(desk.draft)}
    frame = {
        "desk": desk,
        "revision": desk.draft.revision,
        "title": desk.title,
        "pages": [(page["key"], name_of(page)) for page in desk.draft.definition["pages"]],
        "part": part,
        "preview_answers": {},
        "may_undo": edits.get(EditState.DONE),
        "may_redo": edits.get(EditState.UNDONE),
        "done": done_words(request, desk),
        "open_proposals": desk.draft.proposals.filter(state="open").count(),
        "problems": list(problems),
    }
    return render(request, template, {**frame, **context}, status=422 if problems else 200)


def done_words(request: HttpRequest, desk: Desk) -> str:
    """What the command before this page did, for the live message; "" if none."""
    named = request.GET.get("fertig", "")
    edit = desk.draft.edits.filter(revision=int(named)).first() if named.isdigit() and len(named) < 9 else None
    if edit is None:
        return ""
    words = sentence_of(edit)
    return _("Zurückgenommen: %(what)s") % {"what": words} if edit.state == EditState.UNDONE else words


def sentence_of(edit: Edit) -> str:
    """What an edit did, in the reader's language."""
    return done_sentence(edit.code, edit.facts, language_now())


def address(desk: Desk, *, page: str = "", done: int | None = None, focus: str = "") -> str:
    """The address of the outline at a page, with the message of an edit and the place that gets the focus."""
    query = {name: value for name, value in (("seite", page), ("fertig", done)) if value not in ("", None)}
    return reverse("forms:editor", args=[desk.key], query=query) + (f"#frage-{focus}" if focus else "")


def page_with(desk: Desk, key: str) -> str:
    """The page on which a page's or question's key stands; "" if it is gone."""
    if any(page["key"] == key for page in desk.draft.definition["pages"]):
        return key
    place = queries.definition_of_draft(desk.draft).outline.places.get(key)
    return place.page if place is not None else ""


def carry_out(request: HttpRequest, desk: Desk, command: str, arguments: dict[str, Any], *, back: str = "") -> HttpResponse:
    """Do a command and go on; a conflict shows what others did and asks. Raises CommandRefused.

    ``back`` is the address to go to; without one it is the outline where the command ended.
    """
    try:
        done = actions.do(desk.draft, command, arguments, revision=revision_in(request), by=account_of(request))
    except RevisionConflict as conflict:
        return show_conflict(request, desk, conflict.since)
    if back:
        return redirect(f"{back}{'&' if '?' in back else '?'}fertig={desk.draft.revision}")
    return redirect(address(desk, page=page_with(desk, done.focus), done=desk.draft.revision, focus=done.focus))


def revision_in(request: HttpRequest) -> int:
    """The revision that the posted page showed; one that is no number is never the present one."""
    text = str(request.POST.get("revision", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def show_conflict(request: HttpRequest, desk: Desk, since: int) -> HttpResponse:
    """Somebody else was faster: what they did, and the choice to do one's own all the same or to leave it."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", "revision"} for value in values]
    edits = desk.draft.edits.select_related("by").filter(revision__gt=since).order_by("revision")
    others = [(edit.by.name if edit.by else "", edit.at, sentence_of(edit)) for edit in edits]
    context = {"fields": fields, "others": others, "action": request.get_full_path()}
    response = show(request, desk, "forms/editor/conflict.html", context)
    response.status_code = 409
    return response


def refused(refusal: CommandRefused, target: str = "") -> list[PageProblem]:
    """A refusal as the line of an error summary."""
    return [PageProblem(str(refusal), target)]
