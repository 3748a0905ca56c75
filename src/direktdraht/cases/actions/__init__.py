"""What can be done in the direct line; each action is one transaction with its check, its journal row, its notice."""

from direktdraht.cases.actions.channels import (
    confirm_dispatch,
    dispatch_by_channel,
    give_up_dispatch,
    open_channel,
    take_in_mail,
    tell_staff,
)
from direktdraht.cases.actions.decisions import (
    dispatch_by_inbox,
    dispatch_by_print,
    release,
    retrieve,
    save_draft,
    settle,
)
from direktdraht.cases.actions.handling import assign, close, forward, let_run, reopen, set_in_progress, take
from direktdraht.cases.actions.looks import mark_read_by_person, mark_read_by_staff, record_export, record_look, record_looks
from direktdraht.cases.actions.opening import PersonFacts, open_case
from direktdraht.cases.actions.person import claim, consent, object_to, take_back_consent, write_message
from direktdraht.cases.actions.proofs import accept_match, add_proof, refuse_match
from direktdraht.cases.actions.running import Telling, erase, run_out, tell
from direktdraht.cases.actions.writing import add_note, answer, ask_back

__all__ = [
    "PersonFacts",
    "Telling",
    "accept_match",
    "add_note",
    "add_proof",
    "answer",
    "ask_back",
    "assign",
    "claim",
    "close",
    "confirm_dispatch",
    "consent",
    "dispatch_by_channel",
    "dispatch_by_inbox",
    "dispatch_by_print",
    "erase",
    "forward",
    "give_up_dispatch",
    "let_run",
    "mark_read_by_person",
    "mark_read_by_staff",
    "object_to",
    "open_case",
    "open_channel",
    "record_export",
    "record_look",
    "record_looks",
    "refuse_match",
    "release",
    "reopen",
    "retrieve",
    "run_out",
    "save_draft",
    "set_in_progress",
    "settle",
    "take",
    "take_back_consent",
    "take_in_mail",
    "tell",
    "tell_staff",
    "write_message",
]
