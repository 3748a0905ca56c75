"""Previews: drawn in a subprocess of limited time, memory and file size, without position or device data."""

import resource
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.documents.storage import contents, key_of

SECONDS = 20
MOST_MEMORY_BYTES = 1_500_000_000
MOST_FILE_BYTES = 20_000_000


def preview_path(document: Document) -> Path:
    """Where the preview of a document's content lies (JPEG)."""
    return Path(settings.DATA_DIR) / "previews" / document.sha256[:2] / f"{document.sha256}.jpg"


def make_preview(document: Document) -> Path | None:
    """Return the preview, drawing it on the first call; ``None`` if the content cannot be drawn."""
    target = preview_path(document)
    if target.exists():
        return target
    if not document.has_preview:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    source = contents().path(key_of(document.sha256))
    command = [sys.executable, "-I", str(Path(__file__).with_name("draw_preview.py")), source, str(target), document.content_type]
    try:
        done = subprocess.run(
            command, preexec_fn=limit_self, timeout=SECONDS, capture_output=True, check=False
        )  # only setrlimit runs there
    except subprocess.TimeoutExpired:
        return None
    return target if done.returncode == 0 and target.exists() else None


def limit_self() -> None:
    """Limit the drawing process: CPU seconds, memory, size of what it writes, no core file."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_FILE_BYTES, MOST_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
