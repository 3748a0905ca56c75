"""What an import leaves to people: rules in prose to settle, code lists to take in."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from direktdraht.forms import access, actions, importing, queries
from direktdraht.forms.editing.document import german, name_of, page_of, spot_of, spots
from direktdraht.forms.editor_desk import Desk, carry_out, designs_forms, desk_of, refused, show
from direktdraht.forms.errors import CommandRefused
from direktdraht.forms.models import CodeList, ProposalState
from direktdraht.people.access import account_of

MOST_BYTES = 5_000_000
STATES = {"umgesetzt": ProposalState.ACCEPTED, "verworfen": ProposalState.DISMISSED, "offen": ProposalState.OPEN}


@never_cache
@require_safe
@designs_forms
def proposals(request: HttpRequest, key: str) -> HttpResponse:
    """The rules in prose of an import, the open ones first, each with the way to its condition."""
    return show_proposals(request, desk_of(request, key))


def show_proposals(request: HttpRequest, desk: Desk, problem: CommandRefused | None = None) -> HttpResponse:
    """The list, perhaps with what is missing."""
    found = list(desk.draft.proposals.select_related("settled_by").order_by("pk"))
    rows = [(one, place_words(desk, one.place), place_url(desk, one.place)) for one in sorted(found, key=lambda one: one.state != "open")]
    counts = {state: sum(1 for one in found if one.state == state) for state in ("open", "accepted", "dismissed")}
    return show(
        request,
        desk,
        "forms/editor/proposals.html",
        {"rows": rows, "counts": counts},
        problems=refused(problem) if problem else (),
        part="proposals",
    )


def place_words(desk: Desk, key: str) -> str:
    """The name of the page or question that a rule hangs on."""
    spot = spot_of(desk.draft.definition, key)
    node = page_of(desk.draft.definition, key) or (spot.node if spot else None)
    return name_of(node) if node else _("das ganze Formular")


def place_url(desk: Desk, key: str) -> str:
    """The page where its condition is written; the outline for rules about the whole."""
    known = page_of(desk.draft.definition, key) or spot_of(desk.draft.definition, key)
    return reverse("forms:condition", args=[desk.key, key]) if known else reverse("forms:editor", args=[desk.key])


@require_POST
@designs_forms
def settle(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say what became of a rule in prose."""
    account = account_of(request)
    proposal = access.get_proposal_for(account, key, pk)
    state = STATES.get(request.POST.get("stand", ""), ProposalState.OPEN)
    try:
        actions.settle(proposal, state=state, reason=request.POST.get("grund", "")[:500], by=account)
    except CommandRefused as problem:
        return show_proposals(request, desk_of(request, key), problem)
    return redirect(reverse("forms:proposals", args=[key]) + f"#vorschlag-{pk}")


@never_cache
@require_safe
@designs_forms
def lists(request: HttpRequest, key: str) -> HttpResponse:
    """The code lists that the form carries, and those that it could take."""
    return show_lists(request, desk_of(request, key))


def show_lists(request: HttpRequest, desk: Desk, problem: CommandRefused | None = None) -> HttpResponse:
    """The page, perhaps with what is wrong."""
    carried: dict[str, Any] = desk.draft.definition.get("code_lists", {})
    users: dict[str, list[str]] = {}
    for spot in spots(desk.draft.definition):
        if spot.node.get("list"):
            users.setdefault(spot.node["list"], []).append(name_of(spot.node))
    rows = [
        (urn, german(one.get("title")) or urn, one.get("version", ""), len(one["entries"]), ", ".join(users.get(urn, [])))
        for urn, one in carried.items()
    ]
    offered = [(one, len(one.entries), carried.get(one.urn, {}).get("version") == one.version) for one in queries.newest_lists()]
    problems = refused(problem, "feld_datei") if problem else ()
    return show(request, desk, "forms/editor/lists.html", {"rows": rows, "offered": offered}, problems=problems, part="lists")


@require_POST
@designs_forms
def list_take(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take the newest version of a shared code list into the form."""
    desk = desk_of(request, key)
    kept = CodeList.objects.filter(pk=pk).first()
    if kept is None:
        return show_lists(request, desk, CommandRefused(_("Diese Werteliste gibt es nicht mehr.")))
    return take(request, desk, kept)


@require_POST
@designs_forms
def list_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Read a code list from Genericode or CSV, keep it for all forms, and take it into this one."""
    desk = desk_of(request, key)
    upload = request.FILES.get("datei")
    if not isinstance(upload, UploadedFile) or (upload.size or 0) > MOST_BYTES:
        return show_lists(request, desk, CommandRefused(_("Bitte wählen Sie eine Datei bis 5 MB aus.")))
    try:
        read = importing.read_code_list(str(upload.name), upload.read())
        kept = actions.keep_list(urn=read.urn, version=read.version, title=read.title, entries=read.entries, by=account_of(request))
    except importing.CannotImport as problem:
        return show_lists(request, desk, CommandRefused(str(problem)))
    except CommandRefused as problem:
        return show_lists(request, desk, problem)
    return take(request, desk, kept)


def take(request: HttpRequest, desk: Desk, kept: CodeList) -> HttpResponse:
    """Copy a shared list into the form."""
    entries = {"version": kept.version, **({"title": kept.title} if kept.title else {}), "entries": kept.entries}
    try:
        return carry_out(request, desk, "set_list", {"urn": kept.urn, "entries": entries}, back=reverse("forms:lists", args=[desk.key]))
    except CommandRefused as refusal:
        return show_lists(request, desk, refusal)
