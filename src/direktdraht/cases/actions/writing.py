"""What staff write: answers, questions, internal notes."""

from collections.abc import Sequence
from uuid import UUID

from direktdraht.cases.access import require_worker
from direktdraht.cases.actions.steps import (
    Upload,
    Words,
    add_message,
    keep_promise,
    locked,
    move,
    notify_person,
    send_along,
    staff_author,
    written_before,
)
from direktdraht.cases.models import Case, Message, MessageKind
from direktdraht.people.models import Account


def answer(*, case: Case, text: str, by: Account, token: UUID | None = None, files: Sequence[Upload] = ()) -> Message:
    """Answer the person; the promise of an answer is kept with it, and a case that runs by itself runs on.

    Raises NotAllowed, CaseIsClosed, TextMissing, DocumentRefused. Journal: ``case.answered``. Notice: the person.
    """
    with locked(case) as held:
        require_worker(by, held)
        if (before := written_before(held, token)) is not None:
            return before
        move(held, "answer_running" if held.runs else "answer")
        facts = keep_promise(held) if not held.resting else {}
        message = add_message(held, staff_author(by, held.unit), Words(text, token, files), kind="case.answered", facts=facts)
        held.save()
        notify_person(held, key=f"case-news:{message.pk}")
        send_along(held, message)
    return message


def ask_back(*, case: Case, text: str, by: Account, token: UUID | None = None, files: Sequence[Upload] = ()) -> Message:
    """Ask the person something (Rückfrage); the promise clock rests until they answer.

    Raises NotAllowed, WrongState, CaseIsClosed, TextMissing, DocumentRefused. Journal: ``case.asked``. Notice: the person.
    """
    with locked(case) as held:
        require_worker(by, held)
        if (before := written_before(held, token)) is not None:
            return before
        move(held, "ask_back")
        message = add_message(held, staff_author(by, held.unit), Words(text, token, files), kind="case.asked")
        held.save()
        notify_person(held, key=f"case-news:{message.pk}")
        send_along(held, message)
    return message


def add_note(*, case: Case, text: str, by: Account, token: UUID | None = None, files: Sequence[Upload] = ()) -> Message:
    """Write an internal note; the person never sees it. Raises NotAllowed, TextMissing. Journal: ``case.noted``."""
    with locked(case) as held:
        require_worker(by, held)
        if (before := written_before(held, token)) is not None:
            return before
        move(held, "note")
        author = staff_author(by, held.unit, MessageKind.INTERNAL)
        return add_message(held, author, Words(text, token, files), kind="case.noted")
