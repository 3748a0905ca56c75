"""The list of forms, and the ways to begin one: from empty, from the gallery, as a copy, from a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from direktdraht.forms import access, actions, importing, queries
from direktdraht.forms.editing import blank
from direktdraht.forms.editing.document import key_from
from direktdraht.forms.editor_desk import designs_forms, language_now
from direktdraht.forms.errors import FormsError
from direktdraht.forms.inputs import NewForm
from direktdraht.forms.models import Form
from direktdraht.forms.queries import ListedForm
from direktdraht.foundation.marking import N_
from direktdraht.foundation.texts import pick
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, PageProblem, Row, Table
from direktdraht.people.access import account_of
from direktdraht.people.models import Unit
from direktdraht.people.queries import all_units
from direktdraht.services.queries import for_staff as services_for_staff

MOST_BYTES = 10_000_000
STATE_WORDS = {"published": N_("veröffentlicht"), "retired": N_("zurückgezogen"), "draft": N_("in Arbeit")}
SORTS = {"formular": "title", "stelle": "unit", "antraege": "sent", "geaendert": "changed"}


@require_safe
@designs_forms
def form_list(request: HttpRequest) -> HttpResponse:
    """Every form: state, version, unit, submissions, last change; filtered by state, sorted by any column."""
    chosen, sort = request.GET.get("stand", ""), request.GET.get("sortiert", "formular")
    sent = queries.submissions_by_form()
    units = dict(Unit.objects.values_list("pk", "name"))
    entries = [entry_of(form, sent.get(form.key, 0), units) for form in queries.forms_for_staff()]
    counts = {state: sum(1 for entry in entries if state in entry["states"]) for state in ("published", "draft", "retired")}
    shown = [entry for entry in entries if not chosen or chosen in entry["states"]]
    down = sort in {"antraege", "geaendert"}
    shown.sort(key=lambda entry: entry[SORTS.get(sort, "title")], reverse=down)
    table = Table(
        _("Formulare"), columns_of(sort, chosen), [row_of(entry) for entry in shown], _("Kein Formular"), _("Legen Sie das erste an.")
    )
    words = {"": _("Alle"), "published": _("Veröffentlicht"), "draft": _("In Arbeit"), "retired": _("Zurückgezogen")}
    filters = [
        (
            f"{label} {counts[state] if state else len(entries)}",
            reverse("forms:staff_list", query={"stand": state} if state else {}),
            state == chosen,
        )
        for state, label in words.items()
    ]
    return render(request, "forms/staff_list.html", {"table": table, "filters": filters})


def entry_of(form: ListedForm, sent: int, units: dict[str, str]) -> dict[str, Any]:
    """What the list shows of one form."""
    return {
        "key": form.key,
        "title": pick(form.title, "de")[0] or form.key,
        "unit": units.get(form.unit, form.unit),
        "number": form.number,
        "states": ({form.state} if form.state else set()) | ({"draft"} if form.has_draft else set()),
        "sent": sent,
        "changed": form.changed_at,
    }


def columns_of(sort: str, chosen: str) -> list[Column]:
    """The columns; their titles sort."""
    titles = (
        ("formular", _("Formular")),
        ("", _("Stand")),
        ("stelle", _("Stelle")),
        ("antraege", _("Anträge")),
        ("geaendert", _("Geändert")),
    )
    more = {"stand": chosen} if chosen else {}
    return [
        Column(
            title,
            reverse("forms:staff_list", query={**more, "sortiert": name}) if name else "",
            ("descending" if name in {"antraege", "geaendert"} else "ascending") if name and name == sort else "",
            numeric=name == "antraege",
        )
        for name, title in titles
    ]


def row_of(entry: dict[str, Any]) -> Row:
    """One row of the list."""
    tags = {"published": "success", "retired": "neutral", "draft": "info"}
    state = next(one for one in ("published", "retired", "draft") if one in entry["states"])
    notes = [_("Fassung %(n)s") % {"n": entry["number"]}] if entry["number"] else []
    notes += [_("Arbeitsfassung offen")] if state != "draft" and "draft" in entry["states"] else []
    return Row(
        [
            Cell(entry["title"], url=reverse("forms:staff_detail", args=[entry["key"]]), note=entry["key"]),
            Cell(_(STATE_WORDS[state]), tag=tags[state], note=" · ".join(notes)),
            Cell(entry["unit"]),
            Cell(str(entry["sent"])),
            Cell(day_words(entry["changed"])),
        ]
    )


@never_cache
@require_safe
@designs_forms
def new(request: HttpRequest) -> HttpResponse:
    """The ways to begin a form."""
    return show_new(request, new_form())


def new_form(data: Any = None) -> NewForm:
    """The boxes for a form from empty."""
    return NewForm(data, units=list(all_units()), services=services_for_staff())


def show_new(request: HttpRequest, form: NewForm, problems: list[PageProblem] | None = None) -> HttpResponse:
    """The page, perhaps with what is wrong."""
    language = language_now()
    gallery = [(key, pick(actions.read_gallery(key)["title"], language)[0]) for key in actions.gallery_keys()]
    context = {"form": form, "gallery": gallery, "problems": problems or []}
    return render(request, "forms/new.html", context, status=422 if problems or form.errors else 200)


@require_POST
@designs_forms
def new_empty(request: HttpRequest) -> HttpResponse:
    """Begin from empty."""
    form = new_form(request.POST)
    if not form.is_valid():
        return show_new(request, form)
    found = form.cleaned_data
    key = free_key(found["title"])
    definition = blank.new_form(key=key, title=found["title"], unit=found["unit"], service=found["service"])
    actions.begin_form(definition, source=_("leeres Formular"), by=account_of(request))
    return redirect("forms:editor", key=key)


@require_POST
@designs_forms
def new_from_gallery(request: HttpRequest) -> HttpResponse:
    """Begin with a form of the gallery."""
    name = request.POST.get("vorlage", "")
    if name not in actions.gallery_keys():
        raise Http404
    definition = actions.read_gallery(name)
    definition["key"] = free_key(name)
    actions.begin_form(definition, source=_("Vorlage %(name)s") % {"name": name}, by=account_of(request))
    return redirect("forms:editor", key=definition["key"])


@require_POST
@designs_forms
def new_copy(request: HttpRequest, key: str) -> HttpResponse:
    """Begin with a copy of another form's newest version."""
    version = access.get_version_for(account_of(request), key)
    definition = {**version.definition, "key": free_key(f"{key}_kopie")}
    actions.begin_form(definition, source=str(version), by=account_of(request))
    return redirect("forms:editor", key=definition["key"])


@require_POST
@designs_forms
def new_from_file(request: HttpRequest) -> HttpResponse:
    """Begin with a definition file or an XDatenfelder schema; code lists may come along."""
    uploads = request.FILES.getlist("datei")
    if not uploads or any((one.size or 0) > MOST_BYTES for one in uploads):
        return show_new(request, new_form(), [PageProblem(_("Bitte wählen Sie eine Datei bis 10 MB aus."), "id_datei")])
    files = {str(one.name): one.read() for one in uploads}
    try:
        imported = importing.read_files(files)
        definition = {**imported.definition, "key": free_key(str(imported.definition.get("key", "")))}
        draft = actions.begin_form(
            definition,
            source=_("Datei im Format %(format)s") % {"format": imported.format},
            by=account_of(request),
            proposals=imported.proposals,
        )
    except (importing.CannotImport, FormsError) as problem:
        return show_new(request, new_form(), [PageProblem(str(problem), "id_datei")])
    became = {
        "page": _("Seite"),
        "group": _("Gruppe"),
        "element": _("Frage"),
        "codelist": _("Werteliste"),
        "proposal": _("Vorschlag"),
        "dropped": _("nicht übernommen"),
    }
    report = [(row.id, row.name, became[row.became], " ".join(importing.in_words(why) for why in row.why)) for row in imported.report]
    warnings = [importing.in_words(one) for one in imported.warnings]
    context = {"draft": draft, "title": draft.title("de"), "report": report, "warnings": warnings, "proposals": len(imported.proposals)}
    return render(request, "forms/imported.html", context)


def free_key(words: str) -> str:
    """A key for a new form that no other form has."""
    wanted = key_from(words) or "formular"
    taken = set(Form.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return next(key for key in (wanted, *(f"{wanted}_{number}" for number in range(2, 10_000))) if key not in taken)
