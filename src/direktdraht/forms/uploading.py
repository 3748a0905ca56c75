"""Files for a draft: stored within the limits that their question sets, with the page or one by one before it."""

from direktdraht.forms.filling import filling_of
from direktdraht.foundation.documents import actions as documents
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.types import DocumentRefused
from direktdraht.questions import posting
from direktdraht.questions.elements.file import File
from direktdraht.questions.faces import value_at
from direktdraht.questions.messages import Message
from direktdraht.submissions import actions
from direktdraht.submissions.errors import ChangedMeanwhile
from direktdraht.submissions.models import Draft

MOST_TRIES = 5


class NoSuchQuestion(Exception):
    """The page has no file question there, or the entry it belongs to is not stored yet."""


def store(draft: Draft, element: File, upload: documents.Chunked, name: str) -> Document:
    """Take a file in for a question. Raises DocumentRefused."""
    limits = documents.Limits(frozenset(element.accept), int(element.max_mb * documents.MEGABYTE))
    return documents.store(stream=upload, name=name, owner_kind="draft", owner_id=str(draft.pk), limits=limits)


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
