"""The questions of a series and those of an offer, asked for each person with the elements of the room ``questions``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from direktdraht.bookings.registrations.models import Offer, Participant, Series
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.questions.definition import FormDefinition, parse
from direktdraht.questions.elements.base import Element, Posted
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.messages import Message
from direktdraht.questions.posting import read_page

PAGE = "person"


@dataclass(frozen=True)
class Asked:
    """A definition (None: nothing is asked), raw answers, and what became of them."""

    definition: FormDefinition | None
    raw: dict[str, Any]
    evaluation: Evaluation | None

    @property
    def elements(self) -> Sequence[Element]:
        """What is asked."""
        return self.definition.page(PAGE).elements if self.definition else ()

    @property
    def answers(self) -> dict[str, Any]:
        """The clean answers: nothing hidden, nothing unknown."""
        return self.evaluation.answers if self.evaluation else {}

    @property
    def errors(self) -> dict[str, list[Message]]:
        """What is wrong, by path."""
        return self.evaluation.errors if self.evaluation else {}

    @property
    def holds(self) -> bool:
        """Whether every question is answered as it must be."""
        return not self.errors


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


def asked(by: Series | Offer, post: Posted | None, kept: Mapping[str, Any]) -> Asked:
    """What a series or an offer asks, the raw answers (posted over the kept ones) and what became of them."""
    definition = definition_of(by.questions, by.title)
    if definition is None:
        return Asked(None, {}, None)
    raw = read_page(definition, PAGE, post, kept) if post is not None else dict(kept)
    return Asked(definition, raw, evaluate(definition, raw, today=clock.today(), state=city.current().state))


def are_missing(by: Series | Offer, answers: Mapping[str, Any]) -> bool:
    """Whether kept answers do not answer the questions as they are asked now."""
    return not asked(by, None, answers).holds


def in_words(by: Series | Offer, answers: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Questions and answers, a pair each."""
    definition = definition_of(by.questions, by.title)
    if definition is None:
        return []
    elements = [element for element in definition.page(PAGE).elements if element.key in answers]
    return [
        (element.label.get(language) or element.label["de"], element.display(answers[element.key], language, {})) for element in elements
    ]


def all_in_words(series: Series, participant: Participant, language: str) -> list[tuple[str, str]]:
    """What a participant answered to the questions of the series, then to those of the wished offers, each with the offer's name."""
    found = in_words(series, participant.answers, language)
    for wish in sorted(participant.wishes.all(), key=lambda wish: wish.rank):
        own = in_words(wish.offer, wish.answers, language)
        found += [(f"{wish.offer.title}: {question}", words) for question, words in own]
    return found


class Columns:
    """The questions that everybody with a place in an offer was asked, as columns of a list: those of the series first."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.of_series, self.of_offer = (asked(by, None, {}).elements for by in (offer.series, offer))

    @property
    def heads(self) -> list[str]:
        """The questions, in German."""
        return [element.label["de"] for element in (*self.of_series, *self.of_offer)]

    def cells(self, participant: Participant) -> list[str]:
        """What a participant answered, in German; empty where nothing was. Takes the wishes that were fetched.

        Who came without a wish, moved there by hand, was asked nothing by the offer.
        """
        own: Mapping[str, Any] = next((wish.answers for wish in participant.wishes.all() if wish.offer_id == self.offer.pk), {})
        both = ((self.of_series, participant.answers), (self.of_offer, own))
        return [one.display(answers[one.key], "de", {}) if one.key in answers else "" for asks, answers in both for one in asks]
