"""Steps that several actions are made of; the caller holds the transaction and has checked the permission."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID, uuid4

from django.db import transaction

from direktdraht.cases import promise
from direktdraht.cases.contents import message_content
from direktdraht.cases.errors import CaseIsClosed, TextMissing, TokenTaken, WrongState
from direktdraht.cases.models import Case, Message, MessageFile, MessageKind, State
from direktdraht.cases.registries import channels
from direktdraht.cases.states import TRANSITIONS
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.foundation.journal.digests import new_salt, salted_digest
from direktdraht.foundation.post import actions as post
from direktdraht.people.models import Account, Unit

FILE_OWNER = "case_message"
Facts = Mapping[str, str | int | bool | None]


class Upload(documents.Chunked, Protocol):
    """An uploaded file."""

    @property
    def name(self) -> str | None:
        """The name that the browser gave it."""


@dataclass(frozen=True)
class Words:
    """What somebody writes: text, language, files, and the one-time token of the form."""

    text: str
    token: UUID | None = None
    files: Sequence[Upload] = ()
    documents: Sequence[Document] = ()
    language: str = "de"
    is_objection: bool = False


@dataclass(frozen=True)
class Author:
    """Who writes: kind of voice, the name to show, and account and unit where there are any."""

    kind: MessageKind
    name: str
    account: Account | None = None
    unit: Unit | None = None
    by: str = field(default="")


@contextmanager
def locked(case: Case) -> Iterator[Case]:
    """Open a transaction and hold the case's row, read anew, until it ends."""
    with transaction.atomic():
        rows = Case.objects.select_for_update(of=("self",)).select_related("unit", "service", "assignee", "account")
        yield rows.get(pk=case.pk)


def move(case: Case, doing: str) -> None:
    """Put the case into the state to which ``doing`` leads; the promise clock rests and runs with it.

    Raises CaseIsClosed, WrongState.
    """
    before = State(case.state)
    after = TRANSITIONS[doing].get(before)
    if after is None:
        raise CaseIsClosed if before == State.CLOSED else WrongState
    case.state = after
    if after == State.WAITING and not case.resting:
        case.rested_since = clock.today()
    if after != State.WAITING and case.rested_since is not None:
        if case.promise_due is not None:
            case.promise_due = promise.due_after_rest(case.promise_due, case.rested_since, clock.today(), city.current().state)
        case.rested_since = None


def owe_answer(case: Case) -> None:
    """Start a new promise when the city owed nothing before."""
    if case.promise_due is None:
        case.promise_due = promise.due_after(clock.today(), case.promise_days, city.current().state)


def keep_promise(case: Case) -> dict[str, str | int | bool | None]:
    """Note that the city answered; returns whether it was in time, for the journal."""
    due = case.promise_due
    case.answered_at, case.promise_due = clock.now(), None
    return {"promised": due.isoformat() if due else None, "in_time": due is None or clock.today() <= due}


def written_before(case: Case, token: UUID | None) -> Message | None:
    """The message that this form made already (double click, retry), or nothing.

    Raises TokenTaken when the token belongs to another case.
    """
    if token is None:
        return None
    found = Message.objects.filter(form_token=token).first()
    if found is not None and found.case_id != case.pk:
        raise TokenTaken
    return found


def add_message(
    case: Case, author: Author, words: Words, *, kind: str, facts: Facts | None = None, book: journal.Book | None = None
) -> Message:
    """Store a message with its files and write its journal row ``kind``, in the caller's ``book`` if it has one.

    Raises TextMissing, DocumentRefused.
    """
    text = clean_text(words.text)
    message = Message(
        id=uuid4(),
        case=case,
        kind=author.kind,
        author=author.account,
        author_name=author.name,
        unit=author.unit,
        text=text,
        language=words.language,
        sent_at=clock.now(),
        salt=new_salt(),
        form_token=words.token,
        is_objection=words.is_objection,
    )
    message.save(force_insert=True)
    kept = keep_files(message, words)
    digest = salted_digest(message_content(text, [document.sha256 for document in kept]), bytes(message.salt))
    facts = {"message": str(message.pk), "files": len(kept), **(facts or {})}
    by = author.by or (str(author.account.pk) if author.account else "")
    record = book.record if book else journal.record
    record(kind, subject=case.subject, digest=digest, facts=facts, by=by)
    return message


def keep_files(message: Message, words: Words) -> list[Document]:
    """Store uploaded files and hand over stored ones, in this order."""
    owner = str(message.pk)
    kept = [documents.hand_over(document, owner_kind=FILE_OWNER, owner_id=owner) for document in words.documents]
    kept += [documents.store(stream=file, name=file.name or "", owner_kind=FILE_OWNER, owner_id=owner) for file in words.files]
    if not kept:
        return []
    MessageFile.objects.bulk_create(MessageFile(message=message, document=document, place=place) for place, document in enumerate(kept))
    return kept


def clean_text(text: str) -> str:
    """The text without surrounding space and without NUL, which the database cannot store; raises TextMissing."""
    kept = text.replace("\x00", "").strip()
    if not kept:
        raise TextMissing
    return kept


def staff_author(account: Account, unit: Unit, kind: MessageKind = MessageKind.CITY) -> Author:
    """A member of staff who writes for a unit."""
    return Author(kind, str(account), account, unit)


def send_along(case: Case, message: Message) -> None:
    """Pass a message of the city on over the channel that the person opened, if there is one; the caller holds the case."""
    if case.channel in channels:
        channels.get(case.channel).send_message(message)


def notify_person(case: Case, *, template: str = "cases/mail/news", key: str, context: dict[str, str] | None = None) -> None:
    """Queue a mail without content to the person, if there is an address."""
    address = case.person_email or (case.account.email if case.account else "")
    if address:
        known = {"number": case.number, **(context or {})}
        post.queue_mail(to=address, template=template, context=json.loads(json.dumps(known)), language=case.language, key=key)
