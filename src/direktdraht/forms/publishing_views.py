"""From working draft to published version: proof, tests, publish; versions, their difference in words, retiring."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from direktdraht.forms import access, actions, comparing, outcomes, queries
from direktdraht.forms.editor_desk import Desk, designs_forms, desk_of, language_now, revision_in, show, show_conflict
from direktdraht.forms.errors import CannotPublish, RevisionConflict
from direktdraht.forms.findings import findings_of
from direktdraht.forms.models import FormVersion
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.web.dates import day_words, moment_words
from direktdraht.foundation.web.tables import PageProblem
from direktdraht.people.access import account_of
from direktdraht.questions import definition_tests, json_schema, sentences
from direktdraht.questions.proof import longest_path


@never_cache
@require_http_methods(["GET", "POST"])
@designs_forms
def proof(request: HttpRequest, key: str) -> HttpResponse:
    """What stands against publishing and what should be looked at; then publish."""
    desk = desk_of(request, key)
    if request.method != "POST":
        return show_proof(request, desk)
    acknowledged = [str(code) for code in request.POST.getlist("gesehen")]
    try:
        until = day_in(request.POST.get("bis", ""))
        version = actions.publish_draft(
            desk.draft, revision=revision_in(request), drafts_until=until, acknowledged=acknowledged, by=account_of(request)
        )
    except RevisionConflict as conflict:
        return show_conflict(request, desk, conflict.since)
    except CannotPublish as problem:
        return show_proof(request, desk, [PageProblem(reason, "publizieren") for reason in problem.reasons])
    return redirect(reverse("forms:staff_detail", args=[key], query={"neu": version.number}))


def day_in(text: str) -> date | None:
    """A day from a date box; ``None`` if it is empty. Raises CannotPublish."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise CannotPublish([_("Bitte geben Sie den Tag wie 2026-12-31 an.")]) from problem


def show_proof(request: HttpRequest, desk: Desk, problems: list[PageProblem] | None = None) -> HttpResponse:
    """The findings, the tests and the button."""
    found = findings_of(desk)
    present = queries.published_version(desk.key)
    changes = comparing.differences(queries.definition_of(present), desk.definition, language_now()) if present else []
    context = {
        "errors": [one for one in found if one.refuses],
        "warnings": [one for one in found if not one.refuses],
        "tests": outcomes.with_words(desk.definition, language_now()),
        "longest": longest_path(desk.definition),
        "present": present,
        "changes": changes,
        "unchanged": present is not None and not changes and present.definition == desk.draft.definition,
    }
    return show(request, desk, "forms/editor/proof.html", context, problems=problems or (), part="proof")


@never_cache
@require_safe
@designs_forms
def form_detail(request: HttpRequest, key: str) -> HttpResponse:
    """A form: its facts, versions, rules in words, tests."""
    account = account_of(request)
    access.ensure_editor(account)
    versions = queries.versions_of(key)
    draft = queries.working_draft(key)
    if not versions and draft is None:
        raise Http404
    if not versions:
        return redirect("forms:editor", key=key)
    version = access.get_version_for(account, key)
    definition = queries.definition_of(version)
    sent = queries.submissions_by_version([one.pk for one in versions])
    context = {
        "version": version,
        "title": version.title("de"),
        "facts": facts_of(version),
        "rules": rules_of(version),
        "tests": definition_tests.run(definition, state=city.current().state),
        "versions": [(one, sent.get(one.pk, 0)) for one in versions],
        "draft": draft,
        "new": request.GET.get("neu", ""),
    }
    return render(request, "forms/staff_detail.html", context)


def facts_of(version: FormVersion) -> list[tuple[str, str]]:
    """The facts of a version in words."""
    definition = queries.definition_of(version)
    until = [(_("Begonnene Entwürfe gelten bis"), day_words(version.drafts_until))] if version.drafts_until else []
    return [
        (_("Kürzel"), version.form_id),
        (_("Fassung"), str(version.number)),
        (_("Stand"), version.get_state_display()),
        (_("Veröffentlicht"), moment_words(version.published_at)),
        *until,
        (_("Rechtsgrundlage"), definition.legal_basis or "–"),
        (_("Arbeitstage bis zur Antwort"), str(definition.answer_days)),
        (_("Prüfsumme"), version.digest),
    ]


def rules_of(version: FormVersion) -> list[tuple[str, str]]:
    """The conditions and the fee of a version as sentences."""
    definition, language = queries.definition_of(version), language_now()
    rules = [(page.title["de"], sentences.sentence(page.show_if, definition, language)) for page in definition.pages if page.show_if]
    rules += [
        (place.element.label["de"], sentences.sentence(place.element.show_if, definition, language))
        for place in definition.outline.places.values()
        if place.element.show_if is not None
    ]
    if definition.fee is not None:
        rules.append((_("Gebühr"), sentences.expression_sentence(definition.fee, definition, language)))
    return rules


@never_cache
@require_safe
@designs_forms
def version_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version as people saw it, page by page, with its difference to the one before."""
    account = account_of(request)
    version = access.get_version_for(account, key, number)
    definition = queries.definition_of(version)
    before = queries.version_before(version)
    context = {
        "version": version,
        "title": version.title("de"),
        "facts": facts_of(version),
        "pages": definition.pages,
        "preview_answers": {},
        "before": before,
        "changes": comparing.differences(queries.definition_of(before), definition, language_now()) if before else [],
    }
    return render(request, "forms/version.html", context)


@never_cache
@require_safe
@designs_forms
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """The difference of any two versions in words; the working draft counts as one."""
    account = account_of(request)
    access.ensure_editor(account)
    versions = queries.versions_of(key)
    if not versions:
        raise Http404
    numbers = [str(one.number) for one in versions]
    older, newer = request.GET.get("von", numbers[min(1, len(numbers) - 1)]), request.GET.get("bis", numbers[0])
    draft = queries.working_draft(key)
    choices = [
        *([("entwurf", _("Arbeitsfassung"))] if draft else []),
        *((number, _("Fassung %(n)s") % {"n": number}) for number in numbers),
    ]
    known = {value for value, _label in choices}
    if not {older, newer} <= known:
        raise Http404
    before, after = (
        queries.definition_of_draft(draft)
        if one == "entwurf" and draft
        else queries.definition_of(access.get_version_for(account, key, int(one)))
        for one in (older, newer)
    )
    context = {
        "title": after.title["de"],
        "key": key,
        "choices": choices,
        "older": older,
        "newer": newer,
        "changes": comparing.differences(before, after, language_now()),
    }
    return render(request, "forms/compare.html", context)


@require_POST
@designs_forms
def edit_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a version as the working draft."""
    account = account_of(request)
    actions.begin_from_version(access.get_version_for(account, key, number), by=account)
    return redirect("forms:editor", key=key)


@require_POST
@designs_forms
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take the published version out of use."""
    account = account_of(request)
    actions.retire(access.get_version_for(account, key), by=account)
    return redirect("forms:staff_detail", key=key)


@require_safe
@designs_forms
def download(request: HttpRequest, key: str) -> HttpResponse:
    """The working draft as a definition file."""
    desk = desk_of(request, key)
    response = HttpResponse(json.dumps(desk.draft.definition, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{desk.key}.json"'
    return response


@require_safe
@cache_control(public=True, max_age=300)
def version_schema(request: HttpRequest, key: str, number: int) -> JsonResponse:
    """JSON Schema 2020-12 of one version's answers."""
    version = queries.version_by_number(key, number)
    if version is None:
        raise Http404
    data: dict[str, Any] = json_schema.schema(queries.definition_of(version))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
