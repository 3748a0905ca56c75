"""Staff page: every question type as people see it, empty, filled and wrong, in each language."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from direktdraht.forms import times
from direktdraht.forms.editor_desk import designs_forms, language_now
from direktdraht.foundation import clock
from direktdraht.foundation.geo import queries as geo
from direktdraht.questions.definition import FormDefinition, parse
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.faces import Sight
from direktdraht.questions.files import FileFacts
from direktdraht.questions.templatetags.questions import question_face

SAMPLES = Path(__file__).with_name("element_samples.json")
LANGUAGES = ("de", "en", "de-x-leicht")
STATES = ("empty", "filled", "wrong")
EMPTY, FILLED, WRONG = STATES


@dataclass(frozen=True)
class SampleFile:
    """The file that the filled sample of an upload shows."""

    id: str = "sample"
    name: str = "laterne.jpg"
    size: int = 2_200_000


@dataclass(frozen=True)
class Shown:
    """One question in one state."""

    state: str
    html: SafeString


@dataclass(frozen=True)
class Kind:
    """One question type with its states."""

    name: str
    states: Sequence[Shown]


def sample_form() -> dict[str, Any]:
    """The samples as one form: a page for each type, a question for each state."""
    data = json.loads(SAMPLES.read_text(encoding="utf-8"))
    return {
        "format": "direktdraht-form/1",
        "key": "fragearten",
        "service": "fragearten",
        "title": {"de": "Fragearten", "en": "Question types"},
        "unit": "buergeramt",
        "answer_days": 1,
        "law": "vwvfg",
        "retention": {"months": 0, "basis": "Beispiel"},
        "code_lists": data["code_lists"],
        "pages": [
            {
                "key": sample["spec"]["type"],
                "title": sample["spec"]["label"],
                "elements": [_keyed(sample["spec"], state) for state in STATES if state == EMPTY or sample[state] is not None],
            }
            for sample in data["samples"]
        ],
    }


def _keyed(spec: dict[str, Any], state: str) -> dict[str, Any]:
    """A question with a key of its own; so have the questions of a group."""
    inner = {"elements": [{**one, "key": f"{one['key']}_{state}"} for one in spec["elements"]]} if "elements" in spec else {}
    return {**spec, "key": f"{spec['type']}_{state}", **inner}


def sample_answers() -> dict[str, Any]:
    """The raw answers of the filled and the wrong samples by key."""
    answers = {}
    for sample in json.loads(SAMPLES.read_text(encoding="utf-8"))["samples"]:
        for state in (FILLED, WRONG):
            answer = sample[state]
            if sample["spec"]["type"] == "group" and answer is not None:
                answer = [{f"{key}_{state}": value for key, value in row.items()} for row in answer]
            answers[f"{sample['spec']['type']}_{state}"] = answer
    return {key: answer for key, answer in answers.items() if answer is not None}


@lru_cache(maxsize=1)
def samples() -> tuple[FormDefinition, dict[str, Any]]:
    """The form of samples and its answers, read once a process."""
    return parse(sample_form()), sample_answers()


def kinds(language: str) -> list[Kind]:
    """Every question type in a language."""
    definition, answers = samples()
    files = {"sample": FileFacts("laterne.jpg", 2_200_000, "image/jpeg")}
    evaluation = evaluate(definition, answers, today=clock.today(), files=files)
    wrong = {path: found for path, found in evaluation.errors.items() if f"_{WRONG}" in path}
    sight = Sight(wrong, evaluation, [SampleFile()], language, geo, times.calendar())
    with override(language):
        return [
            Kind(
                page.key,
                [Shown(element.key.rpartition("_")[2], question_face(sight.face(element, answers))) for element in page.elements],
            )
            for page in definition.pages
        ]


@require_safe
@designs_forms
def element_gallery(request: HttpRequest) -> HttpResponse:
    """All question types, in the language of ``?sprache=`` or the reader's."""
    asked = request.GET.get("sprache", "")
    language = asked if asked in LANGUAGES else language_now()
    names = {"de": _("Deutsch"), "en": _("Englisch"), "de-x-leicht": _("Leichte Sprache")}
    context = {
        "kinds": kinds(language),
        "words": {EMPTY: _("Leer"), FILLED: _("Ausgefüllt"), WRONG: _("Mit Fehler")},
        "spoken": language.partition("-")[0],
        "languages": [{"code": code, "name": names[code], "now": code == language} for code in LANGUAGES],
    }
    return render(request, "forms/element_gallery.html", context)
