"""Rules in the editor: conditions that read as sentences, calculations and fees part by part."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import TypeAdapter

from direktdraht.forms import subjects as askable
from direktdraht.forms.editing import conditions, fees
from direktdraht.forms.editing.document import Node, name_of, page_of, spot_of
from direktdraht.forms.editing.sentences import Refused
from direktdraht.forms.editor_desk import Desk, carry_out, designs_forms, desk_of, language_now, refused, show
from direktdraht.forms.errors import CommandRefused
from direktdraht.forms.fee_inputs import ADDED, BOXES, COUNTED, SHAPES, WRAPPED, FeePartForm, WrongAmount
from direktdraht.forms.subjects import Subject, WrongValue
from direktdraht.questions import sentences
from direktdraht.questions.conditions import Condition
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.expressions import Expression

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
EXPRESSION: TypeAdapter[Any] = TypeAdapter(Expression)
CHANGES = {"weg": conditions.remove, "wechseln": conditions.switch, "umkehren": conditions.negate, "klammern": conditions.nest}


def node_of(desk: Desk, target: str) -> Node:
    """The page or question with the key; 404 if there is none."""
    spot = spot_of(desk.draft.definition, target)
    node = page_of(desk.draft.definition, target) or (spot.node if spot else None)
    if node is None:
        raise Http404
    return node


@never_cache
@require_safe
@designs_forms
def condition(request: HttpRequest, key: str, target: str) -> HttpResponse:
    """When a page or question is shown: the parts as sentences, and boxes for one more."""
    desk = desk_of(request, key)
    return show_condition(request, desk, target)


def show_condition(request: HttpRequest, desk: Desk, target: str, problem: str = "") -> HttpResponse:
    """The condition, perhaps with what is wrong."""
    node = node_of(desk, target)
    tree, language = node.get("show_if"), language_now()
    offered = askable.subjects(desk.definition, target)
    chosen = request.GET.get("frage", "") or request.POST.get("frage", "")
    subject = next((one for one in offered if one.code == chosen), None)
    parts = [(part, "" if part.joins else part_words(desk, part.node, language)) for part in conditions.parts(tree)]
    context = {
        "name": name_of(node),
        "target": target,
        "parts": parts,
        "whole": sentences.sentence(CONDITION.validate_python(tree), desk.definition, language) if tree else "",
        "subjects": offered,
        "subject": subject,
        "operators": [(one, operator_words(one)) for one in subject.operators] if subject else [],
        "options": subject.answers() if subject else [],
        "by_code": subject is not None and isinstance(subject.element, CodeListChoice),
        "others": [
            one for one in offered if subject and one.how == "field" and one.element.kind == subject.element.kind and one != subject
        ],
        "places": [(part.path, part.depth, part.joins) for part in conditions.parts(tree) if part.joins],
        "inside": [(part.path, part_words(desk, part.node, language)) for part in inside(tree, subject)],
        "back": address_of_node(desk, target),
    }
    problems = refused(CommandRefused(problem), "feld_value") if problem else ()
    return show(request, desk, "forms/editor/condition.html", context, problems=problems)


def inside(tree: dict[str, Any] | None, subject: Subject | None) -> list[conditions.Part]:
    """The tests over entries that can take a test of the same entry; only what asks about one entry fits."""
    return list(conditions.entries_of(tree, subject.group)) if subject is not None and subject.how in conditions.EVERY_OR_ONE else []


def part_words(desk: Desk, tree: dict[str, Any], language: str) -> str:
    """One part as a sentence."""
    return sentences.sentence(CONDITION.validate_python(tree), desk.definition, language)


def address_of_node(desk: Desk, target: str) -> str:
    """Where one came from: the question's panel or the page."""
    if spot_of(desk.draft.definition, target):
        return reverse("forms:element", args=[desk.key, target])
    return reverse("forms:editor", args=[desk.key], query={"seite": target})


def operator_words(operator: str) -> str:
    """A comparison in words."""
    return {
        "is": _("ist"),
        "is_not": _("ist nicht"),
        "gt": _("ist mehr oder später als"),
        "ge": _("ist mindestens, nicht früher als"),
        "lt": _("ist weniger oder früher als"),
        "le": _("ist höchstens, nicht später als"),
        "contains": _("enthält"),
        "in": _("ist eines von"),
        "empty": _("ist nicht beantwortet"),
        "not_empty": _("ist beantwortet"),
    }[operator]


@require_POST
@designs_forms
def condition_add(request: HttpRequest, key: str, target: str) -> HttpResponse:
    """Add a test to a condition."""
    desk = desk_of(request, key)
    tree = node_of(desk, target).get("show_if")
    subject = next((one for one in askable.subjects(desk.definition, target) if one.code == request.POST.get("frage", "")), None)
    if subject is None:
        return show_condition(request, desk, target, _("Bitte wählen Sie eine Frage."))
    try:
        written = [str(text) for text in request.POST.getlist("wert")]
        part = askable.comparison(subject, request.POST.get("vergleich", ""), written, other=request.POST.get("andere", ""))
        changed = conditions.add(tree, request.POST.get("stelle", ""), part)
        return carry_out(request, desk, "set_condition", {"key": target, "condition": changed}, back=condition_url(desk, target))
    except (WrongValue, CommandRefused) as wrong:
        return show_condition(request, desk, target, str(wrong))
    except Refused as gone:
        return show_condition(request, desk, target, gone.sentence(language_now()))


def condition_url(desk: Desk, target: str) -> str:
    """The address of a condition."""
    return reverse("forms:condition", args=[desk.key, target])


@require_POST
@designs_forms
def condition_change(request: HttpRequest, key: str, target: str, change: str) -> HttpResponse:
    """Remove, turn round, switch or bracket one part."""
    if change not in CHANGES:
        raise Http404
    desk = desk_of(request, key)
    tree = node_of(desk, target).get("show_if")
    if tree is None:
        return show_condition(request, desk, target)
    try:
        changed = CHANGES[change](tree, request.POST.get("stelle", ""))
        return carry_out(request, desk, "set_condition", {"key": target, "condition": changed}, back=condition_url(desk, target))
    except CommandRefused as wrong:
        return show_condition(request, desk, target, str(wrong))
    except Refused as gone:
        return show_condition(request, desk, target, gone.sentence(language_now()))


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def fee(request: HttpRequest, key: str) -> HttpResponse:
    """What it costs: parts that are added up, each a sentence."""
    desk = desk_of(request, key)
    present = desk.draft.definition.get("fee")
    form = part_form(request, desk, present)
    problem = ""
    if request.method == "POST":
        try:
            changed = next_expression(request, form, present)
            if changed is not None or present is None or "weg" in request.POST:
                basis = " ".join(request.POST.get("basis", "").split())[:500]
                return carry_out(request, desk, "set_fee", {"fee": changed, "basis": basis}, back=reverse("forms:fee", args=[key]))
        except (WrongAmount, CommandRefused) as wrong:
            problem = str(wrong)
        except Refused as gone:
            problem = gone.sentence(language_now())
    more = {"with_basis": True, "name": desk.title, "back": reverse("forms:editor", args=[key])}
    return show_expression(request, desk, present, form, problem=problem, more=more)


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def calculation(request: HttpRequest, key: str, target: str) -> HttpResponse:
    """What a computed value is computed from."""
    desk = desk_of(request, key)
    node = node_of(desk, target)
    if node.get("type") not in {"computed", "payment"}:
        raise Http404
    present = node.get("expression")
    form = part_form(request, desk, present, without=target)
    problem = ""
    if request.method == "POST":
        try:
            changed = next_expression(request, form, present)
            arguments = {"key": target, "expression": changed or (fees.NOTHING if node["type"] == "computed" else None)}
            return carry_out(request, desk, "set_expression", arguments, back=reverse("forms:calculation", args=[key, target]))
        except (WrongAmount, CommandRefused) as wrong:
            problem = str(wrong)
        except Refused as gone:
            problem = gone.sentence(language_now())
    more = {"with_basis": False, "name": name_of(node), "back": reverse("forms:element", args=[key, target])}
    return show_expression(request, desk, present, form, problem=problem, more=more)


def part_form(request: HttpRequest, desk: Desk, present: dict[str, Any] | None, *, without: str = "") -> FeePartForm:
    """The boxes for one part: as posted, or for the shape that was chosen."""
    posted = request.POST if request.method == "POST" else None
    shape = request.GET.get("art", "")
    return FeePartForm(desk.definition, posted, without=without, shape=shape if shape in BOXES else "", parts=part_sentences(desk, present))


def part_sentences(desk: Desk, present: dict[str, Any] | None) -> list[str]:
    """The parts of an expression, each as a sentence."""
    language = language_now()
    found = fees.parts(present)
    return [sentences.expression_sentence(EXPRESSION.validate_python(part), desk.definition, language) for part in found]


def next_expression(request: HttpRequest, form: FeePartForm, present: dict[str, Any] | None) -> dict[str, Any] | None:
    """The expression after what was posted: a part less, a part more, another one, or only the basis changed. Raises WrongAmount."""
    if "weg" in request.POST:
        place = request.POST["weg"]
        return fees.remove(present, int(place) if place.isdigit() and len(place) < 4 else -1)
    return form.changed(None if present == fees.NOTHING else present)


def show_expression(
    request: HttpRequest, desk: Desk, present: dict[str, Any] | None, form: FeePartForm, *, problem: str, more: dict[str, Any]
) -> HttpResponse:
    """The parts as sentences, and what one more can be."""
    basis = request.POST.get("basis") or desk.draft.definition.get("fee_basis", "")
    shapes = [*ADDED, *(() if more["with_basis"] else COUNTED), *(WRAPPED if present is not None else ())]
    context = {"parts": part_sentences(desk, present), "form": form, "shapes": shapes, "basis": basis, **more}
    context["shape_name"] = dict(SHAPES)[form.chosen] if form.chosen in BOXES else ""
    problems = refused(CommandRefused(problem), "feld_boxes") if problem else ()
    return show(request, desk, "forms/editor/fee.html", context, problems=problems, part="fee" if more["with_basis"] else "")
