"""The appointment that a form asks for: held while somebody fills in, by the calendar of the room that gives out times."""

from collections.abc import Collection, Mapping
from typing import Any

from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.definition.model import Page
from direktdraht.questions.elements.appointment import PARTS, Appointment
from direktdraht.submissions.calendars import APPOINTMENTS, Calendar, OfferedTime, registry
from direktdraht.submissions.models import Draft

PRETENDED = "00000000-0000-4000-8000-000000000000"


def calendar() -> Calendar:
    """The calendar of the city."""
    return registry.get(APPOINTMENTS)


def occasions() -> Collection[str]:
    """The keys of what can be booked freely, for the proof of a form."""
    return calendar().occasions()


def asked_on(page: Page) -> Appointment | None:
    """The question for an appointment on a page; a form has at most one, and never inside a group."""
    return next((one for one in page.elements if isinstance(one, Appointment)), None)


def asked_in(definition: FormDefinition) -> Appointment | None:
    """The question for an appointment in a form."""
    return next((found for page in definition.pages if (found := asked_on(page)) is not None), None)


def held(definition: FormDefinition, draft: Draft) -> Mapping[str, Mapping[str, str]] | None:
    """The times that are held for a draft; None for a form that asks for none."""
    return calendar().held(draft) if asked_in(definition) is not None else None


def with_held(page: Page, draft: Draft, answers: dict[str, Any], *, network: str) -> dict[str, Any]:
    """The answers of a posted page with the chosen time held; one that cannot be held stays as it was chosen."""
    element = asked_on(page)
    chosen = chosen_in(element, answers)
    if element is None or not chosen:
        return answers
    found = calendar().hold(draft, element.occasions, chosen, network=network)
    return answers if found is None else {**answers, element.key: {**found, "from": answers[element.key].get("from", "")}}


def chosen_in(element: Appointment | None, answers: Mapping[str, Any]) -> str:
    """The time that a page chose and that nobody holds yet."""
    raw = answers.get(element.key) if element is not None else None
    chosen = raw.get("chosen") if isinstance(raw, dict) and not raw.get("id") else None
    return chosen if isinstance(chosen, str) else ""


def held_in(answers: Mapping[str, Any]) -> str:
    """The id of the time that clean answers name; empty for none. No other question has an answer of these parts."""
    return next((str(one["id"]) for one in answers.values() if isinstance(one, dict) and one.keys() == set(PARTS)), "")


def keep(definition: FormDefinition, draft: Draft) -> None:
    """Hold the draft's time on, because somebody sent a page."""
    if asked_in(definition) is not None:
        calendar().keep(draft)


def pretended(page: Page, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers of a trial: a time that was chosen counts as held, and nothing is."""
    element = asked_on(page)
    chosen = chosen_in(element, answers)
    if element is None or not chosen:
        return answers
    raw = answers[element.key]
    offered = calendar().free(element.occasions, str(raw.get("from", "")))
    found = next((one for one in offered if one.value == chosen), None)
    return answers if found is None else {**answers, element.key: {"id": PRETENDED, **facts_of(found)}}


def facts_of(time: OfferedTime) -> dict[str, str]:
    """What an answer keeps of a time."""
    return {"starts_at": time.starts_at.isoformat(), "place": time.place}
