"""Where contents lie: one file a digest, below Django's storage interface, written whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import connection

CHUNK_BYTES = 64 * 1024
LOCK = 0x64646F63  # advisory lock: keeping shares it, cleaning up holds it alone


def lock_for_keeping() -> None:
    """Until the transaction ends, no clean-up removes a content between our look and our row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def lock_for_cleaning() -> None:
    """Until the transaction ends, nobody keeps a content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


class ContentStorage(FileSystemStorage):
    """Contents in the data folder by digest, spread over 256 folders."""

    def __init__(self) -> None:
        super().__init__(location=Path(settings.DATA_DIR) / "documents")


def contents() -> ContentStorage:
    """The configured storage."""
    return ContentStorage()


def key_of(sha256: str) -> str:
    """Where the content with this digest lies in the storage."""
    return f"{sha256[:2]}/{sha256}"


def incoming_folder() -> Path:
    """Where contents wait until they are complete."""
    folder = Path(settings.DATA_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Incoming:
    """A content on its way in: written to a temporary file while its digest and size are taken."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(dir=incoming_folder())
        self.path = Path(name)
        self.file: BinaryIO = os.fdopen(handle, "w+b")
        self.size = 0
        self.digest = hashlib.sha256()

    def add(self, chunk: bytes) -> None:
        """Append some bytes."""
        self.file.write(chunk)
        self.digest.update(chunk)
        self.size += len(chunk)

    @property
    def sha256(self) -> str:
        """The digest of what has come so far, in hex."""
        return self.digest.hexdigest()

    def keep(self) -> None:
        """Make it durable and move it to its place; the same content twice is one file."""
        self.file.flush()
        os.fsync(self.file.fileno())
        storage = contents()
        key = key_of(self.sha256)
        if not storage.exists(key):
            target = Path(storage.path(key))
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.path, target)
            sync_folder(target.parent)

    def discard(self) -> None:
        """Close and remove the temporary file if it is still there."""
        self.file.close()
        self.path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_content(sha256: str) -> "File[bytes]":
    """Open a content for reading; raises FileNotFoundError."""
    return contents().open(key_of(sha256), "rb")


def read_chunks(sha256: str) -> Iterator[bytes]:
    """Yield a content in pieces, never whole."""
    with open_content(sha256) as source:
        while chunk := source.read(CHUNK_BYTES):
            yield chunk
