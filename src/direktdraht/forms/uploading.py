"""Files for a draft: stored within the limits that their question sets, with the page or one by one before it."""

from uuid import UUID

from django.utils.translation import gettext as _

from direktdraht.forms.filling import filling_of
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents import pieces
from direktdraht.foundation.documents.models import Document, Upload
from direktdraht.foundation.documents.types import DocumentRefused
from direktdraht.questions import posting
from direktdraht.questions.elements.file import File
from direktdraht.questions.faces import value_at
from direktdraht.questions.messages import Message
from direktdraht.submissions import access, actions
from direktdraht.submissions.errors import ChangedMeanwhile
from direktdraht.submissions.models import Draft

MOST_TRIES = 5
OWNER = "draft"


class NoSuchQuestion(Exception):
    """The page has no file question there, or the entry it belongs to is not stored yet."""


def store(draft: Draft, element: File, upload: documents.Chunked, name: str) -> Document:
    """Take a file in for a question. Raises DocumentRefused."""
    return documents.store(stream=upload, name=name, owner_kind=OWNER, owner_id=str(draft.pk), limits=limits_of(element))


def add(draft: Draft, page_key: str, path: str, upload: documents.Chunked, name: str) -> Document:
    """Take a file in and put it into the answer at once, before its page is sent.

    Raises:
        NoSuchQuestion: there is no such question now.
        DocumentRefused: the file is not accepted, or there are enough already.
        AlreadySent, ChangedMeanwhile: the draft was sent, or changes all the time; nothing is kept.
    """
    stored = store(draft, question_at(draft, page_key, path), upload, name)
    try:
        for _try in range(MOST_TRIES):
            question_at(draft, page_key, path)
            try:
                actions.keep_answers(draft, posting.add_files(draft.answers, path, [str(stored.pk)]), language=draft.language)
            except ChangedMeanwhile:
                draft.refresh_from_db()
            else:
                return stored
        raise ChangedMeanwhile
    except Exception:
        documents.remove(stored)
        raise


def begin(draft: Draft, page_key: str, path: str, name: str, size: int) -> Upload:
    """Announce a file that will come in pieces.

    Raises:
        NoSuchQuestion: there is no such question now, or the draft cannot be changed any more.
        DocumentRefused: the file is empty or too large, there are enough files, or too many are on their way.
    """
    if access.elsewhere(draft):
        raise NoSuchQuestion
    limits = limits_of(question_at(draft, page_key, path))
    if size > limits.most_bytes:
        raise DocumentRefused(documents.too_large(limits))
    if not size:
        raise DocumentRefused(documents.empty())
    try:
        return pieces.begin(owner_kind=OWNER, owner_id=str(draft.pk), purpose=f"{page_key} {path}", name=name, size=size)
    except pieces.TooManyOpen as problem:
        raise DocumentRefused(_("Es sind schon zu viele Dateien unterwegs. Bitte warten Sie, bis eine angekommen ist.")) from problem


def finish(draft: Draft, upload: Upload) -> Document:
    """Put a file that came in pieces into the answer. Doing it twice gives the same document.

    Raises:
        pieces.NoSuchUpload: it was given up, or what it became was removed again.
        pieces.WrongPlace: bytes are still missing.
        Whatever ``add`` raises; a file that is not accepted is given up.
    """
    page_key, _blank, path = upload.purpose.partition(" ")
    try:
        with pieces.locked(upload.pk) as row:
            if row.document is not None:
                return known(row.document)
            if not row.is_whole:
                raise pieces.WrongPlace(row.received)
            stored = add(draft, page_key, path, pieces.Pieces(row), row.name)
            pieces.settle(row, stored)
            return stored
    except DocumentRefused:
        pieces.give_up(upload)
        raise


def known(document_id: UUID) -> Document:
    """What an upload became. Raises pieces.NoSuchUpload if it was removed since."""
    found = Document.objects.filter(pk=document_id).first()
    if found is None:
        raise pieces.NoSuchUpload
    return found


def limits_of(element: File) -> documents.Limits:
    """What a question accepts."""
    return documents.Limits(frozenset(element.accept), int(element.max_mb * documents.MEGABYTE))


def question_at(draft: Draft, page_key: str, path: str) -> File:
    """The file question that still takes a file. Raises NoSuchQuestion, DocumentRefused if it is full."""
    filling = filling_of(draft)
    if page_key not in filling.pages:
        raise NoSuchQuestion
    element = posting.file_fields(filling.definition, page_key, draft.answers).get(path)
    if element is None:
        raise NoSuchQuestion
    kept = value_at(draft.answers, path)
    if isinstance(kept, list) and len(kept) >= element.max_count:
        raise DocumentRefused(str(Message("too_many_files", {"most": element.max_count})))
    return element
