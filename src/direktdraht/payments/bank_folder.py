"""A folder into which the bank's program puts its files: ``bank/eingang`` below the data folder, read every few minutes."""

import time
from pathlib import Path

from django.conf import settings

from direktdraht.foundation.faults import fault
from direktdraht.payments.actions import take_bank_file
from direktdraht.payments.models import FileState

INBOX, DONE, REFUSED = "eingang", "gelesen", "abgelehnt"
SECONDS_OLD = 60
MOST_FILES = 50


def folder(name: str) -> Path:
    """One of the three folders, made if it is not there."""
    path = Path(settings.DATA_DIR) / "bank" / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def read_folder() -> int:
    """Take in every finished file and move it to the read or the refused ones; returns how many.

    A file that was changed within the last minute may still be written and waits. A file's movements are stored before it is
    moved: killed in between, it is found again and known.
    """
    done = 0
    for path in sorted(folder(INBOX).glob("*.[xX][mM][lL]"))[:MOST_FILES]:
        if path.is_symlink() or not path.is_file() or time.time() - path.stat().st_mtime < SECONDS_OLD:
            continue
        with path.open("rb") as file:
            taken = take_bank_file(file=file, name=path.name)
        fault("bank.before_move")
        target = folder(DONE if taken.state == FileState.READ else REFUSED) / path.name
        path.replace(target if not target.exists() else target.with_stem(f"{path.stem}-{taken.digest[:8]}"))
        done += 1
    return done
