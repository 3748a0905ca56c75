"""What is stored of a case: the case, its messages and files, its decisions, who looked."""

from direktdraht.cases.models.case import Case, Outcome
from direktdraht.cases.models.decision import Decision, Remedy, Way
from direktdraht.cases.models.look import CaseLook
from direktdraht.cases.models.message import Message, MessageFile, MessageKind
from direktdraht.cases.models.proof import CaseProof, Match
from direktdraht.cases.states import DecisionState, State

__all__ = [
    "Case",
    "CaseLook",
    "CaseProof",
    "Decision",
    "DecisionState",
    "Match",
    "Message",
    "MessageFile",
    "MessageKind",
    "Outcome",
    "Remedy",
    "State",
    "Way",
]
