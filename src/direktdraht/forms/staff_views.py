"""Staff pages: the list of forms, publishing a definition file, retiring a version."""

import json

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.forms import access, actions, queries
from direktdraht.forms.errors import CannotPublish
from direktdraht.forms.models import FormVersion
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, PageProblem, Row, Table
from direktdraht.people.access import account_of, staff_required
from direktdraht.questions import definition_tests, sentences

MOST_BYTES = 1_000_000
designs_forms = staff_required("forms", "admin")


@require_safe
@designs_forms
def form_list(request: HttpRequest) -> HttpResponse:
    """Every form with its newest version."""
    columns = [Column(_("Formular")), Column(_("Fassung"), numeric=True), Column(_("Stand")), Column(_("Veröffentlicht"))]
    rows = [Row(cells_of(version)) for version in queries.newest_versions()]
    table = Table(_("Formulare"), columns, rows, _("Noch kein Formular"), _("Laden Sie eine Definitionsdatei hoch."))
    return render(request, "forms/staff_list.html", {"table": table})


def cells_of(version: FormVersion) -> list[Cell]:
    """One row of the list."""
    state = "success" if version.state == "published" else "neutral"
    return [
        Cell(version.title("de"), url=reverse("forms:staff_detail", args=[version.form_id]), note=version.form_id),
        Cell(str(version.number)),
        Cell(version.get_state_display(), tag=state),
        Cell(day_words(version.published_at)),
    ]


@require_safe
@designs_forms
def form_detail(request: HttpRequest, key: str) -> HttpResponse:
    """A form: its facts, its rules in words, its tests."""
    version = access.get_version_for(account_of(request), key)
    definition = queries.definition_of(version)
    rules = [
        (place.element.key, sentences.sentence(place.element.show_if, definition, "de"))
        for place in definition.outline.places.values()
        if place.element.show_if is not None
    ]
    facts = [
        (_("Schlüssel"), version.form_id),
        (_("Fassung"), str(version.number)),
        (_("Stand"), version.get_state_display()),
        (_("Rechtsgrundlage"), definition.legal_basis or "–"),
        (_("Antwort in Tagen"), str(definition.answer_days)),
        (_("Prüfsumme"), version.digest),
    ]
    context = {"version": version, "title": version.title("de"), "facts": facts, "rules": rules, "tests": definition_tests.run(definition)}
    return render(request, "forms/staff_detail.html", context)


@require_http_methods(["GET", "POST"])
@designs_forms
def publish(request: HttpRequest) -> HttpResponse:
    """Publish a definition file; what stands against it is listed."""
    if request.method != "POST":
        return render(request, "forms/publish.html", {"problems": []})
    upload = request.FILES.get("definition")
    try:
        version = actions.publish(read_definition(upload), by=account_of(request))
    except CannotPublish as problem:
        problems = [PageProblem(reason, "id_definition") for reason in problem.reasons]
        return render(request, "forms/publish.html", {"problems": problems}, status=422)
    return redirect("forms:staff_detail", key=version.form_id)


def read_definition(upload: object) -> object:
    """Read the uploaded JSON. Raises CannotPublish."""
    if not isinstance(upload, UploadedFile):
        raise CannotPublish([_("Bitte wählen Sie eine Datei aus.")])
    if (upload.size or 0) > MOST_BYTES:
        raise CannotPublish([_("Eine Definition hat höchstens 1 MB.")])
    try:
        return json.loads(upload.read())
    except (ValueError, RecursionError) as problem:
        raise CannotPublish([_("Diese Datei ist kein JSON: %(problem)s") % {"problem": problem}]) from problem


@require_POST
@designs_forms
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take the published version out of use."""
    account = account_of(request)
    actions.retire(access.get_version_for(account, key), by=account)
    return redirect("forms:staff_detail", key=key)
