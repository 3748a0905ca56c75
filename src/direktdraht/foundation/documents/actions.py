"""What can be done with documents: store, copy to another owner, release or drop a held one, remove."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from direktdraht.foundation.documents import scanning
from direktdraht.foundation.documents.models import Document, State
from direktdraht.foundation.documents.storage import Incoming, lock_for_keeping
from direktdraht.foundation.documents.types import DocumentRefused, refuse_bombs, safe_name, type_of
from direktdraht.foundation.faults import fault

MEGABYTE = 1_000_000


class Chunked(Protocol):
    """Something that gives its bytes in pieces, such as an uploaded file."""

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]:
        """Yield the bytes."""


@dataclass(frozen=True)
class Limits:
    """What a place accepts: media types by content and the largest size in bytes."""

    types: frozenset[str]
    most_bytes: int


PEOPLE_LIMITS = Limits(frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "text/plain"}), 10 * MEGABYTE)


def store(*, stream: Chunked, name: str, owner_kind: str, owner_id: str, limits: Limits = PEOPLE_LIMITS) -> Document:
    """Take a file in: stream it to disk, check size, type by content and bombs, scan it, keep it.

    A file the scanner objects to is kept but held: nobody gets it until staff decide.

    Raises:
        DocumentRefused: empty, too large, of a type not accepted here, or a bomb; nothing is kept.
    """
    incoming = Incoming()
    try:
        for chunk in stream.chunks():
            incoming.add(chunk)
            if incoming.size > limits.most_bytes:
                raise DocumentRefused(too_large(limits))
        if not incoming.size:
            raise DocumentRefused(empty())
        incoming.file.flush()
        kind = type_of(incoming.path)
        if kind not in limits.types:
            raise DocumentRefused(wrong_type(limits))
        refuse_bombs(incoming.path, kind)
        verdict = scanning.scan(incoming.path)
        with transaction.atomic():
            lock_for_keeping()
            incoming.keep()
            fault("documents.stored")
            return Document.objects.create(
                sha256=incoming.sha256,
                size=incoming.size,
                content_type=kind,
                name=safe_name(name),
                owner_kind=owner_kind,
                owner_id=owner_id,
                state=State.CLEAN if verdict.clean else State.HELD,
                held_because=verdict.reason[:200],
            )
    finally:
        incoming.discard()


def keep_bytes(content: bytes, *, name: str, content_type: str, owner_kind: str, owner_id: str) -> Document:
    """Keep bytes as they are, of any type: evidence must stay the very bytes that were examined. Never scanned, never shown inline."""
    incoming = Incoming()
    try:
        incoming.add(content)
        with transaction.atomic():
            lock_for_keeping()
            incoming.keep()
            return Document.objects.create(
                sha256=incoming.sha256,
                size=incoming.size,
                content_type=content_type,
                name=safe_name(name),
                owner_kind=owner_kind,
                owner_id=owner_id,
            )
    finally:
        incoming.discard()


def hand_over(document: Document, *, owner_kind: str, owner_id: str) -> Document:
    """Give the same content to another owner as a document of its own; the first stays as it is."""
    return Document.objects.create(
        sha256=document.sha256,
        size=document.size,
        content_type=document.content_type,
        name=document.name,
        owner_kind=owner_kind,
        owner_id=owner_id,
        state=document.state,
        held_because=document.held_because,
    )


def remove(document: Document) -> None:
    """Forget a document; its content goes with the next clean-up if nobody else has it."""
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).delete()


def empty() -> str:
    """The sentence for a file without a byte."""
    return _("Diese Datei ist leer. Bitte wählen Sie eine andere.")


def too_large(limits: Limits) -> str:
    """The sentence for a file over the limit."""
    return _("Diese Datei ist größer als %(limit)d MB. Bitte verkleinern Sie sie.") % {"limit": limits.most_bytes // MEGABYTE}


def wrong_type(limits: Limits) -> str:
    """The sentence for a file of a type that is not accepted here."""
    names = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG", "image/webp": "WebP", "text/plain": "TXT"}
    allowed = ", ".join(sorted(names.get(kind, kind) for kind in limits.types))
    return _("Diese Art von Datei nehmen wir hier nicht an. Möglich sind: %(types)s.") % {"types": allowed}
