"""What the doctor asks of the storage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from direktdraht.foundation.checks import Finding, Level
from direktdraht.foundation.documents.cleaning import missing_contents
from direktdraht.foundation.documents.models import Document, State

LEAST_FREE_BYTES = 1_000_000_000


def storage_problems() -> Iterator[Finding]:
    """Missing contents, held files, a disk that fills up."""
    missing = missing_contents()
    if missing:
        yield Finding(Level.ERROR, f"{len(missing)} stored files are missing, the first is {missing[0]}.")
    held = Document.objects.filter(state=State.HELD).count()
    if held:
        yield Finding(Level.WARNING, f"{held} files are held back by the malware scanner.")
    if shutil.disk_usage(Path(settings.DATA_DIR)).free < LEAST_FREE_BYTES:
        yield Finding(Level.WARNING, f"Less than 1 GB is free below {settings.DATA_DIR}.")
