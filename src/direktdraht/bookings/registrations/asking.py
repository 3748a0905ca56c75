"""The questions of a series, asked for each person with the elements of the room ``questions``."""

from collections.abc import Mapping, Sequence
from typing import Any

from direktdraht.bookings.registrations.models import Series
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.questions.definition import FormDefinition, parse
from direktdraht.questions.elements.base import Posted
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.posting import read_page

PAGE = "person"


def definition_of(questions: Sequence[Mapping[str, Any]], title: str) -> FormDefinition | None:
    """The questions as a definition of one page; None without any. Raises DefinitionError."""
    if not questions:
        return None
    return parse(
        {
            "format": "direktdraht-form/1",
            "key": "registration",
            "service": "registration",
            "title": {"de": title},
            "unit": "registration",
            "answer_days": 1,
            "law": "vwvfg",
            "retention": {"months": 12, "basis": "bis zum Ende der Angebote"},
            "pages": [{"key": PAGE, "title": {"de": title}, "elements": list(questions)}],
        }
    )


def asked(series: Series, post: Posted | None, kept: Mapping[str, Any]) -> tuple[FormDefinition | None, dict[str, Any], Evaluation | None]:
    """Definition, raw answers (posted over the kept ones) and what became of them."""
    definition = definition_of(series.questions, series.title)
    if definition is None:
        return None, {}, None
    raw = read_page(definition, PAGE, post, kept) if post is not None else dict(kept)
    return definition, raw, evaluate(definition, raw, today=clock.today(), state=city.current().state)


def in_words(series: Series, answers: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Questions and answers, a pair each."""
    definition = definition_of(series.questions, series.title)
    if definition is None:
        return []
    elements = [element for element in definition.page(PAGE).elements if element.key in answers]
    return [
        (element.label.get(language) or element.label["de"], element.display(answers[element.key], language, {})) for element in elements
    ]
