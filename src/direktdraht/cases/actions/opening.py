"""How a case begins."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from direktdraht.cases import numbers, promise
from direktdraht.cases.actions.steps import Author, Words, add_message
from direktdraht.cases.models import Case, MessageKind, State
from direktdraht.foundation import clock, codes
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account, Unit
from direktdraht.services.models import Law, Service

ROWS_OF_A_NEW_CASE = 2


@dataclass(frozen=True)
class PersonFacts:
    """What is known of the person; everything may be empty. ``address`` has one line for each line of the letter."""

    name: str = ""
    email: str = ""
    account: Account | None = None
    address: str = ""


def open_case(
    *,
    origin: str,
    origin_ref: str,
    title: str,
    service: Service | None,
    unit: Unit,
    person: PersonFacts,
    text: str,
    documents: Sequence[Document] = (),
    language: str = "de",
    key: str = "",
    electronic_consent: bool = False,
    runs: bool = False,
    book: journal.Book | None = None,
) -> tuple[Case, str]:
    """Open a case, inside the caller's transaction if there is one; returns it with its plain key.

    The key is shown here once and never again; only its digest is stored. A caller that must show the same key
    after a retry hands in its own (``codes.new_key()``). The same origin and reference open one case: called
    again, this returns the case with an empty key. The documents stay with their owner; the case gets copies
    that share the content. ``runs``: nobody has to answer, it comes to the desk when the person writes.
    Journal: ``case.opened``, ``case.message``, in the caller's ``book`` if it has one.
    """
    plain = codes.normalise_key(key) if key else codes.new_key()
    case = new_case(origin=origin, origin_ref=origin_ref, title=title, service=service, unit=unit, person=person, language=language)
    case.key_digest = codes.key_digest(plain)
    if runs:
        case.runs, case.state, case.promise_due, case.unread_by_staff = True, State.RUNNING, None, False
    case.electronic_consent_at = clock.now() if electronic_consent else None
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            with nullcontext(book) if book else journal.book(ROWS_OF_A_NEW_CASE) as rows:
                note_opening(case, rows)
                author = Author(MessageKind.PERSON, person.name, person.account)
                words = Words(text=text, documents=documents, language=language)
                add_message(case, author, words, kind="case.message", book=rows)
    except IntegrityError:
        # Somebody opened it for the same origin, earlier or at the same moment; theirs counts.
        return Case.objects.get(origin=origin, origin_ref=origin_ref), ""
    return case, plain


def note_opening(case: Case, book: journal.Book) -> None:
    """Note that the case was opened, by whom, and what was promised."""
    facts = {"origin": case.origin, "service": case.service_id, "unit": case.unit_id, "promised": str(case.promise_due or "")}
    book.record("case.opened", subject=case.subject, facts=facts, by=str(case.account_id or ""))


def new_case(*, origin: str, origin_ref: str, title: str, service: Service | None, unit: Unit, person: PersonFacts, language: str) -> Case:
    """The case as it begins, not stored yet: number drawn, promise running."""
    days = service.answer_days if service else promise.DEFAULT_DAYS
    at = clock.now()
    return Case(
        number=numbers.next_number(),
        title=title[:200],
        service=service,
        unit=unit,
        person_name=person.name,
        person_email=person.email,
        person_address=person.address,
        account=person.account,
        language=language,
        origin=origin,
        origin_ref=origin_ref,
        received_at=at,
        law=service.law if service else Law.VWVFG,
        promise_days=days,
        promise_due=promise.due_after(at.astimezone(clock.BERLIN).date(), days, city.current().state),
    )
