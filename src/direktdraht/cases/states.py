"""In which states a case and a decision can be, and which doing leads where. One table, no Django views.

``None`` as a target means: the state stays.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a case stands."""

    NEW = "new", _("Neu")
    RUNNING = "running", _("Läuft von selbst")
    IN_PROGRESS = "in_progress", _("In Arbeit")
    WAITING = "waiting_for_person", _("Wartet auf Person")
    DECIDED = "decided", _("Beschieden")
    CLOSED = "closed", _("Abgeschlossen")


class DecisionState(models.TextChoices):
    """Where a decision stands, from the first draft to finality (Bestandskraft)."""

    DRAFT = "draft", _("Entwurf")
    RELEASED = "released", _("Freigegeben")
    DISPATCHED = "dispatched", _("Unterwegs")
    KNOWN = "known", _("Bekannt gegeben")
    FINAL = "final", _("Bestandskräftig")
    WITHDRAWN = "withdrawn", _("Nicht abgerufen")


_OPEN = (State.NEW, State.RUNNING, State.IN_PROGRESS, State.WAITING, State.DECIDED)
# In these nobody of the staff has anything to do.
IDLE: Final = (State.RUNNING, State.CLOSED)

# doing -> {state before: state after}; a state that is missing refuses the doing.
TRANSITIONS: Final[dict[str, dict[State, State]]] = {
    "person_writes": {
        State.NEW: State.NEW,
        State.RUNNING: State.IN_PROGRESS,
        State.IN_PROGRESS: State.IN_PROGRESS,
        State.WAITING: State.IN_PROGRESS,
        State.DECIDED: State.DECIDED,
    },
    "answer": {
        State.NEW: State.IN_PROGRESS,
        State.IN_PROGRESS: State.IN_PROGRESS,
        State.WAITING: State.WAITING,
        State.DECIDED: State.DECIDED,
    },
    # An answer in a case that runs by itself: afterwards it does again.
    "answer_running": {
        State.NEW: State.RUNNING,
        State.RUNNING: State.RUNNING,
        State.IN_PROGRESS: State.RUNNING,
        State.WAITING: State.WAITING,
        State.DECIDED: State.DECIDED,
    },
    "let_run": dict.fromkeys((State.NEW, State.IN_PROGRESS, State.WAITING, State.DECIDED), State.RUNNING),
    "run_out": {State.RUNNING: State.CLOSED},
    "ask_back": {State.NEW: State.WAITING, State.RUNNING: State.WAITING, State.IN_PROGRESS: State.WAITING},
    "note": {state: state for state in State},
    "take": {**{state: state for state in _OPEN}, State.NEW: State.IN_PROGRESS, State.RUNNING: State.IN_PROGRESS},
    "assign": {state: state for state in _OPEN},
    "forward": {**{state: state for state in _OPEN}, State.RUNNING: State.IN_PROGRESS},
    "set_in_progress": {
        State.NEW: State.IN_PROGRESS,
        State.RUNNING: State.IN_PROGRESS,
        State.WAITING: State.IN_PROGRESS,
        State.DECIDED: State.IN_PROGRESS,
    },
    "draft": {state: state for state in _OPEN},
    "release": {state: state for state in _OPEN},
    "dispatch": dict.fromkeys(_OPEN, State.DECIDED),
    "withdraw": dict.fromkeys(State, State.IN_PROGRESS),
    "close": dict.fromkeys(_OPEN, State.CLOSED),
    "reopen": {State.CLOSED: State.IN_PROGRESS},
    "object": dict.fromkeys(State, State.IN_PROGRESS),
}
