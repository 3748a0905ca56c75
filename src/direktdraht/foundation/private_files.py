"""Files that only this user may read, such as keys: written whole or not at all. Pure."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_once(path: Path, content: bytes) -> None:
    """Write a file with mode 600, and its folder with mode 700; of several makers at once the first one wins."""
    # A link to a whole file appears at once or not at all, and never replaces a key.
    with _draft(path, content) as draft, suppress(FileExistsError):
        os.link(draft, path)


def replace_whole(path: Path, content: bytes) -> None:
    """The same over a file that may be there: readers see the old one or the new one, never a part."""
    with _draft(path, content) as draft:
        draft.replace(path)


@contextmanager
def _draft(path: Path, content: bytes) -> Iterator[Path]:
    """The content beside its place, on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
