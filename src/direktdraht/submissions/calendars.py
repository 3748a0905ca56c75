"""Times that are held for a draft and booked with it: the room with the calendar fills this registry, see decision 38."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from direktdraht.foundation.registry import Registry
from direktdraht.submissions.models import Draft, Submission


@dataclass(frozen=True)
class OfferedTime:
    """A free time; ``value`` names it when it is chosen."""

    value: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class ShownTime:
    """A booked time as it stands now, in words, and its page for the person."""

    words: str
    url: str


class TimeGone(Exception):
    """A held time was lost, and somebody else has it."""


class Calendar(Protocol):
    """A room that gives out times for what people come for; ``occasions`` are keys of its own."""

    def occasions(self) -> Mapping[str, str]:
        """What can be booked freely, German titles by key, in German order."""

    def free(self, occasions: Sequence[str], first_day: str) -> Sequence[OfferedTime]:
        """The next free times at which all these are served in one visit, from a day on (ISO 8601; empty: today)."""

    def hold(self, draft: Draft, occasions: Sequence[str], value: str, *, network: str) -> Mapping[str, str] | None:
        """Hold a time for the draft in place of the one it has: its ``id``, ``starts_at`` (ISO 8601) and ``place``.

        The same time once more gives the same. Nothing when it cannot be held; what was held before stays then.
        """

    def held(self, draft: Draft) -> Mapping[str, Mapping[str, str]]:
        """What the draft has, by id: held, or over and still free. Each with ``starts_at`` and ``place``."""

    def keep(self, draft: Draft) -> None:
        """Somebody is still writing: hold the draft's time on."""

    def book(self, draft: Draft, submission: Submission, held: str) -> None:
        """Book the held time for the submission's case, inside the caller's transaction. Raises TimeGone."""

    def shown(self, held: str) -> ShownTime | None:
        """How a booked time stands now, by the id under which it was held; nothing once it was erased."""


registry: Registry[Calendar] = Registry("submissions.calendars")
APPOINTMENTS = "appointments"
"""The calendar that forms ask."""
