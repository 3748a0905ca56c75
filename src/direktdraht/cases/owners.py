"""Who may read the files of this room."""

from django.http import HttpRequest

from direktdraht.cases.access import may_read
from direktdraht.cases.models import CaseProof, Decision, DecisionState, Message, MessageKind, Way
from direktdraht.cases.opened import is_person_of
from direktdraht.foundation.documents.models import Document
from direktdraht.people.access import speaks_as_staff


class MessageFiles:
    """Files of messages: staff who may read the case, and its person; internal ones staff only."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the file may be read now."""
        message = Message.objects.select_related("case__unit").filter(pk=document.owner_id).first()
        if message is None:
            return False
        if speaks_as_staff(request) and may_read(request.user, message.case):
            return True
        return message.kind != MessageKind.INTERNAL and is_person_of(request, message.case)


class DecisionFiles:
    """The letter of a decision: staff from its release, the person once it was opened or counts as known."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the letter may be read now."""
        decision = Decision.objects.select_related("case__unit").filter(pk=document.owner_id, pdf=document).first()
        if decision is None:
            return False
        if speaks_as_staff(request) and may_read(request.user, decision.case):
            return True
        return open_to_person(decision) and is_person_of(request, decision.case)


class ProofFiles:
    """Evidence of a signature: staff who may read the case, and its person."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the evidence may be read now."""
        found = CaseProof.objects.select_related("case__unit").filter(proof_id=document.owner_id).first()
        if found is None:
            return False
        return (speaks_as_staff(request) and may_read(request.user, found.case)) or is_person_of(request, found.case)


def open_to_person(decision: Decision) -> bool:
    """Whether the person may read the letter here: retrieved, or sent by post and known."""
    if decision.way == Way.INBOX:
        return decision.retrieved_at is not None and decision.state != DecisionState.WITHDRAWN
    return decision.state in {DecisionState.KNOWN, DecisionState.FINAL}
