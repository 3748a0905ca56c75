"""What an answer is checked against besides its question: the day, the files, the state's holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from direktdraht.questions.files import FileFacts


@dataclass(frozen=True)
class Surroundings:
    """``today`` in Germany, facts of the person's files by document id, and the state (Bundesland).

    ``appointments`` are the times that are held for this person, by id, each with ``starts_at`` and ``place``; None where no
    calendar is asked.
    """

    today: date
    files: Mapping[str, FileFacts] = field(default_factory=dict)
    state: str = "NI"
    appointments: Mapping[str, Mapping[str, str]] | None = None
