"""A folder into which the bank's program puts its files: ``bank/eingang`` below the data folder, read every few minutes."""

import logging
import time
from pathlib import Path

from django.conf import settings

from direktdraht.foundation.faults import fault
from direktdraht.payments.actions import take_bank_files
from direktdraht.payments.models import FileState

INBOX, DONE, REFUSED = "eingang", "gelesen", "abgelehnt"
SECONDS_OLD = 60
SECONDS_LEFT = 3600
MOST_FILES = 50
UNFINISHED = frozenset({".filepart", ".part", ".tmp"})
log = logging.getLogger(__name__)


def place_of(name: str) -> Path:
    """Where one of the three folders lies."""
    return Path(settings.DATA_DIR) / "bank" / name


def folder(name: str) -> Path:
    """One of the three folders, made if it is not there."""
    path = place_of(name)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def read_folder() -> int:
    """Take in every finished file, each file of a ZIP archive for itself, and move it to the read or the refused ones; returns how many.

    Nothing is passed over: what is no bank file is refused, and an archive of which one file is. A file that was changed within
    the last minute, or whose name says that it is still being written, waits. A file's movements are stored before it is moved:
    killed in between, it is found again and known.
    """
    done = 0
    for path in [path for path in sorted(folder(INBOX).iterdir()) if is_finished(path)][:MOST_FILES]:
        try:
            take(path)
        except OSError as problem:  # the other files shall not wait for this one; ``direktdraht check`` names it
            log.warning("a file of the bank cannot be read or moved: %s", problem.strerror)
        else:
            done += 1
    return done


def take(path: Path) -> None:
    """Take in one file and move it. Raises OSError."""
    with path.open("rb") as file:
        taken = take_bank_files(file=file, name=path.name)
    fault("bank.before_move")
    target = folder(DONE if all(one.state == FileState.READ for one in taken) else REFUSED) / path.name
    path.replace(target if not target.exists() else target.with_stem(f"{path.stem}-{taken[0].digest[:8]}"))


def left_lying() -> list[str]:
    """The names of what has lain in the folder for more than an hour, whatever it is."""
    inbox, limit = place_of(INBOX), time.time() - SECONDS_LEFT
    return sorted(path.name for path in inbox.iterdir() if path.lstat().st_mtime < limit) if inbox.is_dir() else []


def is_finished(path: Path) -> bool:
    """Whether a file is wholly there."""
    if path.is_symlink() or not path.is_file() or path.name.startswith(".") or path.suffix.lower() in UNFINISHED:
        return False
    return time.time() - path.stat().st_mtime >= SECONDS_OLD
