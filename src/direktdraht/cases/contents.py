"""Which bytes the journal's digests of messages and decisions cover, and how they are read again."""

import json

from direktdraht.cases.models import Decision, Message
from direktdraht.foundation.journal.contents import Content
from direktdraht.foundation.journal.models import Entry


def message_content(text: str, file_digests: list[str]) -> bytes:
    """The text of a message and the SHA-256 of its files, in their order."""
    return json.dumps([text, file_digests], ensure_ascii=False, separators=(",", ":")).encode()


def decision_content(decision: Decision) -> bytes:
    """What is decided: title, text, information on remedies."""
    parts = [decision.title, decision.text, decision.remedy, decision.remedy_text]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


class CaseContents:
    """Reads what the entries of a case digest; the facts of an entry name the message or decision."""

    def read(self, entry: Entry) -> Content | None:
        """The content and salt, or None when it was erased or the entry digests nothing."""
        if "message" in entry.facts:
            return read_message(str(entry.facts["message"]))
        if "decision" in entry.facts:
            return read_decision(str(entry.facts["decision"]))
        return None


def read_message(message_id: str) -> Content | None:
    """The content of a message that still stands."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None or not message.salt:
        return None
    digests = list(message.files.order_by("place", "pk").values_list("document__sha256", flat=True))
    return Content(message_content(message.text, digests), bytes(message.salt))


def read_decision(decision_id: str) -> Content | None:
    """The content of a decision that still stands."""
    decision = Decision.objects.filter(pk=decision_id).first()
    if decision is None or not decision.salt:
        return None
    return Content(decision_content(decision), bytes(decision.salt))
