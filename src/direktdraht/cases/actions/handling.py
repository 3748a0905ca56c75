"""Who works with a case and how far it is: take, assign, forward, state, close, reopen."""

from uuid import UUID

from django.utils.translation import gettext as _

from direktdraht.cases.access import WORKING_ROLES, require, require_worker
from direktdraht.cases.actions.steps import (
    Words,
    add_message,
    clean_text,
    locked,
    move,
    notify_person,
    owe_answer,
    send_along,
    staff_author,
    written_before,
)
from direktdraht.cases.errors import NotAMember, WrongState
from direktdraht.cases.models import Case, Message, MessageKind, Outcome, State
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account, Unit
from direktdraht.people.queries import roles_in


def take(*, case: Case, by: Account) -> Case:
    """Take a case; a new one is in progress then. Raises NotAllowed, CaseIsClosed. Journal: ``case.assigned``."""
    with locked(case) as held:
        require_worker(by, held)
        if held.assignee_id == by.pk:
            return held
        move(held, "take")
        hand_to(held, by, by)
    return held


def assign(*, case: Case, to: Account | None, by: Account) -> Case:
    """Give a case to a member of its unit, or to nobody.

    Raises NotAllowed, NotAMember, CaseIsClosed. Journal: ``case.assigned``.
    """
    with locked(case) as held:
        require_worker(by, held)
        if held.assignee_id == (to.pk if to else None):
            return held
        if to is not None and not WORKING_ROLES & roles_in(to, held.unit):
            raise NotAMember
        move(held, "assign")
        hand_to(held, to, by)
    return held


def hand_to(case: Case, to: Account | None, by: Account) -> None:
    """Store and note who works with the case now."""
    case.assignee = to
    case.save(update_fields=["assignee", "state"])
    journal.record("case.assigned", subject=case.subject, facts={"to": str(to.pk) if to else None}, by=str(by.pk))


def forward(*, case: Case, to: Unit, reason: str, by: Account, token: UUID | None = None) -> Case:
    """Hand a case to another unit (Abgabe); its promise clock runs on.

    The reason becomes an internal note. Raises NotAllowed, CaseIsClosed, TextMissing.
    Journal: ``case.forwarded``, ``case.noted``. Notice: the person.
    """
    with locked(case) as held:
        if written_before(held, token) is not None:
            return held
        require_worker(by, held)
        require(to.pk != held.unit_id)
        move(held, "forward")
        before = held.unit
        note = _("Weitergegeben an %(unit)s: %(reason)s") % {"unit": to.name, "reason": clean_text(reason)}
        message = add_message(held, staff_author(by, before, MessageKind.INTERNAL), Words(note, token), kind="case.noted")
        held.unit, held.assignee, held.unread_by_staff = to, None, True
        held.save(update_fields=["unit", "assignee", "state", "unread_by_staff"])
        journal.record("case.forwarded", subject=held.subject, facts={"from": before.key, "to": to.key}, by=str(by.pk))
        notify_person(held, key=f"case-news:{message.pk}")
    return held


def set_in_progress(*, case: Case, by: Account) -> Case:
    """Say that work goes on; a resting clock runs again. Raises NotAllowed, WrongState, CaseIsClosed. Journal: ``case.state_set``."""
    with locked(case) as held:
        require_worker(by, held)
        before = held.state
        move(held, "set_in_progress")
        held.save(update_fields=["state", "rested_since", "promise_due"])
        journal.record("case.state_set", subject=held.subject, facts={"from": before, "to": held.state}, by=str(by.pk))
    return held


def let_run(*, case: Case, by: Account) -> Case:
    """Say that nobody has to answer any more: a case that runs by itself runs on, without a message.

    Raises NotAllowed, WrongState where it does not run by itself, CaseIsClosed. Journal: ``case.state_set``.
    """
    with locked(case) as held:
        require_worker(by, held)
        if held.state == State.RUNNING:
            return held
        if not held.runs:
            raise WrongState
        before = held.state
        move(held, "let_run")
        held.promise_due, held.unread_by_staff = None, False
        held.save(update_fields=["state", "rested_since", "promise_due", "unread_by_staff"])
        journal.record("case.state_set", subject=held.subject, facts={"from": before, "to": held.state}, by=str(by.pk))
    return held


def close(*, case: Case, outcome: str, reason: str, by: Account, token: UUID | None = None) -> Message:
    """Close a case with an outcome; the reason is the city's last word to the person.

    Raises NotAllowed, CaseIsClosed, TextMissing, ValueError for an unknown outcome. Journal: ``case.closed``. Notice: the person.
    """
    with locked(case) as held:
        require_worker(by, held)
        if (before := written_before(held, token)) is not None:
            return before
        move(held, "close")
        held.outcome, held.close_reason = Outcome(outcome), clean_text(reason)
        held.closed_at = clock.now()
        held.answered_at = held.answered_at or held.closed_at
        held.promise_due, held.rested_since, held.unread_by_staff = None, None, False
        message = add_message(held, staff_author(by, held.unit), Words(reason, token), kind="case.closed", facts={"outcome": held.outcome})
        held.save()
        notify_person(held, key=f"case-news:{message.pk}")
        send_along(held, message)
    return message


def reopen(*, case: Case, by: Account) -> Case:
    """Open a closed case again; a new promise begins. Raises NotAllowed, WrongState. Journal: ``case.reopened``."""
    with locked(case) as held:
        require_worker(by, held)
        move(held, "reopen")
        start_again(held)
        held.save()
        journal.record("case.reopened", subject=held.subject, by=str(by.pk))
    return held


def start_again(case: Case) -> None:
    """Forget how the case ended; the city owes an answer again."""
    case.closed_at, case.outcome, case.close_reason = None, "", ""
    owe_answer(case)
