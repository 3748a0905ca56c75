"""What the person can do in their case: write, object, agree to electronic decisions, take it into their account."""

from collections.abc import Sequence
from uuid import UUID

from direktdraht.cases.access import Person, require, require_person
from direktdraht.cases.actions.handling import start_again
from direktdraht.cases.actions.steps import Author, Upload, Words, add_message, locked, move, owe_answer, written_before
from direktdraht.cases.errors import AddressMissing
from direktdraht.cases.models import Case, Decision, DecisionState, Message, MessageKind
from direktdraht.foundation import clock
from direktdraht.foundation.journal import actions as journal
from direktdraht.payments import actions as payments
from direktdraht.people.models import Account


def write_message(
    *, case: Case, text: str, person: Person, token: UUID | None = None, files: Sequence[Upload] = (), language: str = "de"
) -> Message:
    """Write to the city; answers an open question, so that the promise clock runs again.

    Raises NotAllowed, CaseIsClosed, TextMissing, DocumentRefused. Journal: ``case.message``.
    """
    with locked(case) as held:
        require_person(person, held)
        if (before := written_before(held, token)) is not None:
            return before
        move(held, "person_writes")
        owe_answer(held)
        held.unread_by_staff = True
        message = add_message(held, author_of(held, person), Words(text, token, files, language=language), kind="case.message")
        held.save()
    return message


def object_to(
    *, case: Case, text: str, person: Person, token: UUID | None = None, files: Sequence[Upload] = (), language: str = "de"
) -> Message:
    """Object to a decision or to the closing of the case (Widerspruch, Einspruch); the case is worked on again.

    In time, it keeps the decision from becoming final. Whether it is in time and in due form is for staff to judge:
    it is always taken. Raises NotAllowed, TextMissing, DocumentRefused. Journal: ``case.objected``.
    """
    with locked(case) as held:
        require_person(person, held)
        if (before := written_before(held, token)) is not None:
            return before
        move(held, "object")
        start_again(held)
        held.unread_by_staff = True
        words = Words(text, token, files, language=language, is_objection=True)
        facts: dict[str, str | int | bool | None] = {"late": not halt_finality(held)}
        message = add_message(held, author_of(held, person), words, kind="case.objected", facts=facts)
        held.save()
    return message


def halt_finality(case: Case) -> bool:
    """Mark the decisions that the objection reaches in time; returns whether none was too late."""
    reached = (DecisionState.DISPATCHED, DecisionState.KNOWN, DecisionState.FINAL)
    in_time = True
    for decision in Decision.objects.filter(case=case, state__in=reached, objected_at__isnull=True).order_by("version"):
        if decision.final_on is not None and clock.today() > decision.final_on:
            in_time = False
            continue
        decision.objected_at = clock.now()
        decision.save(update_fields=["objected_at"])
    return in_time


def consent(*, case: Case, person: Person) -> Case:
    """Agree to electronic decisions in this case (§ 3a (1), § 41 (2a) VwVfG).

    Raises NotAllowed, AddressMissing. Journal: ``case.consented``.
    """
    with locked(case) as held:
        require_person(person, held)
        if held.electronic_consent_at is not None:
            return held
        if not (held.person_email or held.account):
            raise AddressMissing
        held.electronic_consent_at = clock.now()
        held.save(update_fields=["electronic_consent_at"])
        journal.record("case.consented", subject=held.subject, by=account_id(person))
    return held


def take_back_consent(*, case: Case, person: Person) -> Case:
    """Take the agreement back; decisions already provided stay as they are. Journal: ``case.consent_taken_back``."""
    with locked(case) as held:
        require_person(person, held)
        if held.electronic_consent_at is None:
            return held
        held.electronic_consent_at = None
        held.save(update_fields=["electronic_consent_at"])
        journal.record("case.consent_taken_back", subject=held.subject, by=account_id(person))
    return held


def claim(*, case: Case, person: Person, account: Account) -> Case:
    """Take a case that was opened with its key into an account, and what is to be paid for it.

    Raises NotAllowed. Journal: ``case.claimed``, ``order.claimed``.
    """
    with locked(case) as held:
        require_person(person, held)
        if held.account_id == account.pk:
            return held
        require(held.account_id is None)
        held.account = account
        held.save(update_fields=["account"])
        journal.record("case.claimed", subject=held.subject, by=str(account.pk))
        payments.claim_orders(owner_kind=held.origin, owner_id=held.origin_ref, account=account)
    return held


def author_of(case: Case, person: Person) -> Author:
    """The person as the thread names them."""
    name = case.person_name or (str(person.account) if person.account else "")
    return Author(MessageKind.PERSON, name, person.account)


def account_id(person: Person) -> str:
    """The account behind the person, for the journal; empty with a key alone."""
    return str(person.account.pk) if person.account else ""
