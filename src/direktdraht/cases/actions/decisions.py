"""The way of a decision (Bescheid): draft, released, dispatched, known, final."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.cases import clocks
from direktdraht.cases.access import Person, may_release, require, require_person, require_worker
from direktdraht.cases.actions.handling import start_again
from direktdraht.cases.actions.person import account_id
from direktdraht.cases.actions.steps import (
    Author,
    Facts,
    Words,
    add_message,
    clean_text,
    keep_promise,
    locked,
    move,
    notify_person,
)
from direktdraht.cases.contents import decision_content
from direktdraht.cases.decision_pdf import decision_pdf
from direktdraht.cases.errors import AccessNotOpened, AddressMissing, InboxEnded, NotSealed, WrongDay, WrongState
from direktdraht.cases.models import Case, Decision, DecisionState, MessageKind, Remedy, Way
from direktdraht.foundation import clock
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal.digests import new_salt, salted_digest
from direktdraht.foundation.web.dates import day_words
from direktdraht.people.models import Account
from direktdraht.writtenform.city_seal import NO_SEAL, seal_letter
from direktdraht.writtenform.signatures.sealing import Sealed, SealProblem

FILE_OWNER = "decision"
PDF_LIMITS = documents.Limits(frozenset({"application/pdf"}), 20 * documents.MEGABYTE)
READY = frozenset({DecisionState.RELEASED, DecisionState.WITHDRAWN})


@dataclass(frozen=True)
class DecisionWords:
    """What a clerk writes: title, text, and the information on remedies (empty: none is given, the longer period runs)."""

    title: str
    text: str
    remedy: str = Remedy.OBJECTION
    remedy_text: str = ""


def save_draft(*, case: Case, words: DecisionWords, by: Account) -> Decision:
    """Store the draft of a decision; a case has at most one, saving again changes it.

    Raises NotAllowed, CaseIsClosed, TextMissing. Drafts are not journaled.
    """
    with locked(case) as held:
        require_worker(by, held)
        move(held, "draft")
        draft = held.decisions.filter(state=DecisionState.DRAFT).first()
        if draft is None:
            newest = held.decisions.order_by("-version").values_list("version", flat=True).first() or 0
            draft = Decision(case=held, version=newest + 1, salt=new_salt())
        draft.title, draft.text = clean_text(words.title)[:200], clean_text(words.text)
        draft.remedy, draft.remedy_text = Remedy(words.remedy), words.remedy_text.replace("\x00", "").strip()
        draft.author, draft.changed_at = by, clock.now()
        draft.save()
    return draft


def release(*, decision: Decision, by: Account) -> Decision:
    """Release a draft (see ``may_release``); its letter is set, sealed and kept now.

    Raises NotAllowed, WrongState, CaseIsClosed, NotSealed. Journal: ``decision.released`` with the digest of the words.
    """
    with locked(decision.case) as held:
        require_worker(by, held)
        mine = fresh(decision, held)
        require(may_release(by, held, mine))
        if mine.state != DecisionState.DRAFT:
            raise WrongState
        move(held, "release")
        mine.state, mine.released_by, mine.released_at = DecisionState.RELEASED, by, clock.now()
        sealed = sealed_letter(mine)
        mine.seal = "" if sealed.level == NO_SEAL else sealed.level
        name = _("Bescheid %(number)s.pdf") % {"number": held.number}
        file = ContentFile(sealed.data)
        mine.pdf = documents.store(stream=file, name=name, owner_kind=FILE_OWNER, owner_id=str(mine.pk), limits=PDF_LIMITS)
        mine.save()
        facts: Facts = {"version": mine.version, "four_eyes": mine.author_id != by.pk, "pdf": mine.pdf.sha256, "seal": sealed.level}
        note(mine, "decision.released", facts=facts, by=str(by.pk), digest=salted_digest(decision_content(mine), bytes(mine.salt)))
    return mine


def sealed_letter(decision: Decision) -> Sealed:
    """The letter with the city's seal, where one is set up. Raises NotSealed."""
    reason = f"Bescheid {decision.case.number}"
    try:
        return seal_letter(decision_pdf(decision), reason=reason)
    except SealProblem as problem:
        raise NotSealed(str(problem)) from problem


def dispatch_by_inbox(*, decision: Decision, by: Account) -> Decision:
    """Provide a released decision for retrieval on the case page, and send the notice of it.

    Raises NotAllowed, WrongState, AccessNotOpened, AddressMissing. Journal: ``decision.dispatched``. Notice: the person.
    """
    with locked(decision.case) as held:
        require_worker(by, held)
        mine = fresh(decision, held)
        if mine.state not in READY or mine.sending_since is not None:
            raise WrongState
        if held.electronic_consent_at is None:
            raise AccessNotOpened
        if not (held.person_email or held.account):
            raise AddressMissing
        mine.retrieved_at = mine.withdrawn_at = None
        send_off(mine, way=Way.INBOX, on=clock.today(), by=by)
        with translation.override(held.language):
            until = {"until_day": day_words(mine.withdraw_on) if mine.withdraw_on else ""}
        key = f"case-decision:{mine.pk}:{mine.dispatched_at:%Y%m%d%H%M%S}"
        notify_person(held, template="cases/mail/decision", key=key, context=until)
    return mine


def dispatch_by_print(*, decision: Decision, posted_on: date, by: Account) -> Decision:
    """Confirm the day on which the printed decision was posted (Aufgabe zur Post); the dates follow from it.

    Raises NotAllowed, WrongState, WrongDay. Journal: ``decision.dispatched``.
    """
    with locked(decision.case) as held:
        require_worker(by, held)
        mine = fresh(decision, held)
        if mine.state not in READY or mine.released_at is None or mine.sending_since is not None:
            raise WrongState
        if not day_of(mine.released_at) <= posted_on <= clock.today():
            raise WrongDay
        send_off(mine, way=Way.PRINT, on=posted_on, by=by)
    return mine


def send_off(decision: Decision, *, way: Way, on: date, by: Account | None, at: datetime | None = None) -> None:
    """Store that the decision is on its way (since ``at``, else now), with the dates that follow; the caller holds the case."""
    case = decision.case
    move(case, "dispatch")
    facts = {**keep_promise(case), "version": decision.version, "way": way.value, "on": on.isoformat()}
    case.save()
    decision.state, decision.way = DecisionState.DISPATCHED, way
    decision.dispatched_at, decision.dispatched_on = at or clock.now(), on
    decision.known_on = decision.final_on = decision.withdraw_on = None
    clocks.start_after_dispatch(decision)
    decision.save()
    note(decision, "decision.dispatched", facts=facts, by=str(by.pk) if by else "")


def retrieve(*, decision: Decision, person: Person) -> Decision:
    """Open a provided decision for the first time; the first retrieval counts, later ones change nothing.

    Raises NotAllowed, WrongState, InboxEnded. Journal: ``decision.retrieved``.
    """
    with locked(decision.case) as held:
        require_person(person, held)
        mine = fresh(decision, held)
        if mine.state == DecisionState.WITHDRAWN:
            raise InboxEnded
        if mine.way != Way.INBOX:
            raise WrongState
        if mine.retrieved_at is not None:
            return mine
        if mine.withdraw_on is not None and clock.today() > mine.withdraw_on:
            raise InboxEnded
        mine.retrieved_at = clock.now()
        clocks.start_after_retrieval(mine)
        mine.save()
        facts: Facts = {"version": mine.version, "known_on": str(mine.known_on), "final_on": str(mine.final_on)}
        note(mine, "decision.retrieved", facts=facts, by=account_id(person))
    return mine


def settle(*, decision: Decision) -> str:
    """Bring a dispatched decision to where today's date puts it; returns the journal kind written last, or nothing.

    Not retrieved in time → withdrawn, with an internal note; day of knowledge reached → known; period over
    without an objection in time → final. Journal: ``decision.withdrawn``, ``decision.known``, ``decision.final``.
    """
    today, done = clock.today(), ""
    with locked(decision.case) as held:
        mine = fresh(decision, held)
        if mine.state == DecisionState.DISPATCHED and is_unretrieved(mine, today):
            withdraw(mine)
            return "decision.withdrawn"
        if mine.state == DecisionState.DISPATCHED and mine.known_on is not None and mine.known_on <= today:
            mine.state, done = DecisionState.KNOWN, "decision.known"
            mine.save(update_fields=["state"])
            note(mine, done, facts={"version": mine.version, "on": str(mine.known_on)})
        over = mine.final_on is not None and mine.final_on < today
        if mine.state == DecisionState.KNOWN and over and mine.objected_at is None:
            mine.state, done = DecisionState.FINAL, "decision.final"
            mine.save(update_fields=["state"])
            note(mine, done, facts={"version": mine.version, "after": str(mine.final_on)})
    return done


def withdraw(decision: Decision) -> None:
    """End the provision of a decision that nobody retrieved: it is not effective, the unit is told."""
    case = decision.case
    decision.state, decision.withdrawn_at = DecisionState.WITHDRAWN, clock.now()
    decision.save(update_fields=["state", "withdrawn_at"])
    move(case, "withdraw")
    start_again(case)
    case.unread_by_staff = True
    case.save()
    text = _("Der Bescheid wurde nicht abgerufen. Er ist nicht wirksam. Bitte schicken Sie ihn mit der Post.")
    add_message(case, Author(MessageKind.INTERNAL, _("Direktdraht"), unit=case.unit), Words(text), kind="case.noted")
    note(decision, "decision.withdrawn", facts={"version": decision.version})


def is_unretrieved(decision: Decision, today: date) -> bool:
    """Whether the last day for retrieval has passed without one."""
    waiting = decision.way == Way.INBOX and decision.retrieved_at is None and decision.withdraw_on is not None
    return waiting and decision.withdraw_on is not None and decision.withdraw_on < today


def fresh(decision: Decision, held: Case) -> Decision:
    """The decision as it stands now, tied to the locked case."""
    found = Decision.objects.select_related("author", "released_by", "pdf").get(pk=decision.pk, case=held)
    found.case = held
    return found


def note(decision: Decision, kind: str, *, facts: Facts, by: str = "", digest: str = "") -> None:
    """Write a journal row about a decision under its case."""
    known = {**facts, "decision": str(decision.pk)}
    journal.record(kind, subject=decision.case.subject, digest=digest, facts=known, by=by)


def day_of(at: datetime) -> date:
    """The day of an instant in Germany."""
    return at.astimezone(clock.BERLIN).date()
