"""Pages of the editor: outline with live preview, a question's panel, legal facts, texts, history."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from direktdraht.forms import queries, times
from direktdraht.forms.editing import blank, texts
from direktdraht.forms.editing.document import Node, name_of, page_of, spot_of, spots
from direktdraht.forms.editor_desk import Desk, address, carry_out, designs_forms, desk_of, language_now, refused, sentence_of, show
from direktdraht.forms.errors import CommandRefused
from direktdraht.forms.inputs import FactsForm, PageForm
from direktdraht.forms.models import EditState
from direktdraht.forms.outline import lines_of_page, places_for
from direktdraht.forms.panels import LANGUAGES, ElementForm
from direktdraht.people.queries import all_units
from direktdraht.questions import sentences
from direktdraht.questions.messages import say
from direktdraht.services.queries import for_staff as services_for_staff

HISTORY_PAGE = 50


@never_cache
@require_safe
@designs_forms
def editor(request: HttpRequest, key: str) -> HttpResponse:
    """The outline of one page with what can be done, and the real form as people will see it."""
    return show_outline(request, desk_of(request, key), request.GET.get("seite", ""))


def show_outline(request: HttpRequest, desk: Desk, page_key: str, problem: CommandRefused | None = None) -> HttpResponse:
    """The outline, perhaps with the reason why a command was refused."""
    pages = desk.draft.definition["pages"]
    node = page_of(desk.draft.definition, page_key) or pages[0]
    page = desk.definition.page(node["key"])
    context = {
        "page": page,
        "page_name": name_of(node),
        "lines": lines_of_page(desk.definition, node, language_now()),
        "rule": sentences.sentence(page.show_if, desk.definition, language_now()) if page.show_if else "",
        "page_form": PageForm.of(node),
        "groups": [
            (spot.node["key"], name_of(spot.node)) for spot in spots(desk.draft.definition) if spot.page is node and "elements" in spot.node
        ],
        "types": [(name, say(words, language_now())) for name, words in blank.TYPES.items()],
        "elements": page.elements,
    }
    return show(request, desk, "forms/editor/outline.html", context, problems=refused(problem) if problem else (), part=node["key"])


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def element(request: HttpRequest, key: str, element_key: str) -> HttpResponse:
    """The panel of one question."""
    desk = desk_of(request, key)
    spot = spot_of(desk.draft.definition, element_key)
    if spot is None:
        raise Http404
    if request.method != "POST":
        return show_element(request, desk, spot.node, element_form(desk, spot.node))
    form = element_form(desk, spot.node, request.POST)
    if form.is_valid():
        try:
            return carry_out(request, desk, "set_element", {"key": element_key, "fields": form.changed()})
        except CommandRefused as refusal:
            form.add_error(None, str(refusal))
    return show_element(request, desk, spot.node, form)


def element_form(desk: Desk, node: Node, data: Mapping[str, Any] | None = None) -> ElementForm:
    """The form of a question's panel, with what it may choose from: the form's code lists, what can be booked."""
    offered = times.calendar().occasions() if node["type"] == "appointment" else {}
    return ElementForm(node, data, lists=desk.draft.definition.get("code_lists"), occasions=offered)


def show_element(request: HttpRequest, desk: Desk, node: Node, form: ElementForm) -> HttpResponse:
    """The panel with the question as people will see it."""
    place = desk.definition.outline.places[node["key"]]
    shown = place.element.show_if
    expression = getattr(place.element, "expression", None)
    language = language_now()
    context = {
        "node": node,
        "name": name_of(node),
        "kind": say(blank.TYPES.get(place.element.type, place.element.type), language),
        "form": form,
        "element": place.element,
        "rule": sentences.sentence(shown, desk.definition, language) if shown else "",
        "calculation": sentences.expression_sentence(expression, desk.definition, language) if expression is not None else "",
        "places": places_for(desk.draft.definition, node["key"]),
        "back": address(desk, page=place.page),
    }
    response = show(request, desk, "forms/editor/element.html", context, part=place.page)
    response.status_code = 422 if form.errors else 200
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def facts(request: HttpRequest, key: str) -> HttpResponse:
    """The legal facts of the whole form."""
    desk = desk_of(request, key)
    offered: dict[str, Any] = {"units": list(all_units()), "services": services_for_staff()}
    form = FactsForm(desk.draft.definition, request.POST if request.method == "POST" else None, **offered)
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out(request, desk, "set_facts", {"fields": form.changed()}, back=reverse("forms:facts", args=[key]))
        except CommandRefused as refusal:
            form.add_error(None, str(refusal))
    response = show(request, desk, "forms/editor/facts.html", {"form": form}, part="facts")
    response.status_code = 422 if form.errors else 200
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def translate(request: HttpRequest, key: str) -> HttpResponse:
    """All texts of one page in three languages, gaps first to be seen."""
    desk = desk_of(request, key)
    found = texts.sections(desk.draft.definition)
    wanted = request.GET.get("teil", "") or (found[0].key if found else "")
    section = next((one for one in found if one.key == wanted), None)
    if section is None:
        raise Http404
    problem = None
    if request.method == "POST":
        posted = {
            line.path: {code: " ".join(request.POST.get(f"{line.path}:{end}", "").split()) for end, code in LANGUAGES.items()}
            for line in section.lines
            if f"{line.path}:de" in request.POST
        }
        try:
            back = reverse("forms:translate", args=[key], query={"teil": section.key})
            return carry_out(request, desk, "set_texts", {"texts": posted}, back=back)
        except CommandRefused as refusal:
            problem = refusal
    lines = [(line, [(end, code, line.text.get(code, "")) for end, code in LANGUAGES.items()]) for line in section.lines]
    context = {"section": section, "sections": found, "lines": lines, "codes": list(LANGUAGES.values())}
    return show(request, desk, "forms/editor/texts.html", context, problems=refused(problem) if problem else (), part="texts")


@never_cache
@require_safe
@designs_forms
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Who changed what when, the newest first."""
    desk = desk_of(request, key)
    before = request.GET.get("vor", "")
    edits = queries.history_of(desk.draft, before=int(before) if before.isdigit() and len(before) < 9 else None, limit=HISTORY_PAGE + 1)
    tags = {EditState.DONE: "", EditState.UNDONE: "warning", EditState.DROPPED: "neutral"}
    rows = [(edit, sentence_of(edit), tags[EditState(edit.state)]) for edit in edits[:HISTORY_PAGE]]
    older = reverse("forms:history", args=[key], query={"vor": edits[HISTORY_PAGE - 1].revision}) if len(edits) > HISTORY_PAGE else ""
    return show(request, desk, "forms/editor/history.html", {"rows": rows, "older": older, "heading": _("Verlauf")}, part="history")
