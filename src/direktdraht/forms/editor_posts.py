"""The commands of the editor, each with an address of its own: read what was posted, do one thing, go on."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from direktdraht.forms import actions
from direktdraht.forms.editing.document import name_of, page_of, spot_of
from direktdraht.forms.editor_desk import Desk, address, carry_out, designs_forms, desk_of, page_with, revision_in, show_conflict
from direktdraht.forms.editor_views import show_outline
from direktdraht.forms.errors import CommandRefused, RevisionConflict
from direktdraht.forms.inputs import PageForm
from direktdraht.people.access import account_of

Arguments = dict[str, Any]
LONGEST_NUMBER = 3
Act = tuple[str, Callable[[QueryDict], Arguments]]


def line(post: QueryDict, name: str, fallback: str = "") -> str:
    """One posted line, never longer than a label may be."""
    return " ".join(str(post.get(name, "")).split())[:300] or fallback


def move(by: int) -> Callable[[QueryDict], Arguments]:
    """Arguments of a move by one place, or by as many as were pulled."""
    return lambda post: {"key": line(post, "element"), "by": by * places(post)}


def move_page(by: int) -> Callable[[QueryDict], Arguments]:
    """Arguments of a page's move by one place, or by as many as were pulled."""
    return lambda post: {"page": line(post, "page"), "by": by * places(post)}


def places(post: QueryDict) -> int:
    """How many places to move; one where nothing sensible was posted."""
    written = line(post, "places", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER else 1


ACTS: dict[str, Act] = {
    "seite-hinzufuegen": ("add_page", lambda post: {"title": line(post, "title", "Neue Seite")}),
    "seite-hoch": ("move_page", move_page(-1)),
    "seite-runter": ("move_page", move_page(1)),
    "seite-loeschen": ("delete_page", lambda post: {"page": line(post, "page")}),
    "frage-hinzufuegen": (
        "add_element",
        lambda post: {"kind": line(post, "kind"), "label": line(post, "label", "Neue Frage"), "into": line(post, "into")},
    ),
    "frage-hoch": ("move_element", move(-1)),
    "frage-runter": ("move_element", move(1)),
    "frage-verschieben": ("move_element_to", lambda post: {"key": line(post, "element"), "into": line(post, "into")}),
    "frage-kopieren": ("copy_element", lambda post: {"key": line(post, "element")}),
    "frage-loeschen": ("delete_element", lambda post: {"key": line(post, "element")}),
    "test-loeschen": ("delete_test", lambda post: {"name": line(post, "name")}),
    "liste-entfernen": ("remove_list", lambda post: {"urn": line(post, "urn")}),
}


@require_POST
@designs_forms
def act(request: HttpRequest, key: str, action: str) -> HttpResponse:
    """Do one command; refused, the outline says why."""
    if action not in ACTS:
        raise Http404
    desk = desk_of(request, key)
    command, arguments_in = ACTS[action]
    try:
        return carry_out(request, desk, command, arguments_in(request.POST), back=back_of(request, desk))
    except CommandRefused as refusal:
        return show_outline(request, desk, page_of_post(request, desk), refusal)


def back_of(request: HttpRequest, desk: Desk) -> str:
    """An address of this very form's editor to go back to, if the page named one; never another one."""
    back = line(request.POST, "back")
    return back if back.startswith(f"/buero/formulare/{desk.key}/") and "//" not in back and "\\" not in back else ""


def page_of_post(request: HttpRequest, desk: Desk) -> str:
    """The page that a refused command was about."""
    named = line(request.POST, "element") or line(request.POST, "page") or line(request.POST, "into")
    return page_with(desk, named)


@require_POST
@designs_forms
def page_texts(request: HttpRequest, key: str, page_key: str) -> HttpResponse:
    """Change a page's title and introduction."""
    desk = desk_of(request, key)
    form = PageForm(request.POST)
    if not form.is_valid():
        return show_outline(
            request, desk, page_key, CommandRefused("; ".join(str(text) for texts in form.errors.values() for text in texts))
        )
    try:
        return carry_out(request, desk, "set_page", {"page": page_key, **form.texts()})
    except CommandRefused as refusal:
        return show_outline(request, desk, page_key, refusal)


@require_POST
@designs_forms
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back the newest edit."""
    return turn(request, desk_of(request, key), actions.undo)


@require_POST
@designs_forms
def redo(request: HttpRequest, key: str) -> HttpResponse:
    """Do again what was taken back."""
    return turn(request, desk_of(request, key), actions.redo)


def turn(request: HttpRequest, desk: Desk, way: Callable[..., Any]) -> HttpResponse:
    """Undo or redo, then the page that was shown, or the first one if it is gone."""
    try:
        edit = way(desk.draft, revision=revision_in(request), by=account_of(request))
    except RevisionConflict as conflict:
        return show_conflict(request, desk, conflict.since)
    page = line(request.POST, "page")
    return redirect(address(desk, page=page_with(desk, page), done=edit.revision if edit else None))


def names_of(desk: Desk, key: str) -> str:
    """The name of a page or question in the working draft."""
    node = page_of(desk.draft.definition, key)
    spot = spot_of(desk.draft.definition, key)
    return name_of(node) if node else name_of(spot.node) if spot else key
