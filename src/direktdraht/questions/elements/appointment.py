"""``appointment``: a time at one of the city's counters, held while the person fills in.

The page offers free times; what was chosen is held by whoever shows the page, and only then is it an answer. So this module
knows no calendar: which times are held stands in ``Surroundings.appointments``, which are free the page asks (``Sight.times``).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field

from direktdraht.questions.days import iso_day
from direktdraht.questions.display import day_in_words, time_in_words
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.spec import Slug
from direktdraht.questions.surroundings import Surroundings

MOST_OCCASIONS = 3
MOST = 300
_BERLIN = ZoneInfo("Europe/Berlin")
PARTS = ("id", "starts_at", "place")


class FreeTime(Protocol):
    """A time that can be chosen; ``value`` is what the page sends for it."""

    @property
    def value(self) -> str:
        """Site and instant as one word."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def place(self) -> str:
        """Where."""


class Appointment(Element):
    """An appointment (Termin): ``id`` of the held time, ``starts_at`` (ISO 8601, UTC), ``place``; at most one in a form.

    ``occasions`` are the keys of what the person comes for, served in one visit.
    """

    type: Literal["appointment"]
    occasions: Annotated[list[Slug], Field(min_length=1, max_length=MOST_OCCASIONS)]

    missing = "required_time"

    @property
    def kind(self) -> Kind:
        return "parts"

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw in ("", {}):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        if raw.get("id") in (None, ""):
            chosen = written_line(raw.get("chosen"), MOST)
            return refused("wrong_type") if chosen.problems else refused("time_not_held") if chosen.value else Cleaned()
        return self._held(raw, around)

    def _held(self, raw: dict[str, Any], around: Surroundings) -> Cleaned:
        """A held time, as the calendar knows it now; without a calendar as it stands, for tests and stored answers."""
        known: Any = raw
        if around.appointments is not None:
            known = around.appointments.get(raw["id"]) if isinstance(raw["id"], str) else None
            if known is None:
                return refused("time_lost")
        place = written_line(known.get("place"), MOST)
        if place.problems or place.value is None or not is_uuid(raw["id"]) or instant_of(known.get("starts_at")) is None:
            return refused("wrong_type")
        return Cleaned({"id": raw["id"], "starts_at": known["starts_at"], "place": place.value})

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        chosen, first_day = post.get(path, ""), post.get(f"{path}.from", "")
        held = old if isinstance(old, dict) and old.get("id") else {}
        if held and chosen in ("", held["id"]):
            return {**{part: held.get(part) for part in PARTS}, "from": first_day}
        return {"chosen": chosen, "from": first_day} if chosen or first_day else ""

    def names(self, path: str) -> tuple[str, ...]:
        return (path, f"{path}.from")

    def fragment(self) -> dict[str, Any]:
        properties = {
            "id": {"type": "string", "format": "uuid"},
            "starts_at": {"type": "string", "format": "date-time"},
            "place": {"type": "string", "minLength": 1, "maxLength": MOST},
        }
        return {"type": "object", "properties": properties, "required": list(PARTS), "additionalProperties": False}

    def display(self, value: Any, language: str, files: Files) -> str:
        return f"{moment_in_words(value['starts_at'], language)}\n{value['place']}"

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        known = raw if isinstance(raw, dict) else {}
        typed = {
            name: text if isinstance(text := known.get(name), str) and len(text) <= MOST else "" for name in (*PARTS, "chosen", "from")
        }
        is_held = bool(typed["id"] and typed["place"] and instant_of(typed["starts_at"]))
        held = {"value": typed["id"], "label": f"{moment_in_words(typed['starts_at'], language)}, {typed['place']}"} if is_held else None
        return {"held": held, "chosen": typed["chosen"], "first_day": typed["from"] if iso_day(typed["from"]) else ""}


def options_of(chosen: str, times: Iterable[FreeTime], language: str) -> list[dict[str, Any]]:
    """The free times to choose from."""
    return [
        {"value": one.value, "label": f"{moment_in_words(one.starts_at.isoformat(), language)}, {one.place}", "chosen": one.value == chosen}
        for one in times
    ]


def moment_in_words(starts_at: str, language: str) -> str:
    """An instant as the clock in Germany shows it.

    >>> moment_in_words("2026-11-30T08:15:00+00:00", "de")
    'Mo., 30. November 2026, 9:15 Uhr'
    """
    local = datetime.fromisoformat(starts_at).astimezone(_BERLIN)
    return f"{day_in_words(local.date(), language)}, {time_in_words(local.time(), language)}"


def instant_of(text: Any) -> datetime | None:
    """An instant with its time zone, or nothing for anything else."""
    try:
        found = datetime.fromisoformat(text)
        found.astimezone(_BERLIN)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found.tzinfo is not None else None


def is_uuid(text: Any) -> bool:
    """Whether a text is an id as we write it."""
    try:
        return isinstance(text, str) and str(UUID(text)) == text
    except ValueError:
        return False
