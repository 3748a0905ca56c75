"""A data folder with a migrated database: made once for each state of the source, copied for whoever begins with one."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from direktdraht.config.processes.embedded import addresses
from direktdraht.config.processes.postgres import Cluster, stop

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "migrated"


def lay_out(data: Path) -> None:
    """Copy the migrated data folder to ``data``, which must not exist yet."""
    data.parent.mkdir(parents=True, exist_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # cp keeps the owner that PostgreSQL's files have where we are root; shutil would not.
        subprocess.run(["cp", "-a", str(made()), str(data)], check=True)


def made() -> Path:
    """The folder for the present source, made if it is missing; those of other states are removed."""
    folder = KEPT / digest()
    if not (folder / "complete").exists():
        for old in KEPT.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        make(folder)
    return folder / "data"


def digest() -> str:
    """What the migrated database depends on: the source and the pinned packages."""
    found = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    for path in sorted((ROOT / "src").rglob("*.py")):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def make(folder: Path) -> None:
    """Make the database and migrate it as a city does."""
    data = folder / "data"
    cluster = Cluster(data, {"fsync": "off"})
    server = cluster.start()
    try:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("DIREKTDRAHT_", "DATABASE_URL", "DJANGO_"))}
        environment = {**known, **addresses(cluster), "DIREKTDRAHT_ENV": "test", "DIREKTDRAHT_DATA": str(data)}
        subprocess.run([sys.executable, "-m", "direktdraht.config.cli", "migrate"], env=environment, cwd=ROOT, check=True)
    finally:
        stop(server)
    (folder / "complete").touch()
