"""Cases that run by themselves: the house tells in the thread how they go on; they end and are erased with their matter.

Nothing here holds the row of a case while it tells: a message leaves the case as it is, so whoever holds other rows may
tell many people at once and nobody waits for anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from direktdraht.cases.actions.steps import locked, move
from direktdraht.cases.contents import message_content
from direktdraht.cases.models import Case, Message, MessageFile, MessageKind, Outcome, State
from direktdraht.cases.states import IDLE
from direktdraht.foundation import clock, codes
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal.digests import new_salt, salted_digest

AT_ONCE = 500


@dataclass(frozen=True)
class Telling:
    """One message of the house in the thread of a case: its text, and a key by which it is told once.

    ``of_person``: it says what the person did on the page of the matter (changed, withdrew); it is their word then.
    """

    case_id: UUID
    text: str
    key: str
    language: str = "de"
    of_person: bool = False


def tell(tellings: Sequence[Telling]) -> list[Message]:
    """Tell people in their threads how their matters go on, inside the caller's transaction; each key is told once.

    The number of statements grows by five for each 500 people. No mail goes out: the matter's own notice does.
    Nobody of the staff has to answer. Returns the new messages. Journal: ``case.told`` or ``case.changed``.
    """
    batches = [tellings[start : start + AT_ONCE] for start in range(0, len(tellings), AT_ONCE)]
    return [message for batch in batches for message in tell_batch(batch)]


def tell_batch(tellings: Sequence[Telling]) -> list[Message]:
    """Tell a batch, see ``tell``."""
    wanted = {uuid5(NAMESPACE_URL, one.key): one for one in tellings}
    known = set(Message.objects.filter(form_token__in=list(wanted)).values_list("form_token", flat=True))
    fresh = {token: one for token, one in wanted.items() if token not in known}
    if not fresh:
        return []
    cases = Case.objects.select_related("unit", "account").in_bulk({one.case_id for one in fresh.values()})
    messages = Message.objects.bulk_create([message_of(cases[one.case_id], one, token) for token, one in fresh.items()])
    with journal.book(len(messages)) as book:
        for message in messages:
            digest = salted_digest(message_content(message.text, []), bytes(message.salt))
            kind = "case.told" if message.kind == MessageKind.CITY else "case.changed"
            book.record(kind, subject=message.case.subject, digest=digest, facts={"message": str(message.pk), "files": 0})
    return messages


def message_of(case: Case, telling: Telling, token: UUID) -> Message:
    """The message of a telling, not stored yet: of the unit without a name, or of the person and read already."""
    at = clock.now()
    message = Message(id=uuid4(), case=case, text=telling.text, language=telling.language, sent_at=at, salt=new_salt(), form_token=token)
    if telling.of_person:
        message.kind, message.author_name, message.author = MessageKind.PERSON, case.person_name, case.account
        message.read_by_staff_at = at
    else:
        message.kind, message.unit = MessageKind.CITY, case.unit
    return message


def run_out(*, case: Case, outcome: Outcome = Outcome.DONE) -> Case:
    """Close a case whose matter is over, unless somebody still has to answer it or it is closed. Journal: ``case.closed``."""
    with locked(case) as held:
        if held.state == State.RUNNING:
            move(held, "run_out")
            held.outcome, held.closed_at = outcome, clock.now()
            held.save(update_fields=["state", "outcome", "closed_at"])
            journal.record("case.closed", subject=held.subject, facts={"outcome": held.outcome})
    return held


def erase(*, case: Case) -> bool:
    """Take the person and all words out of a case whose matter is erased; number, dates and outcome stay.

    Not while somebody still has to answer it, and never where something was decided: then the file's own retention counts.
    Returns whether it was erased. Journal: ``case.erased``.
    """
    with locked(case) as held:
        if held.state not in IDLE or held.decisions.exists():
            return False
        files = Document.objects.filter(pk__in=list(MessageFile.objects.filter(message__case=held).values_list("document", flat=True)))
        MessageFile.objects.filter(message__case=held).delete()
        files.delete()
        held.messages.update(text="", salt=b"", author=None, author_name="")
        held.person_name, held.person_email, held.person_address, held.account = "", "", "", None
        held.channel, held.channel_address, held.close_reason = "", "", ""
        held.key_digest = codes.key_digest(codes.new_key())
        held.save()
        journal.record("case.erased", subject=held.subject)
    return True
