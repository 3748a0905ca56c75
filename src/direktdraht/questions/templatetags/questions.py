"""Tags that show questions: ``{% load questions %}``."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from direktdraht.questions.elements.base import Element
from direktdraht.questions.evaluation import Evaluation
from direktdraht.questions.faces import NO_PLACES, NO_TIMES, Errors, Face, PlaceIndex, Sight, StoredFile, TimeIndex

register = template.Library()


@register.simple_tag
def question(
    element: Element,
    raw: Mapping[str, Any],
    errors: Errors | None = None,
    *,
    evaluation: Evaluation | None = None,
    files: Sequence[StoredFile] = (),
    places: PlaceIndex = NO_PLACES,
    times: TimeIndex = NO_TIMES,
) -> SafeString:
    """Show a question of any type: ``{% question element raw errors evaluation=… files=… %}``.

    ``raw`` are the raw answers of the whole form, ``errors`` the messages by path. With ``evaluation``,
    computed values appear and entries of groups show only what is asked. ``files`` are the stored files,
    ``places`` finds places by what was typed, ``times`` free times.
    """
    sight = Sight(errors or {}, evaluation, files, get_language() or "de", places, times)
    return question_face(sight.face(element, raw))


@register.simple_tag
def question_face(face: Face) -> SafeString:
    """Show a face that is already worked out, such as one inside a group."""
    return SafeString(render_to_string(face.template, face.context()))


@register.simple_tag
def errors_of_part(parts: Mapping[str, Sequence[str]], name: str) -> Sequence[str]:
    """The sentences about one part of an answer whose name only the definition knows, such as a row of a matrix."""
    return parts.get(name, ())
