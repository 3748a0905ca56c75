"""Contents without a document, documents without content, uploads that never ended."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.storage import contents, incoming_folder, key_of, lock_for_cleaning

SECONDS_OF_GRACE = 24 * 3600
BATCH = 500


@dataclass(frozen=True)
class Findings:
    """What a clean-up found: contents removed (orphans), and digests whose content is missing."""

    removed: int
    missing: list[str]


def clean_up() -> Findings:
    """Remove orphans older than a day and list missing contents; younger ones may belong to an open transaction."""
    for path in incoming_folder().iterdir():
        if is_old(path):
            path.unlink(missing_ok=True)
    removed = 0
    for paths in batches(stored_files()):
        removed += remove_orphans(paths)
    return Findings(removed, missing_contents())


def remove_orphans(paths: list[Path]) -> int:
    """Remove those of ``paths`` that no document names and that are older than a day; returns how many."""
    with transaction.atomic():
        lock_for_cleaning()
        known = set(Document.objects.filter(sha256__in=[path.name for path in paths]).values_list("sha256", flat=True))
        orphans = [path for path in paths if path.name not in known and is_old(path)]
        for path in orphans:
            path.unlink(missing_ok=True)
            (Path(settings.DATA_DIR) / "previews" / path.parent.name / f"{path.name}.jpg").unlink(missing_ok=True)
    return len(orphans)


def missing_contents() -> list[str]:
    """Digests that documents name but the storage lacks."""
    storage = contents()
    digests = Document.objects.order_by("sha256").values_list("sha256", flat=True).distinct().iterator(BATCH)
    return [digest for digest in digests if not storage.exists(key_of(digest))]


def stored_files() -> Iterator[Path]:
    """Every stored content."""
    root = Path(contents().location)
    if root.exists():
        yield from (path for folder in sorted(root.iterdir()) if folder.is_dir() for path in sorted(folder.iterdir()))


def batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    """Group paths so that each group is one query."""
    group: list[Path] = []
    for path in paths:
        group.append(path)
        if len(group) == BATCH:
            yield group
            group = []
    if group:
        yield group


def is_old(path: Path) -> bool:
    """Whether a file has lain longer than the time of grace (by the file system's own clock)."""
    return time.time() - path.stat().st_mtime > SECONDS_OF_GRACE
