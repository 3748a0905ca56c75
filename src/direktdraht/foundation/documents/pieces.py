"""Files that come in pieces: each piece is durable before it is counted, so an upload goes on where it stopped.

What a row counts is the truth: bytes that a crash left behind it are cut off before the next piece is written.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from direktdraht.foundation import clock
from direktdraht.foundation.documents.cleaning import is_old
from direktdraht.foundation.documents.models import Document, Upload
from direktdraht.foundation.documents.storage import CHUNK_BYTES, sync_folder
from direktdraht.foundation.documents.types import safe_name
from direktdraht.foundation.faults import fault

MOST_PIECE_BYTES = 2 * 1024 * 1024
MOST_OPEN = 10
HOURS_KEPT = 24


class PieceRefused(Exception):
    """A piece or an upload that is not taken."""


class TooManyOpen(PieceRefused):
    """The owner has begun too many already."""


class NoSuchUpload(PieceRefused):
    """There is none, or it belongs to somebody else, or it is over."""


class WrongPlace(PieceRefused):
    """The piece does not begin where the upload stands; ``received`` says where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class TooLong(PieceRefused):
    """More bytes than were announced, or than one piece may have."""


def begin(*, owner_kind: str, owner_id: str, purpose: str, name: str, size: int) -> Upload:
    """Announce a file. Raises TooManyOpen."""
    with transaction.atomic():
        mine = Upload.objects.filter(owner_kind=owner_kind, owner_id=owner_id, document=None)
        if mine.count() >= MOST_OPEN:
            raise TooManyOpen
        return Upload.objects.create(owner_kind=owner_kind, owner_id=owner_id, purpose=purpose, name=safe_name(name), size=size)


def get(upload_id: UUID, *, owner_kind: str, owner_id: str) -> Upload:
    """An upload of this owner. Raises NoSuchUpload."""
    found = Upload.objects.filter(pk=upload_id, owner_kind=owner_kind, owner_id=owner_id).first()
    if found is None:
        raise NoSuchUpload
    return found


def add(upload: Upload, *, at: int, piece: bytes) -> int:
    """Append a piece; how many bytes are kept now. Two at once come one after the other, and the later one is in the wrong place.

    Raises:
        NoSuchUpload: it was given up meanwhile.
        WrongPlace: ``at`` is not where the upload stands.
        TooLong: the piece is larger than a piece may be, or than what is still to come.
    """
    with locked(upload.pk) as row:
        if at != row.received:
            raise WrongPlace(row.received)
        if len(piece) > min(MOST_PIECE_BYTES, row.size - row.received):
            raise TooLong
        write(path_of(row.pk), at, piece)
        fault("documents.piece_written")
        row.received, row.touched_at = at + len(piece), clock.now()
        row.save(update_fields=["received", "touched_at"])
        return row.received


@contextmanager
def locked(upload_id: UUID) -> Iterator[Upload]:
    """The row of an upload, held until the block ends. Raises NoSuchUpload."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload_id).first()
        if row is None:
            raise NoSuchUpload
        yield row


def settle(upload: Upload, document: Document) -> None:
    """The upload has become a document; its own bytes are not needed any more. Call it while the row is ``locked``."""
    upload.document, upload.touched_at = document.pk, clock.now()
    upload.save(update_fields=["document", "touched_at"])
    transaction.on_commit(lambda: path_of(upload.pk).unlink(missing_ok=True))


def give_up(upload: Upload) -> None:
    """Forget an upload and its bytes. What it became stays."""
    Upload.objects.filter(pk=upload.pk).delete()
    path_of(upload.pk).unlink(missing_ok=True)


def remove_left_over() -> int:
    """Forget uploads that nobody touched for a day, and bytes without an upload; how many uploads there were."""
    old = list(Upload.objects.filter(touched_at__lt=clock.now() - timedelta(hours=HOURS_KEPT)))
    for upload in old:
        give_up(upload)
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    for path in folder().iterdir():
        if path.name not in known and is_old(path):
            path.unlink(missing_ok=True)
    return len(old)


class Pieces:
    """The bytes of a whole upload, as ``documents.store`` reads them."""

    def __init__(self, upload: Upload) -> None:
        self.path = path_of(upload.pk)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the bytes."""
        with self.path.open("rb") as source:
            while chunk := source.read(chunk_size or CHUNK_BYTES):
                yield chunk


def folder() -> Path:
    """Where pieces lie; all nodes share it."""
    found = Path(settings.DATA_DIR) / "pieces"
    found.mkdir(parents=True, exist_ok=True)
    return found


def path_of(upload_id: UUID) -> Path:
    """The file of an upload."""
    return folder() / str(upload_id)


def write(path: Path, at: int, piece: bytes) -> None:
    """Write a piece at its place and make it durable; whatever lay behind that place is cut off first."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as target:
        target.truncate(at)
        target.seek(at)
        target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    sync_folder(path.parent)
